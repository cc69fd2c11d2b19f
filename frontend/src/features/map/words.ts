import { inLanguage, plural } from "@/lib/language";
import { announcements } from "@/lib/words";

/** What the map page says. */
const EN = {
  title: "Lost and found pets near you",
  map: "Map of lost, found and seen pets",
  list: "Announcements on the map",
  filters: "Filters",
  kinds: "What happened",
  species: "Kind of animal",
  allSpecies: "All animals",
  window: "Time",
  windows: {
    "24h": "Last 24 hours",
    "7d": "Last 7 days",
    "30d": "Last 30 days",
    "3m": "Last 3 months",
    "12m": "Last 12 months",
    all: "Any time",
    days: "Choose days…",
  },
  from: "From",
  to: "To",
  reset: "Reset filters",
  loading: "Looking for announcements…",
  results: "What is on the map",
  inView: (count: number) => `${announcements(count)} in view`,
  aboutHere: (count: number) => `${announcements(count)} about this area`,
  truncated: "Only the newest are shown; zoom in to see more.",
  behind: (minutes: number) =>
    `Counts may be up to ${minutes <= 1 ? "a minute" : `${minutes} minutes`} behind.`,
  cluster: (count: number) => `${announcements(count)} here`,
  zoomIn: "Zoom in",
  stale: "This may be out of date:",
  kept: (moment: string) => `Kept on this device, as it was on ${moment}.`,
  emptyTitle: "Nothing has been reported here",
  emptyText: "Look further back in time, zoom out to see the surroundings, or be the first to report a pet.",
  showAll: "Show everything, from any time",
  zoomOut: "Zoom out",
  report: "Report a pet here",
  close: "Close",
  open: "Open",
};

const PL: typeof EN = {
  title: "Zaginione i znalezione zwierzęta w Twojej okolicy",
  map: "Mapa zwierząt zaginionych, znalezionych i widzianych",
  list: "Ogłoszenia na mapie",
  filters: "Filtry",
  kinds: "Co się stało",
  species: "Jakie to zwierzę",
  allSpecies: "Wszystkie zwierzęta",
  window: "Czas",
  windows: {
    "24h": "Ostatnie 24 godziny",
    "7d": "Ostatnie 7 dni",
    "30d": "Ostatnie 30 dni",
    "3m": "Ostatnie 3 miesiące",
    "12m": "Ostatnie 12 miesięcy",
    all: "Bez ograniczeń",
    days: "Wybierz dni…",
  },
  from: "Od",
  to: "Do",
  reset: "Wyczyść filtry",
  loading: "Szukanie ogłoszeń…",
  results: "Co jest na mapie",
  inView: (count) => `${announcements(count)} w tym widoku`,
  aboutHere: (count) => `${announcements(count)} w tej okolicy`,
  truncated: "Widać tylko najnowsze; przybliż mapę, aby zobaczyć więcej.",
  behind: (minutes) =>
    `Liczby mogą być spóźnione o ${minutes <= 1 ? "minutę" : `${minutes} ${plural(minutes, MINUTES)}`}.`,
  cluster: (count) => `${announcements(count)} w tym miejscu`,
  zoomIn: "Przybliż",
  stale: "To może być nieaktualne:",
  kept: (moment) => `Zachowane na tym urządzeniu, stan: ${moment}.`,
  emptyTitle: "Nikt jeszcze niczego tu nie zgłosił",
  emptyText: "Cofnij się dalej w czasie, oddal mapę, aby zobaczyć okolicę, albo dodaj pierwsze zgłoszenie.",
  showAll: "Pokaż wszystko, bez względu na czas",
  zoomOut: "Oddal mapę",
  report: "Zgłoś zwierzę tutaj",
  close: "Zamknij",
  open: "Otwórz",
};

const MINUTES = { one: "minutę", few: "minuty", many: "minut", other: "minuty" };

export const WORDS = inLanguage({ en: EN, pl: PL });
