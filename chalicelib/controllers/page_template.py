"""The one template of the pages that the API writes: readable as they are, taken over by the page's script."""

from collections.abc import Iterator
from dataclasses import dataclass

from chalicelib.controllers.announcement_models import AnnouncementOut
from chalicelib.controllers.geojson import Feature, FeatureCollection
from chalicelib.controllers.markup import Markup, data, document, element, joined
from chalicelib.controllers.page_words import SERVICE, Words
from chalicelib.controllers.pictures import PictureOut
from chalicelib.domain.kinds import Status
from chalicelib.domain.moments import iso
from chalicelib.domain.pictures import PictureState, Rendition

LONGEST_DESCRIPTION = 200  # characters; chat apps show fewer
SIZES = "(max-width: 700px) 100vw, 700px"
FULL, CARD = Rendition.FULL.value, Rendition.CARD.value


@dataclass(frozen=True)
class Face:
    """What crawlers and chat apps read of a page; `path` is its own or, of a poster, that of its announcement."""

    title: str
    description: str
    path: str
    is_indexed: bool = True
    picture: PictureOut | None = None


def announcement_page(
    announcement: AnnouncementOut, seen: FeatureCollection, words: Words, origin: str, *, poster: bool
) -> str:
    """Write the page of an announcement with what was seen of it, or its poster."""
    path = f"/a/{announcement.id}"
    shown = [picture for picture in announcement.pictures if picture.state is PictureState.READY]
    title = f"{words.kinds[announcement.kind]}: {announcement.title}"
    face = Face(title, _description(announcement, words), path, not poster, shown[0] if shown else None)
    other = (path, words.back) if poster else (f"{path}/poster", words.poster)
    content = joined(
        element("h1", title, dir="auto"),
        *([element("p", words.reunited)] if announcement.status is Status.REUNITED else []),
        *(_picture(picture, number, words) for number, picture in enumerate(shown[:1] if poster else shown)),
        _facts(announcement, words),
        *(element("p", line, dir="auto") for line in announcement.text.splitlines() if line.strip()),
        *([] if poster else _sightings(seen, words)),
        element("p", words.safety),
        element("noscript", element("p", words.answer)),
        element("p", _link(*other), " · ", _link("/", words.map)),
    )
    told = [data("announcement", announcement.model_dump_json())]
    sightings = [data("sightings", seen.model_dump_json())] if seen.features else []
    return _page(face, words, origin, content, *told, *sightings)


def notice_page(notice: tuple[str, str], words: Words, origin: str, path: str) -> str:
    """Write a page that says kindly why nothing is shown, with a way on."""
    title, text = notice
    content = joined(element("h1", title), element("p", text), element("p", _link("/", words.map)))
    return _page(Face(title, text, path, is_indexed=False), words, origin, content)


def _page(face: Face, words: Words, origin: str, content: Markup, *more: Markup) -> str:
    root = element("div", element("p", _link("/", SERVICE)), element("main", content), id="root")
    return document(words.language, joined(*_head(face, words, origin)), joined(root, *more))


def _head(face: Face, words: Words, origin: str) -> Iterator[Markup]:
    yield element("meta", charset="utf-8")
    yield element("meta", name="viewport", content="width=device-width, initial-scale=1")
    yield element("meta", name="color-scheme", content="light dark")
    yield element("title", f"{face.title} · {SERVICE}")
    yield element("meta", name="description", content=face.description)
    if face.is_indexed:
        yield element("link", rel="canonical", href=f"{origin}{face.path}")
    else:
        yield element("meta", name="robots", content="noindex")
    for name, content in _preview(face, words, origin):
        yield element("meta", property=name, content=content)
    yield element("meta", name="twitter:card", content="summary_large_image" if face.picture else "summary")
    yield element("link", rel="icon", href="/favicon.svg", type="image/svg+xml")
    yield element("link", rel="manifest", href="/homeward.webmanifest")
    yield element("link", rel="stylesheet", href="/page.css")
    yield element("script", type="module", src="/page.js")


def _preview(face: Face, words: Words, origin: str) -> Iterator[tuple[str, str]]:
    yield "og:type", "website"
    yield "og:site_name", SERVICE
    yield "og:locale", words.locale
    yield "og:title", face.title
    yield "og:description", face.description
    yield "og:url", f"{origin}{face.path}"
    if face.picture and face.picture.preview:
        width, height = _scaled(face.picture, FULL)
        yield "og:image", f"{origin}{face.picture.preview}"
        yield "og:image:type", "image/jpeg"
        yield "og:image:width", str(width)
        yield "og:image:height", str(height)
        yield "og:image:alt", face.title


def _description(announcement: AnnouncementOut, words: Words) -> str:
    species, day = words.species[announcement.species], words.day(announcement.event_at)
    text = f"{words.kinds[announcement.kind]} ({species}), {day}. {' '.join(announcement.text.split())}".strip()
    return text if len(text) <= LONGEST_DESCRIPTION else f"{text[: LONGEST_DESCRIPTION - 1].rstrip()}…"


def _facts(announcement: AnnouncementOut, words: Words) -> Markup:
    at, place = announcement.event_at, announcement.public_place
    here = f"{place.latitude}, {place.longitude}"
    osm = f"https://www.openstreetmap.org/?mlat={place.latitude}&mlon={place.longitude}&zoom=15"
    facts = {
        words.what: joined(f"{words.kinds[announcement.kind]}, {words.species[announcement.species]}"),
        words.when: element("time", f"{words.day(at)}, {at:%H:%M} UTC", datetime=iso(at)),
        words.where: joined(f"{words.about_here[place.blur]} {here} (", _link(osm, words.on_a_map), ")"),
    }
    return element("dl", *(joined(element("dt", name), element("dd", fact)) for name, fact in facts.items()))


def _sightings(seen: FeatureCollection, words: Words) -> Iterator[Markup]:
    """List where and when it was seen since, newest first: nothing where it was not."""
    lines = [element("li", _sighting(each, words)) for each in seen.features if isinstance(each, Feature)]
    if lines:
        yield element("h2", words.seen)
        yield element("ul", *lines)


def _sighting(feature: Feature, words: Words) -> Markup:
    at, metres = feature.properties.event_at, feature.properties.distance or 0
    when = element("time", f"{words.day(at)}, {at:%H:%M} UTC", datetime=iso(at))
    return joined(when, f", {words.away(metres)}: ", _link(f"/a/{feature.id}", feature.properties.title))


def _picture(picture: PictureOut, number: int, words: Words) -> Markup:
    width, height = _scaled(picture, FULL)
    sources = [f"{picture.renditions[str(size)]} {_scaled(picture, size)[0]}w" for size in (CARD, FULL)]
    return element(
        "img",
        src=picture.renditions[str(CARD)],
        srcset=", ".join(sources),
        sizes=SIZES,
        width=width,
        height=height,
        alt=f"{words.photo} {number + 1}",
        loading="lazy" if number else None,
        style=f"max-width: 100%; height: auto; background-color: {picture.colour}" if picture.colour else None,
    )


def _scaled(picture: PictureOut, longest: int) -> tuple[int, int]:
    """Tell the size of a rendition: nothing is made larger than it was sent."""
    width, height = picture.width or longest, picture.height or longest
    scale = min(1.0, longest / max(width, height))
    return max(1, round(width * scale)), max(1, round(height * scale))


def _link(address: str, text: str) -> Markup:
    return element("a", text, href=address, rel=None if address.startswith("/") else "noopener")
