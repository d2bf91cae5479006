"""Proofs that sessions are missing in every plan, in names and words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

import numpy as np

from domain.calendar import Turn
from domain.shortage import Shortfall
from domain.words import Words, words
from scheduler.demand import Demand
from scheduler.model import Model
from scheduler.open_seats import OpenSeats
from scheduler.places import places
from scheduler.seat_flow import Cut, SeatFlow

_FEW = 8
"""Patients that a sentence names one by one."""


class Prover:
    """What is short of some demands, asked again for every part of them and of the turns."""

    def __init__(
        self, model: Model, seats: OpenSeats, demands: Sequence[Demand], flow: SeatFlow
    ) -> None:
        self._model = model
        self._seats = seats
        self._demands = demands
        self._flow = flow

    def shortfalls(
        self, need: Sequence[int], turns: Collection[Turn] | None = None
    ) -> Iterator[Shortfall]:
        """Of `need[i]` sessions of each demand, to be had in these turns: what is missing.

        The patients of two shortfalls differ, but for one whose own week is too narrow.
        """
        for wanted, demand in zip(need, self._demands, strict=True):
            if wanted > demand.longest:
                yield _too_narrow(demand, wanted)
        room = [min(n, one.longest) for n, one in zip(need, self._demands, strict=True)]
        if self._flow.seated(np.array(room, np.int64), turns) < sum(room):
            for cut in self._flow.cuts():
                yield self._too_few_seats(cut, [room[number] for number in cut.demands])

    def _too_few_seats(self, cut: Cut, wanted: list[int]) -> Shortfall:
        demanding = [self._demands[number] for number in cut.demands]
        patients = tuple(sorted({demand.patient for demand in demanding}))
        kinds = {demand.modality for demand in demanding}
        kind = kinds.pop() if len(kinds) == 1 else None
        spots = [
            self._seats.spot(p.zone, p.turn, self._model.names(p.stations), p.seats, kind)
            for p in cut.pits
        ]
        found = tuple(place for place, _ in places(self._model.problem, spots))
        short = cut.needed - cut.seats
        return Shortfall(
            patients=patients,
            wanted=sum(wanted),
            needed=cut.needed,
            seats=cut.seats,
            short=short,
            out=_fewest(wanted, short),
            places=found,
            words=_say(patients, cut, tuple(place.words for place in found)),
        )


def least_out(shortfalls: Sequence[Shortfall]) -> int:
    """Patients who go short at least; nobody is counted twice."""
    crowds = [one for one in shortfalls if one.places]
    counted = {patient for one in crowds for patient in one.patients}
    alone = {one.patients for one in shortfalls if not one.places}
    return sum(one.out for one in crowds) + sum(not counted.issuperset(one) for one in alone)


def _fewest(wanted: Iterable[int], short: int) -> int:
    """How few could bear the whole shortfall."""
    count = 0
    for most in sorted(wanted, reverse=True):
        if short <= 0:
            break
        short -= most
        count += 1
    return count


def _too_narrow(demand: Demand, wanted: int) -> Shortfall:
    said = words(
        "{patient}: {wanted} sessions wanted, the patient's own week leaves room for {seats}",
        patient=demand.patient,
        wanted=wanted,
        seats=demand.longest,
    )
    return Shortfall(
        patients=(demand.patient,),
        wanted=wanted,
        needed=wanted,
        seats=demand.longest,
        short=wanted - demand.longest,
        out=1,
        places=(),
        words=said,
    )


def _say(patients: tuple[str, ...], cut: Cut, where: tuple[Words, ...]) -> Words:
    if len(patients) > _FEW:
        return words(
            "{needed} sessions of {count} patients can be nowhere but in {where}, with {seats} "
            "seats: {short} cannot be held",
            needed=cut.needed,
            count=len(patients),
            where=where,
            seats=cut.seats,
            short=cut.needed - cut.seats,
        )
    return words(
        "{needed} sessions of {patients} can be nowhere but in {where}, with {seats} seats: "
        "{short} cannot be held",
        needed=cut.needed,
        patients=patients,
        where=where,
        seats=cut.seats,
        short=cut.needed - cut.seats,
    )
