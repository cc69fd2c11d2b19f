"""Refuses a Lambda package that would break or bloat: `python -m infrastructure.package_check ZIP_OR_FOLDER…`.

Chalice compiles what it finds no wheel for and accepts the result in silence; it runs here, and not in Lambda.
"""

import importlib.util
import sys
from collections.abc import Iterator
from email.parser import Parser
from fnmatch import fnmatchcase
from pathlib import Path
from zipfile import BadZipFile, ZipFile

BUILT_HERE = ("-linux_x86_64", "-linux_aarch64")  # a wheel for everybody says manylinux
HEADER = 16  # bytes before the code: magic number, flags, hash of the source
UNCHECKED = 1  # the flags of a file that Python takes without a look at its source
LAMBDA_HAS = ("boto3", "botocore")  # most of a package that carries them


def faults(archive: Path) -> Iterator[str]:
    """Tell what is wrong with a package, one line each."""
    try:
        with ZipFile(archive) as package:
            found = [*_built_here(package), *_already_there(package), *_compiled_of_another(package)]
    except (BadZipFile, OSError) as error:
        found = [f"cannot be read: {error}"]
    for fault in found:
        yield f"{archive}: {fault}"


def archives(place: Path) -> list[Path]:
    """Find the packages at a place: itself, or the zip files in a folder that `chalice package` or a deploy made."""
    return sorted(place.glob("*.zip")) if place.is_dir() else [place]


def check(places: list[Path]) -> list[str]:
    """Tell what is wrong with all packages; a place without any is wrong too."""
    found = []
    for place in places:
        packages = archives(place)
        found += [fault for package in packages for fault in faults(package)]
        found += [] if packages else [f"{place}: there is no package here"]
    return found


def _built_here(package: ZipFile) -> Iterator[str]:
    for name in package.namelist():
        if fnmatchcase(name, "*.dist-info/WHEEL"):
            wheel = Parser().parsestr(package.read(name).decode())
            for tag in wheel.get_all("Tag", []):
                if tag.endswith(BUILT_HERE):
                    release = name.partition(".dist-info")[0]
                    yield f"{release} was compiled on this machine ({tag}): pin a release that has a wheel"


def _already_there(package: ZipFile) -> Iterator[str]:
    packaged = {name.partition("/")[0] for name in package.namelist()}
    for name in LAMBDA_HAS:
        if name in packaged:
            yield f"{name} is in the package, but Lambda has it already: take it out of requirements.txt"


def _compiled_of_another(package: ZipFile) -> Iterator[str]:
    """Python would run a compiled file whose source is another one now, without a word."""
    names = set(package.namelist())
    for name in sorted(each for each in names if each.endswith(".pyc")):
        source = importlib.util.source_from_cache(name)
        with package.open(name) as file:
            header = file.read(HEADER)
        magic, flags, digest = header[:4], int.from_bytes(header[4:8], "little"), header[8:]
        if source not in names or digest != importlib.util.source_hash(package.read(source)):
            yield f"{name} was not compiled of what is in the package: remove .chalice/deployments and package again"
        elif flags != UNCHECKED or magic != importlib.util.MAGIC_NUMBER:
            yield f"{name} would be compiled again at each start: package with the Python of the runtime"


def main(arguments: list[str]) -> int:
    """Print every fault; the exit status is 1 if there is any."""
    if not arguments:
        print("usage: python -m infrastructure.package_check ZIP_OR_FOLDER…", file=sys.stderr)
        return 2
    found = check([Path(argument) for argument in arguments])
    for fault in found:
        print(fault, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
