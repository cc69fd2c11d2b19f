"""Who may change what: the manage token of a guest, the key of a source."""

from dataclasses import replace

import pytest

from chalicelib.domain.errors import Forbidden, Invalid, Unauthenticated
from tests.builders import announcement, delivery, identifier
from tests.fakes import FixedSecrets
from tests.household import Household


def test_the_manage_token_is_always_the_same_for_an_announcement_and_for_no_other(house: Household) -> None:
    tokens = {house.access.manage_token(identifier(number)) for number in range(50)}
    assert len(tokens) == 50
    assert house.access.manage_token(identifier(1)) in tokens


def test_the_manage_token_opens_its_announcement(house: Household) -> None:
    house.access.require_owner(identifier(1), house.access.manage_token(identifier(1)))


def test_the_manage_token_of_another_secret_opens_nothing(house: Household) -> None:
    elsewhere = replace(house.access, secrets=FixedSecrets(manage=b"x" * 32))
    with pytest.raises(Forbidden):
        house.access.require_owner(identifier(1), elsewhere.manage_token(identifier(1)))


@pytest.mark.parametrize("token", [None, ""])
def test_a_write_without_a_token_is_told_to_send_one(house: Household, token: str | None) -> None:
    with pytest.raises(Unauthenticated):
        house.access.require_owner(identifier(1), token)
    with pytest.raises(Unauthenticated):
        house.access.require_source("shelter", token)


@pytest.mark.parametrize("token", ["x", "source", "source.", "source..", "source.nobody.key", "żółw", "a\0b", "." * 99])
def test_a_wrong_token_is_refused_in_the_same_words_whether_or_not_the_thing_exists(
    house: Household, token: str
) -> None:
    house.keep(announcement())
    house.access.register_source("shelter")
    words = set()
    for announcement_id in (identifier(1), identifier(2), "", "../x"):
        with pytest.raises(Forbidden) as caught:
            house.access.require_owner(announcement_id, token)
        words.add(str(caught.value))
    for source in ("shelter", "nobody", "", "../x"):
        with pytest.raises(Forbidden):
            house.access.require_source(source, token)
    assert len(words) == 1


def test_the_token_of_another_announcement_is_refused(house: Household) -> None:
    with pytest.raises(Forbidden):
        house.access.require_owner(identifier(1), house.access.manage_token(identifier(2)))


def test_the_key_of_a_source_opens_the_source(house: Household) -> None:
    key = house.access.register_source("shelter")
    house.access.require_source("shelter", key)


def test_of_a_key_only_its_hash_is_kept(house: Household) -> None:
    key = house.access.register_source("shelter")
    assert key not in repr(house.source_keys.hashes)
    assert key.rpartition(".")[2] not in repr(house.source_keys.hashes)


def test_a_new_key_ends_the_one_before(house: Household) -> None:
    old, new = house.access.register_source("shelter"), house.access.register_source("shelter")
    house.access.require_source("shelter", new)
    with pytest.raises(Forbidden):
        house.access.require_source("shelter", old)


def test_the_key_of_a_source_does_not_open_another(house: Household) -> None:
    key = house.access.register_source("shelter")
    house.access.register_source("other")
    with pytest.raises(Forbidden):
        house.access.require_source("other", key)


def test_the_key_of_a_source_opens_what_it_brought_and_nothing_else(house: Household) -> None:
    house.keep(announcement())
    house.sources.put_many([delivery("A-1", "shelter")])
    house.sources.put_many([delivery("A-1", "other")])
    key = house.access.register_source("shelter")
    house.access.register_source("other")
    house.access.require_owner(delivery("A-1", "shelter").announcement_id, key)
    for announcement_id in (identifier(1), identifier(2), delivery("A-1", "other").announcement_id):
        with pytest.raises(Forbidden):
            house.access.require_owner(announcement_id, key)


def test_the_key_of_a_source_still_opens_what_was_withdrawn(house: Household) -> None:
    house.sources.put(delivery())
    key = house.access.register_source("shelter")
    house.announcements.withdraw(delivery().announcement_id)
    house.access.require_owner(delivery().announcement_id, key)


@pytest.mark.parametrize("name", ["", "Shelter", "a b", "a.b", "-a", "a" * 41, "ż", "a\n"])
def test_a_source_has_a_plain_name(house: Household, name: str) -> None:
    with pytest.raises(Invalid, match="source"):
        house.access.register_source(name)
