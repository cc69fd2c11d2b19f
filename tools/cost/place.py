"""Places of three sizes, and what people do there in a month."""

from dataclasses import dataclass

LIVES = 4.0  # months on the map: dogs' announcements live 90 days, cats' 180
RESTORABLE = 3.0  # months for which what has expired is kept
PICTURE_MB = 0.7  # an original as the page sends it; a 12 MP photo is made smaller in the browser
RENDITIONS_MB = 0.4  # three WebP and the JPEG for previews


@dataclass(frozen=True)
class Place:
    """A place by what happens there in a month.

    `views` are looks at the map, ten of them a visit; `cold` is the part of requests that finds no function awake.
    """

    name: str
    views: int
    announcements: int
    pictures: int
    cold: float = 0.2

    @property
    def live(self) -> float:
        """Announcements on the map."""
        return self.announcements * LIVES

    @property
    def kept(self) -> float:
        """Announcements that are not erased yet."""
        return self.announcements * (LIVES + RESTORABLE)

    @property
    def kept_pictures(self) -> float:
        """Their pictures."""
        return self.pictures * (LIVES + RESTORABLE)


TOWN = Place("a town", views=30_000, announcements=100, pictures=200)
COUNTRY = Place("a country", views=3_000_000, announcements=10_000, pictures=20_000, cold=0.02)
WORLD = Place("the world", views=100_000_000, announcements=250_000, pictures=500_000, cold=0.005)
PLACES = (TOWN, COUNTRY, WORLD)
