"""The bills as tables of a document, which are as readable in a terminal."""

from collections.abc import Iterator, Sequence

from tools.cost.bill import Bill
from tools.cost.prices import PriceList
from tools.cost.server import rent, servers


def written(bills: Sequence[Bill], known: PriceList) -> str:
    """Write all tables, and when and where their prices come from."""
    head = [f"USD a month without tax, by the prices of {known.region} as they were known in {known.known}.", ""]
    each = [line for bill in bills for line in _one(bill)]
    return "\n".join([*head, *_overview(bills, known), "", *each]).rstrip() + "\n"


def _overview(bills: Sequence[Bill], known: PriceList) -> Iterator[str]:
    places = [bill.place for bill in bills]
    rows = [
        ["", *(place.name for place in places)],
        ["looks at the map", *(f"{place.views:,}" for place in places)],
        ["announcements", *(f"{place.announcements:,}" for place in places)],
        ["pictures", *(f"{place.pictures:,}" for place in places)],
        ["at the list price", *(_money(bill.listed) for bill in bills)],
        ["free for everybody", *(_money(-bill.given) for bill in bills)],
        ["**to pay**", *(f"**{_money(bill.to_pay)}**" for bill in bills)],
        ["small servers with PostGIS instead", *(_rented(bill, known) for bill in bills)],
        *(
            [f"besides, if it is wanted: {name}", *(_money(bill.extras[name]) for bill in bills)]
            for name in bills[0].extras
        ),
    ]
    yield from _table(rows)


def _rented(bill: Bill, known: PriceList) -> str:
    count = servers(bill.place)
    return f"{_money(rent(bill.place, known))} ({count})"


def _one(bill: Bill) -> Iterator[str]:
    place = bill.place
    yield f"### {place.name.capitalize()}"
    yield ""
    head = ["what", "in a month", "list price", "free", "to pay"]
    lines = [
        [line.price.title, _number(line.quantity), *map(_money, (line.listed, -line.given, line.to_pay))]
        for line in bill.lines
    ]
    sums = ["**all**", "", *map(_money, (bill.listed, -bill.given)), f"**{_money(bill.to_pay)}**"]
    yield from _table([head, *lines, sums])
    yield ""


def _table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for number, row in enumerate(rows):
        first, *others = row
        cells = [
            first.ljust(widths[0]),
            *(cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True)),
        ]
        yield f"| {' | '.join(cells)} |"
        if number == 0:
            yield f"|{'-' * (widths[0] + 2)}|{'|'.join('-' * (width + 1) + ':' for width in widths[1:])}|"


def _money(usd: float) -> str:
    """Write an amount to the cent; less than half a cent is 0.00, and nothing is -0.00."""
    return f"{round(usd, 2) + 0.0:,.2f}"


def _number(quantity: float) -> str:
    if quantity >= 100:  # noqa: PLR2004 (from here on a fraction says nothing)
        return f"{quantity:,.0f}"
    return f"{quantity:.3g}"
