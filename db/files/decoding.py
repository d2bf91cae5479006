"""Bytes of a text file to text: UTF-8, GBK (GB18030) or UTF-16, never a guess.

Excel in China writes GBK unless told otherwise, and neither GBK nor UTF-8 without a byte
order mark says what it is. Text that could be both is refused: a wrong guess makes another
name of a patient's.
"""

from __future__ import annotations

import codecs

from domain.words import Words, words

_AMBIGUOUS = words("text saved as “CSV UTF-8”; this could be UTF-8 or GBK")
_LATIN_END = "\u017f"
_TWO_BYTE_END = "\u07ff"


class Undecodable(ValueError):
    """Bytes that are no text. `line` counts from 1, `byte` from 1 within the line."""

    def __init__(self, line: int, value: str, expected: Words) -> None:
        super().__init__(line, value)
        self.line = line
        self.value = value
        self.expected = expected


def decoded(data: bytes) -> str:
    """The text without its byte order mark. Raises Undecodable."""
    if data.startswith(codecs.BOM_UTF8):
        return _strictly(data[len(codecs.BOM_UTF8) :], "utf-8")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _strictly(data, "utf-16")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _chinese(data, error)
    _refuse_if_also_chinese(data, text)
    return text


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _undecodable(data, error) from error


def _chinese(data: bytes, first: UnicodeDecodeError) -> str:
    """GB18030, unless the file is mostly good UTF-8 with a damaged byte."""
    mended = data.decode("utf-8", errors="replace")
    good = sum(character > _TWO_BYTE_END and character != "\ufffd" for character in mended)
    if good > mended.count("\ufffd"):
        raise _undecodable(data, first) from first
    return _strictly(data, "gb18030")


def _refuse_if_also_chinese(data: bytes, text: str) -> None:
    """Refuses text beyond ASCII that has none but two-byte letters, not all of them Western:
    each is a Chinese character in GBK just as well."""
    special = [character for character in text if not character.isascii()]
    if special and _LATIN_END < max(special) <= _TWO_BYTE_END:
        place = next(index for index, byte in enumerate(data) if byte > 0x7F)
        raise Undecodable(data.count(b"\n", 0, place) + 1, "".join(special), _AMBIGUOUS)


def _undecodable(data: bytes, error: UnicodeDecodeError) -> Undecodable:
    if error.encoding.startswith("utf-16"):
        before = data[: error.start].decode("utf-16", errors="replace")
        line, byte = before.count("\n") + 1, error.start + 1
        return Undecodable(
            line,
            data[error.start :][:2].hex(" "),
            words("text in UTF-8, GBK or UTF-16; byte {byte} of the file is none", byte=byte),
        )
    start = data.rfind(b"\n", 0, error.start) + 1
    line, byte = data.count(b"\n", 0, error.start) + 1, error.start - start + 1
    value = data[error.start : error.end].hex(" ")
    return Undecodable(
        line,
        value,
        words("text in UTF-8, GBK or UTF-16; byte {byte} of the line is none", byte=byte),
    )
