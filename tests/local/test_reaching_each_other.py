"""Messages, reports, limits and pages on the really deployed application, through the front door."""

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import pytest
import requests
from requests.adapters import HTTPAdapter

from local.options import PROJECT
from tests.local.running import RunningHomeward, command, environment, until
from tests.local.test_deployed import photo

HOUR = 3600  # seconds


class FromNetwork(HTTPAdapter):
    """Connects from an address of this machine in a network of its own."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__()

    def init_poolmanager(self, *arguments: Any, **options: Any) -> None:
        super().init_poolmanager(*arguments, source_address=(f"127.0.{self.number}.1", 0), **options)


def post(homeward: RunningHomeward, number: int, path: str, content: dict[str, Any]) -> requests.Response:
    """Post as somebody in another network does, and lie about it."""
    with requests.Session() as session:
        session.mount("http://", FromNetwork(number))
        lies = {"X-Forwarded-For": "203.0.113.9", "CloudFront-Viewer-Address": "203.0.113.9:1"}
        return session.post(homeward.url + path, json=content, headers=lies, timeout=60)


def operate(homeward: RunningHomeward, *act: str) -> str:
    """Do what `make reports`, `make hide` and `make restore` do."""
    done = subprocess.run(
        [*command("exec"), sys.executable, "-m", "tools.moderation", "--stage", "local", *act],
        cwd=PROJECT,
        env=environment(homeward.port, homeward.state_dir),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def items_of(homeward: RunningHomeward, announcement_id: str) -> list[str]:
    table = homeward.deployment.environment["ANNOUNCEMENTS_TABLE"]
    found = homeward.client("dynamodb").query(
        TableName=table,
        KeyConditionExpression="pk = :pk",
        ExpressionAttributeValues={":pk": {"S": f"R#{announcement_id}"}},
    )
    return sorted(item["sk"]["S"][:2] for item in found["Items"])


def test_a_message_reaches_who_announced_and_is_gone_with_the_announcement(homeward: RunningHomeward) -> None:
    announcement = homeward.announce()
    path, token = f"/api/announcements/{announcement['id']}", announcement["manage_token"]
    headers = {"Idempotency-Key": announcement["id"]}
    content = {"text": "I saw it behind the mill", "reply_to": "+48 600 999 888"}
    sent = [homeward.ask("POST", f"{path}/messages", json=content, headers=headers) for _twice in range(2)]
    assert [answer.status_code for answer in sent] == [201, 201], sent[0].text
    assert sent[0].json() == sent[1].json()
    assert homeward.ask("GET", f"{path}/messages").status_code == 401
    [message] = homeward.ask("GET", f"{path}/messages", token).json()["messages"]
    assert message == content | sent[0].json() | {"read_at": None}
    read = homeward.ask("POST", f"{path}/messages/{message['id']}/read", token)
    assert (read.status_code, bool(read.json()["read_at"])) == (200, True)
    assert items_of(homeward, announcement["id"]) == ["B", "M#", "R"]
    assert homeward.ask("DELETE", path, token).status_code == 204
    assert items_of(homeward, announcement["id"]) == ["R"]


def test_three_networks_hide_an_announcement_until_an_operator_has_looked(homeward: RunningHomeward) -> None:
    announcement = homeward.announce(title="Pay me first", place={"latitude": -20.5, "longitude": 140.5})
    identifier = announcement["id"]
    path = f"/api/announcements/{identifier}"

    def reports(first: int) -> list[int]:
        content = {"reason": "scam", "text": "They wanted to be paid first"}
        return [post(homeward, first + number, f"{path}/reports", content).status_code for number in range(3)]

    def on_the_map() -> bool:
        view = "/api/announcements?bbox=140,-21,141,-20&zoom=14"
        return identifier in [each.get("id") for each in homeward.ask("GET", view).json()["features"]]

    for _again in range(3):
        assert post(homeward, 9, f"{path}/reports", {"reason": "spam"}).status_code == 201
    assert on_the_map()
    assert reports(10)[:2] == [201, 201]
    until(lambda: not on_the_map())
    answer = homeward.ask("GET", path)
    assert (answer.status_code, answer.json()["state"]) == (410, "hidden")
    assert "Pay me first" not in homeward.ask("GET", f"/a/{identifier}").text
    assert homeward.ask("GET", path, announcement["manage_token"]).json()["hidden"]
    listed = operate(homeward, "reports")
    assert f"{identifier} (hidden)  found dog: Pay me first" in listed
    assert "is shown" in operate(homeward, "restore", identifier)
    until(on_the_map)
    assert identifier not in operate(homeward, "reports")
    assert reports(10)[:2] == [201, 201]
    assert on_the_map()
    assert "is hidden" in operate(homeward, "hide", identifier)
    until(lambda: not on_the_map())


@pytest.fixture
def strict(homeward: RunningHomeward) -> Iterator[None]:
    """The API with small limits."""
    functions = homeward.client("lambda")
    name = homeward.deployment.functions["api_handler"]
    usual = functions.get_function_configuration(FunctionName=name)["Environment"]
    limits = {"ANNOUNCEMENTS_AN_HOUR": "2", "MESSAGES_AN_HOUR": "2"}
    strict = {"Variables": usual["Variables"] | limits}
    functions.update_function_configuration(FunctionName=name, Environment=strict)
    yield
    functions.update_function_configuration(FunctionName=name, Environment=usual)


def test_a_network_has_its_limit_and_no_other_suffers_for_it(homeward: RunningHomeward, strict: None) -> None:
    until(lambda: time.time() % HOUR < HOUR - 60, patience=90)  # what is limited is counted from the full hour
    body = {
        "kind": "found",
        "species": "dog",
        "title": "Brown dog",
        "event_at": time.strftime("%Y-%m-%d", time.gmtime()),
        "place": {"latitude": -40.5, "longitude": 100.5},
    }
    answers = [post(homeward, 50, "/api/announcements", body) for _count in range(3)]
    assert [answer.status_code for answer in answers] == [201, 201, 429]
    assert answers[2].headers["Content-Type"] == "application/problem+json"
    assert 0 < int(answers[2].headers["Retry-After"]) <= HOUR
    assert post(homeward, 51, "/api/announcements", body).status_code == 201
    path = f"/api/announcements/{answers[0].json()['id']}/messages"
    statuses = [post(homeward, 50, path, {"text": "hello"}).status_code for _count in range(3)]
    assert statuses == [201, 201, 429]
    key = homeward.state.import_key.read_text()
    brought = [homeward.ask("PUT", f"/api/sources/import/announcements/L{each}", key, json=body) for each in range(4)]
    assert {answer.status_code for answer in brought} <= {200, 201}


def test_a_page_is_read_by_those_who_run_no_script(homeward: RunningHomeward) -> None:
    announcement = homeward.announce(title="Brown </script> dog")
    path = f"/a/{announcement['id']}"
    page = homeward.ask("GET", path)
    assert (page.status_code, page.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert page.headers["Cache-Control"] == "public, max-age=60"
    assert "default-src 'self'" in page.headers["Content-Security-Policy"]
    assert "<title>Found: Brown &lt;/script&gt; dog · Homeward</title>" in page.text
    assert f'<meta property="og:url" content="{homeward.url}{path}">' in page.text
    for address in re.findall(r'(?:src|href)="(/page[.][a-z]+)"', page.text):
        assert homeward.ask("GET", address).status_code == 200, address
    again = homeward.ask("GET", path, headers={"If-None-Match": page.headers["ETag"]})
    assert again.status_code == 304
    head = homeward.ask("HEAD", path)
    assert (head.status_code, head.content) == (200, b"")
    assert "noindex" in homeward.ask("GET", f"{path}/poster").text
    assert homeward.ask("GET", f"/a/{'a' * 20}").status_code == 404
    homeward.ask("DELETE", f"/api/announcements/{announcement['id']}", announcement["manage_token"])
    gone = homeward.ask("GET", path)
    assert (gone.status_code, gone.headers["Content-Type"]) == (410, "text/html; charset=utf-8")


def test_the_pictures_of_a_hidden_announcement_are_nobodys_to_see_until_it_is_restored(
    homeward: RunningHomeward,
) -> None:
    announcement = homeward.announce()
    picture, _answer = homeward.upload(announcement, photo())
    ready = homeward.settled(picture)
    addresses = [*ready["renditions"].values(), ready["preview"]]

    def statuses() -> set[int]:
        return {homeward.ask("GET", address).status_code for address in addresses}

    assert statuses() == {200}
    operate(homeward, "hide", announcement["id"])
    homeward.sweep()
    assert statuses() == {404}
    operate(homeward, "restore", announcement["id"])
    homeward.sweep()
    until(lambda: statuses() == {200})
