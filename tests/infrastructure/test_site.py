"""The page's files in their bucket: how they are served, what is told to the CDN, what goes when."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import boto3
import pytest

from infrastructure import site
from infrastructure.site import NoPage, Site
from tests.infrastructure.stage import page

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@dataclass
class Session:
    """A session whose CDN only listens."""

    real: boto3.Session
    told: list[list[str]] = field(default_factory=list)

    def client(self, service: str, **options: Any) -> Any:
        return self if service == "cloudfront" else self.real.client(service, **options)  # type: ignore[call-overload]

    def create_invalidation(self, **asked: Any) -> None:
        assert asked["DistributionId"] == "E1"
        self.told.append(asked["InvalidationBatch"]["Paths"]["Items"])


@pytest.fixture
def place(session: boto3.Session, request: pytest.FixtureRequest) -> Site:
    bucket = f"site-{abs(hash(request.node.name))}"
    session.client("s3").create_bucket(Bucket=bucket)
    return Site(Session(session), bucket, "E1")  # type: ignore[arg-type]


@pytest.fixture
def built(tmp_path: Path) -> Path:
    return page(tmp_path / "page")


def served(place: Site, key: str) -> tuple[str, str]:
    found = place.session.client("s3").head_object(Bucket=place.bucket, Key=key)
    return found["ContentType"], found["CacheControl"]


def keys(place: Site) -> set[str]:
    return set(place._keys()) - {site.LIST}


def told(place: Site) -> list[list[str]]:
    return place.session.told  # type: ignore[attr-defined, no-any-return]


def test_files_are_what_they_are_and_kept_as_long_as_they_may(place: Site, built: Path) -> None:
    place.bring(built, NOON)
    never, shortly, for_ever = "no-cache", "public, max-age=60", "public, max-age=31536000, immutable"
    assert {key: served(place, key) for key in keys(place)} == {
        "index.html": ("text/html; charset=utf-8", never),
        "page.js": ("text/javascript; charset=utf-8", shortly),
        "page.css": ("text/css; charset=utf-8", shortly),
        "sw.js": ("text/javascript; charset=utf-8", never),
        "manifest.webmanifest": ("application/manifest+json", never),
        "favicon.svg": ("image/svg+xml", never),
        "assets/app-1a2b3c.js": ("text/javascript; charset=utf-8", for_ever),
        "assets/style-4d5e6f.css": ("text/css; charset=utf-8", for_ever),
    }


def test_the_file_that_names_the_others_comes_last(place: Site, built: Path) -> None:
    put = place.bring(built, NOON).put
    assert put[-1] == "index.html"
    assert [key.startswith("assets/") for key in put] == sorted(
        (key.startswith("assets/") for key in put), reverse=True
    )


def test_the_same_page_again_puts_nothing_and_tells_nobody(place: Site, built: Path) -> None:
    place.bring(built, NOON)
    assert not place.is_due(built, NOON)
    again = place.bring(built, NOON)
    assert (again.put, again.removed, again.invalidated) == ([], [], [])


def test_the_cdn_forgets_only_what_changed_under_the_same_name(place: Site, built: Path) -> None:
    place.bring(built, NOON)
    assert told(place) == [], "of the first page it knows nothing"
    (built / "assets" / "app-1a2b3c.js").rename(built / "assets" / "app-7a8b9c.js")
    (built / "index.html").write_text("<script src=/assets/app-7a8b9c.js></script>")
    assert place.is_due(built, NOON)
    assert place.bring(built, NOON).put == ["assets/app-7a8b9c.js", "index.html"]
    assert told(place) == [["/", "/index.html"]]


def test_many_changes_are_forgotten_by_one_pattern(place: Site, built: Path) -> None:
    page(built, **{f"words-{number}.json": "1" for number in range(20)})
    place.bring(built, NOON)
    page(built, **{f"words-{number}.json": "2" for number in range(20)})
    place.bring(built, NOON)
    assert told(place) == [["/*"]]


def test_old_files_are_kept_for_a_day_and_removed_by_a_later_deploy(place: Site, built: Path) -> None:
    place.bring(built, NOON)
    (built / "assets" / "app-1a2b3c.js").unlink()
    place.bring(built, NOON + DAY)
    assert "assets/app-1a2b3c.js" in keys(place)
    assert not place.is_due(built, NOON + DAY * 2 - timedelta(seconds=1))
    assert place.is_due(built, NOON + DAY * 2)
    assert place.bring(built, NOON + DAY * 2).removed == ["assets/app-1a2b3c.js"]
    assert "assets/app-1a2b3c.js" not in keys(place)


def test_a_file_that_comes_back_is_not_removed(place: Site, built: Path) -> None:
    place.bring(built, NOON)
    (built / "favicon.svg").unlink()
    place.bring(built, NOON)
    page(built)
    place.bring(built, NOON)
    place.bring(built, NOON + DAY * 3)
    assert "favicon.svg" in keys(place)


def test_a_file_that_was_lost_in_the_bucket_is_put_again(place: Site, built: Path) -> None:
    place.bring(built, NOON)
    place.session.client("s3").delete_object(Bucket=place.bucket, Key="page.js")
    assert place.bring(built, NOON).put == ["page.js"]


def test_a_deploy_that_broke_off_before_the_cdn_was_told_tells_it_the_next_time(place: Site, built: Path) -> None:
    place.bring(built, NOON)
    (built / "index.html").write_text("another")
    before = told(place)
    place.session.told = None  # type: ignore[attr-defined]
    with pytest.raises(AttributeError):
        place.bring(built, NOON)
    place.session.told = before  # type: ignore[attr-defined]
    assert place.bring(built, NOON).invalidated == ["/", "/index.html"]


def test_a_folder_without_a_page_is_refused(place: Site, tmp_path: Path) -> None:
    with pytest.raises(NoPage, match="build the page first"):
        place.bring(tmp_path, NOON)
