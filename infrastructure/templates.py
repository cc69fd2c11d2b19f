"""CloudFormation templates read as plain data, with the short forms written out."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "templates"
NAMES = ("backup", "edge", "foundation", "cloud-only", "web", "pipeline")  # in the order of a first deploy
NO_VALUE = {"Ref": "AWS::NoValue"}

type Template = dict[str, Any]


class _Loader(yaml.SafeLoader):
    """YAML with CloudFormation's tags."""


def _written_out(loader: _Loader, tag: str, node: yaml.Node) -> dict[str, Any]:
    """Write `!Sub x` as {"Fn::Sub": "x"}, as the JSON form of a template has it."""
    match node:
        case yaml.ScalarNode():
            value: Any = loader.construct_scalar(node)
        case yaml.SequenceNode():
            value = loader.construct_sequence(node, deep=True)
        case _:
            raise yaml.YAMLError(f"!{tag} of a mapping at {node.start_mark}")
    if tag == "GetAtt" and isinstance(value, str):
        value = value.split(".", 1)
    return {tag if tag in ("Ref", "Condition") else f"Fn::{tag}": value}


_Loader.add_multi_constructor("!", _written_out)


def parse(text: str) -> Template:
    """Read a template's text."""
    return dict(yaml.load(text, _Loader))  # noqa: S506 - _Loader is a SafeLoader


def text(name: str) -> str:
    """Read the text of one of our templates by its name without the ending."""
    return (FOLDER / f"{name}.yaml").read_text()


def load(name: str) -> Template:
    """Read one of our templates by its name without the ending."""
    return parse(text(name))


def resolve(template: Template, parameters: Mapping[str, str]) -> Template:
    """Write a template as it is deployed with some parameters: conditions decided, what they leave out left out.

    Parameters that are not named have their defaults; references stay as they are.
    No condition of ours asks for the region or the account: the local cloud would take it for something else.
    """
    defaults = {name: each.get("Default", "") for name, each in template.get("Parameters", {}).items()}
    return _Resolving(template.get("Conditions", {}), {**defaults, **parameters}).template(template)


class _Resolving:
    """A template's conditions under given parameters."""

    def __init__(self, conditions: Mapping[str, Any], values: Mapping[str, Any]) -> None:
        self._conditions = conditions
        self._values = values

    def template(self, template: Template) -> Template:
        """Leave out the resources and outputs whose condition does not hold, and decide within the others."""
        sections = {name: self._section(template[name]) for name in ("Resources", "Outputs") if name in template}
        return template | sections

    def _section(self, section: Mapping[str, Any]) -> dict[str, Any]:
        kept = {name: each for name, each in section.items() if "Condition" not in each or self._is(each["Condition"])}
        return {name: self._decided(each) for name, each in kept.items()}

    def _decided(self, value: Any) -> Any:
        match value:
            case {"Fn::If": [condition, yes, no]}:
                return self._decided(yes if self._is(condition) else no)
            case dict():
                decided = {key: self._decided(each) for key, each in value.items()}
                return {key: each for key, each in decided.items() if each != NO_VALUE}
            case list():
                return [each for each in map(self._decided, value) if each != NO_VALUE]
        return value

    def _is(self, condition: str) -> bool:
        return self._holds(self._conditions[condition])

    def _holds(self, expression: Any) -> bool:
        match expression:
            case {"Condition": name}:
                return self._is(name)
            case {"Fn::Not": [inner]}:
                return not self._holds(inner)
            case {"Fn::And": inner}:
                return all(map(self._holds, inner))
            case {"Fn::Or": inner}:
                return any(map(self._holds, inner))
            case {"Fn::Equals": [one, other]}:
                return self._value(one) == self._value(other)
        raise ValueError(f"no condition of ours: {expression}")

    def _value(self, value: Any) -> str:
        return str(self._values.get(value["Ref"], "")) if isinstance(value, dict) else str(value)
