"""The contract of Secrets, and when parameters are read again."""

from base64 import b64encode
from dataclasses import dataclass, field

from chalicelib.connectors.aws import Aws
from chalicelib.connectors.secrets import KEPT, ParameterSecrets
from chalicelib.services.access import Secrets

PATH = "/homeward/other"


@dataclass
class Stopwatch:
    """Seconds that the test counts."""

    seconds: float = 0.0
    calls: list[str] = field(default_factory=list)

    def __call__(self) -> float:
        return self.seconds

    def note(self, **_event: object) -> None:
        self.calls.append("read")


def test_both_keys_are_long_and_different(secrets: Secrets) -> None:
    assert len(secrets.manage_token_key()) >= 32
    assert len(secrets.cursor_key()) >= 32
    assert secrets.manage_token_key() != secrets.cursor_key()


def test_a_key_stays_the_same(secrets: Secrets) -> None:
    assert secrets.manage_token_key() == secrets.manage_token_key()


def test_parameters_are_read_once_and_again_after_five_minutes(shared_aws: Aws) -> None:
    aws, stopwatch = Aws(shared_aws._session), Stopwatch()
    aws.ssm.meta.events.register("before-call.ssm.GetParameters", stopwatch.note)
    secrets = ParameterSecrets(aws, PATH, stopwatch)
    _put(aws, b"first" * 8)
    assert stopwatch.calls == []
    assert (secrets.manage_token_key(), secrets.cursor_key()) == (b"first" * 8, b"first" * 8)
    _put(aws, b"other" * 8)
    stopwatch.seconds = KEPT
    assert secrets.manage_token_key() == b"first" * 8
    assert stopwatch.calls == ["read"]
    stopwatch.seconds = KEPT + 1
    assert secrets.manage_token_key() == b"other" * 8
    assert stopwatch.calls == ["read", "read"]


def _put(aws: Aws, key: bytes) -> None:
    for name in ("manage-token-key", "cursor-key"):
        value = b64encode(key).decode()
        aws.ssm.put_parameter(Name=f"{PATH}/{name}", Value=value, Type="SecureString", Overwrite=True)
