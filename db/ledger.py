"""Counting the turns that nobody likes, so that the next plan can pay them back. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from domain.center import Shift
from domain.patient import Burden, Ledger
from domain.plan import Assignment

SUNDAY = 7


def burdens(row: Assignment, shifts: Mapping[str, Shift]) -> Iterator[Burden]:
    """What is unpleasant about a session; of a shift that no longer exists only the Sunday
    can be known."""
    shift = shifts.get(row.shift)
    if shift is not None and shift.night:
        yield Burden.NIGHT
    if shift is not None and shift.early:
        yield Burden.EARLY
    if row.day.isoweekday() == SUNDAY:
        yield Burden.SUNDAY


def carried(
    opening: Iterable[Ledger], borne: Iterable[Assignment], shifts: Mapping[str, Shift]
) -> tuple[Ledger, ...]:
    """The opening balances plus one turn for each burden of each session, by patient."""
    turns: Counter[tuple[str, Burden]] = Counter()
    for balance in opening:
        turns[balance.patient, balance.burden] += balance.turns
    for row in borne:
        turns.update((row.patient, burden) for burden in burdens(row, shifts))
    return tuple(Ledger(patient, burden, n) for (patient, burden), n in sorted(turns.items()))
