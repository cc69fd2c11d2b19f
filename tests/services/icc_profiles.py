"""Colour profiles for tests, written by hand: Pillow makes only the one of sRGB."""

import struct

SRGB = ((0.4361, 0.2225, 0.0139), (0.3851, 0.7169, 0.0971), (0.1431, 0.0606, 0.7141))
DISPLAY_P3 = ((0.5151, 0.2412, -0.0011), (0.2920, 0.6922, 0.0419), (0.1571, 0.0666, 0.7841))


def matrix_profile(red: tuple[float, ...], green: tuple[float, ...], blue: tuple[float, ...]) -> bytes:
    """Write an ICC profile of three primaries (XYZ under D50) with a gamma of 2.2."""
    tags = {b"rXYZ": _xyz(*red), b"gXYZ": _xyz(*green), b"bXYZ": _xyz(*blue), b"wtpt": _xyz(0.9642, 1, 0.8249)}
    gamma = b"curv" + struct.pack(">III", 0, 1, int(2.2 * 256) << 16)
    tags |= dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), gamma) | {b"desc": b"desc" + struct.pack(">III", 0, 1, 0)}
    return _icc_file(b"RGB ", tags)


def grey_profile(gamma: float) -> bytes:
    """Write an ICC profile for grey pictures."""
    curve = b"curv" + struct.pack(">III", 0, 1, int(gamma * 256) << 16)
    return _icc_file(b"GRAY", {b"kTRC": curve, b"wtpt": _xyz(0.9642, 1, 0.8249)})


def _xyz(*values: float) -> bytes:
    return b"XYZ \0\0\0\0" + struct.pack(">iii", *(round(value * 65536) for value in values))


def _icc_file(space: bytes, tags: dict[bytes, bytes]) -> bytes:
    table, body, start = b"", b"", 128 + 4 + 12 * len(tags)
    for name, content in tags.items():
        table += name + struct.pack(">II", start + len(body), len(content))
        body += content + bytes(-len(content) % 4)
    header = struct.pack(">I4sI4s4s4s", start + len(body), b"none", 0x02400000, b"mntr", space, b"XYZ ")
    header += bytes(12) + b"acsp" + bytes(28) + struct.pack(">iii", 63190, 65536, 54061)
    return header.ljust(128, b"\0") + struct.pack(">I", len(tags)) + table + body
