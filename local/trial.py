"""`make local-cloud`: an empty cloud on this machine, on which a deploy is tried without an account.

`make local-door STAGE=dev` stands before a stage that was deployed there, as the CDN does in AWS: the local cloud keeps
the CDN's settings and answers for none of them.
"""

from __future__ import annotations

import asyncio
import os
import shlex
import tempfile
from contextlib import closing
from pathlib import Path

import boto3

from infrastructure import adoption, stages, web
from infrastructure.stages import Target
from local import cloud
from local.failures import CannotRun
from local.front_door import door
from local.front_door.pictures import Bucket
from local.options import Options
from local.progress import tell
from local.state import State, write_secret

FORGOTTEN = ("AWS_PROFILE", "AWS_SESSION_TOKEN")  # they would win over the key


async def serve(options: Options) -> None:
    """Run a cloud alone, with all policies enforced, until cancelled; raises CannotRun."""
    state = State(options.state_dir)
    with state.claimed() as lock:
        async with cloud.running(state, lock) as running:
            _introduce(state, running.endpoint, options.address)
            await running.process.wait()
            raise CannotRun(f"The local cloud ended by itself; its log is {state.cloud_log}.")


def _introduce(state: State, endpoint: str, address: str) -> None:
    settings = cloud.settings(state, endpoint) | {"UPLOAD_URL": address + door.UPLOADS}
    write_secret(state.environment, _as_shell(settings))
    tell(f"A cloud runs at {endpoint}, and keeps what it is given.  (Ctrl-C stops it)")
    tell(f"In another shell, from here on AWS is this machine:  . {os.path.relpath(state.environment)}")


def _as_shell(settings: dict[str, str]) -> str:
    exports = [f"export {name}={shlex.quote(value)}" for name, value in settings.items()]
    return "\n".join([f"unset {' '.join(FORGOTTEN)}", *exports, ""])


async def show(options: Options, stage: str) -> None:
    """Stand before a stage of the cloud that the environment leads to, until cancelled; raises CannotRun."""
    target = stages.target(stage)
    with tempfile.TemporaryDirectory() as folder, closing(door.listen(options)) as listener:
        places = _places(target, _page(target, Path(folder)))
        async with door.opened(listener, places):
            tell(f"Stage {stage} is at {options.address}  (Ctrl-C stops it)")
            await asyncio.Event().wait()


def _places(target: Target, page: Path) -> door.Places:
    endpoint = os.environ["AWS_ENDPOINT_URL"]
    found = adoption.rest_apis(target.session, target.stage)
    if not found:
        raise CannotRun(f"Stage {target.stage} is not deployed on {endpoint}: `make deploy STAGE={target.stage}`.")
    key = {name: os.environ[name] for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")}
    return door.Places(
        api=f"{endpoint}/restapis/{found[0]['id']}/{web.API_STAGE}/_user_request_",
        bucket=Bucket(f"{endpoint}/{target.bucket('pictures')}", key, target.region),
        page=page,
        origin_key=web.origin_key(target),
    )


def _page(target: Target, folder: Path) -> Path:
    """Bring the deployed page here."""
    bucket = boto3.resource("s3").Bucket(target.bucket("site"))
    for each in bucket.objects.all():
        place = folder / each.key
        place.parent.mkdir(parents=True, exist_ok=True)
        bucket.download_file(each.key, str(place))
    return folder
