"""What goes wrong in the middle of a deploy, on the local cloud, and how the next one gets over it."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import boto3
import pytest

from infrastructure import adoption, application, destroy, foundation, lock, memory, packaging, rollbacks, stacks
from infrastructure.application import DeployFailed
from infrastructure.drift import Drift
from infrastructure.lock import Locked
from infrastructure.smoke import DoesNotAnswer
from infrastructure.stacks import StackFailed
from tests.infrastructure.stage import Stage, until

pytestmark = [pytest.mark.slow, pytest.mark.faults]

MORE = {"Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}
KILLED = """
import os, signal
from chalice.awsclient import TypedAWSClient
method, calls = "{method}", {calls}
done = []
real = getattr(TypedAWSClient, method)
def dying(*arguments, **named):
    result = real(*arguments, **named)
    done.append(method)
    if len(done) == calls:
        os.kill(os.getpid(), signal.SIGKILL)
    return result
setattr(TypedAWSClient, method, dying)
"""
DEPLOY = """
import sys, time
from pathlib import Path
from infrastructure import application, deploy, packaging
packaging.WORKSHOP = Path(sys.argv[2])
application.CHALICE = sys.argv[3] + application.CHALICE
sys.exit(deploy.main(["--stage", sys.argv[1], "--without-page"]))
"""
BREAKS = """
import os
if os.environ.get("AWS_LAMBDA_FUNCTION_NAME", "").endswith("-sweep_expired"):
    raise RuntimeError("broken on arrival")
