import { inLanguage } from "@/lib/language";

/** What the frame around the pages says. */
const EN = {
  skip: "Skip to the content",
  home: "Homeward, to the map",
  report: "Report a pet",
  language: "Language",
  notFound: "There is nothing at this address",
  notFoundText: "The link may be incomplete or out of date.",
  crashed: "Something went wrong on this page",
  crashedText: "Load it again; if it keeps failing, start from the map.",
  reload: "Load the page again",
  offline: "You are offline. You see what this device has kept.",
  backOnline: "You are online again.",
  service: "About Homeward",
  about: "About",
  safety: "Stay safe",
  mine: "My announcements",
  privacy: "Privacy",
};

const PL: typeof EN = {
  skip: "Przejdź do treści",
  home: "Homeward, do mapy",
  report: "Zgłoś zwierzę",
  language: "Język",
  notFound: "Pod tym adresem niczego nie ma",
  notFoundText: "Link może być niepełny albo nieaktualny.",
  crashed: "Coś poszło nie tak na tej stronie",
  crashedText: "Wczytaj ją jeszcze raz; jeśli to nie pomoże, zacznij od mapy.",
  reload: "Wczytaj stronę ponownie",
  offline: "Brak połączenia z siecią. Widzisz to, co zapamiętało to urządzenie.",
  backOnline: "Połączenie wróciło.",
  service: "O Homeward",
  about: "O serwisie",
  safety: "Bezpieczeństwo",
  mine: "Moje ogłoszenia",
  privacy: "Prywatność",
};

export const WORDS = inLanguage({ en: EN, pl: PL });
