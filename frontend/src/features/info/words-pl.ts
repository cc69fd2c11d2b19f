import type { EN } from "@/features/info/words-en";

export const PL: typeof EN = {
  about: {
    title: "O Homeward",
    lead: "Homeward to mapa, która pomaga zwierzętom wrócić do domu. Jest bezpłatna i nie wymaga konta.",
    parts: [
      {
        heading: "Gdy zaginęło Twoje zwierzę",
        points: [
          "Zgłoś to: wystarczy jedno wyraźne zdjęcie, czas i miejsce. Po sekundzie ogłoszenie jest na mapie.",
          "Zacznij od najbliższej okolicy: trzy czwarte zaginionych kotów odnajduje się w promieniu 500 metrów, często w ukryciu i w ciszy. Psy idą dalej: szukaj w promieniu 2 kilometrów, potem 10.",
          "Wydrukuj plakat i powieś go tam, gdzie chodzą ludzie. Papier wciąż odnajduje najwięcej zwierząt.",
          "Powiadom schroniska, weterynarzy i sąsiadów. Nie trać nadziei: wiele kotów wraca po tygodniach.",
        ],
      },
      {
        heading: "Gdy widzisz lub masz u siebie cudze zwierzę",
        points: [
          "Zwierzę jest u Ciebie: zgłoś je ze zdjęciem, popytaj w pobliżu i poproś weterynarza lub schronisko o sprawdzenie czipa.",
          "Zwierzę tylko przemknęło: napisz, gdzie i kiedy. Już to może zakończyć poszukiwania.",
          "Najpierw zajrzyj na mapę. Może ktoś już go szuka.",
        ],
      },
      {
        heading: "Jak to działa",
        points: [
          "Po zgłoszeniu dostajesz prywatny link. Nim zmienisz, odnowisz lub zamkniesz ogłoszenie; zachowaj go.",
          "Ogłoszenie jest na mapie przez 90 dni, o kocie przez 180, a po każdym odnowieniu dłużej.",
          "Homeward to wolne oprogramowanie na licencji AGPL: może je prowadzić każde miasto i stowarzyszenie. Nazwy miejsc pochodzą z GeoNames, prosta mapa z Natural Earth.",
        ],
      },
    ],
  },
  safety: {
    title: "Jak zachować bezpieczeństwo",
    lead: "Większość ludzi chce pomóc. Niektórzy próbują zarobić na cudzym strachu, często już po kilku minutach.",
    parts: [
      {
        heading: "Pieniądze",
        points: [
          "Nigdy nie płać z góry: ani za transport, ani za weterynarza, ani za kod, ani za „kaucję”.",
          "Kto ma Twoje zwierzę, może Ci je najpierw pokazać, w rozmowie wideo albo na żywo.",
          "Nie podawaj nikomu kodów, które przychodzą na Twój telefon. Służą do przejmowania kont.",
        ],
      },
      {
        heading: "Czy to na pewno moje zwierzę?",
        points: [
          "Zachowaj tajny znak dla siebie: bliznę, plamkę, zwyczaj. Kto ma Twoje zwierzę, umie go opisać.",
          "Jeśli zwierzę jest u Ciebie, też przemilcz jeden znak i poproś, by opisał go ten, kto się zgłasza.",
          "Poproś o nowe zdjęcie z wybranym przez Ciebie przedmiotem. Stare zdjęcia można skopiować.",
          "Weterynarz lub schronisko odczyta czip i powie, kto jest opiekunem.",
        ],
      },
      {
        heading: "Gdy się spotykacie",
        points: [
          "Spotkajcie się za dnia w miejscu publicznym, najlepiej u weterynarza, i weź kogoś ze sobą.",
          "Nie wpisuj adresu ani numeru telefonu w tytule lub opisie: czyta je każdy.",
          "Przestraszone zwierzę może ugryźć lub uciec. Nie goń go: przykucnij, czekaj, wezwij pomoc.",
        ],
      },
      {
        heading: "Gdy coś jest nie tak",
        points: [
          "Zgłoś ogłoszenie na jego stronie. Gdy zrobi to kilka osób, zostanie ukryte, aż ktoś je sprawdzi.",
          "W razie gróźb lub oszustwa zawiadom policję i zachowaj wszystkie wiadomości.",
        ],
      },
    ],
  },
  privacy: {
    title: "Prywatność",
    lead: "Wszyscy widzą niewiele, a to, co zapisujemy, z czasem znika.",
    parts: [
      {
        heading: "Nigdy publicznie",
        points: [
          "Dokładne miejsce. Wszyscy widzą je w przybliżeniu do około 150 metrów albo do 1 kilometra, jeśli tak wybierzesz.",
          "Twoje imię, e-mail, telefon i tajny znak. Otwiera je tylko Twój prywatny link.",
          "Wiadomości, które ludzie do Ciebie piszą. Widać je tylko na Twojej stronie zarządzania.",
          "To, co aparat zapisuje w zdjęciu, na przykład miejsce jego zrobienia. Usuwamy to z tego, co pokazujemy.",
        ],
      },
      {
        heading: "Jak długo to trwa",
        points: [
          "Ogłoszenie jest na mapie przez 90 dni, o kocie przez 180. Zwierzęta, które wróciły do domu, zostają jeszcze 14 dni jako dobra wiadomość.",
          "Potem nie jest już publiczne i przez kolejne 90 dni można je odnowić. Później wszystko zostaje usunięte.",
          "Gdy wycofasz ogłoszenie, teksty, miejsca, kontakt, wiadomości i każda wersja każdego zdjęcia znikają od razu, także z kopii zapasowej. Przez 30 dni zostaje tylko numer ogłoszenia, żeby jego link mógł powiedzieć, że już go nie ma.",
        ],
      },
      {
        heading: "Na tym urządzeniu",
        points: [
          "Szkic zgłoszenia, prywatne linki, język i ostatnia mapa są zapisane w tej przeglądarce, żeby nic nie przepadło bez sieci. Wyczyszczenie danych przeglądarki je usuwa.",
          "Nie ma plików cookie, reklam ani śledzenia.",
        ],
      },
      {
        heading: "Na serwerze",
        points: [
          "Aby powstrzymać zalew zgłoszeń, liczymy je pod zaszyfrowaną postacią adresu sieciowego, która zmienia się codziennie. Te liczby znikają same.",
          "Mapa może być rysowana z serwera, który wybrał operator; widzi on, na którą część mapy patrzysz.",
        ],
      },
    ],
  },
};
