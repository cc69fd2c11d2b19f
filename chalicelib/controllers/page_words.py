"""What the pages that the API writes say, in the languages of a stage."""

from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.kinds import Blur, Kind, Species

SERVICE = "Homeward"
# As the page rounds them (lib/distance-words.ts), so that no distance changes when its script takes over.
NEAREST = 200  # metres: public places tell no more
KILOMETRE = 950  # metres: from here on they are rounded to kilometres


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
    seen: str
    near: str
    far: str
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

    def away(self, metres: int) -> str:
        """Write a distance between public places as roughly as they are: `300 m away`, `2 km away`."""
        if metres < NEAREST:
            return self.near
        return self.far.format(
            f"{_rounded(metres, 100) * 100} m" if metres < KILOMETRE else f"{_rounded(metres, 1000)} km"
        )


def _rounded(metres: int, step: int) -> int:
    """Tell how many steps that is; a half counts up, as in the page's own language."""
    return (metres + step // 2) // step


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
    seen="Seen since then",
    near="near that place",
    far="{} away",
    reunited="Good news: this pet is home again.",
    safety="Pay nothing before you have seen the animal, and ask for a mark that only its owner knows.",
    answer="To write to the person who announced this, switch on JavaScript in your browser.",
    map="Look at the map",
    poster="Poster to print",
    back="Back to the announcement",
    photo="Photo",
    missing=(
        "There is no such announcement",
        "The link may be incomplete, or the announcement was removed a while ago.",
    ),
    expired=("This announcement has expired", "It was on the map for its time and has not been renewed since."),
    withdrawn=(
        "This announcement was withdrawn",
        "Whoever announced it has taken it off the map. Perhaps the pet is home again.",
    ),
    hidden=(
        "This announcement is hidden for now",
        "Several people found something wrong with it. It is shown again once we have looked at it.",
    ),
    busy=("Too much to do just now", "Please try again in a moment."),
)  # fmt: skip

POLISH = Words(
    language="pl",
    locale="pl_PL",
    kinds={Kind.LOST: "Zaginione", Kind.FOUND: "Znalezione", Kind.SIGHTING: "Widziane"},
    species={
        Species.DOG: "pies",
        Species.CAT: "kot",
        Species.BIRD: "ptak",
        Species.RABBIT: "królik",
        Species.SMALL_MAMMAL: "drobny ssak",
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
    seen="Widziane od tamtej pory",
    near="w pobliżu tego miejsca",
    far="{} stamtąd",
    reunited="Dobra wiadomość: zwierzę jest już w domu.",
    safety="Nie płać, zanim zobaczysz zwierzę, i zapytaj o znak szczególny, który zna tylko opiekun.",
    answer="Aby napisać do osoby, która dodała to ogłoszenie, włącz JavaScript w przeglądarce.",
    map="Zobacz mapę",
    poster="Plakat do druku",
    back="Wróć do ogłoszenia",
    photo="Zdjęcie",
    missing=(
        "Nie ma takiego ogłoszenia",
        "Link może być niepełny albo ogłoszenie usunięto jakiś czas temu.",
    ),
    expired=("To ogłoszenie wygasło", "Było na mapie przez swój czas i nie zostało potem odnowione."),
    withdrawn=(
        "To ogłoszenie zostało wycofane",
        "Osoba, która je dodała, zdjęła je z mapy. Może zwierzę jest już w domu.",
    ),
    hidden=(
        "To ogłoszenie jest na razie ukryte",
        "Kilka osób zgłosiło, że coś jest z nim nie tak. Pojawi się znowu, gdy je sprawdzimy.",
    ),
    busy=("Za dużo pracy w tej chwili", "Spróbuj ponownie za moment."),
)  # fmt: skip

WORDS = {words.language: words for words in (ENGLISH, POLISH)}
