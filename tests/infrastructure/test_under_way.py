"""A stack that CloudFormation is still at work on when the next deploy comes, which the local cloud never is."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import boto3
import pytest
from botocore.stub import Stubber

from infrastructure import stacks, waiting
from infrastructure.stacks import StackFailed
from infrastructure.waiting import StillAtWork

NAME = "homeward-dev-foundation"
TEMPLATE = '{"Parameters": {"Stage": {"Type": "String"}}, "Resources": {}}'


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "PAUSE", 0.0)


class CloudFormation(Stubber):
    """Answers as CloudFormation does while it works on one stack."""

    def __init__(self) -> None:
        super().__init__(boto3.Session("key", "secret", region_name="eu-central-1").client("cloudformation"))

    def stands_as(self, *statuses: str) -> None:
        for status in statuses:
            described = {"StackName": NAME, "CreationTime": datetime.now(UTC), "StackStatus": status}
            outputs = [{"OutputKey": "TilesTable", "OutputValue": "tiles"}]
            self.add_response("describe_stacks", {"Stacks": [{**described, "Outputs": outputs}]})

    def is_gone(self) -> None:
        self.add_client_error("describe_stacks", "ValidationError", f"Stack with id {NAME} does not exist")

    def bring(self) -> dict[str, str]:
        return stacks.bring(self.client, NAME, TEMPLATE, "dev")


@pytest.fixture
def cloudformation() -> Iterator[CloudFormation]:
    with CloudFormation() as answering:
        yield answering
        answering.assert_no_pending_responses()


@pytest.mark.parametrize(
    "statuses",
    [
        ("CREATE_IN_PROGRESS", "CREATE_COMPLETE"),
        ("UPDATE_IN_PROGRESS", "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS", "UPDATE_COMPLETE"),
        ("UPDATE_ROLLBACK_IN_PROGRESS", "UPDATE_ROLLBACK_IN_PROGRESS", "UPDATE_ROLLBACK_COMPLETE"),
    ],
)
def test_what_an_interrupted_deploy_began_is_waited_for_and_then_updated(
    cloudformation: CloudFormation, capsys: pytest.CaptureFixture[str], statuses: tuple[str, ...]
) -> None:
    cloudformation.stands_as(*statuses)
    cloudformation.add_response("update_stack", {"StackId": NAME})
    cloudformation.stands_as("UPDATE_COMPLETE", "UPDATE_COMPLETE")
    assert cloudformation.bring() == {"TilesTable": "tiles"}
    told = capsys.readouterr().out.splitlines()
    assert [line.split()[4] for line in told] == list(dict.fromkeys(statuses[:-1]))


def test_a_stack_that_is_just_being_deleted_is_made_anew_when_it_is_gone(cloudformation: CloudFormation) -> None:
    cloudformation.stands_as("DELETE_IN_PROGRESS")
    cloudformation.is_gone()
    cloudformation.add_response("create_stack", {"StackId": NAME})
    cloudformation.stands_as("CREATE_COMPLETE", "CREATE_COMPLETE")
    assert cloudformation.bring() == {"TilesTable": "tiles"}


def test_a_stack_whose_way_back_failed_is_told_with_its_reasons_and_what_to_do(cloudformation: CloudFormation) -> None:
    cloudformation.stands_as("UPDATE_ROLLBACK_IN_PROGRESS", "UPDATE_ROLLBACK_FAILED")
    event: dict[str, Any] = {
        "StackId": NAME,
        "EventId": "1",
        "StackName": NAME,
        "Timestamp": datetime.now(UTC),
        "LogicalResourceId": "Alarms",
        "ResourceStatus": "UPDATE_FAILED",
        "ResourceStatusReason": "somebody deleted the topic",
    }
    cloudformation.add_response("describe_stack_events", {"StackEvents": [event]})
    with pytest.raises(StackFailed, match=r"  Alarms: somebody deleted the topic") as stopped:
        cloudformation.bring()
    assert f"continue-update-rollback --region eu-central-1 --stack-name {NAME}`" in str(stopped.value)


def test_a_change_set_that_nobody_carried_out_is_not_waited_for(cloudformation: CloudFormation) -> None:
    cloudformation.stands_as("REVIEW_IN_PROGRESS")
    assert stacks.settled(cloudformation.client, NAME)


def test_a_stack_that_comes_to_no_end_is_told(cloudformation: CloudFormation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "LOOKS", 2)
    cloudformation.stands_as("UPDATE_IN_PROGRESS", "UPDATE_IN_PROGRESS")
    with pytest.raises(StillAtWork, match=r"UPDATE_IN_PROGRESS.*run the same command again later"):
        cloudformation.bring()
