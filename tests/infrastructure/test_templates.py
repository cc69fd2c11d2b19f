"""Templates as they are written, and as they are deployed."""

import sys
from typing import Any

import pytest

from infrastructure import templates
from tests.infrastructure.programs import run

LARGEST = 51_200  # bytes that CloudFormation takes in a request
FREE_ALARMS, FREE_DASHBOARDS = 10, 3
CONDITIONS = {
    "Conditions": {
        "HasName": {"Fn::Not": [{"Fn::Equals": [{"Ref": "Name"}, ""]}]},
        "IsHere": {"Fn::Equals": [{"Ref": "Where"}, "here"]},
        "Both": {"Fn::And": [{"Condition": "HasName"}, {"Condition": "IsHere"}]},
        "Either": {"Fn::Or": [{"Condition": "HasName"}, {"Condition": "IsHere"}]},
    },
    "Parameters": {name: {"Type": "String", "Default": ""} for name in ("Name", "Where")},
}


def resolved(value: Any, **parameters: str) -> Any:
    template = CONDITIONS | {"Resources": {"One": {"Type": "A", "Properties": value}}}
    return templates.resolve(template, parameters)["Resources"]["One"]["Properties"]


def test_our_templates_are_those_in_the_folder() -> None:
    assert set(templates.NAMES) == {path.stem for path in templates.FOLDER.glob("*.yaml")}


def test_templates_are_what_cloudformation_takes() -> None:
    paths = [str(templates.FOLDER / f"{name}.yaml") for name in templates.NAMES]
    lint = run(sys.executable, "-c", "import sys; from cfnlint.runner import main; sys.exit(main())", *paths)
    assert lint.returncode == 0, lint.stdout + lint.stderr


@pytest.mark.parametrize("name", templates.NAMES)
def test_a_template_fits_in_a_request(name: str) -> None:
    assert len(templates.text(name).encode()) < LARGEST


def test_a_towns_alarms_and_dashboards_are_free() -> None:
    """An alarm on an expression would count as many times as it has metrics: none of ours has one."""
    resources = [each for name in templates.NAMES for each in templates.load(name)["Resources"].values()]
    alarms = [each for each in resources if each["Type"] == "AWS::CloudWatch::Alarm"]
    assert len(alarms) <= FREE_ALARMS
    assert not [each for each in alarms if "Metrics" in each["Properties"]]
    assert len([each for each in resources if each["Type"] == "AWS::CloudWatch::Dashboard"]) <= FREE_DASHBOARDS


def test_what_costs_by_the_month_is_off_unless_it_is_asked_for() -> None:
    paid = {"AWS::KMS::Key", "AWS::WAFv2::WebACL"}
    for name in templates.NAMES:
        plain = templates.resolve(templates.load(name), {"Stage": "prod"})
        assert not [each for each in plain["Resources"].values() if each["Type"] in paid]


@pytest.mark.parametrize("name", templates.NAMES)
def test_no_name_of_ours_holds_back_an_update(name: str) -> None:
    """Roles and users of fixed names would ask for more than CAPABILITY_IAM, and could not be replaced."""
    held = [each for each in templates.load(name)["Resources"].values() if each["Type"].startswith("AWS::IAM::")]
    assert not [each for each in held if {"RoleName", "UserName", "GroupName"} & each["Properties"].keys()]


def test_short_forms_are_written_out() -> None:
    assert templates.parse("A: !GetAtt B.Arn\nC: !Ref D\nE: !Sub x\nF: !If [G, 1, 2]") == {
        "A": {"Fn::GetAtt": ["B", "Arn"]},
        "C": {"Ref": "D"},
        "E": {"Fn::Sub": "x"},
        "F": {"Fn::If": ["G", 1, 2]},
    }


@pytest.mark.parametrize(
    ("parameters", "both", "either"),
    [
        ({}, "no", "no"),
        ({"Name": "n"}, "no", "yes"),
        ({"Where": "here"}, "no", "yes"),
        ({"Name": "n", "Where": "here"}, "yes", "yes"),
    ],
)
def test_conditions_are_decided(parameters: dict[str, str], both: str, either: str) -> None:
    value = {"B": {"Fn::If": ["Both", "yes", "no"]}, "E": {"Fn::If": ["Either", "yes", "no"]}}
    assert resolved(value, **parameters) == {"B": both, "E": either}


def test_what_has_no_value_is_left_out_of_mappings_and_lists() -> None:
    left_out = {"Fn::If": ["HasName", {"deep": [{"Ref": "Name"}]}, {"Ref": "AWS::NoValue"}]}
    value = {"A": left_out, "B": [1, left_out, 2]}
    assert resolved(value) == {"B": [1, 2]}
    assert resolved(value, Name="n") == {"A": {"deep": [{"Ref": "Name"}]}, "B": [1, {"deep": [{"Ref": "Name"}]}, 2]}


def test_resources_and_outputs_whose_condition_does_not_hold_are_left_out() -> None:
    each = {"One": {"Type": "A", "Condition": "HasName"}, "Two": {"Type": "A"}}
    template = CONDITIONS | {"Resources": each, "Outputs": {"Told": {"Value": 1, "Condition": "IsHere"}}}
    plain = templates.resolve(template, {})
    assert (plain["Resources"].keys(), plain["Outputs"]) == ({"Two"}, {})
    assert templates.resolve(template, {"Name": "n"})["Resources"].keys() == {"One", "Two"}


def test_a_condition_that_nobody_here_understands_is_refused() -> None:
    template = {"Conditions": {"C": {"Fn::Odd": []}}, "Resources": {"One": {"Type": "A", "Condition": "C"}}}
    with pytest.raises(ValueError, match="no condition of ours"):
        templates.resolve(template, {})


@pytest.mark.parametrize("name", templates.NAMES)
def test_no_condition_asks_for_what_the_local_cloud_does_not_know_in_conditions(name: str) -> None:
    assert "AWS::" not in str(templates.load(name).get("Conditions", {}))
