"""A CloudFormation stack, created or updated and waited for."""

from collections.abc import Container, Iterator, Mapping
from functools import cache
from typing import Any

from botocore.exceptions import ClientError, WaiterError

from infrastructure import NotDeployed, rollbacks, templates, waiting

POLL = {"Delay": 1, "MaxAttempts": 1800}  # seconds, attempts: half an hour at most


class StackFailed(NotDeployed):
    """The stack did not come about; the text has CloudFormation's reasons."""


def bring(cloudformation: Any, name: str, template: str, stage: str, **parameters: str) -> dict[str, str]:
    """Create or update a stack of a stage; returns its outputs.

    A parameter that is not named keeps its value; again with nothing changed is harmless.
    Raises StackFailed.
    """
    given = {"Stage": stage} | parameters
    if "OverTls" in _declared(template):
        given["OverTls"] = _over_tls(cloudformation)
    waiter = _change(cloudformation, name, template, given)
    if waiter:
        _wait(cloudformation, waiter, name)
    return outputs(cloudformation, name)


def outputs(cloudformation: Any, name: str) -> dict[str, str]:
    """Read the outputs of a deployed stack."""
    stacks = cloudformation.describe_stacks(StackName=name)["Stacks"]
    return {output["OutputKey"]: output["OutputValue"] for output in stacks[0].get("Outputs", [])}


def _change(cloudformation: Any, name: str, template: str, parameters: dict[str, str]) -> str | None:
    """Start creating or updating the stack; returns the waiter to use, or None when nothing changes."""
    stage = parameters["Stage"]
    try:
        known = settled(cloudformation, name)
        _refuse_half_way_back(cloudformation, name, known)
        if known and rollbacks.clear(cloudformation, name, known["StackStatus"]):
            known = None
        request: dict[str, Any] = {
            "StackName": name,
            "TemplateBody": template,
            "Parameters": [*_pairs("Parameter{}", **parameters), *_kept(known, template, parameters)],
            "Tags": _pairs("{}", **tags(stage)),
            "Capabilities": ["CAPABILITY_IAM"],
        }
        if known is None:
            cloudformation.create_stack(**request, EnableTerminationProtection=stage == "prod")
            return "stack_create_complete"
        cloudformation.update_stack(**request)
    except ClientError as error:
        if "No updates are to be performed" in str(error):
            return None
        raise StackFailed(f"{name}: {error}") from error
    return "stack_update_complete"


def tags(stage: str) -> dict[str, str]:
    """Say what every resource of a stage is marked with: CloudFormation hands a stack's tags on."""
    return {"application": "homeward", "stage": stage}


@cache  # reading a template takes longer than asking about its stack
def _declared(template: str) -> Container[str]:
    parameters: Mapping[str, Any] = templates.parse(template).get("Parameters", {})
    return parameters


def _kept(known: Mapping[str, Any] | None, template: str, given: Container[str]) -> list[dict[str, Any]]:
    """Keep the values of the other parameters, of which secret ones cannot be read back to be given again."""
    before = [each["ParameterKey"] for each in (known or {}).get("Parameters", [])]
    declared = _declared(template)
    return [{"ParameterKey": key, "UsePreviousValue": True} for key in before if key in declared and key not in given]


def _pairs(form: str, **values: str) -> list[dict[str, str]]:
    return [{form.format("Key"): key, form.format("Value"): value} for key, value in values.items()]


def _over_tls(client: Any) -> str:
    """Say whether this cloud is reached over TLS, as a local one is not."""
    return "false" if client.meta.endpoint_url.startswith("http://") else "true"


def settled(cloudformation: Any, name: str) -> Mapping[str, Any] | None:
    """Describe a stack once CloudFormation has come to an end with it, or None when it is not there."""
    return waiting.until_settled(lambda: _known(cloudformation, name))


def _refuse_half_way_back(cloudformation: Any, name: str, known: Mapping[str, Any] | None) -> None:
    """Stop at a stack whose update failed and could not be taken back: it takes no other before that is done."""
    if known and known["StackStatus"] == rollbacks.HALF_WAY_BACK:
        region = cloudformation.meta.region_name
        told = (
            f"{name}: an update failed, and so did the way back from it ({rollbacks.HALF_WAY_BACK}). "
            "Mend what was in the way of it, then run "
            f"`aws cloudformation continue-update-rollback --region {region} --stack-name {name}` and deploy again."
        )
        raise StackFailed("\n".join([told, *_reasons(cloudformation, name)]))


def _known(cloudformation: Any, name: str) -> dict[str, Any] | None:
    """Describe a stack, or None when it is not there."""
    try:
        stacks: list[dict[str, Any]] = cloudformation.describe_stacks(StackName=name)["Stacks"]
    except ClientError as error:
        if "does not exist" in str(error):
            return None
        raise
    return stacks[0] if stacks and stacks[0]["StackStatus"] != "DELETE_COMPLETE" else None


def _wait(cloudformation: Any, waiter: str, name: str) -> None:
    try:
        cloudformation.get_waiter(waiter).wait(StackName=name, WaiterConfig=POLL)
    except WaiterError as error:
        raise StackFailed("\n".join([f"{name}: {error}", *_reasons(cloudformation, name)])) from error


def _reasons(cloudformation: Any, name: str) -> Iterator[str]:
    """Tell which resources failed, the first failure last, as CloudFormation lists them."""
    for event in cloudformation.describe_stack_events(StackName=name)["StackEvents"]:
        if event["ResourceStatus"].endswith("_FAILED"):
            yield f"  {event['LogicalResourceId']}: {event.get('ResourceStatusReason', event['ResourceStatus'])}"
