"""A stack whose creation failed: CloudFormation keeps it as ROLLBACK_COMPLETE, and it can only be deleted."""

from typing import Any

FAILED_TO_BEGIN = ("ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "CREATE_FAILED")
HALF_WAY_BACK = "UPDATE_ROLLBACK_FAILED"  # an update of one that stands: only a person can tell what is in the way
POLL = {"Delay": 1, "MaxAttempts": 1800}  # seconds, attempts
HOLDS_DATA = ("AWS::DynamoDB::Table", "AWS::S3::Bucket", "AWS::Cognito::UserPool")


def clear(cloudformation: Any, name: str, status: str) -> bool:
    """Delete a stack that never came about, so that it can be made anew; tell whether it was deleted.

    Never one in which something that holds data is there: RetainExceptOnCreate would let it go with its stack.
    """
    if status not in FAILED_TO_BEGIN or any(_holds_data(each) for each in _resources(cloudformation, name)):
        return False
    cloudformation.delete_stack(StackName=name)
    cloudformation.get_waiter("stack_delete_complete").wait(StackName=name, WaiterConfig=POLL)
    return True


def _resources(cloudformation: Any, name: str) -> list[dict[str, Any]]:
    pages = cloudformation.get_paginator("list_stack_resources").paginate(StackName=name)
    return [resource for page in pages for resource in page["StackResourceSummaries"]]


def _holds_data(resource: dict[str, Any]) -> bool:
    """Tell whether a resource is there still, or may be, and holds what people wrote."""
    return resource["ResourceType"] in HOLDS_DATA and resource["ResourceStatus"] != "DELETE_COMPLETE"
