import { inLanguage, plural } from "@/lib/language";
import { grouped } from "@/lib/numbers";

/** What the forms say of what is missing, and of what the API would not take. */
const EN = {
  species: "Choose the kind of animal.",
  title: "Write a few words, such as “Brown dog with a red collar”.",
  when: "Choose the day and the time.",
  place: "Show the place on the map.",
  email: "This does not look like an e-mail address.",
  tooLong: (length: number, longest: number) =>
    `This is ${grouped(length)} characters long; at most ${grouped(longest)} fit. Shorten it a little.`,
  phone: "Write the number with digits only, for example +48 600 100 200.",
  link: "This does not look like a web address.",
  future: "This lies in the future. Choose when it happened.",
  longAgo: "This is too long ago. Check the year.",
};
const PL: typeof EN = {
  species: "Wybierz, jakie to zwierzę.",
  title: "Napisz kilka słów, na przykład „Brązowy pies z czerwoną obrożą”.",
  when: "Podaj dzień i godzinę.",
  place: "Pokaż miejsce na mapie.",
  email: "To nie wygląda na adres e-mail.",
  tooLong: (length, longest) => {
    const signs = plural(length, { one: "znak", few: "znaki", many: "znaków", other: "znaku" });
    return `Tekst ma ${grouped(length)} ${signs}, a mieści się najwyżej ${grouped(longest)}. Skróć go trochę.`;
  },
  phone: "Wpisz numer samymi cyframi, na przykład +48 600 100 200.",
  link: "To nie wygląda na adres strony internetowej.",
  future: "Ta chwila jest w przyszłości. Wybierz, kiedy to się stało.",
  longAgo: "To zbyt dawno. Sprawdź rok.",
};
export const WORDS = inLanguage({ en: EN, pl: PL });
