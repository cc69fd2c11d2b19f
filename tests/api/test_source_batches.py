"""Batches of what sources bring: each of them is accepted or refused on its own."""

from typing import Any

import pytest

from tests.api.shelter import SHELTER, brought, named, put, results, send
from tests.api.steps import (
    ANNOUNCEMENTS,
    assert_problem,
    fail,
    nothing_written,
    on_map,
    source_key,
)
from tests.conftest import Homestead


def test_a_batch_tells_what_became_of_each_in_its_order(homestead: Homestead) -> None:
    key = source_key(homestead)
    known = brought(homestead, key, "known")
    brought(homestead, key, "changed")
    answer = send(
        homestead,
        key,
        named("new"),
        named("known"),
        named("changed", title="Red dog"),
        named("bad", kind="x"),
        7,
        {},
    )
    assert answer.status == 207
    assert results(answer) == [
        ("new", "created"),
        ("known", "unchanged"),
        ("changed", "updated"),
        ("bad", "refused"),
        (None, "refused"),
        (None, "refused"),
    ]
    assert answer.json["results"][1] == {"external_id": "known", "outcome": "unchanged", "id": known.id, "errors": []}
    assert len(on_map(homestead)) == 3


def test_a_batch_without_refusals_is_a_plain_success(homestead: Homestead) -> None:
    key = source_key(homestead)
    batch = [named(str(number), title=f"Dog {number}") for number in range(25)]
    first, again = send(homestead, key, *batch), send(homestead, key, *batch)
    assert (first.status, again.status) == (200, 200)
    assert {outcome for _, outcome in results(first)} == {"created"}
    assert {outcome for _, outcome in results(again)} == {"unchanged"}
    assert len(on_map(homestead)) == 25


def test_one_by_one_and_in_a_batch_is_the_same_delivery(homestead: Homestead) -> None:
    key = source_key(homestead)
    send(homestead, key, named("A-1", lives_days=30))
    with nothing_written(homestead):
        assert put(homestead, key, lives_days=30).status == 200


def test_of_a_name_that_stands_twice_in_a_batch_the_first_counts(homestead: Homestead) -> None:
    key = source_key(homestead)
    answer = send(homestead, key, named("1", title="First"), named("1", title="Second"))
    assert results(answer) == [("1", "created"), ("1", "refused")]
    [feature] = homestead.client.get(ANNOUNCEMENTS).json["features"]
    assert feature["properties"]["title"] == "First"


@pytest.mark.parametrize(
    ("content", "field"),
    [
        ({"announcements": []}, "announcements"),
        ({"announcements": [{}] * 26}, "announcements"),
        ({"announcements": {}}, "announcements"),
        ({}, "announcements"),
        ({"announcements": [{}], "source": "x"}, "source"),
    ],
)
def test_a_batch_of_another_shape_is_refused_whole(homestead: Homestead, content: Any, field: str) -> None:
    key = source_key(homestead)
    with nothing_written(homestead):
        assert_problem(homestead.client.put(SHELTER, content, token=key), 422, field)


@pytest.mark.parametrize("name", ["NaN", "1e999", "9" * 4000, '"\\ud83d\\udc15"', '"\\u0000"', "[[[[]]]]", "-Infinity"])
def test_a_batch_refuses_odd_values_each_on_its_own(homestead: Homestead, name: str) -> None:
    key = source_key(homestead)
    content = f'{{"announcements": [{{"external_id": {name}}}]}}'
    with nothing_written(homestead):
        answer = homestead.client.put(SHELTER, body=content.encode(), token=key)
    assert answer.status in (207, 400), answer.body


def test_a_batch_that_could_not_be_written_is_tried_again_whole(homestead: Homestead) -> None:
    key = source_key(homestead)
    fail(homestead, "dynamodb", "TransactWriteItems", "ProvisionedThroughputExceededException")
    with nothing_written(homestead):
        answer = send(homestead, key, named("1"), named("2"))
    assert_problem(answer, 503)
