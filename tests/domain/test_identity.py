"""Identifiers."""

import re

from chalicelib.domain.identity import ID_PATTERN, new_id, source_id


def test_drawn_ids_have_the_form_of_ids_and_differ() -> None:
    drawn = {new_id() for _ in range(200)}
    assert len(drawn) == 200
    assert all(re.fullmatch(ID_PATTERN, each) for each in drawn)


def test_an_announcement_of_a_source_has_the_same_id_at_every_import() -> None:
    assert source_id("shelter", "A-1") == source_id("shelter", "A-1")
    assert re.fullmatch(ID_PATTERN, source_id("shelter", "A-1"))


def test_the_same_name_in_two_sources_makes_two_ids() -> None:
    assert source_id("one", "A-1") != source_id("two", "A-1")
    assert source_id("shelter", "A-1") != source_id("shelter", "A-2")
