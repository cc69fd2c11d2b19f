"""One of a stage's stacks, as a deploy sees it: what it is made of, whether it stands, what it tells."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from botocore.exceptions import ClientError

from infrastructure import stacks, templates
from infrastructure.fingerprints import fingerprint
from infrastructure.stages import Target

STANDS = ("CREATE_COMPLETE", "UPDATE_COMPLETE")


@dataclass(frozen=True)
class Stack:
    """A template with its parameters."""

    target: Target
    name: str
    parameters: Mapping[str, str] = field(default_factory=dict)
    region: str = ""

    @property
    def _cloudformation(self) -> Any:
        return self.target.client("cloudformation", self.region or None)

    def digest(self) -> str:
        """Digest all that it is made of."""
        return fingerprint(
            templates.FOLDER, [f"{self.name}.yaml"], json.dumps(self.parameters, sort_keys=True), self.region
        )

    def stands(self) -> bool:
        """Tell whether it is there, as it was last asked for."""
        return self.status() in STANDS

    def status(self) -> str:
        """Tell in CloudFormation's words how it is; nothing when there is none."""
        try:
            found = self._cloudformation.describe_stacks(StackName=self.target.stack(self.name))["Stacks"]
        except ClientError as error:
            if "does not exist" in str(error):
                return ""
            raise
        return str(found[0]["StackStatus"])

    def outputs(self) -> dict[str, str]:
        """Read what it tells; nothing when it is not there."""
        there = self.status() not in ("", "DELETE_COMPLETE", "REVIEW_IN_PROGRESS")
        return stacks.outputs(self._cloudformation, self.target.stack(self.name)) if there else {}

    def resource(self, logical: str) -> str:
        """Tell the id of one of its resources; nothing when there is none."""
        if not self.status():
            return ""
        pages = self._cloudformation.get_paginator("list_stack_resources")
        listed = pages.paginate(StackName=self.target.stack(self.name))
        found = (each for page in listed for each in page["StackResourceSummaries"])
        return next((str(each["PhysicalResourceId"]) for each in found if each["LogicalResourceId"] == logical), "")

    def bring(self) -> None:
        """Create or update it; raises StackFailed."""
        text = (templates.FOLDER / f"{self.name}.yaml").read_text()
        stacks.bring(self._cloudformation, self.target.stack(self.name), text, self.target.stage, **self.parameters)
