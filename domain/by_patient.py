"""Rows of a table sorted into those of each patient."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar


class _OfPatient(Protocol):
    """A row that belongs to a patient."""

    @property
    def patient(self) -> str:
        """Whose row it is."""
        ...


Row = TypeVar("Row", bound=_OfPatient)


def by_patient(rows: Iterable[Row]) -> dict[str, tuple[Row, ...]]:
    """Each patient's rows, in the order given."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.patient, []).append(row)
    return {patient: tuple(mine) for patient, mine in found.items()}
