import { announcements } from "@/lib/words";

/** What the shared controls say. */
export const WORDS = {
  map: {
    drawing: "Drawing the map…",
    simple: "Simple map · Natural Earth",
    cluster: (count: number, kinds: string) => `${announcements(count)}${kinds && `: ${kinds}`}; zoom in`,
    failed: "The map cannot be shown right now; everything else works.",
  },
  place: {
    label: "Place",
    hint: "Click or tap the place on the map. Others only see the street's surroundings, never the house.",
    mapLabel: "Map to choose the place on",
    middle: "Set to the middle of the map",
    chosen: "Place chosen:",
    none: "No place chosen yet.",
  },
  locate: {
    button: "Use my location",
    searching: "Looking for you…",
    failed: "Your location could not be found. Show the place on the map instead.",
  },
  photo: {
    label: "Photo",
    hint: "One clear photo helps most. You can add more later.",
    preparing: "Preparing the photo…",
    remove: "Remove the photo",
    chosen: "The photo you chose",
    unseen: "This browser cannot show this kind of photo; it is sent as it is.",
    tooLarge: (megabytes: number) => `This file is larger than ${megabytes} MB. Choose a smaller one.`,
  },
  upload: {
    sending: "Sending the photo",
    processing: "The photo has arrived and is being prepared…",
    ready: "The photo is on the map.",
    late: "The photo takes longer than usual. It appears by itself once it is ready.",
    refused: "This photo cannot be used:",
    staysAnyway: "Your announcement is on the map all the same, and you can add another photo.",
    failed: "The photo has not been sent.",
    retry: "Send the photo again",
  },
  similar: {
    title: "This photo may already be on the map:",
    hint: "If it is the same animal, look there first: somebody may be waiting for your message.",
    away: (metres: number) =>
      metres < 1000 ? "in the same neighbourhood" : `${Math.round(metres / 1000)} km away`,
  },
  fields: {
    check: "Some fields need your attention.",
    species: "Kind of animal",
    chooseSpecies: "Choose…",
    title: "Title",
    titleHint: "What one sees first: colour, size, collar.",
    text: "Description",
    textHint: "Marks, behaviour, where it was going. Everybody can read this.",
    when: "When",
    contact: "How to reach you",
    contactHint: "Never shown on the page.",
    name: "Your name",
    email: "E-mail",
    phone: "Phone",
    secretMark: "Secret mark",
    secretMarkHint: "Something only the owner can know, to tell a true claim from a false one. Never shown.",
  },
};
