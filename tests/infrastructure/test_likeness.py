"""What is otherwise on a laptop than in AWS is in one list, which is true and whole."""

import re
from pathlib import Path

import pytest
from ministack.services.cloudformation.provisioners import _RESOURCE_HANDLERS

from chalicelib.controllers.exchange import PAGE_SECURITY
from infrastructure import headers, templates
from infrastructure.routes import ROUTES, Route
from local.likeness import DEPLOYED, DIFFERENCES, DROPPED, REFUSED
from tests.infrastructure.sabotage import EVERYTHING, whole
from tests.infrastructure.test_web_template import behaviors

README = (Path(__file__).parents[2] / "local" / "README.md").read_text()


def types(*names: str) -> set[str]:
    return {each["Type"] for name in names for each in templates.load(name)["Resources"].values()}


def test_the_list_is_told_as_it_is() -> None:
    section = README.partition("## What is otherwise in AWS")[2].partition("\n## ")[0]
    rows = [
        tuple(cell.strip() for cell in line.strip("|").split("|")) for line in section.splitlines() if line[:1] == "|"
    ]
    assert rows[2:] == [(each.what, each.here, each.in_aws) for each in DIFFERENCES]


def test_what_the_local_cloud_refuses_is_listed() -> None:
    assert sorted(types(*templates.NAMES) - set(_RESOURCE_HANDLERS)) == sorted(REFUSED)


def test_what_it_refuses_is_in_no_template_that_is_deployed_here() -> None:
    assert not types(*DEPLOYED) & set(REFUSED)
    told = [each.what for each in DIFFERENCES]
    others = set(templates.NAMES) - set(DEPLOYED) - {"web"}
    assert all(any(f"`{name}`" in what for what in told) for name in others)


@pytest.mark.parametrize(("resource", "path"), DROPPED)
def test_what_it_forgets_is_in_the_template_all_the_same(resource: str, path: str) -> None:
    assert whole("foundation")["Resources"][resource]["Properties"][path]


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.pattern)
def test_the_headers_of_the_front_door_are_those_of_the_cdn(route: Route) -> None:
    assert behaviors()[route.pattern]["ResponseHeadersPolicyId"] == {"Ref": headers.policy_of(route)}


def test_headers_are_read_off_the_template() -> None:
    assert headers.of("PicturesHeaders") == {
        "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Resource-Policy": "cross-origin",
        "Access-Control-Allow-Origin": "*",
    }
    assert "Access-Control-Allow-Origin" not in headers.of("ApiHeaders")


def test_the_page_says_the_same_but_for_where_forms_go() -> None:
    theirs = headers.of("PageHeaders")
    policy = re.sub(r"connect-src [^;]*; ", "", theirs["Content-Security-Policy"])
    assert {**theirs, "Content-Security-Policy": policy} == PAGE_SECURITY


def test_everything_in_a_template_is_looked_at_with_all_it_may_have() -> None:
    for name in templates.NAMES:
        left_out = templates.load(name)["Resources"].keys() - whole(name)["Resources"].keys()
        assert left_out == set(), EVERYTHING[name]
