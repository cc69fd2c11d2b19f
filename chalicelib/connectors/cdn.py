"""The CDN in front of everything, which keeps what was public until it is told to forget it."""

import time
from collections.abc import Callable
from contextlib import suppress
from uuid import uuid4

from chalicelib.connectors.aws import Aws
from chalicelib.connectors.table import faults

KEPT = 300.0  # seconds; a distribution that was made after the functions is known after that
PARAMETER = "cdn-distribution"


class Cdn:
    """The connector of a stage's distribution, whose id is a parameter: it is made after the functions that need it."""

    def __init__(self, aws: Aws, path: str, seconds: Callable[[], float] = time.monotonic) -> None:
        """Make no call yet."""
        self._aws = aws
        self._name = f"{path}/{PARAMETER}"
        self._seconds = seconds
        self._read_at: float | None = None
        self._distribution: str | None = None

    def forget(self, prefix: str) -> None:
        """Have whatever begins so asked for anew; nothing in a stage without a CDN. Raises Busy."""
        if distribution := self._known_distribution():
            paths = {"Quantity": 1, "Items": [f"/{prefix}*"]}
            with faults(), suppress(self._aws.cloudfront.exceptions.NoSuchDistribution):  # it was removed meanwhile
                self._aws.cloudfront.create_invalidation(
                    DistributionId=distribution, InvalidationBatch={"Paths": paths, "CallerReference": uuid4().hex}
                )

    def _known_distribution(self) -> str | None:
        if self._read_at is None or self._seconds() - self._read_at > KEPT:
            with faults():
                found = self._aws.ssm.get_parameters(Names=[self._name])["Parameters"]
            self._distribution = found[0]["Value"] if found else None
            self._read_at = self._seconds()
        return self._distribution
