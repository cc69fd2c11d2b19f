"""The state folder."""

import stat
from pathlib import Path

import pytest

from local.failures import CannotRun
from local.options import PROJECT, Options
from local.state import State, read_json, write_secret


def test_two_local_clouds_do_not_share_a_state_folder(tmp_path: Path) -> None:
    with State(tmp_path).claimed(), pytest.raises(CannotRun, match="Another Homeward runs"), State(tmp_path).claimed():
        pass
    with State(tmp_path).claimed():
        pass


def test_a_folder_that_cannot_be_written_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(CannotRun, match="cannot be written") as told, State(tmp_path / "file" / "state").claimed():
        pass
    assert "\n" not in str(told.value)


def test_a_start_empties_what_is_temporary(tmp_path: Path) -> None:
    state = State(tmp_path)
    with state.claimed():
        (state.scratch / "left").touch()
    with state.claimed():
        assert list(state.scratch.iterdir()) == []


def test_the_root_key_stays_and_is_the_owners_alone(tmp_path: Path) -> None:
    state = State(tmp_path)
    key = state.root_key()
    assert state.root_key() == key
    assert len(key["AWS_ACCESS_KEY_ID"]) == 20
    assert stat.S_IMODE(state.credentials.stat().st_mode) == 0o600


def test_a_secret_is_the_owners_alone_though_others_could_read_the_file_before(tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_text("open")
    write_secret(path, "secret")
    assert path.read_text() == "secret"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("content", [None, "", "{", "[]"])
def test_a_broken_note_is_no_note(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / "note").write_text(content)
    assert read_json(tmp_path / "note") == {}


@pytest.mark.parametrize("port", ["", "0", "65536", "http", "-1", "8000x"])
def test_a_port_that_is_none_is_told(port: str) -> None:
    if not port:
        assert Options.from_environment({"PORT": port}).port == 8000
        return
    with pytest.raises(CannotRun, match="is not a port"):
        Options.from_environment({"PORT": port})


def test_the_options_have_their_defaults() -> None:
    options = Options.from_environment({"MAP_TILES_URL": "https://tiles.example/{z}", "PUBLIC_URL": "", "HOME": "/"})
    assert options == Options("127.0.0.1", 8000, PROJECT / ".local", {"MAP_TILES_URL": "https://tiles.example/{z}"})


@pytest.mark.parametrize(
    ("host", "address"),
    [("127.0.0.1", "http://127.0.0.1:8000"), ("0.0.0.0", "http://127.0.0.1:8000"), ("::1", "http://[::1]:8000")],
)
def test_the_address_is_one_that_a_browser_opens(host: str, address: str) -> None:
    assert Options(host, 8000, Path(), {}).address == address
