/** What the frame around the pages says. */
export const WORDS = {
  skip: "Skip to the content",
  home: "Homeward, to the map",
  report: "Report a pet",
  notFound: "There is nothing at this address",
  notFoundText: "The link may be incomplete or out of date.",
  crashed: "Something went wrong on this page",
  crashedText: "Load it again; if it keeps failing, start from the map.",
  reload: "Load the page again",
};
