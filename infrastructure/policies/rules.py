"""How rules of templates are written, registered and held against a template."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from infrastructure import templates
from infrastructure.templates import Template

type Resource = Mapping[str, Any]
type Judge = Callable[[str, "Stack"], bool]

WHOLE = "template"  # the subject of a rule that looks at a template as a whole


@dataclass(frozen=True)
class Finding:
    """A rule that something breaks."""

    rule: str
    subject: str

    def __str__(self) -> str:
        """Say it in one line."""
        return f"{self.rule}: {self.subject}"


@dataclass(frozen=True)
class Stack:
    """A template as a stage would deploy it, its conditions decided."""

    template: Template
    stage: str

    @property
    def resources(self) -> dict[str, Any]:
        """All resources by their logical ids."""
        found: dict[str, Any] = self.template["Resources"]
        return found

    def of(self, *types: str) -> dict[str, Any]:
        """Choose the resources of some types."""
        return {name: each for name, each in self.resources.items() if each["Type"] in types}

    def at(self, name: str, *path: str) -> Any:
        """Read a property of a resource; None when there is none."""
        return at(self.resources[name].get("Properties", {}), *path)


def at(found: Any, *path: str) -> Any:
    """Read what lies deeper in a mapping; None when there is nothing."""
    for key in path:
        found = found.get(key) if isinstance(found, Mapping) else None
    return found


def many(value: Any) -> list[Any]:
    """Read what may be one thing or a list of them."""
    return [] if value is None else value if isinstance(value, list) else [value]


RULES: dict[str, tuple[tuple[str, ...], Judge]] = {}


def rule(*types: str) -> Callable[[Judge], Judge]:
    """Make a function a rule for some types of resources, or for a whole template where none is named.

    Its name, with hyphens, is the rule's.
    """

    def register(judge: Judge) -> Judge:
        RULES[judge.__name__.replace("_", "-")] = types, judge
        return judge

    return register


def template_findings(template: Template, stage: str = "prod", **parameters: str) -> list[Finding]:
    """Hold every rule against every resource that it is for, as the stage would deploy them."""
    stack = Stack(templates.resolve(template, {"Stage": stage, **parameters}), stage)
    return [Finding(name, subject) for name, subject, judge in _cases(stack) if not judge(subject, stack)]


def _cases(stack: Stack) -> Iterator[tuple[str, str, Judge]]:
    for name, (types, judge) in RULES.items():
        subjects = stack.of(*types) if types else {WHOLE: {}}
        yield from ((name, subject, judge) for subject, each in subjects.items() if name not in accepted(each))


def accepted(resource: Resource) -> list[str]:
    """Name the rules that a resource is let off, with a reason."""
    reasons: dict[str, str] = at(resource, "Metadata", "Accepted") or {}
    return [name for name, reason in reasons.items() if reason.strip()]
