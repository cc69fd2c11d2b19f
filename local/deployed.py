"""What was deployed last on a state folder."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from local.state import State, read_json


@dataclass(frozen=True)
class Deployment:
    """What runs on the cloud, and from what it was made."""

    fingerprint: str
    rest_api_id: str
    functions: Mapping[str, str]  # their names in config.json: their names in Lambda
    code: Mapping[str, str]  # their names in Lambda: the digest of the code that runs
    environment: Mapping[str, str]

    @classmethod
    def noted(cls, state: State) -> Deployment | None:
        """The last deployment on this state folder, if there was one."""
        noted = read_json(state.deployment)
        try:
            return cls(**noted)
        except TypeError:
            return None

    def note(self, state: State) -> None:
        """Remember this as the last deployment."""
        state.deployment.write_text(json.dumps(vars(self), indent=2))

    @property
    def bucket(self) -> str:
        """The bucket of the pictures."""
        return self.environment["PICTURES_BUCKET"]
