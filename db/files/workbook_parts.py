"""Whether a file is a workbook that can be opened without harm, told from its parts alone.

A workbook is a zip file: a few kilobytes can unpack into gigabytes, and a sheet can have more
rows than anybody typed. Both are seen here before anything is unpacked as a whole.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from itertools import pairwise

from domain.words import Words, words

MAX_BYTES = 32 * 1024 * 1024
MAX_UNPACKED = 64 * 1024 * 1024
MAX_OTHER_PART = 4 * 1024 * 1024

_OLD_FORMAT = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_LARGE_PARTS = re.compile(r"xl/(worksheets/|sharedStrings|media/)")
_ROW_NUMBER = re.compile(rb"<(?:\w+:)?row\s(?:[^<>]*?\s)?r\s*=\s*[\"']([^\"']*)[\"']")
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^<>]*?ref\s*=\s*[\"']([A-Za-z0-9:]+)[\"']")

BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError)
"""What reading a damaged zip file raises."""


def reason_not_to_open(data: bytes) -> Words | None:
    """What was expected instead of these bytes; `None` if they can be opened."""
    if data.startswith(_OLD_FORMAT):
        if _ENCRYPTED in data:
            return words("a workbook without a password")
        return words("a workbook in the format .xlsx: open it in Excel and save it as such")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _reason(archive.infolist())
    except (*BROKEN, ValueError):
        return words("a workbook in the format .xlsx")


def _reason(parts: list[zipfile.ZipInfo]) -> Words | None:
    if any(part.flag_bits & 1 for part in parts):
        return words("a workbook without a password")
    if not any(part.filename == "[Content_Types].xml" for part in parts):
        return words("a workbook in the format .xlsx")
    others = (part for part in parts if not _LARGE_PARTS.match(part.filename))
    if sum(part.file_size for part in parts) > MAX_UNPACKED or any(
        part.file_size > MAX_OTHER_PART for part in others
    ):
        return words("a workbook of at most {most} megabytes unpacked", most=MAX_UNPACKED // 2**20)
    return None


@dataclass(frozen=True, slots=True)
class SheetPart:
    """What a sheet's bytes say before it is read: how many rows hold cells, which cells are
    merged, whether the rows are numbered upward, without which some would be lost."""

    rows: int
    merged: tuple[str, ...]
    in_order: bool

    @property
    def is_blank(self) -> bool:
        """True for a sheet in which nothing was ever typed."""
        return self.rows == 0


def scanned(archive: zipfile.ZipFile, name: str) -> SheetPart:
    """Counts rows and finds merged cells without building anything."""
    data = archive.read(name)
    rows = data.count(b"</row>") + data.count(b":row>")
    merged = _MERGED.finditer(data) if b"mergeCell" in data else ()
    areas = tuple(dict.fromkeys(match[1].decode() for match in merged))
    return SheetPart(rows, areas, _rises(_ROW_NUMBER.findall(data)))


def _rises(numbers: list[bytes]) -> bool:
    if not all(number.isdigit() and len(number) <= 7 for number in numbers):
        return False
    return all(int(one) < int(then) for one, then in pairwise([b"0", *numbers]))
