# ruff: noqa: SLF001 (a repair reaches inside by its nature; the pin of ministack keeps the inside as it is)
"""Repairs of ministack's functions, rights, queues and logs."""

from __future__ import annotations

import json
import os
from typing import Any

from ministack.core import iam_actions, iam_evaluator
from ministack.services import cloudwatch_logs, lambda_svc, sqs

ANY_PORT = "4566"  # of the saved names only: nothing listens there
ENOUGH_LOG_STREAMS = 1000  # a stream an invocation: what a developer scrolls back to, small enough to save often


def make_functions_active_at_once() -> None:
    """A new function is Pending for 0.5 s, and botocore's waiter then sleeps 5 s for each one."""
    lambda_svc._LAMBDA_STATE_TRANSITION_DELAY = 0


def trust_only_our_own_root_key() -> None:
    """The keys "test" and any twelve digits are root to ministack, and would pass by every policy."""

    def is_root_access_key(key: str) -> bool:
        return not key or key == os.environ["AWS_ACCESS_KEY_ID"]

    iam_evaluator.is_root_access_key = is_root_access_key


def ask_for_rights_on_the_parameters_read() -> None:
    """GetParameters asked for rights on everything; AWS asks for those on each parameter (here: the first of them)."""
    unrepaired = iam_actions.extract_resource_arn

    def extract_resource_arn(service: str, method: str, path: str, headers: dict[str, str], *rest: Any) -> str:
        body, _, region, account = rest
        if service == "ssm" and headers.get("x-amz-target") == "AmazonSSM.GetParameters":
            name: str = json.loads(body)["Names"][0]
            return f"arn:aws:ssm:{region}:{account}:parameter/{name.lstrip('/')}"
        return str(unrepaired(service, method, path, headers, *rest))

    iam_actions.extract_resource_arn = extract_resource_arn


def find_queues_after_a_change_of_port() -> None:
    """Queues are saved under addresses with the port, which is another at each start; answers show the asked one."""
    sqs.DEFAULT_PORT = ANY_PORT
    sqs._CANONICAL_NETLOC = f"{sqs.DEFAULT_HOST}:{ANY_PORT}"


def forget_the_oldest_logs() -> None:
    """Every line of every invocation would be kept in memory and in the saved state for ever."""
    unrepaired = lambda_svc._emit_lambda_logs

    def emit(*arguments: Any, **options: Any) -> None:
        unrepaired(*arguments, **options)
        for group in list(cloudwatch_logs._log_groups.values()):
            while len(group["streams"]) > ENOUGH_LOG_STREAMS:
                group["streams"].pop(next(iter(group["streams"])), None)

    lambda_svc._emit_lambda_logs = emit
