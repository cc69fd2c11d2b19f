"""Where the counted cells of a tile lie: by their position, row by row from the south-west."""

from collections.abc import Sequence
from functools import lru_cache

from chalicelib.domain.geography import Grid

FINER = 2  # characters that the counted cells have more than their tile
SIDE = 32  # counted cells along each side of a tile

WIDEST = 2  # level down to which tiles are wide: each of their cells is looked at by many
FACE_SIDE, WIDE_FACE_SIDE = 4, 2  # cells along each side of a block that shares one face


def face_block(position: int, level: int) -> tuple[int, int]:
    """Name the block of cells that shares one face; whole blocks lie in the cells that tiles are made from."""
    side = WIDE_FACE_SIDE if level <= WIDEST else FACE_SIDE
    return position // SIDE // side, position % SIDE // side


@lru_cache(maxsize=4096)
def positions_of(tile: str, cell: str) -> frozenset[int]:
    """Find the positions in a tile that lie in a finer cell."""
    grid = Grid(len(tile) + FINER)
    (west, south), (column, row) = grid.corner(tile), grid.corner(cell)
    width, height = grid.inside(len(cell))
    return frozenset(
        (row - south + up) * SIDE + column - west + right for up in range(height) for right in range(width)
    )


def upwards(child: str) -> Sequence[int]:
    """Tell for each position in a tile in which position it lies of the tile around it."""
    around = Grid(len(child) - 1 + FINER)
    (west, south), (column, row) = around.corner(child[:-1]), around.corner(child)
    return _coarsened(column - west, row - south, *Grid(len(child) + FINER).inside(around.precision))


@lru_cache(maxsize=64)
def _coarsened(column: int, row: int, width: int, height: int) -> Sequence[int]:
    return [(row + up // height) * SIDE + column + right // width for up in range(SIDE) for right in range(SIDE)]
