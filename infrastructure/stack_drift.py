"""One stack as it is beside its template, and how what somebody changed by hand is brought back."""

import json
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from infrastructure import NotDeployed, templates
from infrastructure.stack import STANDS, Stack

PATIENCE = 300  # seconds; AWS looks at every resource of a stack, one after the other
SEEN_ALL = ("DETECTION_COMPLETE", "DETECTION_FAILED")  # the latter for single resources that could not be looked at
CHANGE_SET = "revert-drift"


@dataclass(frozen=True)
class StackDrift:
    """A stack, looked at by CloudFormation."""

    stack: Stack
    pause: Callable[[float], None] = time.sleep

    @property
    def name(self) -> str:
        """Its name in CloudFormation."""
        return self.stack.target.stack(self.stack.name)

    @property
    def cloudformation(self) -> Any:
        """The client of its region."""
        return self.stack.target.client("cloudformation", self.stack.region or None)

    def differences(self) -> Iterator[str]:
        """Tell each difference in a line."""
        if (status := self.stack.status()) not in STANDS:
            yield f"{self.name}: {status or 'is not there'}"
            return
        template = self.cloudformation.get_template(StackName=self.name)["TemplateBody"]
        if _plain(template) != templates.load(self.stack.name):
            yield f"{self.name}: was deployed from another version of its template"
        self._detect()
        drifts = self.cloudformation.describe_stack_resource_drifts
        for resource in _pages(drifts, "StackResourceDrifts", StackName=self.name):
            yield from (f"{self.name}: {line}" for line in _of_resource(resource))

    def way_back(self) -> Iterator[str]:
        """Give the commands that bring a stack back in which something is otherwise; none for another one.

        They are the operator's, for they overwrite what somebody may have done on purpose.
        """
        found = self._described()
        if not found or found["DriftInformation"]["StackDriftStatus"] != "DRIFTED":
            return
        region = f"--region {self.cloudformation.meta.region_name}"
        place = f"{region} --stack-name {self.name}"
        named = f"{place} --change-set-name {CHANGE_SET}"
        asked = json.dumps(self.request(found))
        yield f"to bring {self.name} back to its template, see what that would change, and do it:"
        yield f"  aws cloudformation create-change-set {region} --cli-input-json '{asked}'"
        yield f"  aws cloudformation wait change-set-create-complete {named}"
        yield f"  aws cloudformation describe-change-set {named}"
        yield f"  aws cloudformation execute-change-set {named}"
        yield f"  aws cloudformation wait stack-update-complete {place}"

    def request(self, described: Mapping[str, Any]) -> dict[str, Any]:
        """Ask for what would change if the stack were as its template says, with every parameter as it is."""
        names = [each["ParameterKey"] for each in described.get("Parameters", [])]
        return {
            "StackName": self.name,
            "ChangeSetName": CHANGE_SET,
            "UsePreviousTemplate": True,
            "DeploymentMode": "REVERT_DRIFT",
            "Capabilities": ["CAPABILITY_IAM"],
            "Parameters": [{"ParameterKey": name, "UsePreviousValue": True} for name in names],
        }

    def _described(self) -> Mapping[str, Any] | None:
        if self.stack.status() not in STANDS:
            return None
        found: Mapping[str, Any] = self.cloudformation.describe_stacks(StackName=self.name)["Stacks"][0]
        return found

    def _detect(self) -> None:
        """Have CloudFormation look; raises NotDeployed when that takes too long."""
        asked = self.cloudformation.detect_stack_drift(StackName=self.name)["StackDriftDetectionId"]
        for _ in range(PATIENCE):
            seen = self.cloudformation.describe_stack_drift_detection_status(StackDriftDetectionId=asked)
            if seen["DetectionStatus"] in SEEN_ALL:
                return
            self.pause(1)
        raise NotDeployed(f"{self.name}: CloudFormation is still looking after {PATIENCE} s; try again")


def _plain(template: Any) -> Any:
    return templates.parse(template) if isinstance(template, str) else json.loads(json.dumps(template))


def _pages(call: Callable[..., Mapping[str, Any]], key: str, **asked: str) -> Iterator[Mapping[str, Any]]:
    """Follow NextToken where botocore knows no paginator."""
    more: dict[str, str] = {}
    while True:
        page = call(**asked, **more)
        yield from page[key]
        if not page.get("NextToken"):
            return
        more = {"NextToken": page["NextToken"]}


def _of_resource(resource: Mapping[str, Any]) -> Iterator[str]:
    """Tell how one resource differs, in CloudFormation's words."""
    named = f"{resource['LogicalResourceId']} ({resource.get('PhysicalResourceId', '')})"
    if resource["StackResourceDriftStatus"] == "DELETED":
        yield f"{named} is not there"
    if resource["StackResourceDriftStatus"] == "MODIFIED":
        for each in resource.get("PropertyDifferences", []):
            yield f"{named} {each['PropertyPath']}: {each['ExpectedValue']} is now {each['ActualValue']}"
