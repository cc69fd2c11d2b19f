"""The report on a folder of pictures: each file alone, whatever is in it."""

import json
from pathlib import Path

import pytest
from PIL import Image

from tools import pictures_report


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make a folder of a picture, something else, and a picture in a folder of its own."""
    (tmp_path / "more").mkdir()
    for name in ("dog.png", "more/cat.jpg"):
        Image.new("RGB", (64, 48), "red").save(tmp_path / name)
    (tmp_path / "letter.jpg").write_text("a cat, black and white")
    return tmp_path


def lines(capsys: pytest.CaptureFixture[str]) -> tuple[list[dict[str, object]], str]:
    output = capsys.readouterr()
    return [json.loads(line) for line in output.out.splitlines()], output.err


def test_every_file_has_a_line_and_the_run_a_summary(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert pictures_report.main([str(folder)]) == 0
    told, summary = lines(capsys)
    assert [(line["file"], line["outcome"]) for line in told] == [
        ("dog.png", "ready"),
        ("letter.jpg", "refused"),
        ("more/cat.jpg", "ready"),
    ]
    assert (told[0]["width"], told[0]["height"], told[0]["reason"]) == (64, 48, None)
    assert str(told[1]["reason"]).startswith("This file is not a picture")
    assert all(float(str(line["ms"])) > 0 and float(str(line["peak_mb"])) > 1 for line in told)
    assert summary.startswith("3 files: 2 ready, 1 refused, 0 died")


@pytest.mark.parametrize(("limit", "words"), [(["--seconds", "0.01"], "longer"), (["--memory-mb", "20"], "process")])
def test_a_file_that_ends_its_process_is_told_and_the_run_goes_on(
    limit: list[str], words: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert pictures_report.main([str(folder), *limit]) == 1
    told, summary = lines(capsys)
    assert [line["outcome"] for line in told] == ["died"] * 3
    assert all(words in str(line["reason"]) for line in told)
    assert "3 died" in summary


def test_a_file_over_the_limit_is_refused_unread(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with (tmp_path / "film.jpg").open("wb") as file:
        file.truncate(40_000_001)
    assert pictures_report.main([str(tmp_path)]) == 0
    assert lines(capsys)[0][0]["reason"] == "It is larger than 40 MB."


@pytest.mark.parametrize("folder", ["", "nowhere at all"])
def test_a_folder_that_is_not_there_is_said(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        pictures_report.main([folder])
    assert left.value.code == 2
    assert "there is no folder" in lines(capsys)[1]
