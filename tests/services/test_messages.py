"""Messages: what happens between the reading and the writing of others."""

from collections.abc import Callable

import pytest

from chalicelib.domain.errors import Busy, Conflict, Gone, Invalid, NotFound, TooMany
from chalicelib.domain.kinds import Status
from chalicelib.domain.limits import Act
from chalicelib.domain.messages import MAX_MESSAGES, Message
from chalicelib.services.announcements import IdempotencyKey
from chalicelib.services.changes import ATTEMPTS
from tests.builders import DAY, MINUTE, NOON, SENDER, announcement, identifier, in_status
from tests.household import Household, conflict

KEY = IdempotencyKey("0123456789abcdef", "hash")
THERE = identifier(900)


@pytest.fixture
def house() -> Household:
    house = Household()
    house.keep(announcement(id=THERE))
    return house


def send(house: Household, text: str = "I saw it", key: IdempotencyKey | None = None) -> Message:
    return house.messages.send(THERE, text, None, SENDER, key)


def test_messages_are_read_newest_first_and_marked_once(house: Household) -> None:
    first = send(house)
    house.clock.move(MINUTE)
    second = send(house)
    assert house.messages.of(THERE) == [second, first]
    assert house.messages.read(THERE, first.id).read_at == NOON + MINUTE
    house.clock.move(MINUTE)
    assert house.messages.read(THERE, first.id).read_at == NOON + MINUTE
    with pytest.raises(NotFound):
        house.messages.read(THERE, identifier(77))


@pytest.mark.parametrize("status", [Status.EXPIRED, Status.WITHDRAWN])
def test_nobody_writes_to_what_has_left_the_map(status: Status) -> None:
    house = Household()
    house.keep(in_status(status, id=THERE))
    with pytest.raises(Gone):
        send(house)


def test_a_message_to_what_is_withdrawn_at_that_moment_is_not_kept(house: Household) -> None:
    house.meanwhile(lambda: house.announcements.withdraw(THERE))
    with pytest.raises(Gone):
        send(house)
    assert house.store.letters == {}


def test_a_message_to_what_is_changed_at_that_moment_is_kept_once(house: Household) -> None:
    house.meanwhile(lambda: house.announcements.renew(THERE))
    sent = send(house)
    assert house.messages.of(THERE) == [sent]


def test_two_requests_with_one_key_at_that_moment_are_one_message(house: Household) -> None:
    sent: list[Message] = []
    house.meanwhile(lambda: sent.append(send(house, key=KEY)))
    assert send(house, key=KEY) == sent[0]
    assert house.messages.of(THERE) == sent


def test_a_message_whose_answer_was_lost_is_kept_once(house: Household) -> None:
    def write_and_lose() -> None:
        message = Message(identifier(1), THERE, "I saw it", NOON)
        house.store.add_message(house.stored(THERE), message, house.limits.use(Act.MESSAGE, SENDER), None)

    house.meanwhile(write_and_lose)  # what a retry by the SDK meets
    assert send(house).id == identifier(1)
    assert len(house.store.letters) == 1
    assert house.limits.store.uses(house.limits.use(Act.MESSAGE, SENDER)) == 1


def test_a_key_that_came_with_another_body_is_refused(house: Household) -> None:
    send(house, key=KEY)
    with pytest.raises(Invalid):
        send(house, key=IdempotencyKey(KEY.key, "other"))


def test_a_message_that_cannot_be_written_says_that_trying_later_helps(house: Household) -> None:
    house.store.interruptions.extend([conflict] * ATTEMPTS)
    with pytest.raises(Busy):
        send(house)
    assert len(house.pauses) == ATTEMPTS


def test_the_last_place_is_given_once(house: Household) -> None:
    for number in range(MAX_MESSAGES - 1):
        message = Message(identifier(100 + number), THERE, "x", NOON)
        house.store.letters[THERE, message.id] = message
    house.meanwhile(lambda: send(house))
    with pytest.raises(Conflict):
        send(house)
    assert house.store.message_count(THERE) == MAX_MESSAGES


def test_the_last_use_is_given_once(house: Household) -> None:
    house.free[Act.MESSAGE] = 1
    house.meanwhile(lambda: send(house))
    with pytest.raises(TooMany) as refused:
        send(house)
    assert refused.value.seconds == 3600
    assert len(house.store.letters) == 1


@pytest.mark.parametrize("act", [Household.sweep, lambda house: house.announcements.withdraw(THERE)])
def test_messages_go_with_their_announcement(house: Household, act: Callable[[Household], object]) -> None:
    send(house)
    house.sweep()
    assert len(house.store.letters) == 1
    if act is Household.sweep:
        for _part in range(2):
            house.clock.move(90 * DAY)
            house.sweep()
    act(house)
    assert house.store.letters == {}


def test_messages_of_what_is_withdrawn_are_erased_even_when_the_first_try_was_cut_short(
    house: Household, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(house)

    def die(announcement_id: str) -> None:
        raise Busy("The storage has too much to do just now.")

    with monkeypatch.context() as patch:
        patch.setattr(house.store, "erase_messages", die)
        with pytest.raises(Busy):
            house.announcements.withdraw(THERE)
        assert house.sweep().failed == 1
    assert len(house.store.letters) == 1
    assert house.sweep().failed == 0
    assert house.store.letters == {}
