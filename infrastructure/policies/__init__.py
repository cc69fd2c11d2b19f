"""What must be true of every template, every policy of a function and every configuration, whatever else they say.

A resource may be let off a rule of templates when it says why: `Metadata: {Accepted: {<rule>: <reason>}}`.
`python -m infrastructure.policies` holds all of them against what is in this folder.
"""

from infrastructure.policies import data, rights, watch, web
from infrastructure.policies.application import config_findings, package_findings
from infrastructure.policies.parameters import mark_findings, parameter_findings
from infrastructure.policies.rights import permission_findings
from infrastructure.policies.rules import RULES, WHOLE, Finding, template_findings

__all__ = [
    "RULES",
    "WHOLE",
    "Finding",
    "config_findings",
    "data",
    "mark_findings",
    "package_findings",
    "parameter_findings",
    "permission_findings",
    "rights",
    "template_findings",
    "watch",
    "web",
]
