"""What the pages that the API writes say, in the languages of a stage."""

from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.kinds import Blur, Kind, Species

SERVICE = "Homeward"


@dataclass(frozen=True)
class Words:
    """One language."""

    language: str
    locale: str
    kinds: dict[Kind, str]
    species: dict[Species, str]
    months: tuple[str, ...]
    what: str
    when: str
    where: str
    about_here: dict[Blur, str]
    on_a_map: str
    reunited: str
    safety: str
    answer: str
    map: str
    poster: str
    back: str
    photo: str
    missing: tuple[str, str]
    expired: tuple[str, str]
    withdrawn: tuple[str, str]
    hidden: tuple[str, str]
    busy: tuple[str, str]

    def day(self, moment: datetime) -> str:
        """Write a day: `20 November 2026`."""
        return f"{moment.day} {self.months[moment.month - 1]} {moment.year}"


ENGLISH = Words(
    language="en",
    locale="en_GB",
    kinds={Kind.LOST: "Lost", Kind.FOUND: "Found", Kind.SIGHTING: "Seen"},
    species={
        Species.DOG: "dog",
        Species.CAT: "cat",
        Species.BIRD: "bird",
        Species.RABBIT: "rabbit",
        Species.SMALL_MAMMAL: "small mammal",
        Species.REPTILE: "reptile",
        Species.OTHER: "another animal",
    },
    months=(
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
    what="What",
    when="When",
    where="Where",
    about_here={Blur.STREET: "within about 150 m of", Blur.AREA: "within about 1 km of"},
    on_a_map="on OpenStreetMap",
    reunited="Good news: this pet is home again.",
    safety="Pay nothing before you have seen the animal, and ask for a mark that only its owner knows.",
    answer="To write to the person who announced this, switch on JavaScript in your browser.",
    map="Look at the map",
    poster="Poster to print",
    back="Back to the announcement",
    photo="Photo",
    missing=("Nothing is here", "There is no such announcement: perhaps the address was not copied whole."),
    expired=("This announcement has expired", "It was on the map for its time. Its owner can put it back."),
    withdrawn=("This announcement was withdrawn", "Whoever made it has taken it off the map."),
    hidden=("This announcement is hidden", "Several people reported it, so somebody looks at it first."),
    busy=("Too much to do just now", "Please try again in a moment."),
)  # fmt: skip

POLISH = Words(
    language="pl",
    locale="pl_PL",
    kinds={Kind.LOST: "Zaginięcie", Kind.FOUND: "Znalezione zwierzę", Kind.SIGHTING: "Widziane zwierzę"},
    species={
        Species.DOG: "pies",
        Species.CAT: "kot",
        Species.BIRD: "ptak",
        Species.RABBIT: "królik",
        Species.SMALL_MAMMAL: "mały ssak",
        Species.REPTILE: "gad",
        Species.OTHER: "inne zwierzę",
    },
    months=(
        "stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca",
        "lipca", "sierpnia", "września", "października", "listopada", "grudnia",
    ),
    what="Co",
    when="Kiedy",
    where="Gdzie",
    about_here={Blur.STREET: "w promieniu około 150 m od", Blur.AREA: "w promieniu około 1 km od"},
    on_a_map="na OpenStreetMap",
    reunited="Dobra wiadomość: zwierzę jest już w domu.",
    safety="Nie płać, zanim zobaczysz zwierzę, i zapytaj o znak szczególny, który zna tylko opiekun.",
    answer="Aby napisać do osoby, która dodała to ogłoszenie, włącz JavaScript w przeglądarce.",
    map="Zobacz mapę",
    poster="Plakat do druku",
    back="Wróć do ogłoszenia",
    photo="Zdjęcie",
    missing=("Nic tu nie ma", "Nie ma takiego ogłoszenia: być może adres nie został skopiowany w całości."),
    expired=("To ogłoszenie wygasło", "Było na mapie przez swój czas. Osoba, która je dodała, może je przywrócić."),
    withdrawn=("To ogłoszenie zostało wycofane", "Osoba, która je dodała, usunęła je z mapy."),
    hidden=("To ogłoszenie jest ukryte", "Zgłosiło je kilka osób, więc najpierw ktoś je sprawdzi."),
    busy=("Za dużo pracy w tej chwili", "Spróbuj ponownie za moment."),
)  # fmt: skip

WORDS = {words.language: words for words in (ENGLISH, POLISH)}
