"""How the cells of a column are read and written: texts, codes, numbers, words.

A kind knows nothing of files. What it writes it reads back as the same value.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal

from domain.words import Label, Words, words

Language = Literal["en", "zh"]


class Cell(StrEnum):
    """What a workbook holds for a column, so that sorting, filters and drop-downs work."""

    TEXT = "text"
    INTEGER = "integer"
    DATE = "date"
    CLOCK = "clock"


@dataclass(frozen=True, slots=True)
class Kind:
    """A way to write values.

    `parse` takes a cell's text, never an empty one, and raises ValueError for anything but
    what `expected` says. `show` writes a value in a language. `natives` are the cells other
    than text that it takes. `refers` names the table whose codes the value must be among, of
    which a cell may hold several if `many`.
    """

    expected: Words
    parse: Callable[[str], Any]
    show: Callable[[Any, Language], str]
    natives: tuple[type, ...] = (int, float)
    cell: Cell = Cell.TEXT
    choices: tuple[Label, ...] = ()
    bounds: tuple[int, int] | None = None
    refers: str | None = None
    many: bool = False


MAX_TEXT = 2000
MAX_CODE = 40
SEPARATORS = ",;、"
_SPLIT = re.compile(r"[\s,;、]+")
_NO_TEXT = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def plain(text: str) -> str:
    """Full-width letters, digits and punctuation made ordinary; stray spaces removed."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def folded(text: str) -> str:
    """`plain`, and capital letters made small: for words out of a list."""
    return plain(text).casefold()


def label_text(label: Label, language: Language) -> str:
    """The label in a language; both languages of it must be there."""
    return label.zh if language == "zh" else label.en


# --- texts and codes ------------------------------------------------------------------------

_LEFTOVERS = re.compile("_x000D_|x005F_")
"""How workbooks spell a carriage return and an underscore before what looks like such a
spelling. Some programs let them through as text, and openpyxl drops the second anywhere."""


def _parse_text(text: str) -> str:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    cleaned = _LEFTOVERS.sub("", lines).strip()
    if not cleaned or len(cleaned) > MAX_TEXT or _NO_TEXT.search(cleaned):
        raise ValueError
    return cleaned


def _parse_code(text: str) -> str:
    code = plain(text)
    if not 0 < len(code) <= MAX_CODE:
        raise ValueError
    if _SPLIT.search(code) or _NO_TEXT.search(code) or _LEFTOVERS.search(code):
        raise ValueError
    return code


def _parse_codes(text: str) -> frozenset[str]:
    return frozenset(_parse_code(part) for part in _parts(text))


def _parts(text: str) -> list[str]:
    parts = [part for part in _SPLIT.split(plain(text)) if part]
    if not parts:
        raise ValueError
    return parts


def _as_is(value: str, _: Language) -> str:
    return value


def _listed(values: frozenset[str], language: Language) -> str:
    return joined(sorted(values), language)


def joined(parts: list[str], language: Language) -> str:
    """A list in one cell: "A,B" or "A、B"."""
    return ("、" if language == "zh" else ",").join(parts)


TEXT = Kind(
    words("text of at most {most} characters without control characters", most=MAX_TEXT),
    _parse_text,
    _as_is,
)
_CODE_WORDS = words("a code of at most {most} characters without spaces or commas", most=MAX_CODE)
CODE = Kind(_CODE_WORDS, _parse_code, _as_is)
CODES = Kind(
    words("codes of at most {most} characters, separated by commas", most=MAX_CODE),
    _parse_codes,
    _listed,
)


def code_of(table: str) -> Kind:
    """A code that another table must hold."""
    return Kind(_CODE_WORDS, _parse_code, _as_is, refers=table)


def codes_of(table: str) -> Kind:
    """Codes in one cell that another table must hold."""
    return Kind(CODES.expected, _parse_codes, _listed, refers=table, many=True)


# --- numbers --------------------------------------------------------------------------------


def whole(least: int, most: int) -> Kind:
    """A whole number in a range, both ends included."""

    def parse(text: str) -> int:
        digits = plain(text)
        if not re.fullmatch(r"[0-9]{1,9}", digits) or not least <= int(digits) <= most:
            raise ValueError
        return int(digits)

    expected = words("a whole number from {least} to {most}", least=least, most=most)
    return Kind(expected, parse, _number, cell=Cell.INTEGER, bounds=(least, most))


def _number(value: int, _: Language) -> str:
    return str(value)


# --- words out of a list --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Word:
    """A value and what it is called; `also` is understood but never written."""

    value: Any
    en: str
    zh: str
    also: tuple[str, ...] = ()

    @property
    def label(self) -> Label:
        """The name in both languages."""
        return Label(self.en, self.zh)


def choice(*options: Word, natives: tuple[type, ...] = (int, float)) -> Kind:
    """One word out of a few."""
    known, labels = _known(options), _labels(options)

    def parse(text: str) -> Any:
        return _found(known, text)

    def show(value: Any, language: Language) -> str:
        return label_text(labels[value], language)

    choices = tuple(labels.values())
    return Kind(_one_of(choices), parse, show, natives, choices=choices)


def choices_of(*options: Word) -> Kind:
    """One or more words out of a few, in one cell."""
    known, labels = _known(options), _labels(options)

    def parse(text: str) -> frozenset[Any]:
        return frozenset(_found(known, part) for part in _parts(re.sub(r"[/+|]", ",", text)))

    def show(values: frozenset[Any], language: Language) -> str:
        told = [label_text(label, language) for value, label in labels.items() if value in values]
        return joined(told, language)

    expected = words("one or more of {choices}, separated by commas", choices=_told(labels))
    return Kind(expected, parse, show)


def _one_of(choices: tuple[Label, ...]) -> Words:
    return words("one of {choices}", choices=tuple(choices))


def _told(labels: dict[Any, Label]) -> tuple[Label, ...]:
    return tuple(labels.values())


def _labels(options: tuple[Word, ...]) -> dict[Any, Label]:
    return {option.value: option.label for option in options}


def _known(options: tuple[Word, ...]) -> dict[str, Any]:
    return {
        folded(name): option.value
        for option in options
        for name in (option.en, option.zh, *option.also)
    }


def _found(known: dict[str, Any], text: str) -> Any:
    name = folded(text)
    if name not in known:
        raise ValueError
    return known[name]
