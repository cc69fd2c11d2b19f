"""A picture on its way, and the keys of its objects."""

from datetime import timedelta

import pytest

from chalicelib.domain.pictures import (
    Picture,
    PictureState,
    Rendition,
    original_key,
    picture_of_original,
    preview_key,
    rendition_key,
    renditions_prefix,
)
from tests.builders import MINUTE, NOON, identifier, picture, ready_picture, refused_picture, rendered, upload

SECOND = timedelta(seconds=1)


def test_a_picture_waits_until_its_form_expires_and_is_refused_then() -> None:
    waiting = picture(form_expires_at=NOON)
    assert waiting.at(NOON - SECOND).state is PictureState.WAITING
    refused = waiting.at(NOON)
    assert refused.state is PictureState.REFUSED
    assert refused.reason


@pytest.mark.parametrize("settled", [ready_picture(form_expires_at=NOON), refused_picture(form_expires_at=NOON)])
def test_a_picture_that_is_settled_stays_so_after_its_form_expired(settled: Picture) -> None:
    assert settled == settled.at(NOON + MINUTE)


def test_a_rendering_tells_size_colour_and_version() -> None:
    ready = picture().with_rendering(upload(version="v7", digest="4be1"), rendered(width=640, colour="#102030"))
    assert ready.state is PictureState.READY
    assert (ready.version, ready.digest, ready.width, ready.colour) == ("v7", "4be1", 640, "#102030")
    assert ready.uploaded_at == upload().uploaded_at


def test_a_refused_picture_may_still_become_ready_and_loses_the_reason() -> None:
    ready = refused_picture().with_rendering(upload(), rendered())
    assert ready.state is PictureState.READY
    assert ready.reason is None


def test_a_refusal_notes_which_bytes_were_refused() -> None:
    refused = picture().with_refusal("It is not a picture.", upload(version="v7"))
    assert (refused.state, refused.reason, refused.version) == (PictureState.REFUSED, "It is not a picture.", "v7")


def test_a_picture_that_is_shown_stays_shown_when_a_later_version_is_no_good() -> None:
    assert ready_picture().with_refusal("It is not a picture.", upload(version="v2")) == ready_picture()


@pytest.mark.parametrize("hidden", [picture(digest="4be1"), refused_picture(digest="4be1"), ready_picture(digest=None)])
def test_only_a_ready_picture_has_renditions(hidden: Picture) -> None:
    assert hidden.key_of(Rendition.CARD) is None
    assert hidden.preview_key is None


def test_renditions_lie_below_their_picture_and_name_their_content() -> None:
    ready = ready_picture(id="9f2c")
    card = rendition_key("9f2c", "4be1", Rendition.CARD)
    assert ready.key_of(Rendition.CARD) == card == "renditions/9f2c/4be1-640.webp"
    assert ready.preview_key == "renditions/9f2c/4be1-1600.jpg" == preview_key("9f2c", "4be1")
    assert str(ready.preview_key).startswith(renditions_prefix("9f2c"))


def test_the_picture_of_an_original_is_found_by_its_key() -> None:
    assert picture_of_original(original_key(identifier(7))) == identifier(7)


@pytest.mark.parametrize(
    "key",
    [
        "",
        "originals/",
        "originals/short",
        f"originals/{identifier(7)}/x",
        f"originals/{identifier(7)}\n",
        f"originals/../{identifier(7)}",
        f"originals/{identifier(7)[:-1]}\0",
        f"originals/{identifier(7).upper()}",
        f"renditions/{identifier(7)}/4be1-640.webp",
        f"originals/żółw-{identifier(7)}",
    ],
)
def test_a_key_that_is_no_original_of_ours_has_no_picture(key: str) -> None:
    assert picture_of_original(key) is None
