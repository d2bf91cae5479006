"""Reads the text of one message: its header, its segments, its fields. Meaning is elsewhere.

The library reads the header, the separators, coded fields and dates. Its trees of whole
messages and segments are not used: it takes 2.5 ms for a segment and 0.2 s for a message of
60 values, and so does its tree of a field, if it is made once for each of the few texts that
come again and again. What is long or manifold is not given to it at all, because its time
grows with what a stranger sends.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache

from hl7apy.consts import VALIDATION_LEVEL
from hl7apy.exceptions import HL7apyException
from hl7apy.parser import get_message_info, parse_field
from hl7apy.utils import get_datetime_info

Row = tuple[str, ...]
"""A segment: its name, then its fields, so that OBX-3 is `row[3]`; for MSH, `row[1]` is the
separator itself."""

MOST_ROWS = 1_000
LONGEST_CODED, MOST_PARTS = 256, 16
VERSION = "2.6"
_CUTS = ("FIELD", "COMPONENT", "REPETITION", "ESCAPE", "SUBCOMPONENT")
_WRAP = b"\x0b\x1c\r\n \t"
_CHARSETS = {
    "": "utf-8", "ASCII": "utf-8", "UNICODE UTF-8": "utf-8", "UNICODE": "utf-8",
    "UTF-8": "utf-8", "GB 18030-2000": "gb18030", "8859/1": "latin-1", "8859/15": "iso8859-15",
    "BIG-5": "big5",
}  # fmt: skip
_ZONE = re.compile(r"([+-])(\d\d)([0-5]\d)$")
_ESCAPE = re.compile(r"\A(?:[FSTRE]|X(?:[0-9A-Fa-f]{2})+|\.br)\Z")


class Unfit(Exception):
    """A message that cannot be: a condition of HL7 table 0357, its place as ERR-2 wants it
    (segment, its number, field), and words without anything that was sent."""

    def __init__(self, code: int, place: str, reason: str) -> None:
        super().__init__(f"{reason} ({place or 'message'})")
        self.code, self.place, self.reason = code, place, reason


@dataclass(frozen=True, slots=True)
class Separators:
    """The characters that the message itself says it is cut with."""

    field: str
    component: str
    repetition: str
    escape: str
    subcomponent: str


@dataclass(frozen=True, slots=True)
class Message:
    """Segments in order, without the header, and the header by itself."""

    separators: Separators
    header: Row
    rows: tuple[Row, ...]

    def said(self, number: int) -> str:
        """A field of the header, as it was sent; empty if there is none."""
        return field(self.header, number)


def field(row: Row, number: int) -> str:
    """A field as it was sent; empty if the segment ends before it."""
    return row[number] if number < len(row) else ""


def read_header(raw: bytes) -> Message:
    """The message with its header alone. Raises Unfit where it has none that can be read."""
    body = raw.strip(_WRAP)
    line = re.split(rb"[\r\n]", body, maxsplit=1)[0].decode("utf-8", "replace")
    try:
        found = get_message_info(line)[0]
    except (HL7apyException, IndexError):
        raise Unfit(100, "MSH^1", "no header") from None
    cuts = [found[name] for name in _CUTS]
    separators = Separators(*cuts)
    if not all("!" <= one <= "~" and not one.isalnum() for one in cuts):
        raise Unfit(100, "MSH^1^1", "no separator")
    fields = line.split(separators.field)
    return Message(separators, ("MSH", separators.field, *fields[1:]), ())


def read(raw: bytes) -> Message:
    """The whole message. Segments may end in CR, LF or both. Raises Unfit."""
    message = read_header(raw)
    charset = _CHARSETS.get(message.said(18).partition(message.separators.repetition)[0], "utf-8")
    text = raw.strip(_WRAP).decode(charset, "replace")
    lines = [line for line in re.split(r"[\r\n]+", text) if line.strip()]
    if len(lines) > MOST_ROWS:
        raise Unfit(102, "", "too many segments")
    cut = message.separators.field
    rows = tuple(tuple(line.strip(" \x00").split(cut)) for line in lines[1:])
    header = ("MSH", cut, *lines[0].split(cut)[1:])
    return Message(message.separators, header, rows)


def parts(text: str, separators: Separators) -> tuple[str, ...]:
    """The components of a coded field, unescaped; of each the first subcomponent. Only the
    text itself, if it is longer or has more parts than any code."""
    many = text.count(separators.component) + text.count(separators.subcomponent) > MOST_PARTS
    if not text or many or len(text) > LONGEST_CODED:
        return (text[:LONGEST_CODED],)
    if separators.component not in text and separators.subcomponent not in text:
        return (plain(text, separators).strip(),)
    return _parts(text, separators)


@lru_cache(maxsize=2_048)
def _parts(text: str, separators: Separators) -> tuple[str, ...]:
    chars = {
        "FIELD": separators.field, "COMPONENT": separators.component,
        "REPETITION": separators.repetition, "ESCAPE": separators.escape,
        "SUBCOMPONENT": separators.subcomponent, "SEGMENT": "\r", "GROUP": "\r",
    }  # fmt: skip
    tree = parse_field(text, None, VERSION, chars, VALIDATION_LEVEL.TOLERANT)
    firsts = (component.children[0].value for component in tree.children)
    texts = (first if isinstance(first, str) else first.value or "" for first in firsts)
    return tuple(plain(text, separators).strip() for text in texts)


def plain(text: str, separators: Separators) -> str:
    """The text without its escapes; what is no escape that we know stays as it was."""
    if separators.escape not in text:
        return text
    marks = {
        "F": separators.field, "S": separators.component, "T": separators.subcomponent,
        "R": separators.repetition, "E": separators.escape, ".br": "\n",
    }  # fmt: skip
    pieces = text.split(separators.escape)
    shown, number = [pieces[0]], 1
    while number < len(pieces):
        piece = pieces[number]
        if number + 1 < len(pieces) and _ESCAPE.match(piece):
            hexed = piece[:1] == "X"
            shown.append(_bytes(piece[1:]) if hexed else marks[piece])
            shown.append(pieces[number + 1])
            number += 2
        else:
            shown.append(separators.escape + piece)
            number += 1
    return "".join(shown)


def _bytes(digits: str) -> str:
    return bytes.fromhex(digits).decode("utf-8", "replace")


def moment(text: str, zone_of: str = "") -> datetime | None:
    """A date and time in UTC. Where it names no zone, that of the text `zone_of` holds, as
    the guide says of MSH-7; without any, or if it is none, there is no moment."""
    zone = _ZONE.search(text) or _ZONE.search(zone_of)
    if zone is None or len(text) > 32:
        return None
    try:
        local = get_datetime_info(text)[0]
        sign = -1 if zone[1] == "-" else 1
        shift = sign * timedelta(hours=int(zone[2]), minutes=int(zone[3]))
        aware: datetime = local.replace(tzinfo=timezone(shift))
        return aware.astimezone(UTC)
    except (HL7apyException, ValueError, OverflowError):
        return None
