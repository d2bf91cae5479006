"""Promises that exclude each other: more patients than seats, or no patient of ours."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from domain.calendar import Turn, monday_of
from domain.center import Modality
from domain.plan import Lock
from domain.shortage import Clash, ClashKind
from domain.words import words
from scheduler.demand import Demand
from scheduler.facts import promise
from scheduler.model import Model
from scheduler.open_seats import OpenSeats
from scheduler.rules.rule import Rule
from scheduler.seat_flow import SeatFlow
from scheduler.shortfalls import Prover
from scheduler.walks import zone_masks


def promised_to_strangers(model: Model, locked: Rule) -> Iterator[Clash]:
    """Promises to somebody who is not with the center in these weeks."""
    problem = model.problem
    for patient, locks in sorted(problem.locks.items()):
        for lock in locks if patient not in problem.patient else ():
            said = words(
                "{patient}, {turn}: promised, but not with the center in these weeks",
                patient=patient,
                turn=problem.say(lock.turn),
            )
            yield Clash(
                kind=ClashKind.PROMISE,
                patients=(patient,),
                monday=monday_of(lock.day),
                wanted=0,
                facts=(promise(problem, locked, lock),),
                left=(),
                words=said,
            )


def promised_twice(model: Model, rules: tuple[Rule, ...], locked: Rule) -> Iterator[Clash]:
    """Turns in which more patients were promised a seat than there are seats for them."""
    seats = OpenSeats(model.problem, rules)
    running = frozenset(model.problem.turns)
    promised: defaultdict[Turn, dict[str, Lock]] = defaultdict(dict)
    for patient, locks in sorted(model.problem.locks.items()):
        for lock in locks if patient in model.problem.patient else ():
            if lock.turn in running and model.allowed(patient, lock.turn):
                promised[lock.turn][patient] = lock
    for turn, locks_there in sorted(promised.items()):
        if len(locks_there) > 1:
            yield from _too_many(model, seats, locked, turn, locks_there)


def _too_many(
    model: Model, seats: OpenSeats, locked: Rule, turn: Turn, locks: dict[str, Lock]
) -> Iterator[Clash]:
    asked = tuple(_one_seat(model, patient, turn) for patient in locks)
    flow = SeatFlow(model, asked, zone_masks(model))
    for shortfall in Prover(model, seats, asked, flow).shortfalls([1] * len(asked)):
        yield Clash(
            kind=ClashKind.PROMISED_TWICE,
            patients=shortfall.patients,
            monday=monday_of(turn.day),
            wanted=shortfall.needed,
            facts=tuple(
                promise(model.problem, locked, locks[patient]) for patient in shortfall.patients
            ),
            left=(),
            words=words(
                "{where}: promised to {patients}, seats there: {seats}",
                where=tuple(place.words for place in shortfall.places),
                patients=shortfall.patients,
                seats=shortfall.seats,
            ),
        )


def _one_seat(model: Model, patient: str, turn: Turn) -> Demand:
    """A demand for nothing but this seat."""
    monday = monday_of(turn.day)
    prescription = model.problem.prescription_of_week(patient, monday)
    return Demand(
        patient=patient,
        monday=monday,
        wanted=1,
        modality=prescription.modality if prescription else Modality.HD,
        zones=(),
        seats={turn: model.allowed(patient, turn)},
        choices=(),
        longest=1,
        on_day=(1,) * 7,
    )
