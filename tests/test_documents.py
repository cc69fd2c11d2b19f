"""The documents say what is there."""

import json
import re
from pathlib import Path

from app import app
from chalicelib.journal import Metric
from infrastructure import templates

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()
OPERATIONS = (ROOT / "docs" / "operations.md").read_text()


def test_the_first_two_commands_of_the_readme_start_and_test_everything() -> None:
    commands = [line.split("#")[0].strip() for line in README.split("```")[1].splitlines() if line.strip()]
    assert commands == ["make run", "make test"]


def test_the_readmes_tree_is_the_one_on_the_disk() -> None:
    tree = re.search(r"## The house\n\n```\n(.*?)```", README, re.DOTALL)
    assert tree
    named = [line.split()[0] for line in tree[1].splitlines()]
    assert len(named) == 10
    missing = [name for name in named if not (ROOT / name).exists()]
    packages = {f"{path.parent.name}/" for path in ROOT.glob("*/__init__.py")}
    assert missing == []
    assert packages <= set(named)


def test_every_make_target_is_in_the_readme_or_called_by_one_that_is() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    told = set(re.findall(r"`make ([a-z-]+)", README))
    assert targets - told == {"setup"}
    assert told <= targets


def test_every_link_in_the_documents_leads_somewhere() -> None:
    for document in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), ROOT / "local" / "README.md"]:
        for link in re.findall(r"\]\(([^)#]+)", document.read_text()):
            assert link.startswith("https://") or (document.parent / link).exists(), (document.name, link)


def test_every_setting_is_in_the_architecture() -> None:
    source = (ROOT / "chalicelib" / "config.py").read_text()
    told = (ROOT / "docs" / "architecture.md").read_text()
    assert [name for name in re.findall(r'"([A-Z][A-Z_]+)"', source) if f"`{name}`" not in told] == []


def test_every_alarm_has_its_section_for_operators_and_no_section_is_left_of_another() -> None:
    part = re.search(r"## When an alarm rings\n(.*?)\n## ", OPERATIONS, re.DOTALL)
    assert part
    sections = re.findall(r"### ([a-z-]+)\n\n(.*?)(?=\n###|\Z)", part[1], re.DOTALL)
    resources = [each for name in templates.NAMES for each in templates.load(name).get("Resources", {}).values()]
    alarms = [each["Properties"] for each in resources if each["Type"] == "AWS::CloudWatch::Alarm"]
    names = [each["AlarmName"]["Fn::Sub"].removeprefix("homeward-${Stage}-") for each in alarms]
    assert sorted(title for title, _text in sections) == sorted(names)
    assert all(len(text.split()) > 30 for _title, text in sections)  # what it means, and what to do


def test_every_metric_and_saved_query_is_told_to_operators() -> None:
    resources = templates.load("cloud-only")["Resources"].values()
    saved = [each["Properties"]["Name"] for each in resources if each["Type"] == "AWS::Logs::QueryDefinition"]
    names = {each["Fn::Sub"].rpartition("/")[2] for each in saved} - {"what each function billed"}
    assert [each.title for each in Metric if f"`{each.title}`" not in OPERATIONS] == []
    assert [name for name in names if f"`{name}`" not in OPERATIONS] == []


def test_every_route_is_in_the_openapi_document() -> None:
    paths = json.loads((ROOT / "docs" / "openapi.json").read_text())["paths"]
    routes = {(path, method.lower()) for path, entries in app.routes.items() for method in entries}
    assert {(path, method) for path, methods in paths.items() for method in methods} == routes


def test_prose_has_one_sentence_a_line() -> None:
    for document in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]:
        prose = [line for line in document.read_text().splitlines() if line and line[0] not in "|`-#< "]
        crowded = [line for line in prose if re.search(r"[a-z)][.] [A-Z]", line)]
        assert crowded == [], document.name
