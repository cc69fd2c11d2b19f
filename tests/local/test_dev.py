"""`make dev`: reloading servers on the same cloud."""

import shutil
import subprocess
from pathlib import Path

import requests
from chalice.local import ChaliceRequestHandler

from local import chalice_local
from local.chalice_local import ApplicationFiles
from local.options import PROJECT
from tests.local.running import RunningHomeward, command, environment, until


def test_an_answer_of_chalice_is_written_at_once() -> None:
    """The test fails where the repair is no longer needed."""

    class Handler(ChaliceRequestHandler):
        pass

    assert (Handler.wbufsize, Handler.disable_nagle_algorithm) == (0, False)
    chalice_local.keep_connections_fast(Handler)
    assert (Handler.wbufsize, Handler.disable_nagle_algorithm) == (-1, True)


def test_only_files_of_the_application_are_watched(tmp_path: Path) -> None:
    for name in ("app.py", "chalicelib/domain/pets.py", ".chalice/config.json", "frontend/node_modules/a.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "chalicelib" / "domain" / "pets.pyc").touch()
    walked = ApplicationFiles().walk(str(tmp_path))
    found = {str(Path(folder, file).relative_to(tmp_path)) for folder, _, files in walked for file in files}
    assert found == {"app.py", "chalicelib/domain/pets.py", ".chalice/config.json"}


def test_page_api_and_uploads_answer_while_developing(homeward: RunningHomeward, tmp_path: Path) -> None:
    packed = ".chalice/deployments"
    shutil.copytree(homeward.state.application / packed, tmp_path / "application" / packed)
    developing = RunningHomeward(tmp_path)
    with (tmp_path / "said").open("w") as said:
        process = subprocess.Popen(
            command("dev"),
            cwd=PROJECT,
            env=environment(developing.port, tmp_path),
            stdout=said,
            stderr=subprocess.STDOUT,
        )
    try:
        until(lambda: "is being developed" in (tmp_path / "said").read_text(), 300)
        until(lambda: _answers(developing, "/api/health") and _answers(developing, "/"))
        announcement = developing.announce()
        assert developing.ask("GET", f"/api/announcements/{announcement['id']}").status_code == 200
        picture, answer = developing.upload(announcement, b"no picture")
        assert answer.status_code == 204
        assert developing.settled(picture)["state"] == "refused"
    finally:
        process.terminate()
        assert process.wait(30) == 0


def _answers(developing: RunningHomeward, path: str) -> bool:
    try:
        return developing.ask("GET", path).status_code == 200
    except requests.ConnectionError:
        return False
