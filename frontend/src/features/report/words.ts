import type { Kind } from "@/lib/announcements";

/** What the report's pages say. */
export const WORDS = {
  kinds: "What happened",
  intro: {
    lost: "Take a breath. Most lost pets are found close to home, many within a day or two.",
    found: "Thank you for looking out. A photo and the place are what its people search for.",
    sighting: "Every sighting helps. Say where and when you saw it; nothing else is needed.",
  } satisfies Record<Kind, string>,
  about: "What and when",
  send: "Put it on the map",
  sending: "Sending…",
  noAccount: "No account needed. You get a private link to change or close it.",
  done: {
    title: "Your announcement is on the map",
    lead: {
      lost: "Now search the neighbourhood on foot and tell the people who live there: that finds most pets.",
      found: "Now ask around close to where you found it, and have a vet look for a chip.",
      sighting: "Thank you. If you see it again, tell us where.",
    } satisfies Record<Kind, string>,
    page: "Link to its page",
    pageHint: "Send it to neighbours, friends and groups.",
    manage: "Private link to manage it",
    manageHint: "Keep it to yourself: whoever has it can change, renew or close the announcement.",
    lostToken: "The private link is not on this device.",
    seeOnMap: "See it on the map",
    openPage: "Open its page",
    openManage: "Manage it",
  },
};
