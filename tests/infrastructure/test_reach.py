"""Least privilege, read off the code: each function's policy holds only what connectors within its reach ask AWS for.

A function's reach is every connector that hangs, through however many objects, on what its line in app.py names.
"""

import ast
import inspect
import sys
from pathlib import Path
from typing import Any

import pytest

from chalicelib.bootstrap import Homeward
from chalicelib.config import Config
from chalicelib.connectors.table import Table
from infrastructure.permissions import FUNCTIONS, policy
from tests.conftest import ENVIRONMENT
from tests.infrastructure.test_permissions import ASKED_BY_LAMBDA, HERE, asked

APP = ast.parse((Path(__file__).parents[2] / "app.py").read_text())
TABLES = {ENVIRONMENT["ANNOUNCEMENTS_TABLE"]: "announcements", ENVIRONMENT["TILES_TABLE"]: "tiles"}


def entries(function: str) -> set[str]:
    """The parts of the application that a function's line in app.py names; the API has many lines."""
    views = [node for node in APP.body if isinstance(node, ast.FunctionDef)]
    answering = [view for view in views if any("app.route" in ast.unparse(each) for each in view.decorator_list)]
    own = answering if function == "api_handler" else [view for view in views if view.name == function]
    named = [node for view in own for node in ast.walk(view) if isinstance(node, ast.Attribute)]
    return {each.attr for each in named if isinstance(each.value, ast.Name) and each.value.id == "homeward"}


def parts(found: Any) -> list[Any]:
    """What an object holds."""
    if isinstance(found, dict):
        return list(found.values())
    if isinstance(found, (list, tuple, set)):
        return list(found)
    held = [getattr(found, "__self__", None), *getattr(found, "args", ()), getattr(found, "func", None)]
    return [*held, *(vars(found).values() if hasattr(found, "__dict__") and not inspect.isclass(found) else [])]


def reach(function: str) -> list[tuple[Any, Any]]:
    """Every connector that hangs on a function, each with what holds it."""
    homeward = Homeward(Config.from_environment(ENVIRONMENT))
    waiting: list[tuple[Any, Any]] = [(getattr(homeward, name), None) for name in sorted(entries(function))]
    seen: dict[int, Any] = {id(homeward): homeward}
    found = []
    while waiting:
        each, holder = waiting.pop()
        if type(each).__module__.startswith("chalicelib.connectors"):
            found.append((each, holder))
        if id(each) in seen or not _is_of_interest(each):
            continue
        seen[id(each)] = each
        waiting += [(part, each) for part in parts(each)]
    return found


def _is_of_interest(found: Any) -> bool:
    module = type(found).__module__
    return module.startswith(("chalicelib", "functools")) or isinstance(found, (dict, list, tuple)) or callable(found)


def source(subject: Any) -> ast.Module:
    return ast.parse(inspect.cleandoc("\n" + inspect.getsource(subject)))


def called(tree: ast.AST) -> set[str]:
    return {
        node.func.attr for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }


METHODS = {node.name: node for node in ast.walk(source(Table)) if isinstance(node, ast.FunctionDef)}


def of_table(names: set[str]) -> set[str]:
    """The actions behind methods of a table, and behind those that they call."""
    every = names & METHODS.keys()
    while more := {name for each in every for name in called(METHODS[each])} & METHODS.keys() - every:
        every |= more
    return {action for name in every for action in asked(METHODS[name])}


def needed(function: str) -> set[tuple[str, str]]:
    """The actions within a function's reach, those of tables with the table."""
    found: set[tuple[str, str]] = set()
    for connector, holder in reach(function):
        if not isinstance(connector, Table):
            found |= {(action, "") for action in asked(source(type(connector)))}
        elif holder is not None:
            module = sys.modules[type(holder).__module__]
            found |= {(action, TABLES[connector.name]) for action in of_table(called(source(module)))}
    return found


def granted(function: str) -> set[tuple[str, str]]:
    """The actions of a function's policy, those of tables with the table."""
    return {
        (action, _table(arn) if action.startswith("dynamodb:") else "")
        for statement in policy(function, HERE)["Statement"]
        for action in statement["Action"]
        for arn in statement["Resource"]
        if action not in ASKED_BY_LAMBDA
    }


def _table(arn: str) -> str:
    return arn.partition(":table/homeward-dev-")[2].partition("/")[0]


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_may_do_only_what_connectors_within_its_reach_ask_for(function: str) -> None:
    assert granted(function)
    assert granted(function) - needed(function) == set()


def test_what_one_function_needs_is_not_within_the_reach_of_all() -> None:
    reached = {function: needed(function) for function in FUNCTIONS}
    assert ("s3:PutObject", "") not in reached["refresh_wide_tiles"]
    assert ("dynamodb:PutItem", "tiles") not in reached["sweep_expired"]
    assert ("ssm:GetParameters", "") not in reached["refresh_tiles"]
    assert ("cloudfront:CreateInvalidation", "") in reached["refuse_failed_picture"]
