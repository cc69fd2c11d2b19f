"""CloudFormation templates read as plain data, with the short forms written out."""

from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "templates"

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


def load(name: str) -> Template:
    """Read one of our templates by its name without the ending."""
    return parse((FOLDER / f"{name}.yaml").read_text())
