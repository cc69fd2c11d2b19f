"""The steps of a deploy: each is done when what it is made of has changed, and remembered as soon as it is done."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from infrastructure.lock import Lock
from infrastructure.memory import Memory
from infrastructure.telling import tell


@dataclass
class Steps:
    """The way of one deploy; `current` is where it is, or where it stopped."""

    memory: Memory
    lock: Lock
    again: bool = False
    current: str = "beginning"
    done: list[str] = field(default_factory=list)

    def take(self, name: str, digest: str, do: Callable[[], object], *, stands: bool = True) -> bool:
        """Do a step unless it was done from the same before and what it made still stands; tell whether it was done.

        While it is under way it counts as undone, so that the next run does it again, whatever ends this one.
        """
        self.lock.check()
        self.current = name
        known = self.memory.done().get(name)
        if known == digest and stands and not (self.again and name not in self.done):
            return False
        tell(name)
        if known:
            self.memory.did(name, "")
        do()
        self.memory.did(name, digest)
        self.done.append(name)
        return True

    def leave(self, name: str, digest: str) -> None:
        """Leave a step to somebody else, and tell when it is due."""
        if self.memory.done().get(name) != digest:
            tell(f"LEFT OUT: {name} has changed, and a person has to deploy it")

    @contextmanager
    def at(self, name: str) -> Iterator[None]:
        """Say where the deploy is, for something that is looked at in every run."""
        self.lock.check()
        self.current = name
        yield
