"""The contract of SourceKeys."""

from chalicelib.services.access import SourceKeys


def test_a_source_that_was_never_registered_has_no_hash(source_keys: SourceKeys) -> None:
    assert source_keys.key_hash("shelter") is None


def test_each_source_has_its_own_hash(source_keys: SourceKeys) -> None:
    source_keys.put_key_hash("shelter", "one")
    source_keys.put_key_hash("other", "two")
    assert (source_keys.key_hash("shelter"), source_keys.key_hash("other")) == ("one", "two")


def test_a_later_hash_takes_the_place_of_the_earlier(source_keys: SourceKeys) -> None:
    source_keys.put_key_hash("shelter", "one")
    source_keys.put_key_hash("shelter", "two")
    assert source_keys.key_hash("shelter") == "two"
