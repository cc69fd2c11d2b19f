"""Limits in our own code: how often one network may do what needs no account."""

import hmac
from base64 import b32encode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from typing import Protocol

from chalicelib.domain.errors import TooMany
from chalicelib.domain.limits import Act, Use, window_start
from chalicelib.domain.networks import Sender
from chalicelib.services.changes import Clock, WriteConflict

NAME_LENGTH = 20  # characters of base32, 100 bits: two networks never share a name by chance


class NetworkSecrets(Protocol):
    """The secrets about networks."""

    def network_key(self) -> bytes:
        """Give the key that networks are named with."""

    def origin_key(self) -> bytes:
        """Give the key that the CDN shows."""


class UseStore(Protocol):
    """How often networks did what is limited."""

    def uses(self, use: Use) -> int:
        """Read how many are counted in its window."""

    def count(self, use: Use) -> None:
        """Count one more; raises WriteConflict when the window is full."""


@dataclass(frozen=True)
class Networks:
    """Names networks so that nobody learns an address from what is kept, not even by trying all there are."""

    secrets: NetworkSecrets

    def name(self, sender: Sender, salt: str) -> str:
        """Name the network of a sender; with another salt it has another name."""
        network = sender.network(through_cdn=self._is_our_cdns(sender.origin_key))
        digest = hmac.digest(self.secrets.network_key(), f"{salt}/{network}".encode(), "sha256")
        return b32encode(digest).decode().lower()[:NAME_LENGTH]

    def _is_our_cdns(self, origin_key: str) -> bool:
        """Tell whether a request came through our own CDN: anybody else may say whatever they like of themselves."""
        if not origin_key:
            return False
        return hmac.compare_digest(origin_key.encode(), b64encode(self.secrets.origin_key()))


@dataclass(frozen=True)
class Limits:
    """Knows how much is free, and refuses what is more."""

    store: UseStore
    networks: Networks
    free: Mapping[str, int]  # by the act
    clock: Clock

    def use(self, act: Act, sender: Sender) -> Use:
        """Make the use of a sender at this moment, which is not counted yet."""
        now = self.clock()
        name = self.networks.name(sender, now.date().isoformat())
        return Use(name, act, window_start(act, now), self.free[act])

    def require_room(self, use: Use | None) -> None:
        """Raise TooMany when nothing is left; who is not limited has no use."""
        if use and self.store.uses(use) >= use.limit:
            raise _too_many(use, self.clock())

    def count(self, use: Use | None) -> None:
        """Count what is about to be done outside of a transaction; raises TooMany."""
        self.require_room(use)
        try:
            if use:
                self.store.count(use)
        except WriteConflict:
            self.require_room(use)
            raise


def _too_many(use: Use, now: datetime) -> TooMany:
    seconds = max(1, ceil((use.until - now).total_seconds()))
    return TooMany(f"From this network there were too many of these: at most {use.limit} are taken.", seconds)
