"""Several who do their work at the same time, one step each by turns, in an order that is the same every time."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from threading import Semaphore, Thread


class Crash(BaseException):
    """The function dies here: no handler of the program ever sees this."""


@dataclass
class _Actor:
    act: Callable[[], object]
    turn: Semaphore = field(default_factory=lambda: Semaphore(0))
    error: BaseException | None = None
    is_done: bool = False


class Stage:
    """Lets one actor go on at a time; who is next is chosen wherever one of them calls `step`."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._back = Semaphore(0)
        self._now: _Actor | None = None

    def play(self, acts: Sequence[Callable[[], object]]) -> None:
        """Do all acts to their ends; raises what one of them raised."""
        actors = [_Actor(act) for act in acts]
        threads = [Thread(target=self._run, args=(actor,), daemon=True) for actor in actors]
        for thread in threads:
            thread.start()
        while waiting := [actor for actor in actors if not actor.is_done]:
            self._now = self._chance.choice(waiting)
            self._now.turn.release()
            self._back.acquire()
        self._now = None
        for error in filter(None, (actor.error for actor in actors)):
            raise error

    def step(self) -> None:
        """Let somebody else go on, if several are at work."""
        if actor := self._now:
            self._back.release()
            actor.turn.acquire()

    def _run(self, actor: _Actor) -> None:
        actor.turn.acquire()
        try:
            actor.act()
        except BaseException as error:  # noqa: BLE001 (raised again by `play`)
            actor.error = error
        actor.is_done = True
        self._back.release()
