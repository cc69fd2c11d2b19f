"""What the API says in English, the page says in the person's language: it must know every sentence."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from chalicelib.controllers import page_words
from chalicelib.domain.messages import MAX_MESSAGES
from chalicelib.domain.pictures import MAX_PICTURES, Picture
from chalicelib.domain.versions import MAX_VERSIONS
from chalicelib.services.arrivals import DIED
from chalicelib.services.imaging import refusals
from tests.builders import NOON

LIB = Path(__file__).parents[1] / "frontend" / "src" / "lib"
REFUSALS = LIB / "refusals.ts"
SAID = re.compile(r"^  \w+: /(.+)/,$", re.MULTILINE)

SENTENCES = [
    *(value for name, value in vars(refusals).items() if name.isupper()),
    refusals.too_many_pixels(30_000_000),
    DIED,
    Picture("aaaaaaaaaaaaaaaaaaaa", NOON).at(NOON + timedelta(1)).reason,
    "It is larger than 40 MB.",
    f"An announcement has at most {MAX_PICTURES} pictures.",
    f"This picture has {MAX_VERSIONS} versions already.",
    f"This announcement has {MAX_MESSAGES} messages already, and no more are kept.",
    "must have at most 120 characters",
    "must not be empty",
]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_the_page_knows_what_the_api_says(sentence: str) -> None:
    known = [pattern for pattern in SAID.findall(REFUSALS.read_text()) if re.search(pattern, sentence)]
    assert len(known) >= 1, sentence


@pytest.mark.parametrize("bound", ["NEAREST", "KILOMETRE"])
def test_distances_are_rounded_as_by_the_page(bound: str) -> None:
    assert f"const {bound} = {getattr(page_words, bound)};" in (LIB / "distance-words.ts").read_text()


@pytest.mark.parametrize(
    ("metres", "told"),
    [(199, "near"), (200, "200 m"), (250, "300 m"), (949, "900 m"), (950, "1 km"), (2_499, "2 km"), (2_500, "3 km")],
)
def test_half_a_step_counts_up(metres: int, told: str) -> None:
    assert page_words.ENGLISH.away(metres).startswith(told)
