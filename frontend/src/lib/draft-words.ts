import { inLanguage } from "@/lib/language";

/** What the forms say of texts that the API would not take. */
const EN = {
  tooLong: (length: number, longest: number) =>
    `This is ${length} characters long; at most ${longest} fit. Shorten it a little.`,
  phone: "Write the number with digits only, for example +48 600 100 200.",
  link: "This does not look like a web address.",
  future: "This lies in the future. Choose when it happened.",
  longAgo: "This is too long ago. Check the year.",
};
const PL: typeof EN = {
  tooLong: (length, longest) => `Tekst ma ${length} znaków, a mieści się ${longest}. Skróć go trochę.`,
  phone: "Wpisz numer samymi cyframi, na przykład +48 600 100 200.",
  link: "To nie wygląda na adres strony internetowej.",
  future: "Ta chwila jest w przyszłości. Wybierz, kiedy to się stało.",
  longAgo: "To zbyt dawno. Sprawdź rok.",
};
export const WORDS = inLanguage({ en: EN, pl: PL });
