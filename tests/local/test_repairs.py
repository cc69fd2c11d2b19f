"""Each repair is shown to be needed first: a test that fails there says that ministack does it right by now."""

import asyncio
import json
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile, ZipInfo

import pytest
from ministack.core import iam_actions, iam_evaluator, lambda_runtime
from ministack.core.responses import get_account_id
from ministack.services import apigateway_v1 as gateway
from ministack.services import cloudwatch_logs, dynamodb, lambda_svc, s3, sqs

from local import repairs

DOCUMENT: dict[str, Any] = {
    "info": {"title": "pets", "version": "1"},
    "x-amazon-apigateway-binary-media-types": ["image/webp"],
    "paths": {
        "/api/pets": {
            "get": {"x-amazon-apigateway-integration": {"type": "aws_proxy", "uri": "arn:pets"}},
            "options": {
                "responses": {"200": {"headers": {"Access-Control-Allow-Origin": {"type": "string"}}}},
                "x-amazon-apigateway-integration": {
                    "type": "mock",
                    "requestTemplates": {"application/json": '{"statusCode": 200}'},
                    "responses": {
                        "default": {
                            "statusCode": "200",
                            "responseParameters": {"method.response.header.Access-Control-Allow-Origin": "'*'"},
                        }
                    },
                },
            },
        }
    },
}
REPAIRED = (
    (lambda_svc, "_LAMBDA_STATE_TRANSITION_DELAY"),
    (lambda_svc, "_emit_lambda_logs"),
    (lambda_runtime, "zipfile"),
    (gateway, "handle_request"),
    (gateway, "_update_rest_api"),
    (gateway, "_media_type_matches"),
    (gateway, "_build_lambda_event_v1"),
    (iam_evaluator, "is_root_access_key"),
    (iam_actions, "extract_resource_arn"),
    (s3, "_record_object_version"),
    (dynamodb, "_evaluate_condition"),
    (dynamodb, "get_state"),
    (dynamodb, "load_persisted_state"),
    (lambda_svc, "_poll_dynamodb_streams"),
    (lambda_svc, "_restore_esm_positions"),
    (sqs, "DEFAULT_PORT"),
    (sqs, "_CANONICAL_NETLOC"),
)


