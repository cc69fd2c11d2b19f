/** Letters that are no other letter with a mark on it. */
const LETTERS: Record<string, string> = {
  æ: "ae",
  ð: "d",
  ø: "o",
  þ: "th",
  ß: "ss",
  đ: "d",
  ħ: "h",
  ı: "i",
  ł: "l",
  œ: "oe",
  ə: "e",
};

/** A name as people type it in a hurry: without marks, capitals and punctuation. */
export function fold(name: string): string {
  return name
    .toLowerCase()
    .normalize("NFD")
    .replace(/[\p{M}'’ʻʼ`]/gu, "")
    .replace(/[æðøþßđħıłœə]/g, (letter) => LETTERS[letter] ?? letter)
    .replace(/[^a-z0-9]+/g, " ")
    .trim();
}

/** What a name is filed under: "Nowy Sącz" begins with "no", with "now", with "nowy", with "nowys". */
export const filedUnder = (name: string): string => fold(name).replaceAll(" ", "");
