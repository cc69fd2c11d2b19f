import { inLanguage, plural } from "@/lib/language";
import { announcements } from "@/lib/words";

/** What every map says, and the ways to go to a place on it. */
const EN = {
  map: {
    drawing: "Drawing the map…",
    simple: "Simple map · Natural Earth",
    noTiles: "The street map cannot be loaded: simple map · Natural Earth",
    cluster: (count: number, kinds: string) => `${announcements(count)}${kinds && `: ${kinds}`}; zoom in`,
    failed: "The map cannot be shown right now; everything else works.",
  },
  locate: {
    button: "Use my location",
    searching: "Looking for you…",
    failed: "Your location could not be found. Show the place on the map instead.",
    denied:
      "This page may not see your location. Allow it in the browser's settings, or find the place by its name.",
    late: "Finding you takes too long. Try again outdoors, or find the place by its name.",
  },
  search: {
    label: "Find a town or village",
    list: "Places found",
    clear: "Clear the search",
    loading: "Loading the list of places…",
    none: "No place of this name is known. Try the nearest larger one.",
    failed: "The list of places could not be loaded. Check your connection, then type on.",
    found: (count: number) => `${count} ${count === 1 ? "place" : "places"} found`,
    credit: "Places: GeoNames, CC BY 4.0",
  },
};

const PLACES = {
  one: "miejscowość",
  few: "miejscowości",
  many: "miejscowości",
  other: "miejscowości",
};

const PL: typeof EN = {
  map: {
    drawing: "Rysowanie mapy…",
    simple: "Prosta mapa · Natural Earth",
    noTiles: "Nie można wczytać mapy ulic: prosta mapa · Natural Earth",
    cluster: (count, kinds) => `${announcements(count)}${kinds && `: ${kinds}`}; przybliż`,
    failed: "Nie można teraz pokazać mapy; wszystko inne działa.",
  },
  locate: {
    button: "Użyj mojej lokalizacji",
    searching: "Szukanie Twojej lokalizacji…",
    failed: "Nie udało się ustalić Twojej lokalizacji. Wskaż miejsce na mapie.",
    denied:
      "Ta strona nie ma dostępu do Twojej lokalizacji. Zezwól na to w ustawieniach przeglądarki albo wyszukaj miejsce po nazwie.",
    late: "Ustalanie lokalizacji trwa zbyt długo. Spróbuj na zewnątrz albo wyszukaj miejsce po nazwie.",
  },
  search: {
    label: "Znajdź miejscowość",
    list: "Znalezione miejscowości",
    clear: "Wyczyść wyszukiwanie",
    loading: "Wczytywanie listy miejscowości…",
    none: "Nie znamy takiej miejscowości. Spróbuj najbliższej większej.",
    failed: "Nie udało się wczytać listy miejscowości. Sprawdź połączenie i pisz dalej.",
    found: (count) => `${count} ${plural(count, PLACES)}`,
    credit: "Miejscowości: GeoNames, CC BY 4.0",
  },
};

export const MAP_WORDS = inLanguage({ en: EN, pl: PL });
