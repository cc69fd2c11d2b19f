"""What the Makefile calls is there."""

import importlib.util
import re

import pytest

from local.options import PROJECT

MAKEFILE = (PROJECT / "Makefile").read_text()
OUR_OWN = ("local", "tools", "infrastructure", "benchmarks")


@pytest.mark.parametrize("module", sorted(set(re.findall(r"-m ([a-z_.]+)", MAKEFILE))))
def test_every_module_that_a_target_calls_is_there(module: str) -> None:
    if module.split(".", maxsplit=1)[0] in OUR_OWN:
        assert importlib.util.find_spec(module)


def test_every_target_is_phony() -> None:
    targets = set(re.findall(r"^([a-z-]+):", MAKEFILE, re.MULTILINE))
    phony = re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)
    assert phony
    assert set(phony[1].split()) == targets
