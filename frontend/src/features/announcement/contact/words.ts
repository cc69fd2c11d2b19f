import type { Kind } from "@/lib/announcements";
import { inLanguage } from "@/lib/language";
import type { ReportReason } from "@/lib/messages";
import { grouped } from "@/lib/numbers";

/** What is said where people reach whoever announced, or us. */
const EN = {
  message: {
    title: {
      lost: "Write to whoever misses it",
      found: "Write to the finder",
      sighting: "Write to who saw it",
    } satisfies Record<Kind, string>,
    lead: {
      lost: "Where and when did you see it? Only the person who announced it reads this.",
      found: "Say how one can tell that it is yours. Only the person who announced it reads this.",
      sighting: "Only the person who announced it reads this.",
    } satisfies Record<Kind, string>,
    text: "Your message",
    replyTo: "How can you be answered?",
    replyToHint: "An e-mail address or a phone number. Only the person you write to sees it.",
    missing: "Write a few words.",
    tooLong: (most: number) => `This is too long: at most ${grouped(most)} characters.`,
    send: "Send the message",
    sending: "Sending…",
    again: "Send again",
    sent: "Your message is on its way to the person who announced this.",
    sentNoReply: "You gave no way to answer you: look here again, or write once more with one.",
    another: "Write another message",
    kept: "What you wrote is kept on this device.",
    tooMany: "Many messages have come from your network. Please wait a while, then send it again.",
    website: "Leave this empty",
  },
  safety: {
    title: "Stay safe",
    lost: "Never pay anybody who says they have the pet before you have seen it. Meet in a public place.",
    found:
      "Give the animal only to somebody who can tell what is not on this page: a mark, a photo of years ago, the vaccination book.",
    contact:
      "This text shows a phone number or an e-mail address. It was not checked by us. Send no money and no codes to anybody who asks for them.",
  },
  report: {
    open: "Report abuse",
    title: "What is wrong with this announcement?",
    reasons: {
      scam: "Somebody wants money or cheats",
      offensive: "It insults, or shows cruelty",
      spam: "It advertises something",
      not_a_pet: "It is not about a lost or found pet",
      other: "Something else",
    } satisfies Record<ReportReason, string>,
    text: "What should we know?",
    missing: "Choose what is wrong.",
    send: "Report it",
    cancel: "Cancel",
    done: "Thank you. Somebody will look at it.",
    tooMany: "Many reports have come from your network. Please try again later.",
    close: "Close",
  },
};

const PL: typeof EN = {
  message: {
    title: {
      lost: "Napisz do opiekuna",
      found: "Napisz do znalazcy",
      sighting: "Napisz do osoby, która je widziała",
    },
    lead: {
      lost: "Gdzie i kiedy było widziane? Przeczyta to tylko autor ogłoszenia.",
      found: "Napisz, po czym poznać, że to Twoje zwierzę. Przeczyta to tylko autor ogłoszenia.",
      sighting: "Przeczyta to tylko autor ogłoszenia.",
    },
    text: "Twoja wiadomość",
    replyTo: "Jak można Ci odpowiedzieć?",
    replyToHint: "Adres e-mail albo numer telefonu. Zobaczy go tylko osoba, do której piszesz.",
    missing: "Napisz kilka słów.",
    tooLong: (most) => `To jest za długie: najwyżej ${grouped(most)} znaków.`,
    send: "Wyślij wiadomość",
    sending: "Wysyłanie…",
    again: "Wyślij ponownie",
    sent: "Twoja wiadomość trafi do autora ogłoszenia.",
    sentNoReply:
      "Bez podanego kontaktu nie można Ci odpowiedzieć: zajrzyj tu ponownie albo napisz jeszcze raz i podaj kontakt.",
    another: "Napisz kolejną wiadomość",
    kept: "To, co piszesz, zostaje zachowane na tym urządzeniu.",
    tooMany: "Z Twojej sieci przyszło dużo wiadomości. Odczekaj chwilę i wyślij ponownie.",
    website: "Zostaw to pole puste",
  },
  safety: {
    title: "Uważaj na oszustów",
    lost: "Nie płać nikomu, kto twierdzi, że ma Twoje zwierzę, zanim je zobaczysz. Umów się w miejscu publicznym.",
    found:
      "Oddaj zwierzę tylko komuś, kto wie to, czego tu nie widać: zna znak szczególny, ma dawne zdjęcia albo książeczkę zdrowia.",
    contact:
      "W tym opisie jest numer telefonu albo adres e-mail. Nie sprawdzaliśmy go. Nie wysyłaj pieniędzy ani kodów nikomu, kto o nie prosi.",
  },
  report: {
    open: "Zgłoś nadużycie",
    title: "Co jest nie tak z tym ogłoszeniem?",
    reasons: {
      scam: "Ktoś chce pieniędzy albo oszukuje",
      offensive: "Obraża albo pokazuje okrucieństwo",
      spam: "To reklama",
      not_a_pet: "Nie dotyczy zaginionego ani znalezionego zwierzęcia",
      other: "Coś innego",
    },
    text: "Co powinniśmy wiedzieć?",
    missing: "Wybierz, co jest nie tak.",
    send: "Zgłoś",
    cancel: "Anuluj",
    done: "Dziękujemy. Ktoś się temu przyjrzy.",
    tooMany: "Z Twojej sieci przyszło dużo zgłoszeń. Spróbuj ponownie później.",
    close: "Zamknij",
  },
};

export const WORDS = inLanguage({ en: EN, pl: PL });
