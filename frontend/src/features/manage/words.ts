import { inLanguage, plural } from "@/lib/language";

/** What the manage page says. */
const EN = {
  title: "Manage your announcement",
  private: "Only whoever has your private link sees this page.",
  withdrawn: "This announcement was withdrawn",
  withdrawnText: "Everything that was written and every picture has been erased.",
  missing: "There is no such announcement",
  missingText: "The link may be incomplete, or the announcement was erased a while ago.",
  wayOn: "Go to the map",
  token: {
    none: "This page opens with your private link",
    noneText:
      "It is the link you were given after announcing; its last part, after the # sign, is the key. Look for it where you kept it: in a message to yourself, on the device you announced with.",
    wrong: "This private link does not open this announcement",
    wrongText: "Perhaps a part of it got lost on its way. Paste the whole link once more.",
    field: "Your private link, or its last part",
    open: "Open",
    kept: "Open it with the key kept on this device",
  },
  status: {
    active: (until: string) => `On the map until ${until}.`,
    reunited: (until: string) => `Reunited: the good news stays on the map until ${until}.`,
    expired: "Expired: no longer on the map. Renew it to bring it back.",
  },
  hidden:
    "Several people reported this announcement, so nobody else sees it until we have looked at it. You need not do anything; if its text holds something that does not belong there, change it.",
  openPage: "Open its page",
  poster: "Poster to print",
  renew: "Renew",
  renewed: "Renewed.",
  reunited: "Mark as reunited",
  reunitedDone: "How good! It is marked as reunited.",
  withdraw: "Withdraw",
  withdrawQuestion: "Withdraw this announcement?",
  withdrawText:
    "Its texts, its place, your contact, the messages and every picture are erased at once. This cannot be undone.",
  withdrawYes: "Withdraw and erase",
  withdrawNo: "Keep it",
  links: "Links",
  page: "Link to its page",
  manage: "Private link to manage it",
  manageHint: "Keep it: whoever has it can change everything.",
  edit: {
    title: "Change what you wrote",
    kind: "What happened",
    save: "Save changes",
    saving: "Saving…",
    saved: "Saved.",
    frozen: "Renew it first to change it.",
  },
  messages: {
    title: "Messages",
    unread: (count: number) => plural(count, { one: "1 new", other: `${count} new` }),
    none: "There are no messages yet. Look here now and then: they come to this page only.",
    isNew: "New",
    read: "Mark as read",
    wasRead: (when: string) => `Read ${when}`,
    replyTo: "Can be answered by:",
    noReply: "No way to answer was given.",
    safety: "Never send money or codes to somebody who only says they have your pet.",
    subject: (title: string) => `Your message about “${title}”`,
  },
  sightings: {
    title: "Seen since then",
    none: "Nobody has reported seeing it yet.",
  },
};

const PL: typeof EN = {
  title: "Zarządzaj swoim ogłoszeniem",
  private: "Tę stronę widzi tylko ten, kto ma Twój prywatny link.",
  withdrawn: "To ogłoszenie zostało wycofane",
  withdrawnText: "Wszystko, co było w nim napisane, i wszystkie zdjęcia zostały usunięte.",
  missing: "Nie ma takiego ogłoszenia",
  missingText: "Link może być niepełny albo ogłoszenie usunięto jakiś czas temu.",
  wayOn: "Przejdź do mapy",
  token: {
    none: "Ta strona otwiera się przez Twój prywatny link",
    noneText:
      "To link, który pokazaliśmy Ci po dodaniu ogłoszenia; kluczem jest jego ostatnia część, po znaku #. Poszukaj go tam, gdzie jest zapisany: w wiadomości do siebie albo na urządzeniu, z którego pochodzi ogłoszenie.",
    wrong: "Ten prywatny link nie otwiera tego ogłoszenia",
    wrongText: "Może jego część zgubiła się po drodze. Wklej jeszcze raz cały link.",
    field: "Twój prywatny link albo jego ostatnia część",
    open: "Otwórz",
    kept: "Otwórz kluczem zapisanym na tym urządzeniu",
  },
  status: {
    active: (until) => `Na mapie do ${until}.`,
    reunited: (until) => `Już w domu: dobra wiadomość zostanie na mapie do ${until}.`,
    expired: "Wygasło: nie ma go już na mapie. Odnów je, aby wróciło.",
  },
  hidden:
    "Kilka osób zgłosiło to ogłoszenie, więc dopóki go nie sprawdzimy, nikt inny go nie widzi. Nie musisz nic robić; jeśli w opisie jest coś niewłaściwego, zmień to.",
  openPage: "Otwórz jego stronę",
  poster: "Plakat do druku",
  renew: "Odnów",
  renewed: "Odnowione.",
  reunited: "Już w domu",
  reunitedDone: "Wspaniale! Ogłoszenie mówi teraz, że zwierzę jest w domu.",
  withdraw: "Wycofaj",
  withdrawQuestion: "Wycofać to ogłoszenie?",
  withdrawText:
    "Opis, miejsce, Twoje dane kontaktowe, wiadomości i wszystkie zdjęcia zostaną od razu usunięte. Tego nie da się cofnąć.",
  withdrawYes: "Wycofaj i usuń",
  withdrawNo: "Zostaw",
  links: "Linki",
  page: "Link do strony ogłoszenia",
  manage: "Prywatny link do zarządzania",
  manageHint: "Zachowaj go: kto go ma, może zmienić wszystko.",
  edit: {
    title: "Zmień treść",
    kind: "Co się stało",
    save: "Zapisz zmiany",
    saving: "Zapisywanie…",
    saved: "Zapisane.",
    frozen: "Aby coś zmienić, najpierw je odnów.",
  },
  messages: {
    title: "Wiadomości",
    unread: (count) =>
      plural(count, {
        one: "1 nowa",
        few: `${count} nowe`,
        many: `${count} nowych`,
        other: `${count} nowej`,
      }),
    none: "Nie ma jeszcze wiadomości. Zaglądaj tu co jakiś czas: przychodzą tylko na tę stronę.",
    isNew: "Nowa",
    read: "Oznacz jako przeczytaną",
    wasRead: (when) => `Przeczytana ${when}`,
    replyTo: "Można odpowiedzieć przez:",
    noReply: "Nie podano, jak odpowiedzieć.",
    safety: "Nie wysyłaj pieniędzy ani kodów komuś, kto tylko mówi, że ma Twoje zwierzę.",
    subject: (title) => `Twoja wiadomość o „${title}”`,
  },
  sightings: {
    title: "Widziane od tamtej pory",
    none: "Nikt jeszcze nie zgłosił, że je widział.",
  },
};

export const WORDS = inLanguage({ en: EN, pl: PL });
