"""The kinds of things that announcements tell of, and how long each stays on the map."""

from collections.abc import Mapping
from enum import StrEnum

DEFAULT_LIFETIME_DAYS = 90


class Kind(StrEnum):
    """What happened."""

    LOST = "lost"
    FOUND = "found"
    SIGHTING = "sighting"


class Species(StrEnum):
    """Which kind of animal."""

    DOG = "dog"
    CAT = "cat"
    BIRD = "bird"
    RABBIT = "rabbit"
    SMALL_MAMMAL = "small_mammal"
    REPTILE = "reptile"
    OTHER = "other"


LIFETIME_DAYS = {Species.CAT: 180}  # cats come back late: a third within a week, 61 % within a year


class Status(StrEnum):
    """Where an announcement is in its life."""

    ACTIVE = "active"
    REUNITED = "reunited"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


class Blur(StrEnum):
    """How much of the exact place is hidden: the public place is the centre of a geohash cell."""

    STREET = "street"
    AREA = "area"

    @property
    def precision(self) -> int:
        """Characters of the geohash: 7 is about 150 m, wide enough to hide a home; 6 is about 1 km."""
        return 7 if self is Blur.STREET else 6


def lifetimes() -> Mapping[str, int]:
    """Tell how many days announcements stay on the map, by species."""
    return {species.value: lived for species, lived in LIFETIME_DAYS.items()} | {"default": DEFAULT_LIFETIME_DAYS}
