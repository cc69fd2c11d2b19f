import type { Kind } from "@/lib/announcements";
import { inLanguage } from "@/lib/language";

/** What helps now; which of it applies depends on the kind of report and on the animal. */
const EN = {
  lost: {
    cat: [
      "Search within 500 m first: three of four cats are found there. Look under cars, in sheds, cellars and thick bushes, also at night with a torch.",
      "Ask neighbours to open garages and sheds. Widen to 2 km after a few days.",
      "Do not give up early: a third of the cats are back within a week, and many only after months.",
    ],
    dog: [
      "Search within 2 km first, then up to 10 km: two of three pets are found within a mile of home.",
      "Call calmly and do not chase: a frightened dog runs on. Sit down and let it come.",
      "Go to where it was last seen at dawn and at dusk, with something that smells of home.",
    ],
    other: [
      "Search close by first: two of three pets are found within a mile of home.",
      "Look and listen at dawn and at dusk, and put out its own food.",
      "Ask neighbours to look into garages, sheds and gardens.",
    ],
  },
  lostAlso: [
    "Walk the neighbourhood and talk to people: that works best. Most lost pets come home.",
    "Hang up posters: nothing brings more pets home.",
    "Call nearby shelters and vets, and ask the registry of the chip to mark it as lost.",
  ],
  found: [
    "Have a vet or a shelter look for a chip: it usually costs nothing and tells the owner at once.",
    "Ask around close by and hang up a poster: two of three pets are found within a mile of home.",
    "Let whoever claims it describe what only the owner can know, before you tell more.",
  ],
  sighting: [
    "Do not chase it: a frightened animal runs on. Note where it went, and take a photo if you can.",
    "If you see it again, report it again: every sighting shows the way.",
  ],
  scam: "Beware of calls that ask for money: they begin within minutes. Pay nothing for a return, and ask for the secret mark.",
};
const PL: typeof EN = {
  lost: {
    cat: [
      "Najpierw szukaj w promieniu 500 m: tam odnajdują się trzy koty na cztery. Zaglądaj pod auta, do szop, piwnic i w gęste krzaki, także nocą, z latarką.",
      "Poproś sąsiadów, by otworzyli garaże i komórki. Po kilku dniach poszerz krąg do 2 km.",
      "Nie poddawaj się zbyt wcześnie: jedna trzecia kotów wraca w ciągu tygodnia, a wiele dopiero po miesiącach.",
    ],
    dog: [
      "Najpierw szukaj w promieniu 2 km, potem do 10 km: dwa na trzy zwierzęta odnajdują się nie dalej niż półtora kilometra od domu.",
      "Wołaj spokojnie i nie goń: przestraszony pies biegnie dalej. Usiądź i pozwól mu podejść.",
      "O świcie i o zmierzchu wracaj tam, gdzie widziano go ostatnio, z czymś, co pachnie domem.",
    ],
    other: [
      "Najpierw szukaj blisko: dwa na trzy zwierzęta odnajdują się nie dalej niż półtora kilometra od domu.",
      "Wypatruj i nasłuchuj o świcie i o zmierzchu, wystaw jego karmę.",
      "Poproś sąsiadów, by zajrzeli do garaży, szop i ogrodów.",
    ],
  },
  lostAlso: [
    "Obejdź okolicę i rozmawiaj z ludźmi: to działa najlepiej. Większość zaginionych zwierząt wraca do domu.",
    "Rozwieś plakaty: nic nie sprowadza do domu więcej zwierząt.",
    "Zadzwoń do pobliskich schronisk i weterynarzy, a w bazie chipów zgłoś zaginięcie.",
  ],
  found: [
    "Poproś weterynarza lub schronisko o sprawdzenie chipa: zwykle nic to nie kosztuje, a od razu wskazuje opiekuna.",
    "Popytaj w pobliżu i powieś plakat: dwa na trzy zwierzęta odnajdują się nie dalej niż półtora kilometra od domu.",
    "Kto się zgłosi, niech opisze to, co może wiedzieć tylko opiekun, zanim powiesz więcej.",
  ],
  sighting: [
    "Nie goń go: przestraszone zwierzę ucieka dalej. Zapamiętaj, dokąd poszło, i jeśli możesz, zrób zdjęcie.",
    "Jeśli zobaczysz je znowu, zgłoś to ponownie: każdy taki ślad prowadzi do celu.",
  ],
  scam: "Uważaj na telefony z prośbą o pieniądze: zaczynają się już po kilku minutach. Nie płać za zwrot i pytaj o tajny znak.",
};
export const ADVICE = inLanguage({ en: EN, pl: PL });

/** Studies and people that know; their names are the same in every language. */
export const SOURCES: Record<Kind, readonly { name: string; link?: string }[]> = {
  lost: [
    { name: "Huang et al., Animals 2018, 8(1), 5", link: "https://doi.org/10.3390/ani8010005" },
    {
      name: "Weiss et al., Animals 2012, PMC4494319",
      link: "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC4494319/",
    },
    { name: "Petco Love, 2021" },
    { name: "Pet FBI" },
    { name: "Better Business Bureau" },
  ],
  found: [{ name: "Petco Love, 2021" }, { name: "Pet FBI" }, { name: "Better Business Bureau" }],
  sighting: [{ name: "Pet FBI" }],
};
