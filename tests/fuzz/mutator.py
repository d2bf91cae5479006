"""Damage to bytes, at random but repeatable: what wires, programs and malice do."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

WORDS = (
    b"null", b"true", b"NaN", b"Infinity", b"-1", b"0", b"1e999", b"9007199254740993",
    b"18446744073709551616", b'""', b"[]", b"{}", b"\x00", b"\xff\xfe", b"\\u0000", b"\\ud800",
    b'"', b"}", b",", b":", b"\r\n", b"\x0b", b"\x1c\r", b"|", b"^~\\&", b"K3", b"-", b".",
)  # fmt: skip


def damaged(whole: bytes, others: Sequence[bytes], chance: Random) -> bytes:
    """A stroke or a few against a message, or other digits in it; `others` may be spliced in."""
    data = bytearray(whole)
    if chance.random() < 0.3:
        _renumber(data, chance)
        return bytes(data)
    for _ in range(chance.choice((1, 1, 2, 4))):
        _stroke(data, others, chance)
    return bytes(data)


def flipped(whole: bytes, chance: Random) -> bytes:
    """What a bad line does: one to three bits turned, or two bytes swapped."""
    data = bytearray(whole)
    for _ in range(chance.randint(1, 3)):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    if chance.random() < 0.2:
        place = chance.randrange(len(data) - 1)
        data[place], data[place + 1] = data[place + 1], data[place]
    return bytes(data)


def _renumber(data: bytearray, chance: Random) -> None:
    """Up to four digits become others: a message that looks right and may not be."""
    digits = [place for place, byte in enumerate(data) if 0x30 <= byte <= 0x39]
    for place in chance.sample(digits, min(len(digits), chance.randint(1, 4))):
        data[place] = 0x30 + chance.randrange(10)


def _stroke(data: bytearray, others: Sequence[bytes], chance: Random) -> None:
    place = chance.randint(0, len(data))
    until = min(len(data), place + chance.randint(1, 12))
    match chance.randrange(8):
        case 0:
            data[place:until] = bytes(chance.randrange(256) for _ in range(until - place))
        case 1:
            del data[place:until]
        case 2:
            data[place:place] = data[place:until]
        case 3:
            data[place:until] = chance.choice(WORDS)
        case 4:
            data[place:place] = chance.choice(WORDS)
        case 5:
            del data[place:]
        case 6:
            other = chance.choice(others)
            data[place:] = other[chance.randint(0, len(other)) :]
        case _:
            if place < len(data):
                data[place] ^= 1 << chance.randrange(8)
