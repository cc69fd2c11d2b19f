"""What is said of a picture, as it travels with the bytes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.descriptions import MAX_ENCODED, NOTHING_SAID, Description
from chalicelib.domain.errors import Invalid

TEXTS = st.none() | st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)


@given(st.builds(Description, TEXTS, TEXTS, TEXTS, TEXTS))
def test_whatever_is_said_is_read_back_and_fits_a_header(said: Description) -> None:
    encoded = said.encoded()
    assert Description.decoded(encoded) == said
    assert encoded.isascii()
    assert len(encoded) <= MAX_ENCODED


def test_nothing_said_takes_no_room() -> None:
    assert NOTHING_SAID.encoded() == ""
    assert Description.decoded("") == NOTHING_SAID


def test_four_hundred_letters_of_any_alphabet_fit() -> None:
    assert Description("dog.jpg", "Ada", "dog", "犬" * 400).encoded()


def test_more_than_fits_is_refused() -> None:
    with pytest.raises(Invalid, match="X-Picture-Caption"):
        Description(caption="🐕" * 500).encoded()


@pytest.mark.parametrize("written", ["no base64 ł", "AAAA", "WzFd", "NQ==", "e30=", "eyJ4IjoxfQ==", "====", "/+"])
def test_what_others_wrote_there_is_as_good_as_nothing(written: str) -> None:
    assert Description.decoded(written) == NOTHING_SAID
