"""Packages with compiled files: Python takes them as they are, and one of another source is refused."""

import subprocess
import sys
from importlib.util import cache_from_source
from pathlib import Path
from zipfile import ZipFile

import pytest

from infrastructure.compiling import compiled, with_compiled_files
from infrastructure.package_check import check

FILES = {"app.py": "ANSWER = 41 + 1\n", "chalicelib/api.py": "import app\n", "lib/template.py": "{% no python %}\n"}


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    place = tmp_path / "package.zip"
    with ZipFile(place, "w") as archive:
        for name, text in FILES.items():
            archive.writestr(name, text)
    return place


def unpacked(package: Path) -> Path:
    folder = package.with_suffix("")
    ZipFile(package).extractall(folder)
    return folder


def test_what_can_be_compiled_is_and_all_else_stays_as_it_was(plain: Path) -> None:
    made = ZipFile(compiled(plain))
    added = {cache_from_source("app.py"), cache_from_source("chalicelib/api.py")}
    assert set(made.namelist()) == FILES.keys() | added
    assert {name: made.read(name).decode() for name in FILES} == FILES
    assert ZipFile(plain).namelist() == list(FILES)
    assert check([compiled(plain)]) == []


def test_python_runs_the_compiled_file_without_a_look_at_its_source(plain: Path) -> None:
    folder = unpacked(compiled(plain))
    (folder / "app.py").write_text("ANSWER = 'compiled at the start'\n")
    program = "import app; print(app.ANSWER)"
    done = subprocess.run([sys.executable, "-S", "-c", program], cwd=folder, capture_output=True, text=True, check=True)
    assert done.stdout == "42\n"


def test_the_same_package_gives_the_same_one_and_is_made_once(plain: Path) -> None:
    first = compiled(plain).read_bytes()
    made_at = compiled(plain).stat().st_mtime_ns
    assert compiled(plain).stat().st_mtime_ns == made_at
    compiled(plain).unlink()
    assert compiled(plain).read_bytes() == first
    assert sorted(path.name for path in plain.parent.iterdir()) == ["package.compiled.zip", "package.zip"]


def test_chalices_packager_gives_the_compiled_one(plain: Path) -> None:
    class Packager:
        def create_deployment_package(self, project: str) -> str:
            return str(plain)

    with_compiled_files(Packager)
    assert Packager().create_deployment_package("anywhere") == str(compiled(plain))


def test_a_compiled_file_of_another_source_is_named(plain: Path, tmp_path: Path) -> None:
    stale = tmp_path / "stale.zip"
    with ZipFile(compiled(plain)) as source, ZipFile(stale, "w") as target:
        for name in source.namelist():
            target.writestr(name, "ANSWER = 43\n" if name == "app.py" else source.read(name))
    [fault] = check([stale])
    assert f"{cache_from_source('app.py')} was not compiled of what is in the package" in fault


def test_a_compiled_file_that_python_would_compile_again_is_named(plain: Path, tmp_path: Path) -> None:
    foreign = tmp_path / "foreign.zip"
    with ZipFile(compiled(plain)) as source, ZipFile(foreign, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            target.writestr(name, b"\0\0\0\0" + data[4:] if name == cache_from_source("app.py") else data)
    [fault] = check([foreign])
    assert "would be compiled again at each start" in fault
