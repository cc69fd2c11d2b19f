"""Tiles as documents: `H` the head with the latest periods, `W` the weeks before them, `M` the months before those.

A small tile is its head alone; of a huge one, each may go on in further documents, so that none outgrows an item.
Reading is paid in steps of 4 KB, so the head is filled up with the newest markers, cut where another step would begin.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import Any

from chalicelib.connectors.packing import pack, pack_counts, unpack, unpack_counts
from chalicelib.domain.geography import Point
from chalicelib.domain.kinds import Kind, Species, Status
from chalicelib.domain.markers import Marker
from chalicelib.domain.moments import from_iso, iso
from chalicelib.domain.periods import FOR_EVER, Span, days_kept_since, weeks_kept_since
from chalicelib.domain.tile_grid import WIDEST
from chalicelib.domain.tiles import Counts, Face, Faces, Newest, Tile

HEAD, WEEKS, MONTHS = "H", "W", "M"
READ_STEP = 4096  # bytes, for which half a read unit is paid
LEAST_ROOM = 1400  # bytes for markers, about 16 of them; with less left in a step, the next one is filled
OVERHEAD = 150  # bytes of a head's keys, names and numbers
EMPTY = 16  # bytes of no markers
MOST = 300_000  # bytes of counts in a document, with faces and markers well under the 400 KB of an item
SMALL = 3000  # bytes of counts up to which a tile is its head alone

type Document = dict[str, Any]
type Documents = Mapping[str, Document]


def documents_of(tile: Tile) -> dict[str, Document]:
    """Write a tile, its newest markers cut so that they fill their step of reading.

    Weeks are written beside months even if they count nothing: nothing may be missing between two documents.
    """
    whole = pack_counts(tile.counts)
    if len(whole) <= SMALL:
        return {HEAD: _head(tile, _Piece(HEAD, Span(), whole), [])}
    days, weeks = days_kept_since(tile.day), weeks_kept_since(tile.day)
    spans = {HEAD: Span(days), WEEKS: Span(weeks, days), MONTHS: Span(0, weeks)}
    first = min(tile.counts)
    latest, *older = chain.from_iterable(
        _numbered(name, _pieces(tile.counts, span))
        for name, span in spans.items()
        if name == HEAD or first < span.after
    )
    return {HEAD: _head(tile, latest, older), **{piece.name: _older(piece) for piece in older}}


@dataclass(frozen=True)
class _Piece:
    """Counts of a span, packed, and the name of the document that holds them."""

    name: str
    span: Span
    counts: bytes


def _pieces(counts: Counts, span: Span) -> Iterator[tuple[Span, bytes]]:
    """Cut a span until what is packed of it fits into a document, the latest first; a single period always fits."""
    packed, periods = pack_counts(_within(counts, span)), sorted(period for period in counts if period in span)
    if len(packed) <= MOST or len(periods) == 1:
        yield span, packed
    else:
        middle = periods[len(periods) // 2]
        yield from _pieces(counts, Span(middle, span.after))
        yield from _pieces(counts, Span(span.first, middle))


def _numbered(name: str, pieces: Iterable[tuple[Span, bytes]]) -> Iterator[_Piece]:
    """Name pieces: W, W1, W2, …; tiles of a million announcements have one."""
    for number, (span, packed) in enumerate(pieces):
        yield _Piece(f"{name}{number or ''}", span, packed)


def counts_of(documents: Documents) -> Counts:
    """Read the counts, each period from the latest document that covers it; documents not given count nothing."""
    return {period: dict(slots) for period, slots in _periods(documents)}


def summed(documents: Documents, span: Span) -> Mapping[int, int]:
    """Sum up the periods of a span, as `counts_of` would give them: slot -> count."""
    sums: defaultdict[int, int] = defaultdict(int)
    for period, slots in _periods(documents):
        for slot, count in slots if period in span else ():
            sums[slot] += count
    return sums


def _periods(documents: Documents) -> Iterator[tuple[int, Iterator[tuple[int, int]]]]:
    """Give each period once."""
    until = FOR_EVER
    for document in _in_turn(documents):
        for period, slots in unpack_counts(document["counts"]):
            if period < until:
                yield period, slots
        until = document["since"]


def faces_of(head: Document) -> Faces:
    """Read the newest pictures of the cells."""
    return {
        position: Face(event_at, Kind(kind), Species(species), thumbnail)
        for position, event_at, kind, species, thumbnail in unpack(head["faces"])
    }


def newest_of(head: Document) -> Newest:
    """Read the newest markers."""
    return Newest(tuple(map(_marker, unpack(head["newest"]))), head["horizon"])


def lacking(documents: Documents, span: Span) -> list[str]:
    """Name the documents that were not read and hold counts of a span."""
    if HEAD not in documents:
        return []
    head = documents[HEAD]
    ends = [head["since"], *(since for _, since in head["older"])]
    return [
        name
        for (name, _), until in zip(head["older"], ends, strict=False)
        if name not in documents and span.first < until
    ]


def is_torn(documents: Documents) -> bool:
    """Tell whether some are from before and some from after one write: what is older ends where the later begins."""
    return any(older["until"] < later["since"] for later, older in pairwise(_in_turn(documents)))


def _in_turn(documents: Documents) -> list[Document]:
    """List them from the latest periods to the oldest, without those that the head no longer speaks of."""
    names = [HEAD, *(name for name, _ in documents[HEAD]["older"])] if HEAD in documents else []
    return [documents[name] for name in names if name in documents]


def _older(piece: _Piece) -> Document:
    return {"since": piece.span.first, "until": piece.span.after, "counts": piece.counts}


def _head(tile: Tile, piece: _Piece, older: Sequence[_Piece]) -> Document:
    faces = pack([[position, *_values(face)] for position, face in sorted(tile.faces.items())])
    rest = len(piece.counts) + len(faces) + OVERHEAD
    newest, packed = _filling(tile.newest, _room(tile.level, rest))
    names = [[each.name, each.span.first] for each in older]
    numbers = {"day": tile.day, "since": piece.span.first, "older": names, "horizon": newest.horizon}
    return numbers | {"counts": piece.counts, "faces": faces, "newest": packed}


def _room(level: int, rest: int) -> int:
    """Tell how many bytes of markers go beside the rest of a head: in wide ones, what is left of their first step."""
    steps = 1 if level <= WIDEST else (rest + LEAST_ROOM) // READ_STEP + 1
    return max(steps * READ_STEP - rest, EMPTY)


def _filling(newest: Newest, room: int) -> tuple[Newest, bytes]:
    """Cut the markers so that they fit."""
    packed = pack([_listed(marker) for marker in newest.markers])
    while len(packed) > room:
        newest = newest.cut(min(len(newest.markers) - 1, len(newest.markers) * room // len(packed)))
        packed = pack([_listed(marker) for marker in newest.markers])
    return newest, packed


def _within(counts: Counts, span: Span) -> Counts:
    return {period: slots for period, slots in counts.items() if period in span}


def _values(face: Face) -> list[str]:
    return [face.event_at, face.kind, face.species, face.thumbnail]


def _listed(marker: Marker) -> list[Any]:
    return [
        marker.announcement_id,
        marker.kind,
        marker.species,
        marker.title,
        iso(marker.event_at),
        marker.place.latitude,
        marker.place.longitude,
        marker.status,
        iso(marker.published_at),
        iso(marker.expires_at),
        marker.thumbnail,
        marker.colour,
        marker.placeholder,
        marker.version,
    ]


def _marker(values: Sequence[Any]) -> Marker:
    name, kind, species, title, event_at, latitude, longitude, status, published_at, expires_at, *rest = values
    place, moments = Point(latitude, longitude), (from_iso(published_at), from_iso(expires_at))
    return Marker(name, Kind(kind), Species(species), title, from_iso(event_at), place, Status(status), *moments, *rest)
