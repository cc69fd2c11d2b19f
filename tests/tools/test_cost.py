"""What it costs: the sums are right, more costs more, a town costs next to nothing, the document says the same."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.journal import Metric
from infrastructure import templates
from tools.cost.__main__ import DOCUMENT, PLOT, bills, main, refreshed
from tools.cost.bill import bill
from tools.cost.measured import by_count
from tools.cost.place import COUNTRY, PLACES, TOWN, WORLD, Place
from tools.cost.prices import Price, price_list
from tools.cost.server import rent, servers
from tools.cost.use import ALARMS, DASHBOARDS, used

KNOWN = price_list()
PLACES_OF_ANY_SIZE = st.builds(
    Place, st.just("somewhere"), st.integers(0, 10**9), st.integers(0, 10**7), st.integers(0, 10**7)
)


def test_a_town_costs_less_than_a_dollar_a_month_beyond_its_domain() -> None:
    assert 0 < bill(TOWN, KNOWN).to_pay < 1


def test_a_town_costs_less_than_the_smallest_server_and_so_does_nothing_going_on() -> None:
    assert bill(TOWN, KNOWN).to_pay < rent(TOWN, KNOWN)
    assert bill(Place("nowhere", 0, 0, 0), KNOWN).to_pay < 0.1


@given(PLACES_OF_ANY_SIZE)
def test_the_lines_sum_up_to_the_bill(place: Place) -> None:
    found = bill(place, KNOWN)
    assert found.listed == pytest.approx(sum(line.quantity * line.price.usd / line.price.per for line in found.lines))
    assert found.to_pay == pytest.approx(found.listed - found.given)
    assert all(0 <= line.given <= line.listed and line.to_pay >= 0 for line in found.lines)


@given(PLACES_OF_ANY_SIZE, st.sampled_from(["views", "announcements", "pictures"]), st.integers(1, 10**7))
def test_more_of_anything_never_costs_less(place: Place, what: str, more: int) -> None:
    before, after = bill(place, KNOWN), bill(replace(place, **{what: getattr(place, what) + more}), KNOWN)
    assert after.listed >= before.listed
    assert after.to_pay >= before.to_pay
    assert rent(after.place, KNOWN) >= rent(place, KNOWN)


def test_only_what_is_beyond_the_free_quantity_is_paid() -> None:
    price = Price("a thing", usd=2.0, source="", per=10, free=5)
    assert [price.of(quantity) - price.given(quantity) for quantity in (0, 5, 6, 15)] == pytest.approx([0, 0, 0.2, 2])


def test_every_price_is_of_use_and_says_where_it_is_from() -> None:
    options = {"firewall", "firewall_rules", "firewall_requests", "own_key", "zone"}
    assert used(TOWN).keys() | options | {"server", "server_backup", "server_disk"} == KNOWN.prices.keys()
    assert all(price.source.startswith("https://") for price in KNOWN.prices.values())


def test_alarms_and_dashboards_are_those_of_the_templates() -> None:
    types = [each["Type"] for name in templates.NAMES for each in templates.load(name).get("Resources", {}).values()]
    assert types.count("AWS::CloudWatch::Alarm") == ALARMS
    assert types.count("AWS::CloudWatch::Dashboard") == DASHBOARDS


def test_every_metric_is_counted_by_the_hours_in_which_it_is_sent() -> None:
    hardly, much = used(Place("nowhere", 0, 0, 0))["metrics"], used(WORLD)["metrics"]
    assert hardly < 4.1  # those of replication, and two in the night
    assert 4 + len(Metric) - 2 < much < 4 + len(Metric)  # all but what the nights mend


def test_a_figure_lies_between_those_that_were_measured_and_not_beyond() -> None:
    few, many, most = (by_count("map-reads", "units per view", count) for count in (1, 50_000, 10**9))
    assert few == by_count("map-reads", "units per view", 10_000) < many < by_count("map-reads", "units per view", 1e5)
    assert most == by_count("map-reads", "units per view", 10**6)


def test_the_world_takes_more_servers_than_a_country() -> None:
    assert servers(TOWN) == 1
    assert servers(COUNTRY) <= servers(WORLD) > 1


def test_the_document_has_what_the_program_prints(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    assert capsys.readouterr().out in DOCUMENT.read_text()
    assert refreshed(DOCUMENT.read_text()) == DOCUMENT.read_text()


def test_the_plot_shows_what_is_paid() -> None:
    drawn = PLOT.read_text()
    for each in bills(PLACES):
        assert f"{each.to_pay:,.2f}" in drawn


def test_a_place_of_ones_own_has_a_towns_numbers_where_none_are_given(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--views", "90000"]) == 0
    shown = capsys.readouterr().out
    assert "90,000" in shown
    assert "Your place" in shown
    assert "The world" not in shown


def test_what_is_no_number_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--views", "-1"])
    assert "is not a number" in capsys.readouterr().err
