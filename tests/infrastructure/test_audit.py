"""What checkov finds is mended or accepted with a reason; checkov itself runs with `make audit`."""

import json

import pytest

from infrastructure import audit, templates

FOUND = ("CKV_AWS_18", "foundation AWS::S3::Bucket.Pictures")
ACCEPTED = {"CKV_AWS_18": {"reason": "It would cost too much.", "resources": [FOUND[1]]}}


def test_what_is_accepted_with_a_reason_passes() -> None:
    assert audit.judge([FOUND], ACCEPTED) == []


def test_what_is_not_accepted_is_told() -> None:
    assert audit.judge([FOUND, ("CKV_AWS_19", FOUND[1])], ACCEPTED) == [
        f"CKV_AWS_19 {FOUND[1]}: mend it, or accept it with a reason in accepted.yaml"
    ]


def test_what_is_accepted_of_one_resource_is_not_of_another() -> None:
    [told] = audit.judge([FOUND, ("CKV_AWS_18", "foundation AWS::S3::Bucket.Other")], ACCEPTED)
    assert "Bucket.Other" in told


def test_what_is_accepted_for_nothing_is_told() -> None:
    assert audit.judge([], ACCEPTED) == [f"CKV_AWS_18 {FOUND[1]}: nothing is found there any more"]


def test_a_reason_must_say_something() -> None:
    assert audit.judge([FOUND], {"CKV_AWS_18": {"reason": " ", "resources": [FOUND[1]]}}) == [
        "CKV_AWS_18: a reason, please"
    ]


@pytest.mark.parametrize("many", [False, True])
def test_a_report_is_read_whether_it_is_of_one_kind_or_of_several(many: bool) -> None:
    failed = [{"check_id": "CKV_AWS_18", "file_path": "/foundation.yaml", "resource": "AWS::S3::Bucket.Pictures"}]
    report = {"results": {"failed_checks": failed}}
    assert audit.read(json.dumps([report] if many else report)) == [FOUND]


def test_what_we_accept_is_about_resources_that_there_are() -> None:
    ours = {
        f"{name} {each['Type']}.{resource}"
        for name in templates.NAMES
        for resource, each in templates.load(name)["Resources"].items()
    }
    for check, each in audit.accepted().items():
        assert check.startswith("CKV")
        assert set(each["resources"]) <= ours
        assert len(each["reason"].split()) > 5


def test_checkov_is_pinned() -> None:
    pins = [line for line in audit.REQUIREMENTS.read_text().splitlines() if not line.startswith("#")]
    assert all("==" in line for line in pins)
