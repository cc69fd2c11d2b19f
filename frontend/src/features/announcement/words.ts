/** What the page of an announcement says. */
export const WORDS = {
  when: "When",
  where: "Where",
  whereHint: "The place is shown roughly, to protect whoever lives there.",
  mapLabel: "Map of the place",
  species: "Kind of animal",
  published: "Announced",
  link: "More about it",
  picture: (title: string, number: number, count: number) =>
    count > 1 ? `${title}, picture ${number} of ${count}` : title,
  preparing: "A picture is being prepared…",
  noPicture: "No picture",
  reunited: "Good news: this pet is home again.",
  yours: "You announced this.",
  manage: "Manage it",
  onMap: "Show it on the map",
  gone: {
    expired: "This announcement has expired",
    expiredText: "It was on the map for its time and has not been renewed since.",
    withdrawn: "This announcement was withdrawn",
    withdrawnText: "Whoever announced it has taken it off the map.",
    missing: "There is no such announcement",
    missingText: "The link may be incomplete, or the announcement was removed a while ago.",
    wayOn: "See what is on the map now",
    renew: "Is it yours? You can renew it.",
  },
};
