"""Cursors: signed, and bound to their query."""

from base64 import urlsafe_b64decode, urlsafe_b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.errors import Invalid
from chalicelib.services.cursors import SIGNATURE_BYTES, Cursors
from tests.builders import marker
from tests.fakes import FixedSecrets

CURSORS = Cursors(FixedSecrets())
POSITION = marker().position
QUERY = "bbox=19.8,50.0,20.1,50.1"
CURSOR = CURSORS.write(POSITION, QUERY)
LENGTH = SIGNATURE_BYTES + len(POSITION)


def _refuse(cursor: str, query: str = QUERY, cursors: Cursors = CURSORS) -> None:
    with pytest.raises(Invalid, match="cursor"):
        cursors.read(cursor, query)


@given(st.text(st.characters(exclude_categories=["Cs"])), st.text(st.characters(exclude_categories=["Cs"])))
def test_a_cursor_gives_back_its_position(position: str, query: str) -> None:
    assert CURSORS.read(CURSORS.write(position, query), query) == position


def test_a_cursor_is_safe_in_an_address() -> None:
    assert CURSOR.isascii()
    assert CURSOR.replace("-", "").replace("_", "").isalnum()


@given(st.integers(0, LENGTH - 1), st.integers(1, 255))
def test_a_cursor_of_which_any_byte_was_changed_is_refused(place: int, change: int) -> None:
    data = bytearray(urlsafe_b64decode(CURSOR + "=" * (-len(CURSOR) % 4)))
    data[place] ^= change
    _refuse(urlsafe_b64encode(data).decode())


@given(st.text())
def test_text_that_is_no_cursor_is_refused(text: str) -> None:
    _refuse(text)


@pytest.mark.parametrize("cursor", ["", "=", "a", "AAAA", "ż", CURSOR[:-4], CURSOR + "AAAA", CURSOR[4:]])
def test_a_cursor_that_was_cut_or_made_up_is_refused(cursor: str) -> None:
    _refuse(cursor)


def test_a_cursor_of_another_query_is_refused() -> None:
    _refuse(CURSOR, "bbox=19.8,50.0,20.1,50.2")
    _refuse(CURSOR, "")


def test_a_cursor_that_was_signed_with_another_secret_is_refused() -> None:
    _refuse(CURSOR, cursors=Cursors(FixedSecrets(cursor=b"x" * 32)))
