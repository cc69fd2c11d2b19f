"""Colours told by numbers instead of a profile (ITU-T H.273), as AVIF, HEIF and PNG may: an ICC profile for them.

Phones write Display P3 in this way, cameras BT.2020 with the curves of high dynamic range, PQ and HLG.
"""

import struct
from collections.abc import Callable
from dataclasses import dataclass

type _Xyz = tuple[float, float, float]
type _Matrix = tuple[_Xyz, _Xyz, _Xyz]

_SRGB: _Matrix = ((0.4360, 0.2225, 0.0139), (0.3851, 0.7169, 0.0971), (0.1430, 0.0606, 0.7139))
_WIDE: dict[int, _Matrix] = {  # red, green and blue in XYZ, adapted to D50 as ICC wants it (Bradford)
    9: ((0.6735, 0.2790, -0.0019), (0.1657, 0.6753, 0.0300), (0.1250, 0.0456, 0.7969)),  # BT.2020
    11: ((0.4862, 0.2267, -0.0008), (0.3239, 0.7103, 0.0432), (0.1542, 0.0630, 0.7825)),  # P3 of the cinema
    12: ((0.5151, 0.2412, -0.0011), (0.2920, 0.6922, 0.0419), (0.1571, 0.0666, 0.7841)),  # Display P3
}
_D50: _Xyz = (0.9642, 1.0, 0.8249)
_LINEAR, _PQ, _HLG = 8, 16, 18
_WHITE_NITS = 203  # what BT.2408 shows paper at: brighter is a light or a gleam
_PEAK = 1000 / _WHITE_NITS  # the usual screen for such pictures
_KNEE = 0.6  # of white: up to there brightness stays as it is, above it is squeezed
_CURVE_STEPS = 1024
_PNG_CHUNK = b"\0\0\0\x04cICP"  # its length and its name


@dataclass(frozen=True)
class CodePoints:
    """H.273's numbers for the primaries and for the curve."""

    primaries: int
    transfer: int

    def profile(self) -> bytes | None:
        """Write an ICC profile, or None for what is shown as it stands: all that is near sRGB, or is not known.

        The curves of video and sRGB are taken for one, as browsers do.
        """
        if self.primaries not in _WIDE and self.transfer not in _CURVES:
            return None
        return _profile(_WIDE.get(self.primaries, _SRGB), _CURVES.get(self.transfer, _srgb))


def told_by_png(data: bytes) -> CodePoints | None:
    """Read the chunk of a PNG that tells its colours by numbers."""
    place = data.find(_PNG_CHUNK, 0, max(data.find(b"IDAT"), 0))
    return CodePoints(data[place + 8], data[place + 9]) if place >= 0 else None


def _srgb(signal: float) -> float:
    return signal / 12.92 if signal <= 0.04045 else ((signal + 0.055) / 1.055) ** 2.4  # noqa: PLR2004


def _pq(signal: float) -> float:
    """Go from SMPTE ST 2084 to light as a fraction of the screen's white."""
    root = signal ** (32 / 2523)
    nits = 10_000 * (max(root - 107 / 128, 0) / (2413 / 128 - 2392 / 128 * root)) ** (16384 / 2610)
    return _squeezed(nits / _WHITE_NITS)


def _hlg(signal: float) -> float:
    """Go from ARIB STD-B67 to light as a fraction of the screen's white, on a screen of 1,000 nits."""
    scene = signal**2 / 3 if signal <= 0.5 else (2.718281828 ** ((signal - 0.55991073) / 0.17883277) + 0.28466892) / 12  # noqa: PLR2004
    return _squeezed(_PEAK * scene**1.2)


def _squeezed(light: float) -> float:
    """Bring light of up to the peak below white, without a step in the knee."""
    if light <= _KNEE:
        return light
    above, peak = ((min(value, _PEAK) - _KNEE) / (1 - _KNEE) for value in (light, _PEAK))
    return _KNEE + (1 - _KNEE) * above * (1 + above / peak**2) / (1 + above)


_CURVES: dict[int, Callable[[float], float]] = {_LINEAR: lambda signal: signal, _PQ: _pq, _HLG: _hlg}


def _profile(matrix: _Matrix, curve: Callable[[float], float]) -> bytes:
    """Lay out an ICC profile of version 2: a header, a table of tags and their contents."""
    tags = dict(zip((b"rXYZ", b"gXYZ", b"bXYZ", b"wtpt"), map(_xyz, (*matrix, _D50)), strict=True))
    tags |= dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), _curve(curve))
    table, body, start = b"", b"", 128 + 4 + 12 * len(tags)
    for name, content in tags.items():
        table += name + struct.pack(">II", start + len(body), len(content))
        body += content
    header = struct.pack(">I4xI4s4s4s12x4s28x", start + len(body), 0x02400000, b"mntr", b"RGB ", b"XYZ ", b"acsp")
    return (header + _fixed(_D50)).ljust(128, b"\0") + struct.pack(">I", len(tags)) + table + body


def _xyz(values: _Xyz) -> bytes:
    return b"XYZ \0\0\0\0" + _fixed(values)


def _fixed(values: _Xyz) -> bytes:
    return struct.pack(">iii", *(round(value * 65536) for value in values))


def _curve(curve: Callable[[float], float]) -> bytes:
    levels = [round(65535 * curve(step / (_CURVE_STEPS - 1))) for step in range(_CURVE_STEPS)]
    return b"curv\0\0\0\0" + struct.pack(f">I{_CURVE_STEPS}H", _CURVE_STEPS, *levels)
