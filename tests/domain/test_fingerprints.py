"""Fingerprints of pictures: what they are made of, and how far apart they are."""

import pytest

from chalicelib.domain.fingerprints import ACROSS, BITS, DOWN, LOOSE_DISTANCE, STRICT_DISTANCE, Fingerprint, Greys


def greys(size: tuple[int, int], seed: int = 7) -> Greys:
    width, height = size
    return [[(x * x * seed + y * y * 31 + x * y * 13) % 251 for x in range(width)] for y in range(height)]


def mirrored(rows: Greys) -> Greys:
    return [row[::-1] for row in rows]


ONE = Fingerprint.of_greys(greys(ACROSS), greys(DOWN))
OTHER = Fingerprint.of_greys(greys(ACROSS, 11), greys(DOWN, 11))


def test_a_picture_is_at_no_distance_from_itself_and_its_mirror_image() -> None:
    mirror_image = Fingerprint.of_greys(mirrored(greys(ACROSS)), mirrored(greys(DOWN)))
    assert ONE.distance(ONE) == 0
    assert ONE.distance(mirror_image) == mirror_image.distance(ONE) == 0
    assert (mirror_image.upright, mirror_image.mirrored) == (ONE.mirrored, ONE.upright)


def test_the_distance_counts_the_bits_that_differ() -> None:
    assert ONE.distance(Fingerprint(ONE.upright ^ 0b111, OTHER.mirrored)) == 3
    assert ONE.distance(Fingerprint(OTHER.upright, ONE.upright ^ 0b11111)) == 5


def test_distances_are_the_same_from_both_sides() -> None:
    assert ONE.distance(OTHER) == OTHER.distance(ONE) > LOOSE_DISTANCE > STRICT_DISTANCE


def test_a_picture_that_grows_brighter_to_the_right_and_downwards_sets_every_bit() -> None:
    rising = [[x + y for x in range(9)] for y in range(9)]
    fingerprint = Fingerprint.of_greys(rising[:8], [row[:8] for row in rising])
    assert fingerprint.upright.bit_count() == BITS
    assert fingerprint.mirrored.bit_count() == BITS / 2


def test_blank_pictures_do_not_resemble_each_other() -> None:
    blank = Fingerprint.of_greys([[9] * 9] * 8, [[9] * 8] * 9)
    assert blank.is_blank
    assert not ONE.is_blank
    assert blank.distance(blank) == ONE.distance(blank) == blank.distance(ONE) == BITS


def test_the_text_of_a_fingerprint_is_read_again() -> None:
    assert len(str(ONE)) == 64
    assert Fingerprint.parse(str(ONE)) == ONE
    assert str(Fingerprint(1, 2)) == "1".rjust(32, "0") + "2".rjust(32, "0")


@pytest.mark.parametrize("text", ["", "0" * 63, "0" * 65, "G" * 64, "0" * 64 + "\n", "+" + "0" * 63, "A" * 64])
def test_what_is_no_fingerprint_is_not_read(text: str) -> None:
    with pytest.raises(ValueError, match="not a fingerprint"):
        Fingerprint.parse(text)
