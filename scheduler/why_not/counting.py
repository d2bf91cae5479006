"""Too many people for too few seats, by counting: one maximum flow and its cut.

Of these people's sessions so many can be nowhere but in these places. A flow does not see which
days may follow each other; what it finds is proven, and what it does not find is `core`'s matter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from domain.calendar import Turn, monday_of
from domain.center import Modality
from domain.problem import Problem
from domain.shortage import Cap, Fact, Place
from domain.why_not import Ask
from domain.words import words
from scheduler.demand import Demand
from scheduler.open_seats import Cell
from scheduler.rules import RULES
from scheduler.seat_flow import SeatFlow
from scheduler.weeks import Weeks
from scheduler.why_not.arrange import asked_weeks
from scheduler.why_not.ground import Ground

_RULES = {Cap.STATIONS: "one_per_station", Cap.NURSES: "nurse_ratio", Cap.HELD: "held_back"}
"""The rule behind each kind of limit."""
_TITLES = {rule.name: rule.title for rule in RULES}


@dataclass(frozen=True, slots=True)
class _Wants:
    """What must be seated: a demand and how many of its sessions."""

    demand: Demand
    need: int

    @property
    def patient(self) -> str:
        """Whose."""
        return self.demand.patient

    @property
    def week(self) -> tuple[str, date]:
        """Whose, and from which Monday on."""
        return self.demand.patient, self.demand.monday


@dataclass(frozen=True, slots=True)
class Crowd:
    """People of whose sessions more can be nowhere but in some cells than these have seats."""

    people: frozenset[str]
    cells: frozenset[Cell]


def crowd(ground: Ground, ask: Ask, people: frozenset[str]) -> Crowd | None:
    """Of these people, those who do not fit if the seat is given away; `None` if counting proves
    nothing, or if they do not fit anyway.

    Each of them is reached from the seat by one patient taking another's place, so that counting
    needs every one.
    """
    week = (ask.patient, monday_of(ask.turn.day))
    kept = [one for one in _kept(ground) if one.week != week and one.patient in people]
    wants = [*_asked(ground, ask), *kept]
    flow = SeatFlow(ground.model, [one.demand for one in wants], ground.zones)
    if not _fits(flow, [0 if one.patient == ask.patient else one.need for one in wants]):
        return None
    if _fits(flow, [one.need for one in wants]):
        return None
    for cut in flow.cuts():
        found = frozenset(wants[number].patient for number in cut.demands)
        if ask.patient in found:
            return Crowd(found, frozenset((pit.zone, pit.turn) for pit in cut.pits))
    return None


def _fits(flow: SeatFlow, need: list[int]) -> bool:
    """True if so many sessions of each can be seated, as far as a flow sees."""
    return flow.seated(np.array(need, np.int64)) == sum(need)


# --- what is wanted ---------------------------------------------------------------------------


def _kept(ground: Ground) -> list[_Wants]:
    """Everybody's sessions, as many as the plan has in each week, wherever a week that keeps
    them has some."""
    found = []
    for weeks in (standing.weeks for standing in ground.standings):
        sessions = len(ground.plan.by_week.get((weeks.patient, weeks.monday), ()))
        if sessions:
            found.append(_Wants(_demand(ground.problem, weeks), sessions))
    return found


def _asked(ground: Ground, ask: Ask) -> list[_Wants]:
    """The seat itself, and the rest of the week around it."""
    own = asked_weeks(ground, ask)
    least = int((own.choice[1:] >= 0).sum(axis=1).min())
    whole = _demand(ground.problem, own)
    seat = replace(
        whole, seats={ask.turn: whole.seats[ask.turn]}, longest=1, on_day=(1,) * 7, wanted=1
    )
    elsewhere = {turn: mask for turn, mask in whole.seats.items() if turn != ask.turn}
    day = (ask.turn.day - whole.monday).days
    on_day = tuple(most - (number == day) for number, most in enumerate(whole.on_day))
    rest = replace(
        whole, seats=elsewhere, longest=whole.longest - 1, on_day=on_day, wanted=whole.wanted - 1
    )
    return [_Wants(seat, 1), _Wants(rest, least - 1)]


def _demand(problem: Problem, weeks: Weeks) -> Demand:
    """What these weeks ask for, each seat that one of them uses; the unplaced one aside."""
    choice = weeks.choice[1:]
    used = np.unique(choice[choice >= 0]).tolist()
    seats: defaultdict[Turn, int] = defaultdict(int)
    for index in used:
        seats[weeks.berths[index].turn] |= weeks.berths[index].seats
    day = np.array([*((one.turn.day - weeks.monday).days for one in weeks.berths), -1])
    days = day[choice]
    longest = int((choice >= 0).sum(axis=1).max())
    prescription = problem.prescription_of_week(weeks.patient, weeks.monday)
    return Demand(
        patient=weeks.patient,
        monday=weeks.monday,
        wanted=longest,
        modality=prescription.modality if prescription else Modality.HD,
        zones=(),
        seats=dict(seats),
        choices=(),
        longest=longest,
        on_day=tuple(int((days == number).sum(axis=1).max()) for number in range(7)),
    )


# --- in words ---------------------------------------------------------------------------------


def place_facts(problem: Problem, ask: Ask, places: Iterable[Place]) -> tuple[Fact, ...]:
    """Each place's limit as a fact, with the rule that makes it and where that comes from."""
    found = []
    for place in places:
        rule = _RULES[place.cap]
        source = problem.row(rule, ask.turn.day).source
        said = words("{place}: {seats} seats", place=place.words, seats=place.seats)
        found.append(Fact(rule, _TITLES[rule], said, source))
    return tuple(found)
