"""The house stands as it was designed: imports point one way, and each dependency has one home."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

import pytest

from chalicelib.domain.announcements import Announcement
from chalicelib.domain.markers import Marker

ROOT = Path(__file__).parent.parent
LAYERS = (  # from the ground up; a module may import from its own layer and from those before it
    ("chalicelib.config", "chalicelib.journal", "chalicelib.logs"),
    ("chalicelib.domain",),
    ("chalicelib.services",),
    ("chalicelib.connectors",),
    ("chalicelib.controllers",),
    ("chalicelib.endpoints", "chalicelib.entity_tags"),
    ("chalicelib.watched",),
    ("chalicelib.openapi", "chalicelib.openapi30"),
    ("chalicelib.api",),
    ("chalicelib.execution",),
    ("chalicelib.bootstrap",),
    ("app",),
)
MAX_LINES = 300


@dataclass(frozen=True)
class Import:
    """That a module imports another; `at_once` tells whether this happens when the module itself is imported."""

    importer: str
    imported: str
    at_once: bool

    def __str__(self) -> str:
        return f"{self.importer} imports {self.imported}"


@cache
def _modules() -> dict[str, ast.Module]:
    files = [ROOT / "app.py", *sorted((ROOT / "chalicelib").rglob("*.py"))]
    return {_name(file): ast.parse(file.read_text()) for file in files}


def _name(file: Path) -> str:
    return ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


@cache
def _imports() -> list[Import]:
    return [each for name, tree in _modules().items() for each in _imports_of(name, tree, at_once=True)]


def _imports_of(importer: str, node: ast.AST, *, at_once: bool) -> Iterator[Import]:
    """Walk the imports below a node; those in functions and for types alone do not happen at once."""
    if isinstance(node, ast.Import):
        yield from (Import(importer, alias.name, at_once) for alias in node.names)
    if isinstance(node, ast.ImportFrom):
        assert node.module
        assert not node.level, f"{importer} has a relative import"
        yield from (Import(importer, f"{node.module}.{alias.name}", at_once) for alias in node.names)
    later = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) or _is_for_types(node)
    for child in ast.iter_child_nodes(node):
        yield from _imports_of(importer, child, at_once=at_once and not later)


def _is_for_types(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def _is_below(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


def _layer(name: str) -> int | None:
    found = [number for number, layer in enumerate(LAYERS) if any(_is_below(name, package) for package in layer)]
    return found[0] if found else None


def _importers_of(*packages: str) -> set[str]:
    return {each.importer for each in _imports() if any(_is_below(each.imported, package) for package in packages)}


def test_every_module_has_its_layer() -> None:
    assert [name for name in _modules() if _layer(name) is None] == ["chalicelib"]


@pytest.mark.parametrize("layer", range(len(LAYERS)), ids=lambda number: LAYERS[number][0])
def test_imports_point_one_way(layer: int) -> None:
    upward = [
        str(each) for each in _imports() if _layer(each.importer) == layer and (_layer(each.imported) or 0) > layer
    ]
    assert not upward


def test_controllers_and_connectors_do_not_know_each_other() -> None:
    controllers = [each for each in _imports() if _is_below(each.importer, "chalicelib.controllers")]
    assert not [str(each) for each in controllers if _is_below(each.imported, "chalicelib.connectors")]


def test_only_the_composition_root_knows_connectors() -> None:
    outside = {name for name in _importers_of("chalicelib.connectors") if not _is_below(name, "chalicelib.connectors")}
    assert outside == {"chalicelib.bootstrap"}


def test_only_connectors_know_aws() -> None:
    importers = _importers_of("boto3", "botocore", "mypy_boto3_dynamodb", "mypy_boto3_s3")
    assert importers
    assert all(_is_below(name, "chalicelib.connectors") for name in importers)


def test_the_aws_sdk_is_loaded_when_it_is_first_used() -> None:
    assert not [
        str(each) for each in _imports() if each.at_once and each.imported.split(".")[0] in ("boto3", "botocore")
    ]


def test_only_imaging_knows_pillow() -> None:
    importers = _importers_of("PIL", "pillow_heif")
    assert importers
    assert all(_is_below(name, "chalicelib.services.imaging") for name in importers)


def test_pillow_is_loaded_when_the_first_picture_comes() -> None:
    imaging = "chalicelib.services.imaging"
    outside = [each for each in _imports() if not _is_below(each.importer, f"{imaging}") or each.importer == imaging]
    assert not [str(each) for each in outside if each.at_once and _is_below(each.imported, imaging)]


def test_only_geography_knows_geohash2() -> None:
    assert _importers_of("geohash2") == {"chalicelib.domain.geography"}


def test_only_the_edges_know_chalice() -> None:
    assert _importers_of("chalice") <= {"app", "chalicelib.api", "chalicelib.endpoints", "chalicelib.watched"}


def test_only_the_configuration_reads_the_environment() -> None:
    assert _importers_of("os") == {"chalicelib.config"}


def test_nothing_is_scanned() -> None:
    attributes = [node for tree in _modules().values() for node in ast.walk(tree) if isinstance(node, ast.Attribute)]
    assert "query" in {node.attr for node in attributes}
    assert not {node.attr for node in attributes} & {"scan", "batch_write_item", "execute_statement"}


def test_the_domain_has_no_clock_of_its_own() -> None:
    domain = [tree for name, tree in _modules().items() if _is_below(name, "chalicelib.domain")]
    services = [tree for name, tree in _modules().items() if _is_below(name, "chalicelib.services")]
    names = {node.attr for tree in (*domain, *services) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert not names & {"now", "utcnow", "today", "sleep", "monotonic"}


@pytest.mark.parametrize("file", sorted((ROOT / "chalicelib").rglob("*.py")), ids=lambda file: file.stem)
def test_no_module_is_too_long_to_be_read_at_once(file: Path) -> None:
    assert len(file.read_text().splitlines()) <= MAX_LINES


def test_what_a_marker_shares_with_its_announcement_is_public() -> None:
    shared = {field.name for field in fields(Marker)} & {field.name for field in fields(Announcement)}
    public = {"kind", "species", "title", "event_at", "place", "status", "published_at", "expires_at", "version"}
    assert shared == public  # `place` is the public place: see the tests of markers
