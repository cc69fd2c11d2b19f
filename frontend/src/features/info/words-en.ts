/** The pages about the service, how to stay safe, and privacy. */
export const EN = {
  about: {
    title: "About Homeward",
    lead: "Homeward is a map that brings lost pets home. It is free, and you need no account.",
    parts: [
      {
        heading: "If you lost a pet",
        points: [
          "Report it with one clear photo, the time and the place. It is on the map within a second.",
          "Search the neighbourhood first: three quarters of lost cats are found within 500 metres, often hiding and silent. Dogs go further: look within 2 kilometres, then 10.",
          "Print the poster and hang it where people pass. Paper still finds more pets than anything else.",
          "Tell shelters, vets and the people who live near. Do not give up: many cats come back after weeks.",
        ],
      },
      {
        heading: "If you found or saw one",
        points: [
          "A found pet: report it with a photo, ask around close by, and have a vet or a shelter look for a chip.",
          "A seen pet: say where and when. That alone may close the search.",
          "Look at the map first. Its people may already be searching for it.",
        ],
      },
      {
        heading: "How it works",
        points: [
          "After reporting you get a private link. With it you change, renew or close your announcement; keep it.",
          "An announcement is on the map for 90 days, a cat's for 180, and longer whenever you renew it.",
          "Homeward is free software under the AGPL: any town or association may run it. Place names are from GeoNames, the simple map is made with Natural Earth.",
        ],
      },
    ],
  },
  safety: {
    title: "How to stay safe",
    lead: "Most people want to help. A few use the fear of others to make money, often within minutes.",
    parts: [
      {
        heading: "Money",
        points: [
          "Never pay in advance: not for a transport, not for a vet, not for a code, not for a “reward deposit”.",
          "Somebody who has your pet can show it to you first, in a video call or face to face.",
          "Do not send codes that arrive on your phone to anybody. They are used to take over accounts.",
        ],
      },
      {
        heading: "Is it really my pet?",
        points: [
          "Keep a secret mark to yourself: a scar, a spot, a habit. Whoever has your pet can tell it to you.",
          "If you found a pet, keep one mark unsaid too, and let whoever asks for it name it.",
          "Ask for a new photo with something you choose in it. Old photos can be copied.",
          "A vet or a shelter can read the chip and tell who owns the animal.",
        ],
      },
      {
        heading: "When you meet",
        points: [
          "Meet in public and by day, best at a vet's, and take somebody along.",
          "Do not write your address or phone number into the title or the description: everybody reads them.",
          "A frightened animal may bite or run. Do not chase it: stay low, wait, call for help.",
        ],
      },
      {
        heading: "When something is wrong",
        points: [
          "Report the announcement on its page. When several people do, it is hidden until somebody has looked.",
          "If you have been threatened or cheated, tell the police and keep every message.",
        ],
      },
    ],
  },
  privacy: {
    title: "Privacy",
    lead: "What everybody may see is little, and what is kept leaves again.",
    parts: [
      {
        heading: "Never public",
        points: [
          "The exact place. Everybody sees one that is blurred to about 150 metres, or to 1 kilometre if you choose so.",
          "Your name, e-mail, phone and the secret mark. Only your private link opens them.",
          "Messages that people write to you. They are shown on your manage page only.",
          "What a camera writes into a photo, such as where it was taken. It is removed from what is shown.",
        ],
      },
      {
        heading: "How long it is kept",
        points: [
          "An announcement is on the map for 90 days, a cat's for 180. Reunited pets stay 14 days more, as good news.",
          "Then it is no longer public, and can be renewed for another 90 days. After that everything is erased.",
          "When you withdraw it, texts, places, contact, messages and every version of every picture are erased at once, copies in the backup too. Only the number of the announcement stays for 30 days, so that its link can say that it has gone.",
        ],
      },
      {
        heading: "On this device",
        points: [
          "Your draft, your private links, your language and the last map are kept in this browser, so that nothing is lost without a network. Clearing the browser's data erases them.",
          "There are no cookies, no advertising and no tracking.",
        ],
      },
      {
        heading: "On the server",
        points: [
          "To stop floods, requests are counted under a scrambled form of the network address that changes every day. The counts leave by themselves.",
          "Maps may be drawn from the picture server that the operator chose; it sees which part of the map you look at.",
        ],
      },
    ],
  },
};
