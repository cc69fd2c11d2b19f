import { inLanguage, language } from "@/lib/language";

/** How the API begins or ends what it says to people; what is in brackets is told on. */
const SAID = {
  tooLong: /^(?:String should|must) have at most (\d+) characters?$/,
  tooShort: /^must not be empty$/,
  oneLine: /^must be a single line$/,
  controls: /^must not hold control characters$/,
  webLink: /^must be an http or https address$/,
  future: /^must not be in the future$/,
  before: /^must not be before (.+)$/,
  moment: /in ISO 8601$/,
  place: /^must be a number from -/,
  token: /^This token does not open what it was sent for/,
  missingAnnouncement: /^There is no such announcement/,
  missingPicture: /^There is no such picture/,
  missingVersion: /^There is no such version/,
  withdrawn: /^This announcement was withdrawn/,
  expired: /^This announcement has expired/,
  renewFirst: /^This announcement is .+: renew it first/,
  notArrived: /^This picture has not arrived yet/,
  neverArrived: /^No picture arrived before its form expired/,
  died: /^It could not be processed/,
  versions: /^This picture has (\d+) versions already/,
  messages: /^This announcement has (\d+) messages already/,
  full: /^An announcement has at most (\d+) pictures/,
  notAPicture: /^This file is not a picture that we can read/,
  damaged: /^This picture is damaged or incomplete/,
  intricate: /^This file is built in a way that we cannot read safely/,
  tooLongSide: /^This picture is too wide or too tall/,
  tooHeavy: /^This picture is too large for us to open/,
  pixels: /^This picture is too large: send one of at most (\d+) megapixels/,
  bytes: /^It is larger than (\d+) MB/,
} as const;

type Said = keyof typeof SAID;

const EN: Record<Said, (part: string) => string> = {
  tooLong: (most) => `This is too long: at most ${most} characters.`,
  tooShort: () => "Write something here.",
  oneLine: () => "Write this in a single line.",
  controls: () => "This holds characters that cannot be shown. Write it anew.",
  webLink: () => "This must be an address that begins with http:// or https://.",
  future: () => "This lies in the future. Check the day and the time.",
  before: (day) => `This is too long ago: choose a day since ${day}.`,
  moment: () => "Choose the day and the time.",
  place: () => "Show the place on the map.",
  token: () => "This private link does not open it.",
  missingAnnouncement: () => "There is no such announcement.",
  missingPicture: () => "There is no such picture.",
  missingVersion: () => "There is no such version.",
  withdrawn: () => "This announcement was withdrawn.",
  expired: () => "This announcement has expired.",
  renewFirst: () => "The announcement is closed: renew it first.",
  notArrived: () => "This picture has not arrived yet.",
  neverArrived: () => "This picture never arrived. Send it again.",
  died: () => "This picture could not be processed: send it again, or choose a smaller one.",
  versions: (most) => `This picture was changed ${most} times already, and cannot be changed any more.`,
  messages: (most) => `This announcement has ${most} messages already, and no more are kept.`,
  full: (most) => `An announcement has at most ${most} pictures.`,
  notAPicture: () =>
    "This file is not a picture that we can read: choose a JPEG, PNG, WebP, GIF, AVIF or HEIC.",
  damaged: () => "This picture is damaged or incomplete: choose the original file again.",
  intricate: () =>
    "This file is built in a way that we cannot read safely: save the picture anew and choose that.",
  tooLongSide: () => "This picture is too wide or too tall: choose one of at most 20,000 pixels on a side.",
  tooHeavy: () => "This picture is too large for us to open: choose a smaller copy of it.",
  pixels: (most) => `This picture is too large: choose one of at most ${most} megapixels.`,
  bytes: (most) => `It is larger than ${most} MB.`,
};

const PL: typeof EN = {
  tooLong: (most) => `To jest za długie: najwyżej ${most} znaków.`,
  tooShort: () => "Napisz coś tutaj.",
  oneLine: () => "Napisz to w jednym wierszu.",
  controls: () => "Są tu znaki, których nie da się pokazać. Napisz to od nowa.",
  webLink: () => "To musi być adres zaczynający się od http:// lub https://.",
  future: () => "To jest w przyszłości. Sprawdź dzień i godzinę.",
  before: (day) => `To zbyt dawno: wybierz dzień nie wcześniejszy niż ${day}.`,
  moment: () => "Podaj dzień i godzinę.",
  place: () => "Pokaż miejsce na mapie.",
  token: () => "Ten prywatny link tego nie otwiera.",
  missingAnnouncement: () => "Nie ma takiego ogłoszenia.",
  missingPicture: () => "Nie ma takiego zdjęcia.",
  missingVersion: () => "Nie ma takiej wersji.",
  withdrawn: () => "To ogłoszenie zostało wycofane.",
  expired: () => "To ogłoszenie wygasło.",
  renewFirst: () => "Ogłoszenie jest zamknięte: najpierw je odnów.",
  notArrived: () => "To zdjęcie jeszcze nie dotarło.",
  neverArrived: () => "To zdjęcie nie dotarło. Wyślij je jeszcze raz.",
  died: () => "Nie udało się przetworzyć tego zdjęcia: wyślij je jeszcze raz albo wybierz mniejsze.",
  versions: (most) => `To zdjęcie zmieniono już ${most} razy i nie można go więcej zmieniać.`,
  messages: (most) => `To ogłoszenie ma już ${most} wiadomości i więcej nie można dodać.`,
  full: (most) => `W ogłoszeniu może być najwyżej ${most} zdjęć.`,
  notAPicture: () =>
    "Nie umiemy odczytać tego pliku jako zdjęcia: wybierz JPEG, PNG, WebP, GIF, AVIF lub HEIC.",
  damaged: () => "To zdjęcie jest uszkodzone lub niepełne: wybierz oryginalny plik jeszcze raz.",
  intricate: () => "Nie możemy bezpiecznie odczytać tego pliku: zapisz zdjęcie na nowo i wybierz tę kopię.",
  tooLongSide: () =>
    "To zdjęcie jest za szerokie lub za wysokie: wybierz takie, które ma najwyżej 20 000 pikseli na bok.",
  tooHeavy: () => "To zdjęcie jest dla nas za duże: wybierz jego mniejszą kopię.",
  pixels: (most) => `To zdjęcie jest za duże: wybierz takie, które ma najwyżej ${most} megapikseli.`,
  bytes: (most) => `Plik ma ponad ${most} MB.`,
};

const WORDS = inLanguage({ en: EN, pl: PL });
const UNKNOWN = inLanguage({
  en: { value: "This cannot be accepted. Please check it." },
  pl: { value: "Tego nie można przyjąć. Sprawdź to, proszę." },
});

/** What the API said, which speaks English only, in the words of the page's language. */
export function inOurWords(said: string): string {
  for (const key of Object.keys(SAID) as Said[]) {
    const found = SAID[key].exec(said);
    if (found) return WORDS[key](found[1] ?? "");
  }
  return language === "en" && said ? said : UNKNOWN.value;
}
