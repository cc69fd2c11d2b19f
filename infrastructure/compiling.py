"""Compiled files for the package, so that no function compiles when it starts.

They are of the kind that Python takes without a look at the source ("unchecked hash"): times mean nothing in a package.
The interpreter that deploys is of the runtime's own version, which Chalice sees to, so that Lambda can read them.
"""

import compileall
import shutil
import tempfile
from collections.abc import Callable
from functools import wraps
from pathlib import Path, PurePosixPath
from py_compile import PycInvalidationMode
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

OF_A_PACKAGE = (1980, 1, 1, 0, 0, 0)  # as Chalice dates all that it packs: the same files give the same package
READABLE = 0o644 << 16


def with_compiled_files(packager: Any) -> None:
    """Have a packager of Chalice's give packages with compiled files."""
    packager.create_deployment_package = _compiling(packager.create_deployment_package)


def compiled(package: Path) -> Path:
    """Make, beside a package, the one with compiled files; one that is there already stays."""
    target = package.with_suffix(".compiled.zip")
    if target.exists():
        return target
    with tempfile.TemporaryDirectory(dir=package.parent) as folder:
        made = Path(folder) / "package"
        shutil.copyfile(package, made)
        _add_compiled(made, Path(folder) / "unpacked")
        made.replace(target)  # at once: whoever is killed here leaves no half of a package
    return target


def _compiling(create: Callable[..., str]) -> Callable[..., str]:
    @wraps(create)
    def created(*arguments: Any, **named: Any) -> str:
        return str(compiled(Path(create(*arguments, **named))))

    return created


def _add_compiled(package: Path, folder: Path) -> None:
    with ZipFile(package, "a", ZIP_DEFLATED) as archive:
        sources = [name for name in archive.namelist() if PurePosixPath(name).suffix == ".py"]
        archive.extractall(folder, sources)
        compileall.compile_dir(
            folder, quiet=2, stripdir=folder, invalidation_mode=PycInvalidationMode.UNCHECKED_HASH, workers=1
        )  # a file that cannot be compiled, such as a template of a library, is left as it is
        for made in sorted(folder.rglob("*.pyc")):
            entry = ZipInfo(made.relative_to(folder).as_posix(), OF_A_PACKAGE)
            entry.external_attr = READABLE
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, made.read_bytes())
