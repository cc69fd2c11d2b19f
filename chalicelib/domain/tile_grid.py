"""Where the counted cells of a tile lie: by their position, row by row from the south-west."""

from collections.abc import Sequence
from functools import lru_cache

from chalicelib.domain.geography import Grid

FINER = 2  # characters that the counted cells have more than their tile
SIDE = 32  # counted cells along each side of a tile


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
