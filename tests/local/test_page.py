"""The page's packages and its build, with an npm of the test's own."""

import asyncio
import json
from pathlib import Path

import pytest

from local import page
from local.failures import CannotRun

LOCK = {
    "packages": {
        "": {"name": "homeward-page"},
        "node_modules/leaflet": {"version": "1.9.4"},
        "node_modules/for-a-mac": {"version": "1.0.0", "optional": True},
    }
}
NPM = """#!/bin/sh
echo "$*" >> npm.log
case "$1" in
  ci) mkdir -p node_modules && cp installed.json node_modules/.package-lock.json;;
  run) mkdir -p dist && cp src/main.ts dist/index.html;;
esac
test ! -e broken || { echo "it is broken"; exit 1; }
"""


@pytest.fixture
def frontend(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "frontend"
    (folder / "src").mkdir(parents=True)
    (folder / "src" / "main.ts").write_text("first")
    (folder / "package-lock.json").write_text(json.dumps(LOCK))
    (folder / "installed.json").write_text(json.dumps({"packages": {"node_modules/leaflet": {"version": "1.9.4"}}}))
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "npm").write_text(NPM)
    (tmp_path / "bin" / "npm").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/usr/bin:/bin")
    return folder


def build(frontend: Path) -> list[str]:
    """What npm was asked to do for a build."""
    log = frontend / "npm.log"
    log.unlink(missing_ok=True)
    assert asyncio.run(page.build(frontend)) == frontend / "dist"
    return [line.split()[0] for line in log.read_text().splitlines()] if log.exists() else []


def test_nothing_is_made_twice(frontend: Path) -> None:
    assert build(frontend) == ["ci", "run"]
    assert build(frontend) == []


def test_a_changed_source_is_built(frontend: Path) -> None:
    build(frontend)
    (frontend / "src" / "main.ts").write_text("second")
    assert build(frontend) == ["run"]
    assert (frontend / "dist" / "index.html").read_text() == "second"


def test_a_lost_build_is_made_again(frontend: Path) -> None:
    build(frontend)
    (frontend / "dist" / "index.html").unlink()
    assert build(frontend) == ["run"]


def test_a_changed_lock_installs_the_packages(frontend: Path) -> None:
    build(frontend)
    changed = {"packages": LOCK["packages"] | {"node_modules/leaflet": {"version": "1.9.5"}}}
    (frontend / "package-lock.json").write_text(json.dumps(changed))
    (frontend / "installed.json").write_text(json.dumps({"packages": {"node_modules/leaflet": {"version": "1.9.5"}}}))
    assert build(frontend) == ["ci", "run"]
    assert build(frontend) == []


@pytest.mark.parametrize(
    "installed",
    [
        {},
        {"packages": {}},
        {"packages": {"node_modules/leaflet": {"version": "1.9.3"}}},
        {"packages": {"node_modules/leaflet": {"version": "1.9.4"}, "node_modules/left": {"version": "1"}}},
    ],
)
def test_packages_that_differ_from_the_lock_are_noticed(frontend: Path, installed: dict[str, object]) -> None:
    (frontend / "node_modules").mkdir()
    (frontend / "node_modules" / ".package-lock.json").write_text(json.dumps(installed))
    assert not page.packages_are_those_of_the_lock(frontend)


def test_a_failed_build_tells_what_npm_said_and_is_tried_again(frontend: Path) -> None:
    build(frontend)
    (frontend / "src" / "main.ts").write_text("second")
    (frontend / "broken").touch()
    with pytest.raises(CannotRun, match="it is broken\nThe page could not be built"):
        build(frontend)
    (frontend / "broken").unlink()
    assert build(frontend) == ["run"]


def test_a_missing_npm_is_told_in_one_line(frontend: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(frontend))
    with pytest.raises(CannotRun, match="npm is missing") as told:
        build(frontend)
    assert "\n" not in str(told.value)
