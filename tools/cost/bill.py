"""The bill of a place: a line for each thing that is used, what of it is free, and what is left to pay."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tools.cost.place import Place
from tools.cost.prices import Price, PriceList
from tools.cost.use import Use, options, used


@dataclass(frozen=True)
class Line:
    """A quantity of one thing in a month."""

    price: Price
    quantity: float

    @property
    def listed(self) -> float:
        """USD at the list price."""
        return self.price.of(self.quantity)

    @property
    def given(self) -> float:
        """USD of it that the free tier takes off."""
        return self.price.given(self.quantity)

    @property
    def to_pay(self) -> float:
        """USD that are left."""
        return self.listed - self.given


@dataclass(frozen=True)
class Bill:
    """What a place costs in a month, in USD and without tax; `extras` are what it would cost besides."""

    place: Place
    lines: Sequence[Line]
    extras: Mapping[str, float]

    @property
    def listed(self) -> float:
        """The sum at the list price."""
        return sum(line.listed for line in self.lines)

    @property
    def given(self) -> float:
        """The sum of what is free."""
        return sum(line.given for line in self.lines)

    @property
    def to_pay(self) -> float:
        """The sum that is left."""
        return sum(line.to_pay for line in self.lines)


def bill(place: Place, known: PriceList) -> Bill:
    """Write the bill of a place."""
    lines = [Line(known.prices[name], quantity) for name, quantity in used(place).items()]
    return Bill(place, lines, {name: _sum(use, known) for name, use in options(place).items()})


def _sum(use: Use, known: PriceList) -> float:
    return sum(known.prices[name].of(quantity) for name, quantity in use.items())
