"""From data to PDF. Data goes in as JSON and is only ever text: no markup is put together."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import typst

from db.sheets.edition import Voice
from db.sheets.glyphs import FONTS, MissingGlyph, missing, printable

TEMPLATES = Path(__file__).with_name("templates")
Data = str | int | float | bool | None | Sequence["Data"] | Mapping[str, "Data"]


@dataclass(frozen=True, slots=True)
class Paper:
    """A PDF and the texts in it that could not be printed whole."""

    pdf: bytes
    missing: tuple[MissingGlyph, ...] = ()


def paper(template: str, voice: Voice, data: Mapping[str, Data]) -> Paper:
    """The PDF that a template makes of the data, the same bytes every time."""
    flagged: dict[MissingGlyph, None] = {}
    clean = _printable({**data, "language": voice.language}, flagged)
    compiler = typst.Compiler(
        input=TEMPLATES / f"{template}.typ",
        root=TEMPLATES,
        font_paths=_fonts(),
        sys_inputs={"data": json.dumps(clean, ensure_ascii=False)},
    )
    pdf = compiler.compile(format="pdf", pdf_tags=False)
    if not isinstance(pdf, bytes):
        raise TypeError(f"{template}: a PDF is one file of bytes, not {type(pdf).__name__}")
    return Paper(pdf, tuple(flagged))


@cache
def _fonts() -> typst.Fonts:
    """The committed fonts and no others, so that every computer prints the same."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


def _printable(data: Data, flagged: dict[MissingGlyph, None]) -> Data:
    match data:
        case str():
            flat = " ".join(data.split())
            if lacking := missing(flat):
                flagged[MissingGlyph(lacking, text=flat)] = None
            return printable(flat)
        case Mapping():
            return {key: _printable(value, flagged) for key, value in data.items()}
        case Sequence():
            return [_printable(value, flagged) for value in data]
        case _:
            return data