"""


@pytest.fixture(scope="module")
def local(stage: Stage) -> Stage:
    if not stage.endpoint:
        pytest.skip("it breaks things: on the local cloud only")
    return stage


@pytest.fixture(scope="module")
def other(local: Stage) -> Iterator[Stage]:
    """A stage to break, not deployed yet; whatever one test leaves behind, the next one deploys on it."""
    made = local.beside("it-broken")
    yield made
    destroy.Destruction(made.target, made.project).run()


@pytest.fixture
def whole(other: Stage) -> Stage:
    """The same stage with all that belongs to it, of which the application is due."""
    other.deploy()
    memory.of(other.target).did("application", "something else")
    return other


def answers(stage: Stage) -> bool:
    return bool(stage.call("GET", "/api/health")["status"] == "ok")


def apis(stage: Stage) -> list[str]:
    return [api["id"] for api in adoption.rest_apis(stage.session, stage.name)]


@contextmanager
def killed(monkeypatch: pytest.MonkeyPatch, method: str, calls: int) -> Iterator[None]:
    """Have Chalice killed as soon as it has called a method so often."""
    with monkeypatch.context() as patch:
        patch.setattr(application, "CHALICE", KILLED.format(method=method, calls=calls) + application.CHALICE)
        yield


def test_a_first_deploy_that_is_killed_again_and_again_is_carried_on_without_a_second_api(
    other: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    for method, calls in (("create_function", 3), ("create_lambda_event_source", 1), ("import_rest_api", 1)):
        before = apis(other)
        with killed(monkeypatch, method, calls), pytest.raises(DeployFailed) as stopped:
            other.deploy()
        assert "It stopped at: application" in "".join(stopped.value.__notes__)
        assert before in ([], apis(other)), "the address of the first one stays"
    made = apis(other)
    other.deploy()
    assert len(made) == 1
    assert apis(other) == made
    assert answers(other)


def test_an_update_that_was_killed_is_carried_on_to_its_settings(
    whole: Stage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = apis(whole)
    with killed(monkeypatch, "update_function", 2), pytest.raises(DeployFailed):
        whole.deploy()
    whole.deploy()
    assert apis(whole) == before
    assert list(Drift(whole.target, tmp_path / "note.json").differences()) == []
    assert answers(whole)


def test_what_somebody_changed_by_hand_in_the_application_is_told_and_brought_back(
    whole: Stage, tmp_path: Path
) -> None:
    name, role = f"homeward-{whole.name}-sweep_expired", f"homeward-{whole.name}-mend_tiles"
    drift = Drift(whole.target, tmp_path / "note.json")
    whole.deploy()
    changed = {"MemorySize": 128, "TracingConfig": {"Mode": "Active"}}
    whole.client("lambda").update_function_configuration(FunctionName=name, **changed)
    whole.client("iam").put_role_policy(RoleName=role, PolicyName="more", PolicyDocument=json.dumps(MORE))
    assert list(drift.differences()) == [
        f"{name}: memory 512 is now 128",
        f"{name}: tracing PassThrough is now Active",
        f"{role}: its role allows something else than its policy says",
    ]
    whole.deploy(again=True)
    assert list(drift.differences()) == []


def start(stage: Stage, key: dict[str, str], inserted: str, folder: Path) -> "subprocess.Popen[str]":
    """Start a deploy as a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-u", "-c", DEPLOY, stage.name, str(folder), inserted],
        cwd=packaging.PROJECT,
        env={**os.environ, **key, "AWS_DEFAULT_REGION": "us-east-1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def root_key(stage: Stage) -> dict[str, str]:
    keys = stage.session.get_credentials().get_frozen_credentials()  # type: ignore[union-attr]
    return {"AWS_ACCESS_KEY_ID": str(keys.access_key), "AWS_SECRET_ACCESS_KEY": str(keys.secret_key)}


def test_with_a_deploy_that_was_killed_its_chalice_ends_and_the_next_one_need_not_wait(
    whole: Stage, tmp_path: Path
) -> None:
    noted = tmp_path / "chalice"
    slow = f"import os, pathlib; pathlib.Path({str(noted)!r}).write_text(str(os.getpid()))\n"
    late = application.CHALICE.replace("from chalice.cli", "import time; time.sleep(600)\nfrom chalice.cli")
    deploying = start(whole, root_key(whole), slow + late, whole.project.parent)
    try:
        until(lambda: noted.exists() and noted.read_text())
        assert lock.of(whole.target).read()[0], "it holds the lock"
    finally:
        deploying.send_signal(signal.SIGKILL)
        deploying.communicate()
    until(lambda: not Path(f"/proc/{noted.read_text()}").exists())
    whole.deploy()
    assert answers(whole)


def test_credentials_that_expire_in_the_middle_are_told_and_the_next_run_carries_on(
    whole: Stage, trouble: Path, tmp_path: Path
) -> None:
    session = whole.client("sts").get_session_token()["Credentials"]
    key = {"AWS_ACCESS_KEY_ID": session["AccessKeyId"], "AWS_SECRET_ACCESS_KEY": session["SecretAccessKey"]}
    key["AWS_SESSION_TOKEN"] = session["SessionToken"]
    said = []
    with start(whole, key, "", whole.project.parent) as deploying:
        assert deploying.stdout
        for line in deploying.stdout:
            said.append(line)
            if line.startswith("- application"):
                trouble.write_text(f"expired {session['AccessKeyId']}\n")
    trouble.unlink()
    assert deploying.returncode == 1
    assert "The credentials have expired in the middle. Sign in again" in "".join(said)
    assert "It stopped at: application. Run the same command again" in "".join(said)
    whole.deploy()
    assert len(apis(whole)) == 1
    assert answers(whole)


def test_of_two_deploys_at_once_the_second_is_refused_and_does_nothing(local: Stage) -> None:
    held = lock.of(local.target)
    held.owner = {"owner": "ann on laptop", "machine": "laptop", "process": 1}
    done = memory.of(local.target).done()
    with held.held(), pytest.raises(Locked, match=r"ann on laptop .* `make unlock STAGE=it-all`"):
        local.deploy()
    assert memory.of(local.target).done() == done
    local.deploy()


def test_a_function_that_breaks_on_arrival_is_named_and_the_mended_one_is_deployed(
    whole: Stage, tmp_path: Path
) -> None:
    source = application.copy(packaging.PROJECT, tmp_path / "source")
    app = source / "app.py"
    good = app.read_text()
    app.write_text(good + BREAKS)
    with pytest.raises(DoesNotAnswer, match=rf"homeward-{whole.name}-sweep_expired(.|\n)*broken on arrival") as stopped:
        whole.deploy(source)
    assert "It stopped at: a question to every function" in "".join(stopped.value.__notes__)
    app.write_text(good)
    whole.deploy(source)
    assert answers(whole)


def test_a_stack_that_failed_to_begin_is_made_anew(session: boto3.Session, tmp_path: Path) -> None:
    cloudformation, good = session.client("cloudformation"), foundation.TEMPLATE.read_text()
    bad = good.replace("MessageRetentionPeriod: 345600", "MessageRetentionPeriod: 1")
    name = "homeward-it-rolled-foundation"
    with pytest.raises(StackFailed):
        stacks.bring(cloudformation, name, bad, "it-rolled")
    assert cloudformation.describe_stacks(StackName=name)["Stacks"][0]["StackStatus"] == "ROLLBACK_COMPLETE"
    assert stacks.bring(cloudformation, name, good, "it-rolled")["TilesTable"] == "homeward-it-rolled-tiles"


class Kept:
    """A stack that failed, with a table that CloudFormation could not remove."""

    def get_paginator(self, _operation: str) -> "Kept":
        return self

    def paginate(self, **_: object) -> list[dict[str, Any]]:
        return [
            {"StackResourceSummaries": [{"ResourceType": "AWS::DynamoDB::Table", "ResourceStatus": "DELETE_FAILED"}]}
        ]

    def delete_stack(self, **_: object) -> None:
        pytest.fail("what people wrote would be gone")


@pytest.mark.parametrize("status", ["ROLLBACK_FAILED", "CREATE_FAILED", "UPDATE_ROLLBACK_COMPLETE", "UPDATE_COMPLETE"])
def test_a_stack_that_may_hold_data_is_never_deleted(status: str) -> None:
    assert not rollbacks.clear(Kept(), "homeward-prod-foundation", status)
