"""How patients are named on paper: by name, and by code too where the name is not enough."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from db.sheets.glyphs import missing, printable
from domain.patient import Patient

_IGNORED = re.compile(r"[\s·•‧・．˙()\[\]【】]+")


@dataclass(frozen=True, slots=True)
class ShownName:
    """A name as people read it and, where it alone could mislead, the code beside it."""

    name: str
    code: str = ""

    def __str__(self) -> str:
        return f"{self.name} {self.code}".strip()


def flat(text: str) -> str:
    """The text on one line: line breaks, tabs and control characters become spaces."""
    plain = "".join(" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in text)
    return " ".join(plain.split())


def name_key(text: str) -> str:
    """What two spellings of one name share: no spaces, width, case, middle dots or brackets."""
    return _IGNORED.sub("", unicodedata.normalize("NFKC", text).casefold())


def shared_names(patients: Iterable[Patient]) -> frozenset[str]:
    """Codes of the patients whose name another one has too, or reads as another's code."""
    bearers: dict[str, set[str]] = {}
    for patient in patients:
        bearers.setdefault(name_key(patient.name), set()).add(patient.code)
        bearers.setdefault(name_key(patient.code), set()).add(patient.code)
    return frozenset(code for codes in bearers.values() if len(codes) > 1 for code in codes)


def sheet_names(patients: Mapping[str, Patient]) -> Mapping[str, ShownName]:
    """Names for a workbook, whose program finds its own fonts: nothing is replaced."""
    shared = shared_names(patients.values())
    shown = {code: flat(patient.name) for code, patient in patients.items()}
    return {
        code: ShownName(name or code, code if name and (code in shared or missing(name)) else "")
        for code, name in shown.items()
    }


def paper_names(patients: Mapping[str, Patient]) -> Mapping[str, ShownName]:
    """Names for the printed page: `〓` for what the fonts lack, and then always the code."""
    return {
        code: ShownName(printable(shown.name), shown.code)
        for code, shown in sheet_names(patients).items()
    }
