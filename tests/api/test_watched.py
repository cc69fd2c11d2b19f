"""What is told of requests and events: one line each, under one id, and nothing that is nobody's business."""

import json
import logging
import re
from pathlib import Path
from typing import Any

import pytest

import app as application
from chalicelib import journal, logs
from chalicelib.domain.errors import Busy
from chalicelib.journal import Journal, Metric
from chalicelib.watched import FunctionFailed
from infrastructure import templates
from tests.api.steps import (
    ANNOUNCEMENTS,
    Owned,
    add_picture,
    announce,
    body,
    picture_file,
    post_form,
    request_picture,
    tell_of_upload,
)
from tests.api.stream import follow, records
from tests.conftest import STAGE, Homestead
from tests.http import REQUEST

SOURCES = Path(__file__).parents[2] / "chalicelib"
OTHER = "11111111-2222-4333-8444-abcdefabcdef"
SECRET = "a.secret@example.org"
HEADER = "X-Correlation-Id"


def told(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    """The lines of the log since the last time; every one is JSON."""
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def announced(homestead: Homestead, **headers: str) -> Owned:
    """An announcement of a request with more headers."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    answer = homestead.client.post(ANNOUNCEMENTS, body(), headers=named).json
    return Owned(answer["id"], answer["manage_token"], answer)


def test_a_request_is_one_line_with_its_route_and_not_its_address(
    homestead: Homestead, capsys: pytest.CaptureFixture[str]
) -> None:
    owned = announce(homestead)
    told(capsys)
    homestead.client.get(owned.path)
    [line] = told(capsys)
    assert (line["message"], line["level"], line["status"]) == ("answered", "INFO", 200)
    assert line["route"] == "GET /api/announcements/{announcement_id}"
    assert line["correlation_id"] == REQUEST
    assert line["calls"] == 1
    assert owned.id not in str(line)


@pytest.mark.parametrize("path", ["/api/health", "/api/announcements/nothing", "/api/announcements?bbox=no"])
def test_every_answer_carries_its_id_and_a_problem_names_it(homestead: Homestead, path: str) -> None:
    answer = homestead.client.get(path, headers={HEADER: OTHER})
    assert answer.headers[HEADER.lower()] == OTHER
    if answer.status >= 400:
        assert answer.json["instance"] == f"urn:uuid:{OTHER}"


@pytest.mark.parametrize("given", ["", "x", OTHER.upper(), f"{OTHER}\n", f"{OTHER}0", '{"level": "ERROR"}', "1' OR '1"])
def test_an_id_that_is_none_of_ours_is_not_taken(homestead: Homestead, given: str) -> None:
    kept = homestead.client.get("/api/health", headers={HEADER: given}).headers[HEADER.lower()]
    assert kept != given
    assert journal.is_correlation_id(kept)


def test_nothing_private_is_logged_whatever_happens(homestead: Homestead, capsys: pytest.CaptureFixture[str]) -> None:
    place = {"latitude": 50.061234, "longitude": 19.938765}
    owned = announce(
        homestead, place=place, contact={"email": SECRET, "phone": "+48 600 700 800"}, secret_mark="a scar"
    )
    sender = {"X-Forwarded-For": "198.51.100.7", "CloudFront-Viewer-Address": "198.51.100.7:1234"}
    changes = {"title": "Still lost", "contact": {"email": SECRET}}
    homestead.client.patch(owned.path, changes, token=owned.token, headers=sender)
    homestead.client.post(f"{owned.path}/messages", {"text": "seen", "reply_to": SECRET}, headers=sender)
    homestead.client.patch(owned.path, {"contact": {"email": [SECRET]}}, token=owned.token)
    homestead.client.get("/api/announcements", near="50.061234,19.938765")
    lines = capsys.readouterr().out
    assert lines.count("answered") == 5
    for private in (SECRET, "600 700", "50.0612", "19.9387", "a scar", "198.51", owned.token, "Bearer", "seen"):
        assert private not in lines


def test_an_error_is_told_by_its_type_and_place_without_its_words(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure(STAGE)
    try:
        raise KeyError(SECRET)
    except KeyError:
        logging.getLogger("homeward").exception("unforeseen")
    [line] = told(capsys)
    assert (line["level"], line["error"]) == ("ERROR", "KeyError")
    assert "test_watched.py" in line["at"][-1]
    assert SECRET not in str(line)


def test_one_report_is_followed_from_the_post_to_the_picture_and_the_tiles(
    homestead: Homestead, capsys: pytest.CaptureFixture[str]
) -> None:
    owned = announced(homestead, X_Correlation_Id=OTHER)
    assert homestead.table.get_item(Key={"pk": f"R#{owned.id}", "sk": "R"})["Item"]["cid"] == OTHER
    told(capsys)
    follow(homestead)
    [handled] = [line for line in told(capsys) if line.get("event") == "DynamoDBEvent"]
    assert handled["correlation_id"] == OTHER
    assert handled["invocation"] != OTHER
    slot = request_picture(homestead, owned)
    assert slot.fields["x-amz-meta-correlation"] == REQUEST
    post_form(slot, picture_file("red"))
    told(capsys)
    tell_of_upload(slot)
    [line] = [line for line in told(capsys) if line["message"] == "handled"]
    assert (line["event"], line["correlation_id"]) == ("S3Event", REQUEST)
    assert line["PictureTime"] > 0


def test_a_batch_of_many_names_them_all_and_at_most_twenty(
    homestead: Homestead, capsys: pytest.CaptureFixture[str]
) -> None:
    ids = [f"{number:08}-2222-4333-8444-555555555555" for number in range(30)]
    for each in ids:
        announced(homestead, X_Correlation_Id=each)
    assert len(records(homestead)) == 30
    told(capsys)
    follow(homestead)
    [handled] = [line for line in told(capsys) if line.get("event") == "DynamoDBEvent"]
    assert len(set(handled["follows"]) & set(ids)) == 20
    assert handled["correlation_id"] == handled["follows"][0]


def test_a_query_is_measured_by_its_calls_and_units(homestead: Homestead, capsys: pytest.CaptureFixture[str]) -> None:
    announce(homestead)
    told(capsys)
    homestead.client.get("/api/announcements", bbox="19.8,50,20.1,50.2", zoom=14)
    [line] = told(capsys)
    assert line["QueryCalls"] == line["calls"] > 0
    assert line["QueryReadUnits"] == line["read_units"] > 0
    [described] = line["_aws"]["CloudWatchMetrics"]
    assert (described["Namespace"], described["Dimensions"]) == (f"Homeward/{STAGE}", [[]])
    assert {each["Name"] for each in described["Metrics"]} == {"QueryCalls", "QueryReadUnits"}


def test_an_announcement_is_counted_once_however_often_it_is_sent(
    homestead: Homestead, capsys: pytest.CaptureFixture[str]
) -> None:
    told(capsys)
    for _again in range(2):
        announced(homestead, Idempotency_Key="the-same-key-0001")
    assert [line.get("Announcements") for line in told(capsys)] == [1, None]


def test_a_failure_of_a_function_goes_on_without_the_words_of_what_failed(
    homestead: Homestead, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(error: Exception) -> Any:
        def failing(*_given: Any) -> None:
            raise error

        return failing

    slot = add_picture(homestead, announce(homestead))
    for error, seen in ((KeyError(SECRET), FunctionFailed), (Busy("The storage is busy."), Busy)):
        monkeypatch.setattr(type(homestead.homeward.uploads), "arrived", fail(error))
        with pytest.raises(seen) as raised:
            tell_of_upload(slot)
        assert SECRET not in str(raised.value)
    assert SECRET not in capsys.readouterr().out


def test_work_in_another_thread_notes_in_the_same_journal() -> None:
    with journal.opened(Journal(OTHER)) as notes:
        application.homeward.do_all([lambda: journal.read({"CapacityUnits": 0.5}) for _job in range(4)])
        application.homeward.do_all([lambda: journal.measure(Metric.EXPIRED, 1)] * 2)
    assert (notes.calls, notes.read_units, notes.measured[Metric.EXPIRED]) == (4, 2.0, [1, 1])
    assert journal.correlation_id() == ""


def test_a_request_follows_nobody_and_an_event_no_foreign_id() -> None:
    with journal.opened(Journal(REQUEST)) as request:
        journal.follow(OTHER)
    with journal.opened(Journal(REQUEST, may_follow=True)) as event:
        for each in ("", None, "no id", OTHER):
            journal.follow(each)
    assert (request.correlation_id, event.correlation_id) == (REQUEST, OTHER)


def test_all_metrics_are_measured_somewhere_and_free() -> None:
    source = "".join(path.read_text() for path in SOURCES.rglob("*.py"))
    assert set(re.findall(r"Metric\.([A-Z_]+)", source)) == {each.name for each in Metric}
    assert len(Metric) <= 10  # CloudWatch gives ten for nothing


def test_the_alarms_and_the_dashboard_look_at_metrics_that_we_write() -> None:
    written = {each.title: each.unit for each in Metric}
    resources = templates.load("foundation")["Resources"]
    alarms = [each["Properties"] for each in resources.values() if each["Type"] == "AWS::CloudWatch::Alarm"]
    ours = f"{logs.NAMESPACE}/${{Stage}}"
    watched = {each["MetricName"]: each["Unit"] for each in alarms if each["Namespace"] == {"Fn::Sub": ours}}
    assert watched
    assert watched.items() <= written.items()
    body = json.loads(resources["Dashboard"]["Properties"]["DashboardBody"]["Fn::Sub"][0])
    widgets = [each["properties"]["metrics"] for each in body["widgets"]]
    shown = {line[1] for metrics in widgets if metrics[0][0] == ours for line in metrics}
    assert shown <= written.keys()
