"""Both buildspecs, played phase by phase against the local cloud with the rights of their roles."""

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from infrastructure import buildspecs, memory, packaging, site, web
from infrastructure.buildspecs import Build
from tests.infrastructure.builders import key_of
from tests.infrastructure.stage import Stage, page

PROJECT = packaging.PROJECT
VENV = f"ln -s {PROJECT}/.venv .venv"
QUICKLY = {  # what a build does at length, and other tests do too
    "python -m venv": VENV,
    "pip install": "true",
    "ruff format": "true",
    "bin/mypy": "true",
    "pytest": ".venv/bin/python -m pytest -q tests/infrastructure/test_routes.py",
}
OF_THE_PAGE = {
    "npm --prefix frontend ci": "true",
    "python -m venv": VENV,
    "pip install": "true",
    "npm --prefix frontend run --silent (lint|format-check)": "true",
    "npm --prefix frontend test": "true",
    "npm --prefix frontend run --silent build": "cp -r built frontend/dist",
}
BREAKS = {"pytest": "echo a test fails; false"}

pytestmark = [pytest.mark.slow, pytest.mark.faults]


def run(spec: str, folder: Path, environment: dict[str, str], **instead: str) -> Build:
    build = Build(buildspecs.read(PROJECT / spec), folder, environment, instead)
    build.run()
    return build


def test_phases_are_played_in_order_and_what_ends_a_phase_is_done_at_any_rate(tmp_path: Path) -> None:
    spec = {
        "phases": {
            "install": {"commands": ["echo installed"]},
            "pre_build": {"commands": ["false", "echo never"], "finally": ["echo at any rate"]},
            "build": {"commands": ["echo never"]},
        }
    }
    build = Build(spec, tmp_path, {"PATH": os.environ["PATH"]})
    assert not build.run()
    assert build.phases == {"install": True, "pre_build": False}
    assert "at any rate" in build.said[-1]
    assert "\nnever" not in "".join(build.said)


def test_after_a_build_that_failed_comes_what_is_behind_it_and_is_told_so(tmp_path: Path) -> None:
    spec = {
        "phases": {"build": {"commands": ["false"]}, "post_build": {"commands": ["echo $CODEBUILD_BUILD_SUCCEEDING"]}}
    }
    build = Build(spec, tmp_path, {"PATH": os.environ["PATH"]})
    assert not build.run()
    assert build.phases == {"build": False, "post_build": True}
    assert build.said[-1].endswith("\n0\n")


def test_variables_of_the_project_win_over_those_of_the_buildspec(tmp_path: Path) -> None:
    spec = {"env": {"variables": {"STAGE": "dev", "N": 1}}, "phases": {"build": {"commands": ["echo $STAGE $N"]}}}
    build = Build(spec, tmp_path, {"PATH": os.environ["PATH"], "STAGE": "prod"})
    assert build.run()
    assert build.said[-1].endswith("\nprod 1\n")


@pytest.fixture
def local(stage: Stage) -> Stage:
    if not stage.endpoint:
        pytest.skip("its builders are made in the local cloud only")
    return stage


@pytest.fixture
def source(tmp_path: Path) -> Iterator[Path]:
    """The source as CodeBuild gets it."""
    folder = tmp_path / "source"
    made = ("node_modules", "dist", ".deploy", ".local", "__pycache__", ".*_cache", ".hypothesis", "results")
    left_out = shutil.ignore_patterns(".git", ".venv", ".audit", *made)
    shutil.copytree(PROJECT, folder, ignore=left_out)
    yield folder
    shutil.rmtree(folder)


def environment(stage: Stage, role: str) -> dict[str, str]:
    distribution = web.cdn(stage.target).outputs()["Distribution"]
    key = key_of(role, stage, distribution)
    named = {"STAGE": stage.name, "SITE_BUCKET": stage.target.bucket("site"), "DISTRIBUTION": distribution}
    return {**os.environ, **key, **named, "AWS_DEFAULT_REGION": stage.target.region}


def origins(stage: Stage) -> str:
    """What the CDN asks, as a text."""
    known = web.cdn(stage.target).outputs()["Distribution"]
    return str(stage.client("cloudfront").get_distribution_config(Id=known)["DistributionConfig"]["Origins"])


def remembered(stage: Stage) -> list[str]:
    """The versions of everything that deploys remember."""
    listed = stage.client("s3").list_object_versions(Bucket=stage.target.bucket("releases"), Prefix="deploys/")
    return [each["VersionId"] for each in [*listed.get("Versions", []), *listed.get("DeleteMarkers", [])]]


def test_the_back_end_is_built_and_deployed_with_its_rights_after_a_broken_build_that_touched_nothing(
    local: Stage, source: Path
) -> None:
    builder, before = environment(local, "BackEndBuilder"), remembered(local)
    broken = run("buildspec.yml", source, builder, **{**QUICKLY, **BREAKS})
    assert broken.phases == {"install": True, "pre_build": True, "build": False, "post_build": False}
    assert "infrastructure.deploy --stage" not in broken.said[-2]
    assert remembered(local) == before
    (source / ".venv").unlink()
    (source / "chalicelib" / "__init__.py").write_text('"""A change."""\n')
    (source / "infrastructure" / "stages.json").write_text(json.dumps({local.name: {"firewall": True}}))
    build = run("buildspec.yml", source, builder, **QUICKLY)
    assert build.succeeding, "\n".join(build.said)
    assert "- application" in "".join(build.said)
    assert f"LEFT OUT: stack homeward-{local.name}-edge has changed" in "".join(build.said)
    assert web.edge(local.target).status() == ""
    assert memory.of(local.target).done()["application"]
    assert f"{local.environment['BACKUP_BUCKET']}.s3.{local.target.choices.backup_region}" in origins(local)
    assert local.call("GET", "/api/health")["status"] == "ok"


def test_the_page_is_built_and_brought_with_its_rights_after_a_broken_build_that_touched_nothing(
    local: Stage, source: Path
) -> None:
    builder = environment(local, "PageBuilder")
    place = site.Site(local.session, local.target.bucket("site"))
    before = place.listed()
    page(source / "built", **{"page.js": "// another"})
    broken = run("frontend/buildspec.yml", source, builder, **{**OF_THE_PAGE, "npm --prefix frontend test": "false"})
    assert broken.phases == {"install": True, "pre_build": True, "build": False, "post_build": False}
    assert place.listed() == before
    (source / ".venv").unlink()
    build = run("frontend/buildspec.yml", source, builder, **OF_THE_PAGE)
    assert build.succeeding, "\n".join(build.said)
    assert "told the CDN to forget /page.js" in build.said[-1]
    assert local.client("s3").get_object(Bucket=place.bucket, Key="page.js")["Body"].read() == b"// another"
