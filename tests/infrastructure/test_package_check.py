"""The package check sees a wheel that was built on the spot, and what Lambda has already."""

from pathlib import Path
from zipfile import ZipFile

import pytest

from infrastructure.package_check import check, main

GOOD = "Wheel-Version: 1.0\nRoot-Is-Purelib: false\nTag: cp313-cp313-manylinux_2_28_{0}\n"


def package(place: Path, **files: str) -> Path:
    """A package with these files, named by words with __ for a slash and the dots spelled out."""
    with ZipFile(place, "w") as archive:
        archive.writestr("app.py", "")
        for name, text in files.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", ".").replace("_dash_", "-"), text)
    return place


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_wheels_for_everybody_pass(tmp_path: Path, machine: str) -> None:
    place = package(tmp_path / "good.zip", pillow_dash_13_dot_0_dot_0_dot_dist_dash_info__WHEEL=GOOD.format(machine))
    assert check([place]) == []


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_a_wheel_built_on_the_spot_is_named(tmp_path: Path, machine: str) -> None:
    text = f"Wheel-Version: 1.0\nTag: cp313-cp313-linux_{machine}\n"
    place = package(tmp_path / "bad.zip", pillow_dash_13_dot_0_dot_0_dot_dist_dash_info__WHEEL=text)
    [fault] = check([place])
    assert fault.startswith(f"{place}: pillow-13.0.0 was compiled on this machine (cp313-cp313-linux_{machine})")


def test_one_tag_among_several_is_enough(tmp_path: Path) -> None:
    text = GOOD.format("x86_64") + "Tag: cp313-cp313-linux_x86_64\n"
    assert check([package(tmp_path / "bad.zip", x_dot_dist_dash_info__WHEEL=text)])


@pytest.mark.parametrize("name", ["boto3", "botocore"])
def test_what_lambda_has_already_is_named(tmp_path: Path, name: str) -> None:
    [fault] = check([package(tmp_path / "bad.zip", **{f"{name}____init___dot_py": ""})])
    assert f"{name} is in the package" in fault


def test_a_library_with_a_similar_name_passes(tmp_path: Path) -> None:
    assert check([package(tmp_path / "good.zip", boto3_stubs____init___dot_py="")]) == []


def test_every_package_of_a_folder_is_looked_at(tmp_path: Path) -> None:
    package(tmp_path / "a.zip")
    package(tmp_path / "b.zip", boto3__x_dot_py="")
    package(tmp_path / "c.zip", botocore__x_dot_py="")
    assert len(check([tmp_path])) == 2


@pytest.mark.parametrize("text", ["not a zip", ""])
def test_what_is_no_package_is_a_fault_and_no_traceback(tmp_path: Path, text: str) -> None:
    (tmp_path / "bad.zip").write_text(text)
    [fault] = check([tmp_path])
    assert "cannot be read" in fault


def test_a_place_without_a_package_is_a_fault(tmp_path: Path) -> None:
    assert check([tmp_path]) == [f"{tmp_path}: there is no package here"]
    assert "cannot be read" in check([tmp_path / "none.zip"])[0]


def test_the_exit_status_tells(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(package(tmp_path / "good.zip"))]) == 0
    assert main([str(package(tmp_path / "bad.zip", boto3__x_dot_py=""))]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert main([]) == 2
