"""Which characters the committed fonts can print.

The PDF maker does not tell when a font lacks a character: it prints an empty box or nothing.
So every text is compared with the fonts first, and what is missing is replaced and reported.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

from domain.words import Words, words

FONTS = Path(__file__).with_name("fonts")
SUBSTITUTE = "〓"


@dataclass(frozen=True, slots=True)
class MissingGlyph:
    """Characters printed as `〓`. `patient` is the code if they belong to a name, which is
    then printed with that code; otherwise `text` is where they stand."""

    characters: str
    patient: str | None = None
    text: str = ""

    @property
    def words(self) -> Words:
        """What to tell the user."""
        if self.patient is None:
            return words(
                "no font for {characters} in “{text}”: printed as 〓",
                characters=self.characters,
                text=self.text,
            )
        return words(
            "no font for {characters} in the name of patient {patient}: printed as 〓 with the "
            "patient's code, complete it by hand",
            characters=self.characters,
            patient=self.patient,
        )


def missing(text: str) -> str:
    """The characters of the text that cannot be printed, each once, in order."""
    covered = _covered()
    return "".join(dict.fromkeys(c for c in text if ord(c) not in covered))


def printable(text: str) -> str:
    """The text on one line with `〓` for every character that cannot be printed."""
    covered = _covered()
    flat = " ".join(text.split())
    return "".join(c if ord(c) in covered else SUBSTITUTE for c in flat)


@cache
def _covered() -> frozenset[int]:
    maps = []
    for file in sorted(FONTS.glob("*.otf")):
        with TTFont(file, lazy=True) as font:
            maps.append(frozenset(font.getBestCmap() or {}))
    return frozenset.intersection(*maps)