@pytest.fixture(autouse=True)
def as_it_comes(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Begin with ministack as it comes, and leave it so."""
    for module, name in REPAIRED:
        monkeypatch.setattr(module, name, getattr(module, name))
    yield
    for module in (gateway, sqs, s3, cloudwatch_logs):
        module.reset()


def call(method: str, path: str, body: Any = None, **query: str) -> dict[str, Any]:
    payload = json.dumps(body).encode() if body is not None else b""
    _, _, answer = asyncio.run(gateway.handle_request(method, path, {}, payload, query))
    found: dict[str, Any] = json.loads(answer)
    return found


def paths(api: str) -> set[str]:
    return {resource["path"] for resource in gateway._resources[api].values()}


def preflight(api: str) -> dict[str, str]:
    call("POST", f"/restapis/{api}/deployments", {"stageName": "api"})
    _, headers, _ = asyncio.run(gateway.handle_execute(api, "api", "OPTIONS", "/api/pets", {}, b"", {}))
    found: dict[str, str] = headers
    return found


def test_functions_are_active_at_once() -> None:
    assert lambda_svc._LAMBDA_STATE_TRANSITION_DELAY > 0
    repairs.services.make_functions_active_at_once()
    assert lambda_svc._LAMBDA_STATE_TRANSITION_DELAY == 0


def test_a_package_is_unpacked_once_for_all_who_run_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert unpacked(tmp_path / "first", "1") != unpacked(tmp_path / "second", "1")
    repairs.packages.unpack_each_package_once()
    assert unpacked(tmp_path / "third", "1") == unpacked(tmp_path / "fourth", "1")
    assert (unpacked(tmp_path / "other", "2") / "app.py").read_text() == "2"


def unpacked(place: Path, code: str) -> Path:
    """Unpack a package as the start of a process does, and tell where it really is."""
    (place / "code").mkdir(parents=True)
    with ZipFile(place / "code.zip", "w") as package:
        package.writestr(ZipInfo("app.py"), code)
    with lambda_runtime.zipfile.ZipFile(str(place / "code.zip")) as package:
        package.extractall(place / "code")
    return (place / "code").resolve()


def test_a_rest_api_is_imported_with_its_routes() -> None:
    assert "/api/pets" not in paths(call("POST", "/restapis", DOCUMENT, mode="import")["id"])
    repairs.gateway.import_rest_apis_with_their_body()
    assert "/api/pets" in paths(call("POST", "/restapis", DOCUMENT, mode="import")["id"])


def test_a_rest_api_is_replaced_with_its_routes() -> None:
    changed = DOCUMENT | {"paths": {"/api/cats": DOCUMENT["paths"]["/api/pets"]}}
    api = gateway._import_rest_api(DOCUMENT)
    call("PUT", f"/restapis/{api}", changed, mode="overwrite")
    assert "/api/cats" not in paths(api)
    repairs.gateway.import_rest_apis_with_their_body()
    call("PUT", f"/restapis/{api}", changed, mode="overwrite")
    assert "/api/cats" in paths(api)
    assert "/api/pets" not in paths(api)


def test_an_imported_api_keeps_its_binary_types() -> None:
    api = gateway._import_rest_api(DOCUMENT)
    assert gateway._rest_apis[api]["binaryMediaTypes"] == []
    repairs.gateway.keep_binary_types(api, DOCUMENT)
    assert gateway._rest_apis[api]["binaryMediaTypes"] == ["image/webp"]


def test_an_imported_api_answers_preflights() -> None:
    api = gateway._import_rest_api(DOCUMENT)
    assert "Access-Control-Allow-Origin" not in preflight(api)
    repairs.gateway.answer_preflights(api, DOCUMENT)
    assert preflight(api)["Access-Control-Allow-Origin"] == "*"


def test_an_empty_compression_size_switches_compression_off() -> None:
    switch_off = {"patchOperations": [{"op": "replace", "path": "/minimumCompressionSize", "value": ""}]}
    api = gateway._import_rest_api(DOCUMENT)
    gateway._update_rest_api(api, switch_off)
    assert gateway._rest_apis[api]["minimumCompressionSize"] == ""
    repairs.gateway.take_an_empty_compression_size_as_none()
    gateway._update_rest_api(api, switch_off)
    assert "minimumCompressionSize" not in gateway._rest_apis[api]


def test_the_first_accepted_type_decides_on_binary_answers() -> None:
    as_browsers_ask = "image/webp,image/*,*/*;q=0.8"
    assert not gateway._media_type_matches(as_browsers_ask, ["image/webp"])
    repairs.gateway.weigh_only_the_first_accepted_type()
    assert gateway._media_type_matches(as_browsers_ask, ["image/webp"])
    assert not gateway._media_type_matches("text/html,image/webp", ["image/webp"])


@pytest.mark.parametrize("key", ["test", "123456789012"])
def test_a_guessable_key_is_not_root(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "LOCALOURS")
    assert iam_evaluator.is_root_access_key(key)
    repairs.services.trust_only_our_own_root_key()
    assert not iam_evaluator.is_root_access_key(key)
    assert iam_evaluator.is_root_access_key("LOCALOURS")


def test_reading_parameters_asks_for_rights_on_them() -> None:
    headers = {"x-amz-target": "AmazonSSM.GetParameters"}
    asked: tuple[Any, ...] = (
        "ssm",
        "POST",
        "/",
        headers,
        b'{"Names": ["/homeward/local/cursor-key"]}',
        {},
        "us-east-1",
        "000000000000",
    )
    assert iam_actions.extract_resource_arn(*asked) == "*"
    repairs.services.ask_for_rights_on_the_parameters_read()
    assert iam_actions.extract_resource_arn(*asked).endswith(":parameter/homeward/local/cursor-key")
    assert iam_actions.extract_resource_arn("ssm", "POST", "/", {}, b"{}", {}, "us-east-1", "000000000000") == "*"


def event(headers: dict[str, str]) -> dict[str, Any]:
    resource = {"id": "1", "path": "/api/pets"}
    built: dict[str, Any] = gateway._build_lambda_event_v1(
        "api", "api", {}, resource, "/api/pets", "GET", headers, b"", {}, {}
    )
    return built


def test_functions_see_the_host_that_the_client_asked() -> None:
    headers = {"host": "127.0.0.1:4566", "x-forwarded-host": "map.example.org"}
    assert event(dict(headers))["headers"]["host"] == "127.0.0.1:4566"
    repairs.gateway.show_the_host_that_the_client_asked()
    shown = event(dict(headers))
    assert shown["headers"] == {"host": "map.example.org"}
    assert shown["multiValueHeaders"] == {"host": ["map.example.org"]}
    assert event({"host": "127.0.0.1:4566"})["headers"]["host"] == "127.0.0.1:4566"


def queue_found_after_a_restart_on_another_port(monkeypatch: pytest.MonkeyPatch, repair: Callable[[], None]) -> bool:
    sqs.reset()
    monkeypatch.setattr(sqs, "DEFAULT_PORT", "1001")
    repair()
    url = sqs._queue_url("failed-pictures")
    monkeypatch.setattr(sqs, "DEFAULT_PORT", "1002")
    repair()
    return bool(sqs._queue_url("failed-pictures") == url)


def test_queues_are_found_after_a_change_of_port(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not queue_found_after_a_restart_on_another_port(monkeypatch, lambda: None)
    assert queue_found_after_a_restart_on_another_port(monkeypatch, repairs.services.find_queues_after_a_change_of_port)


def log_streams_after(invocations: int) -> int:
    function = {
        "config": {"FunctionName": "pets", "FunctionArn": f"arn:aws:lambda:us-east-1:{get_account_id()}:function:pets"}
    }
    for number in range(invocations):
        lambda_svc._emit_lambda_logs(function, str(number), "line", False, 1)
    return len(cloudwatch_logs._log_groups["/aws/lambda/pets"]["streams"])


def test_old_logs_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repairs.services, "ENOUGH_LOG_STREAMS", 3)
    assert log_streams_after(5) == 5
    repairs.services.forget_the_oldest_logs()
    assert log_streams_after(5) == 3


def _replicated() -> tuple[str, str]:
    """Store an object in a bucket that is replicated; the ids of its version there and in the backup."""
    rule = {"Status": "Enabled", "Filter": {"Prefix": ""}, "Destination": {"Bucket": "arn:aws:s3:::kept"}}
    for name in ("pets", "kept"):
        s3._buckets[name] = {"objects": {}}
        s3._bucket_versioning[name] = "Enabled"
    s3._bucket_replication["pets"] = {"Rules": [rule]}
    s3._put_object("pets", "dog", b"dog", {})
    [original], [replica] = (s3._object_versions[(name, "dog")] for name in ("pets", "kept"))
    return original["version_id"], replica["version_id"]


def test_a_replica_keeps_the_id_of_its_original() -> None:
    original, replica = _replicated()
    assert original != replica
    s3.reset()
    repairs.objects.keep_the_ids_of_replicated_versions()
    original, replica = _replicated()
    assert original == replica


def test_every_repair_is_applied(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqs, "DEFAULT_PORT", "1001")
    before = [getattr(module, name) for module, name in REPAIRED]
    repairs.apply_all()
    after = [getattr(module, name) for module, name in REPAIRED]
    unchanged = [name for (_, name), old, new in zip(REPAIRED, before, after, strict=True) if old is new]
    assert unchanged == []


BETWEEN, FROM = "#month = :key AND sk BETWEEN :first AND :last", "#month = :key AND sk >= :first"


@pytest.mark.parametrize(
    ("expression", "position", "inside"),
    [
        (BETWEEN, "2026-10", False),
        (BETWEEN, "2026-11", True),
        (BETWEEN, "2026-12", True),
        (BETWEEN, "a", False),
        (FROM, "2026-10", False),
        (FROM, "2026-11", True),
        (FROM, "a", True),
        ("#month = :key", "a", True),
        ("#month = :last", "a", False),
    ],
)
def test_a_key_range_is_compared_without_parsing_it_for_every_item(
    monkeypatch: pytest.MonkeyPatch, expression: str, position: str, inside: bool
) -> None:
    parsed: list[str] = []
    tokenize = dynamodb._tokenize

    def tokenize_and_note(text: str) -> Any:
        parsed.append(text)
        return tokenize(text)

    monkeypatch.setattr(dynamodb, "_tokenize", tokenize_and_note)
    item = {"month": {"S": "2026"}, "sk": {"S": position}}
    values = {":key": {"S": "2026"}, ":first": {"S": "2026-11"}, ":last": {"S": "2026-12"}}
    condition = (expression, item, values, {"#month": "month"})
    assert dynamodb._evaluate_condition(*condition, slot="KeyConditionExpression") is inside
    assert parsed
    parsed.clear()
    repairs.tables.compare_key_ranges_without_parsing()
    assert dynamodb._evaluate_condition(*condition, slot="KeyConditionExpression") is inside
    assert not parsed
