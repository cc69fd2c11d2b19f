"""Where paths lead, for the CDN and the front door alike."""

import pytest

from infrastructure.routes import ROUTES, Target, route_of


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("/", Target.PAGE),
        ("/index.html", Target.PAGE),
        ("/manage/9f2c", Target.PAGE),
        ("/assets/index-4be1.js", Target.PAGE),
        ("/apiary", Target.PAGE),
        ("/a", Target.PAGE),
        ("/A/9f2c", Target.PAGE),
        ("/page.js", Target.PAGE),
        ("/documents/9f2c", Target.DOCUMENTS),
        ("/api/config", Target.API),
        ("/api", Target.API),
        ("/api/", Target.API),
        ("/api/announcements/9f2c/pictures", Target.API),
        ("/a/9f2c", Target.API),
        ("/renditions/9f2c/4be1-640.webp", Target.PICTURES),
        ("/originals/9f2c", Target.PAGE),
    ],
)
def test_a_path_leads_to_one_target(path: str, target: Target) -> None:
    assert route_of(path).target is target


def test_the_api_decides_how_long_its_answers_are_kept() -> None:
    for path in ("/api", "/api/announcements"):
        cache = route_of(path).cache
        assert (cache.header, cache.default_ttl) == (None, 0)


def test_an_announcement_as_html_is_kept_for_a_minute() -> None:
    cache = route_of("/a/9f2c").cache
    assert (cache.default_ttl, cache.max_ttl) == (60, 60)


def test_where_somebody_is_is_kept_for_nobody() -> None:
    assert route_of("/api/config").cache.max_ttl == 0


def test_what_has_a_stable_name_is_kept_for_a_minute() -> None:
    for path in ("/page.js", "/page.css"):
        cache = route_of(path).cache
        assert (cache.header, cache.max_ttl) == ("public, max-age=60", 60)


def test_what_is_named_by_its_content_is_kept_for_ever_and_the_page_itself_never() -> None:
    assert "immutable" in str(route_of("/renditions/9f2c/4be1-640.webp").cache.header)
    assert "immutable" in str(route_of("/assets/index-4be1.js").cache.header)
    assert route_of("/").cache.header == route_of("/manage/9f2c").cache.header == "no-cache"


def test_the_cdn_asks_every_day_whether_a_picture_is_there_still() -> None:
    assert route_of("/renditions/9f2c/4be1-640.webp").cache.max_ttl == 86_400


@pytest.mark.parametrize("path", ["/page.js", "/page.css"])
def test_what_the_apis_html_asks_for_by_a_name_that_stays_is_kept_for_a_short_time(path: str) -> None:
    cache = route_of(path).cache
    assert (cache.header, cache.default_ttl, cache.max_ttl) == ("public, max-age=60", 60, 60)
    assert route_of(path).target is Target.PAGE


def test_the_worker_that_keeps_the_page_on_the_device_is_always_asked_for() -> None:
    assert route_of("/service-worker.js").cache.header == "no-cache"


def test_the_default_comes_last_as_the_cdn_has_it() -> None:
    assert ROUTES[-1].pattern == "/*"
    assert len({route.pattern for route in ROUTES}) == len(ROUTES)
