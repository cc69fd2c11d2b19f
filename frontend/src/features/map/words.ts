import { announcements } from "@/lib/words";

/** What the map page says. */
export const WORDS = {
  title: "Lost and found pets near you",
  map: "Map of lost, found and seen pets",
  list: "Announcements on the map",
  filters: "Filters",
  kinds: "What happened",
  species: "Kind of animal",
  allSpecies: "All animals",
  window: "Time",
  loading: "Looking for announcements…",
  results: "What is on the map",
  inView: (count: number) => `${announcements(count)} in view`,
  aboutHere: (count: number) => `${announcements(count)} about this area`,
  truncated: "Only the newest are shown; zoom in to see more.",
  behind: (seconds: number) =>
    `Counts may be up to ${seconds <= 60 ? "a minute" : `${Math.ceil(seconds / 60)} minutes`} behind.`,
  cluster: (count: number) => `${announcements(count)} here`,
  zoomIn: "Zoom in",
  stale: "This may be out of date:",
  emptyTitle: "Nothing has been reported here",
  emptyText: "Move the map or zoom out, look further back, or be the first to report a pet.",
  showAll: "Show everything, from any time",
  close: "Close",
  open: "Open",
};
