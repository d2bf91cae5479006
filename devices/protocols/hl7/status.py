"""PCD-01: the values, the mode and the cuff measurement of one message.

A value that is missing stays missing (`NA`), one that cannot be read is `Inv`, and neither is
ever a 0. Whether a number can be true is asked later, by the ranges.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from devices.protocols.hl7 import mdc
from devices.protocols.hl7.er7 import LONGEST_CODED, Row, Separators, parts
from devices.protocols.hl7.er7 import field as said
from devices.protocols.hl7.mdc import Standing, Term
from devices.protocols.hl7.units import converted, number
from devices.protocols.protocol import BloodPressure
from domain.quantity import QUANTITY
from domain.telemetry import Mode, Phase, Validity

PRESSURES = ("nibp_sys_mmhg", "nibp_dia_mmhg", "nibp_map_mmhg")
CUFF = (*PRESSURES, "pulse_bpm")
_TIME = re.compile(r"\d{8,14}(\.\d{1,4})?([+-]\d{4})?")
_ABSENT = frozenset({"", '""', "NA"})
_DOUBT = {"INV": Validity.INVALID, "QUES": Validity.QUESTIONABLE, "NAV": Validity.NOT_AVAILABLE,
          "CALIB": Validity.QUESTIONABLE}  # fmt: skip
"""OBX-8 as IHE's device profiles use it besides the guide's alarm codes."""

_WITHDRAWN = {"X": Validity.NOT_AVAILABLE, "D": Validity.INVALID, "W": Validity.INVALID}
"""OBX-11 of a result that cannot be had, was deleted, or is wrong."""

_TRUTH = {"T": True, "TRUE": True, "F": False, "FALSE": False}
_PHASE = {
    Mode.TREATMENT: Phase.TREATMENT,
    Mode.DISINFECTION: Phase.DISINFECTION,
    Mode.IDLE: Phase.IDLE,
    Mode.SERVICE: Phase.SERVICE,
}
"""Before and after a treatment the guide's mode does not say where in it."""


@dataclass(frozen=True, slots=True)
class Observation:
    """An OBX: what it is about, and its fields."""

    term: Term
    row: Row

    @property
    def value(self) -> str:
        """OBX-5 as it was sent."""
        return said(self.row, 5).strip()


@dataclass(slots=True)
class Status:
    """What the observations of a message add up to; filled row by row."""

    values: dict[str, float] = field(default_factory=dict)
    quality: dict[str, Validity] = field(default_factory=dict)
    taken: dict[str, str] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    mode: Mode | None = None
    bypass: bool | None = None
    serial: str = ""
    strange: list[str] = field(default_factory=list)

    @property
    def phase(self) -> Phase | None:
        """As finely as the mode tells."""
        return None if self.mode is None else _PHASE.get(self.mode)

    def cuff(self) -> BloodPressure | None:
        """The measurement that the systolic value belongs to, if its time was sent; none where
        the pressures are of several times: then one of those is wrong, and who knows which."""
        taken = self.taken.get(CUFF[0], "")
        here = {n: self.values[n] for n in CUFF if n in self.values and self.taken[n] == taken}
        torn = any(self.taken[name] != taken for name in PRESSURES if name in self.values)
        sound = CUFF[0] in here and not torn and _TIME.fullmatch(taken)
        return BloodPressure(taken, here) if sound else None


def observations(rows: Iterable[Row], separators: Separators) -> tuple[Observation, ...]:
    """The OBX segments of a message, identified."""
    return tuple(
        Observation(_term(said(row, 3)[:LONGEST_CODED], separators), row)
        for row in rows
        if row[0] == "OBX"
    )


@lru_cache(maxsize=2_048)
def _term(text: str, separators: Separators) -> Term:
    names = parts(text, separators)
    return mdc.term(names[0], names[1] if len(names) > 1 else "")


def status(found: Iterable[Observation], separators: Separators) -> Status:
    """All that a PCD-01 message says of the moment, without its event flags."""
    told = Status()
    for one in found:
        if one.term.standing is Standing.OURS:
            _measure(told, one, separators)
        elif one.term.standing is Standing.STRANGE:
            told.strange.append(one.term.shown)
        else:
            _state(told, one, separators)
    return told


def _state(told: Status, one: Observation, separators: Separators) -> None:
    text = parts(one.value, separators)[0].upper()
    match one.term.code:
        case mdc.MODE if text:
            told.mode = Mode(text) if text in set(Mode) else None
            understood = told.mode is not None
        case mdc.BYPASS if text:
            told.bypass = _TRUTH.get(text)
            understood = told.bypass is not None
        case mdc.SERIAL:
            told.serial = parts(one.value, separators)[0]
            understood = True
        case _:
            understood = True
    if not understood:
        told.strange.append(one.term.shown)


def _measure(told: Status, one: Observation, separators: Separators) -> None:
    name, key = one.term.quantity, one.term.refid or str(one.term.code)
    value, validity = reading(one, separators)
    if key in told.seen or (name in told.values and name not in mdc.SUMMED):
        if value != told.values.get(name):  # two pumps, or two answers: neither is the one
            told.quality[name] = Validity.QUESTIONABLE
        return
    if value is None:
        told.quality[name] = Validity.QUESTIONABLE if name in told.values else validity
        return
    told.seen.add(key)
    if name in told.quality:  # another part of it is missing
        validity = Validity.QUESTIONABLE
    told.values[name] = told.values.get(name, 0.0) + value
    told.taken[name] = said(one.row, 14).strip()
    if validity is not Validity.VALID:
        told.quality[name] = validity


def reading(one: Observation, separators: Separators) -> tuple[float | None, Validity]:
    """The value of a numeric observation in our unit, and how far it can be believed."""
    withdrawn = _WITHDRAWN.get(said(one.row, 11).strip().upper())
    marks = said(one.row, 8).upper().split(separators.repetition)
    doubts = [_DOUBT[mark.strip()] for mark in marks if mark.strip() in _DOUBT]
    if said(one.row, 2).strip().upper() == "NA" or one.value.upper() in _ABSENT:
        return None, Validity.NOT_AVAILABLE
    validity = withdrawn or (doubts[0] if doubts else Validity.VALID)
    if validity in {Validity.INVALID, Validity.NOT_AVAILABLE}:
        return None, validity
    amount = number(one.value)
    if amount is None:
        return None, Validity.INVALID
    quantity = QUANTITY[one.term.quantity]
    value = converted(amount, unit_of(one.row, separators), quantity)
    return value, Validity.INVALID if value is None else validity


def unit_of(row: Row, separators: Separators) -> str:
    """OBX-6: the code, or the text where the code was left out."""
    names = parts(said(row, 6), separators)
    return next((name for name in names[:2] if name), "")
