"""The price list: what one unit of each thing costs, and how much of it is free."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).parent / "prices.toml"


@dataclass(frozen=True)
class Price:
    """USD for `per` units a month; `free` units are given to every account each month."""

    title: str
    usd: float
    source: str
    per: int = 1
    free: float = 0

    def of(self, quantity: float) -> float:
        """Tell what a quantity costs at the list price, in USD."""
        return quantity * self.usd / self.per

    def given(self, quantity: float) -> float:
        """Tell how much of that is free, in USD."""
        return self.of(min(quantity, self.free))


@dataclass(frozen=True)
class PriceList:
    """The prices of one region as they were known at one time."""

    region: str
    known: str
    prices: Mapping[str, Price]


def price_list() -> PriceList:
    """Read the one dated file."""
    read = tomllib.loads(FILE.read_text())
    about = read.pop("about")
    return PriceList(about["region"], about["known"], {name: Price(**values) for name, values in read.items()})
