"""What goes wrong between us and AWS, planned by the test call by call."""

import json
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from io import BytesIO
from typing import Any

from botocore.awsrequest import AWSResponse
from botocore.compat import HTTPHeaders
from botocore.exceptions import EndpointConnectionError, ReadTimeoutError
from botocore.retries import quota, standard
from moto.core.models import botocore_stubber

Send = Callable[[], Any]
Plan = Callable[[Send, str], Any]  # what is asked for, and the name of the operation
ADDRESS = "https://aws.example.org/"


class _Body(BytesIO):
    """A body as urllib3 has it."""

    def stream(self, **_options: object) -> list[bytes]:
        return [self.getvalue()]


class _NoBackoff(standard.BaseRetryBackoff):
    """Tries again at once, so that no test waits."""

    def delay_amount(self, context: standard.RetryContext) -> float:
        return 0.0


def _response(status: int, body: bytes) -> AWSResponse:
    return AWSResponse(ADDRESS, status, HTTPHeaders(), _Body(body))


def answer(status: int, code: str, **more: Any) -> Plan:
    """Answer an error, and do nothing."""
    body = json.dumps({"__type": f"com.amazonaws#{code}", "message": code, **more}).encode()
    return lambda _send, _operation: _response(status, body)


def answer_in_xml(status: int, code: str) -> Plan:
    """Answer an error as S3 and CloudFront do, with nothing but the status where a HEAD is asked for."""

    def refuse(_send: Send, operation: str) -> AWSResponse:
        body = b"" if operation == "HeadObject" else f"<Error><Code>{code}</Code></Error>".encode()
        return _response(status, body)

    return refuse


def throttled() -> Plan:
    """Answer that there is too much to do."""
    return answer(400, "ProvisionedThroughputExceededException")


def cancelled(*reasons: str) -> Plan:
    """Answer that a transaction was not done, with the reason for each of its writes."""
    return answer(400, "TransactionCanceledException", CancellationReasons=[{"Code": reason} for reason in reasons])


def unreachable(_send: Send, _operation: str) -> Any:
    """Let no connection be made."""
    raise EndpointConnectionError(endpoint_url=ADDRESS)


def unanswered(send: Send, _operation: str) -> Any:
    """Do what is asked for and lose the answer."""
    send()
    raise ReadTimeoutError(endpoint_url=ADDRESS)


@dataclass
class Trouble:
    """Stands between one client and moto's cloud; what is not planned is done as asked.

    `calls` are the names of the operations that were sent, tries again among them.
    """

    client: Any
    planned: dict[str, deque[Plan]] = field(default_factory=dict)
    always: dict[str, Plan] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        events = self.client.meta.events
        events.unregister("before-send", botocore_stubber)
        events.register("before-send", self._send)
        service = self.client.meta.service_model.service_id.hyphenize()
        name = f"retry-config-{service}"
        events.unregister(f"needs-retry.{service}", unique_id=name)
        attempts = self.client.meta.config.retries["total_max_attempts"]
        policy = standard.RetryPolicy(standard.StandardRetryConditions(max_attempts=attempts), _NoBackoff())
        budget = standard.RetryQuotaChecker(quota.RetryQuota())
        adapter = standard.RetryEventAdapter()
        handler = standard.RetryHandler(policy, adapter, budget)  # type: ignore[arg-type]  # the stubs are wrong
        events.register(f"needs-retry.{service}", handler.needs_retry, unique_id=name)

    def plan(self, operation: str, *plans: Plan) -> None:
        """Let these happen to the next calls of an operation, one each."""
        self.planned[operation] = deque(plans)

    def plan_always(self, operation: str, plan: Plan) -> None:
        """Let this happen to every call of an operation."""
        self.always[operation] = plan

    def _send(self, event_name: str, request: Any, **_event: Any) -> Any:
        operation = event_name.rpartition(".")[2]
        self.calls.append(operation)
        plans = self.planned.get(operation)
        plan = plans.popleft() if plans else self.always.get(operation)
        send = partial(botocore_stubber, event_name, request)
        return plan(send, operation) if plan else send()
