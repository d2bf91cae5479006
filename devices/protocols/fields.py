"""Reads what is written in fixed-width text fields behind identifiers. For drivers only: the
simulated machines write with code of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

from devices.protocols.protocol import Refused
from domain.telemetry import Validity

_NUMBER = re.compile(rb" *([+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)) *")
_FLAG = {b"1": True, b"0": False}
_DIGIT = re.compile(rb"[0-9 +-]")


def walk(items: bytes, widths: Mapping[bytes, int]) -> tuple[dict[bytes, bytes], bytes]:
    """The text behind each identifier, and the bytes from the first unknown identifier on: as
    its width is not known, there is no safe way past it. Raises Refused for an identifier that
    is there twice."""
    size = len(next(iter(widths)))
    found: dict[bytes, bytes] = {}
    at = 0
    while at < len(items):
        name = items[at : at + size]
        end = at + size + widths.get(name, len(items))
        if end > len(items):
            break
        if name in found:
            raise Refused(f"item {name.decode('ascii')} is there twice")
        found[name] = items[at + size : end]
        at = end
    return found, items[at:]


def number(text: bytes, times: int = 1) -> float | Validity:
    """The number, `times` as large; blank is not available, and anything else is invalid.
    The point may be anywhere in the field."""
    if not text.strip(b" "):
        return Validity.NOT_AVAILABLE
    found = _NUMBER.fullmatch(text)
    if found is None:
        return Validity.INVALID
    return float(Decimal(found[1].decode("ascii")) * times)


def flag(text: bytes) -> bool | None:
    """True for 1, false for 0, else not said."""
    return _FLAG.get(text)


def shape(
    found: Mapping[bytes, bytes], rest: bytes, seldom: Mapping[bytes, int] | None = None
) -> str:
    """What one and the same machine changes seldom, and damage often: which items there are, in
    which order, where their points stand, and of the `seldom` ones so many characters."""
    kept = seldom or {}
    items = (
        name + text[: kept.get(name, 0)] + _DIGIT.sub(b"#", text[kept.get(name, 0) :])
        for name, text in found.items()
    )
    return (b"".join(items) + _DIGIT.sub(b"#", rest)).decode("ascii", "backslashreplace")


def readings(
    found: Mapping[bytes, bytes], carried: Iterable[tuple[bytes, str, int]]
) -> tuple[dict[str, float], dict[str, Validity]]:
    """Values by quantity and why the others have none, for rows of identifier, quantity and
    factor to our unit. What the protocol carries and the machine left out is not available."""
    values: dict[str, float] = {}
    quality: dict[str, Validity] = {}
    for name, quantity, times in carried:
        match number(found.get(name, b""), times):
            case Validity() as why:
                quality[quantity] = why
            case value:
                values[quantity] = value
    return values, quality


def levels(found: Mapping[bytes, bytes], codes: Mapping[bytes, str]) -> frozenset[str] | None:
    """The codes whose flag is raised; `None` if no flag is there, or one is neither 0, 1 nor
    blank: then nothing can be said of which alarms have ended."""
    flags = {name: text for name, text in found.items() if name in codes}
    if not flags or any(flag(text) is None and text.strip(b" ") for text in flags.values()):
        return None
    return frozenset(codes[name] for name, text in flags.items() if flag(text))
