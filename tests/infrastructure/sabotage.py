"""Ways to remove the protection that a policy watches, and where in our templates it has something to watch."""

import copy
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from hypothesis import strategies as st

from infrastructure import templates
from infrastructure.policies import RULES
from infrastructure.policies.rules import WHOLE, Stack, accepted
from infrastructure.templates import Template

type Draw = Callable[[st.SearchStrategy[Any]], Any]
type Weakening = Callable[[Template, str, Draw], str | None]  # returns the subject where that is another one

REMOVED = object()
NOT_TRUE = st.sampled_from([REMOVED, False, "true", None, 0])
NOTHING = st.sampled_from([REMOVED, None, "", [], {}])
EVERYTHING: Mapping[str, Mapping[str, str]] = {  # with which every resource of a template is there
    "backup": {"Distribution": "E1"},
    "foundation": {
        "BackupBucket": "kept",
        "SiteOrigin": "https://map.example.org",
        "Distribution": "E1",
        "AlarmEmail": "a@example.org",
        "OwnEncryption": "true",
    },
    "edge": {"Domain": "map.example.org", "HostedZone": "Z1", "WithFirewall": "true"},
    "cloud-only": {"Collector": "robot"},
    "pipeline": {"Source": "CodeCommit"},
    "web": {
        "BackupBucket": "kept",
        "WritePolicies": "true",
        "SiteBucket": "site",
        "PicturesBucket": "pictures",
        "OriginKey": "hush",
        "Domain": "map.example.org",
        "Certificate": "arn",
        "HostedZone": "Z1",
        "DocumentsPublicKey": "PEM",
        "LogsBucket": "logs",
        "AlarmEmail": "a@example.org",
    },
}


@dataclass(frozen=True)
class Place:
    """Something in one of our templates that a rule is for and does not let off."""

    template: str
    subject: str

    def copied(self) -> Template:
        """The template, to be spoiled."""
        return copy.deepcopy(whole(self.template))


@cache
def whole(name: str) -> Template:
    """A template of ours in production with everything that it may have."""
    given = {"Stage": "prod", **EVERYTHING[name]}
    return templates.resolve(templates.load(name), given)


def places(rule: str) -> list[Place]:
    """Everything in our templates that a rule is for."""
    types, _judge = RULES[rule]
    found: Iterator[tuple[str, str]] = (
        (name, subject)
        for name in templates.NAMES
        for subject, each in (Stack(whole(name), "prod").of(*types) if types else {WHOLE: {}}).items()
        if rule not in accepted(each)
    )
    return [Place(*each) for each in found]


def put(path: str, values: st.SearchStrategy[Any]) -> Weakening:
    """Put something else where a path of a resource leads; a star is any item of a list."""

    def weaken(template: Template, subject: str, draw: Draw) -> None:
        spoil(template["Resources"][subject], path.split("."), draw(values), draw)

    return weaken


def spoil(place: Any, way: list[str], value: Any, draw: Draw) -> None:
    """Follow a way and change what is at its end."""
    *steps, last = way
    for step in steps:
        place = place[_step(step, place, draw)]
    at = _step(last, place, draw)
    if value is REMOVED:
        del place[at]
    else:
        place[at] = value


def _step(step: str, place: Any, draw: Draw) -> Any:
    if step == "*":
        return draw(st.integers(0, len(place) - 1))
    return int(step) if isinstance(place, list) else step


def lose_policy(template: Template, subject: str, draw: Draw) -> None:
    """Take away, turn round or point elsewhere the policy that refuses plain HTTP."""
    for name, statement in _denials(template, subject):
        match draw(st.sampled_from(["drop", "Effect", "Condition", "Principal", "Action"])):
            case "drop":
                template["Resources"].pop(name, None)
            case part:
                statement[part] = {"Effect": "Allow", "Condition": {}, "Principal": {"AWS": "me"}, "Action": "x:y"}[
                    part
                ]


def _denials(template: Template, subject: str) -> list[tuple[str, dict[str, Any]]]:
    policies = {name: each for name, each in template["Resources"].items() if each["Type"].endswith("Policy")}
    return [
        (name, statement)
        for name, each in policies.items()
        if f"'Ref': '{subject}'" in str(each["Properties"].get("PolicyDocument") and _targets(each["Properties"]))
        for statement in each["Properties"]["PolicyDocument"]["Statement"]
        if statement.get("Sid") == "OverTlsOnly"
    ]


def _targets(properties: Mapping[str, Any]) -> list[Any]:
    return [properties.get("Bucket"), properties.get("Queues"), properties.get("Topics")]


def add(kind: str, **properties: Any) -> Weakening:
    """Put a resource beside the others."""

    def weaken(template: Template, _subject: str, _draw: Draw) -> str:
        template["Resources"]["Added"] = {"Type": kind, "Properties": properties}
        return "Added"

    return weaken


def wider(actions: list[str], resources: list[str]) -> Weakening:
    """Let a role, group or user do more than is named."""

    def weaken(template: Template, subject: str, draw: Draw) -> None:
        statement = {"Effect": "Allow", "Action": draw(st.sampled_from(actions)), "Resource": resources}
        policy = {"PolicyName": "more", "PolicyDocument": {"Statement": [statement]}}
        template["Resources"][subject]["Properties"].setdefault("Policies", []).append(policy)

    return weaken
