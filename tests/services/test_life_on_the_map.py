"""Announcements live and time passes; at any moment the map shows what a plain list says it has to."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule

from chalicelib.domain.errors import Conflict, Gone
from chalicelib.domain.geography import Point, Rectangle
from chalicelib.domain.kinds import Kind, Species, Status
from chalicelib.domain.markers import WORLD, Viewport
from chalicelib.domain.moments import EventTime, Window
from chalicelib.services.announcements import IdempotencyKey
from tests.builders import DAY, FIJI, HOUR, KRAKOW, LONDON, SENDER, contents
from tests.household import Household, all_pages

NEIGHBOUR = Point(KRAKOW.latitude + 0.003, KRAKOW.longitude - 0.003)
PLACES = st.sampled_from([KRAKOW, KRAKOW, NEIGHBOUR, LONDON, FIJI, Point(-90, 0), Point(89.99, 10)])
VIEWS = st.sampled_from(
    [
        WORLD,
        Rectangle(19.93, 50.05, 19.95, 50.07),
        Rectangle(19.8, 50.0, 20.1, 50.1),
        Rectangle(-5, 45, 25, 55),
        Rectangle(179, -18, -179, -16),
        Rectangle(-180, -90, 180, 0),
    ]
)
AGES = st.sampled_from([0 * DAY, HOUR, HOUR, DAY, 30 * DAY, 31 * DAY, 400 * DAY])


@dataclass(frozen=True)
class Known:
    """What the plain list knows of an announcement; `place` is the public one."""

    id: str
    kind: Kind
    species: Species
    event_at: datetime
    place: Point
    expires_at: datetime
    status: Status = Status.ACTIVE

    def status_at(self, now: datetime) -> Status:
        if self.status is Status.WITHDRAWN or now >= self.expires_at + timedelta(days=90):
            return Status.WITHDRAWN
        return Status.EXPIRED if now >= self.expires_at else self.status


class LifeOnTheMap(RuleBasedStateMachine):
    """The services over fakes beside a plain list."""

    ids = Bundle("ids")

    def __init__(self) -> None:
        super().__init__()
        self.house = Household()
        self.house.sweep()  # the schedule has come by since the beginning
        self.known: dict[str, Known] = {}

    @property
    def now(self) -> datetime:
        return self.house.clock.now

    @rule(target=ids, place=PLACES, age=AGES, kind=st.sampled_from(Kind), species=st.sampled_from(Species))
    def create(self, place: Point, age: timedelta, kind: Kind, species: Species) -> str:
        at = self.now - age
        given = contents(place=place, event_at=at, kind=kind, species=species)
        key = IdempotencyKey(f"key-of-announcement-{len(self.known)}", "hash")
        made = self.house.announcements.create(given, EventTime(at), SENDER, key)
        assert self.house.announcements.create(given, EventTime(at), SENDER, key) == made
        days = 180 if species is Species.CAT else 90
        self.known[made.id] = Known(made.id, kind, species, at, made.public_place, self.now + timedelta(days=days))
        return made.id

    @rule(each=ids, place=PLACES, age=AGES, kind=st.sampled_from(Kind))
    def change(self, each: str, place: Point, age: timedelta, kind: Kind) -> None:
        at = self.now - age
        if self._may(each, lambda: self._changed(each, place, at, kind), Status.ACTIVE):
            public = self.house.stored(each).public_place
            self.known[each] = replace(self.known[each], place=public, event_at=at, kind=kind)

    @rule(each=ids)
    def renew(self, each: str) -> None:
        may = (Status.ACTIVE, Status.REUNITED, Status.EXPIRED)
        if self._may(each, lambda: self.house.announcements.renew(each), *may):
            days = 180 if self.known[each].species is Species.CAT else 90
            later = self.now + timedelta(days=days)
            self.known[each] = replace(self.known[each], status=Status.ACTIVE, expires_at=later)

    @rule(each=ids)
    def reunite(self, each: str) -> None:
        known = self.known[each]
        if (
            self._may(each, lambda: self.house.announcements.reunite(each), Status.ACTIVE, Status.REUNITED)
            and known.status is Status.ACTIVE
        ):
            self.known[each] = replace(known, status=Status.REUNITED, expires_at=self.now + timedelta(days=14))

    @rule(each=ids)
    def withdraw(self, each: str) -> None:
        self.house.announcements.withdraw(each)
        self.known[each] = replace(self.known[each], status=Status.WITHDRAWN)

    @rule(hours=st.sampled_from([1, 24, 24 * 14, 24 * 89, 24 * 90, 24 * 180]))
    def let_time_pass(self, hours: int) -> None:
        self.house.clock.move(timedelta(hours=hours))

    @rule()
    def sweep(self) -> None:
        assert self.house.sweep().failed == 0
        for each, known in self.known.items():
            assert self.house.stored(each).status is known.status_at(self.now)

    @rule(
        view=VIEWS,
        window=st.tuples(st.none() | AGES, st.none() | AGES),
        kinds=st.frozensets(st.sampled_from(Kind), max_size=2),
        limit=st.integers(1, 4),
        biggest_answer=st.integers(1, 4),
    )
    def look(
        self,
        view: Rectangle,
        window: tuple[timedelta | None, timedelta | None],
        kinds: frozenset[Kind],
        limit: int,
        biggest_answer: int,
    ) -> None:
        start, end = (None if age is None else self.now - age for age in window)
        if start and end and start > end:
            start, end = end, start
        self.house.markers.biggest_answer = biggest_answer
        viewport = Viewport(view, Window(start, end), kinds)
        found = [marker.announcement_id for marker in all_pages(self.house.viewports, viewport, limit)]
        self.house.markers.biggest_answer = 1000
        assert found == self._listed(view, start, end, kinds)

    @invariant()
    def everybody_sees_what_is_on_the_map(self) -> None:
        shown = [marker.announcement_id for marker in self.house.on_map()]
        assert shown == self._listed(WORLD, None, None, frozenset())
        for each, known in self.known.items():
            if each in shown:
                assert self.house.announcements.show(each).status is known.status
            else:
                with pytest.raises(Gone):
                    self.house.announcements.show(each)

    def _listed(
        self, view: Rectangle, start: datetime | None, end: datetime | None, kinds: frozenset[Kind]
    ) -> list[str]:
        listed = [
            known
            for known in self.known.values()
            if known.status_at(self.now) in (Status.ACTIVE, Status.REUNITED)
            and known.place in view
            and (start is None or known.event_at >= start)
            and (end is None or known.event_at <= end)
            and (not kinds or known.kind in kinds)
        ]
        return [known.id for known in sorted(listed, key=lambda known: (known.event_at, known.id), reverse=True)]

    def _may(self, each: str, act: Callable[[], object], *allowed: Status) -> bool:
        status = self.known[each].status_at(self.now)
        if status in allowed:
            act()
            return True
        with pytest.raises(Gone if status is Status.WITHDRAWN else Conflict):
            act()
        return False

    def _changed(self, each: str, place: Point, at: datetime, kind: Kind) -> None:
        self.house.announcements.change(each, {"place": place, "event_at": at, "kind": kind}, EventTime(at))


TestLifeOnTheMap = LifeOnTheMap.TestCase
TestLifeOnTheMap.settings = settings(max_examples=60, stateful_step_count=40)
