"""What rows of the nurses' tables must be beyond each cell by itself."""

from __future__ import annotations

from collections.abc import Iterator

from db.files.problems import FileProblem
from db.files.records import Records
from domain.nurse_terms import STEP_MINUTES, NurseDayKind
from domain.roster_signs import ILL, LEAD, LEAVE, REST, TRAINING
from domain.words import words

_TAKEN = (LEAD, REST, LEAVE, TRAINING, ILL)
"""What stands for something else in a roster, at the beginning of a mark."""
_MARK = words("a mark that does not begin with {taken}", taken=_TAKEN)
_STEPS = words("a multiple of {step}", step=STEP_MINUTES)
_SHIFT = words("a shift, since the row is a wish of one")
_NO_SHIFT = words("nothing, since the row is no wish of a shift")
_OF_SHIFT = frozenset({NurseDayKind.SHIFT, NurseDayKind.NOT_SHIFT})


def kinds_of_duty(records: Records, _: object) -> Iterator[FileProblem]:
    """Marks that can be told from days off, and working time in half hours."""
    for record in records.records:
        code, minutes = record.values.get("code"), record.values.get("minutes")
        if code is not None and code.startswith(_TAKEN):
            yield records.problem(record, "code", code, _MARK)
        if minutes is not None and minutes % STEP_MINUTES:
            yield records.problem(record, "minutes", str(minutes), _STEPS)


def days_of_nurses(records: Records, _: object) -> Iterator[FileProblem]:
    """A shift where the wish is of one, and nowhere else."""
    for record in records.records:
        kind = record.values.get("kind")
        if kind is None or "shift" not in record.values:
            continue
        shift = record.values["shift"]
        if kind in _OF_SHIFT and shift is None:
            yield records.problem(record, "shift", "", _SHIFT)
        if kind not in _OF_SHIFT and shift is not None:
            yield records.problem(record, "shift", shift, _NO_SHIFT)
