"""What others look for in templates: checkov's findings, mended or accepted with a reason: `make audit`.

It runs in an environment of its own, .audit, for it asks for an older boto3 than ours.
"""

import json
import subprocess
import sys
import venv
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from infrastructure import templates

PROJECT = Path(__file__).parent.parent
ENVIRONMENT = PROJECT / ".audit"
REQUIREMENTS = PROJECT / "requirements-audit.txt"
ACCEPTED = Path(__file__).parent / "accepted.yaml"

type Found = tuple[str, str]  # a check, and what it is about: the template and the resource


def judge(found: Iterable[Found], accepted: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Tell what is neither mended nor accepted, and what is accepted without need or without a reason."""
    reasons = {(check, name): each["reason"] for check, each in accepted.items() for name in each["resources"]}
    failed = set(found)
    unnamed = [
        f"{check} {name}: mend it, or accept it with a reason in {ACCEPTED.name}"
        for check, name in failed - reasons.keys()
    ]
    idle = [f"{check} {name}: nothing is found there any more" for check, name in reasons.keys() - failed]
    empty = [f"{check}: a reason, please" for check, each in accepted.items() if not str(each["reason"]).strip()]
    return sorted([*unnamed, *idle, *empty])


def read(report: str) -> list[Found]:
    """Read checkov's report of templates."""
    told = json.loads(report)
    failed = (told if isinstance(told, dict) else told[0])["results"]["failed_checks"]
    return [(each["check_id"], f"{Path(each['file_path']).stem} {each['resource']}") for each in failed]


def accepted() -> dict[str, Any]:
    """Read what is accepted."""
    return dict(yaml.safe_load(ACCEPTED.read_text()))


def _checkov() -> str:
    """Look at our templates, from nowhere but this machine."""
    command = [
        "--directory",
        str(templates.FOLDER),
        "--framework",
        "cloudformation",
        "--skip-download",
        "--output",
        "json",
    ]
    done = subprocess.run([ENVIRONMENT / "bin" / "checkov", *command], capture_output=True, text=True, check=False)
    if not done.stdout.strip():
        raise SystemExit(f"checkov did not run: {done.stderr}")
    return done.stdout


def _set_up() -> None:
    """Make the environment, or make it again when another version is asked for."""
    stamp, wanted = ENVIRONMENT / "made-of", REQUIREMENTS.read_text()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    print("- checkov, once", flush=True)
    venv.create(ENVIRONMENT, clear=True, with_pip=True)
    subprocess.run([ENVIRONMENT / "bin" / "pip", "install", "--quiet", "-r", REQUIREMENTS], check=True)
    stamp.write_text(wanted)


def main() -> int:
    """Print what is left; the exit status is 1 if there is anything."""
    _set_up()
    left = judge(read(_checkov()), accepted())
    for line in left:
        print(line, file=sys.stderr)
    print(f"- checkov: {len(left)} findings that are neither mended nor accepted", flush=True)
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
