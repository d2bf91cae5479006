"""How many nurses a plan needs: by turn and zone, and of whom some must be able to do something."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from domain.calendar import WEEK, Turn
from domain.center import Infection, Modality
from domain.changes import repeated
from domain.nurse_roster import NurseNeed
from domain.nurse_terms import CrewRule
from domain.patient import AccessKind
from domain.plan import Assignment, Plan
from domain.problem import Problem

LEAD = "lead"
_CATHETERS = frozenset({AccessKind.TCC, AccessKind.NCC})
_ISOLATED = frozenset({Infection.HBV, Infection.HCV, Infection.SYPHILIS, Infection.HIV})


@dataclass(frozen=True, slots=True)
class _Scene:
    """A zone in a turn with those who sit there; the whole center if `zone` is empty."""

    problem: Problem
    zone: str
    turn: Turn
    rows: tuple[Assignment, ...]
    assumed: date | None

    @property
    def crew_rules(self) -> tuple[CrewRule, ...]:
        """The center's own rows that speak of it."""
        rows = self.problem.register.crew_rules
        return tuple(row for row in rows if row.speaks_of(self.zone or None, self.turn))


def plan_needs(problem: Problem, plan: Plan, assumed: date | None = None) -> tuple[NurseNeed, ...]:
    """What a plan asks, sorted. `assumed` is the day of the plan it was copied from, if it is
    not the week's own.

    A nurse for every so many patients as the zone's own row says, never more than the rule of
    the center allows. Beyond that a lead in every turn, and in a zone somebody who can look
    after catheters, hemodiafiltration or isolation where such a patient sits; of these only
    skills that a nurse on the books has, unless a row of the center asks for them.
    """
    found: list[NurseNeed] = []
    for turn, rows in sorted(plan.by_turn.items()):
        zones: dict[str, list[Assignment]] = {}
        for row in rows:
            zones.setdefault(problem.station[row.station].zone, []).append(row)
        for zone, there in sorted(zones.items()):
            found += _asked(_Scene(problem, zone, turn, tuple(there), assumed))
        found += _asked(_Scene(problem, "", turn, rows, assumed))
    return tuple(sorted(found, key=_order))


def needs_of(problem: Problem, plans: Mapping[date, Plan]) -> tuple[NurseNeed, ...]:
    """What the weeks of a problem ask: each week by the plan that covers it; a week without one
    as the last planned week before it, of the same half of the fortnight if there is one.

    `plans` are by the Monday of the week; they may reach back. Duties away from the patients
    are asked for on each of their days.
    """
    found: list[NurseNeed] = []
    for monday in problem.mondays:
        source = _source(plans, monday)
        if source is None:
            continue
        week = Plan.of(source, 1, _week(plans[source], source))
        moved = repeated(week, monday) if source != monday else week
        found += plan_needs(problem, moved, None if source == monday else source)
    return tuple(sorted([*found, *_away_from_patients(problem)], key=_order))


def _source(plans: Mapping[date, Plan], monday: date) -> date | None:
    known = [one for one in plans if one <= monday]
    alike = [one for one in known if (monday - one).days % 14 == 0]
    if monday in plans:
        return monday
    return max(alike, default=max(known, default=min(plans, default=None)))


def _week(plan: Plan, monday: date) -> Iterator[Assignment]:
    return (row for row in plan.assignments if monday <= row.day < monday + WEEK)


def _away_from_patients(problem: Problem) -> Iterator[NurseNeed]:
    for kind in problem.register.duty_kinds:
        for day in problem.days:
            if not kind.shifts and kind.nurses and day.isoweekday() in kind.weekdays:
                turn = Turn(day, kind.code)
                yield NurseNeed(turn, "", "", kind.nurses, kind.nurses, 0)


def _asked(scene: _Scene) -> Iterator[NurseNeed]:
    own = scene.crew_rules
    plain = [row for row in own if not row.skill]
    if scene.zone or plain:
        yield _by_number(scene, plain)
    skilled = [row for row in own if row.skill]
    for row in skilled:
        yield _need(scene, row.skill, max(row.nurses, _shared(scene, row.patients)))
    named = {row.skill for row in scene.problem.register.crew_rules}
    for skill, wanted in _STANDARD.items():
        if skill not in named and _known(scene.problem, skill) and wanted(scene):
            yield _need(scene, skill, 1)


def _by_number(scene: _Scene, rows: list[CrewRule]) -> NurseNeed:
    """Enough nurses for those who sit there; the aim is the ward's wish beyond that."""
    problem, day = scene.problem, scene.turn.day
    usual = problem.limit("nurse_ratio", day) if scene.zone else None
    ratios = [ratio for ratio in (usual, *(row.patients for row in rows)) if ratio is not None]
    least = max((row.nurses for row in rows), default=0)
    nurses = max(least, _shared(scene, min(ratios, default=None)))
    aim = max(nurses, _shared(scene, problem.limit("level_load", day) if scene.zone else None))
    need = _need(scene, "", nurses)
    return NurseNeed(need.turn, need.zone, "", nurses, aim, need.patients, need.assumed)


def _shared(scene: _Scene, patients: int | None) -> int:
    return 0 if patients is None else -(-len(scene.rows) // patients)


def _need(scene: _Scene, skill: str, nurses: int) -> NurseNeed:
    return NurseNeed(scene.turn, scene.zone, skill, nurses, nurses, len(scene.rows), scene.assumed)


def _known(problem: Problem, skill: str) -> bool:
    return any(skill in nurse.skills for nurse in problem.register.nurses)


def _has_catheter(scene: _Scene) -> bool:
    known = scene.problem.patient
    return bool(scene.zone) and any(
        row.patient in known and known[row.patient].access in _CATHETERS for row in scene.rows
    )


def _has_filtration(scene: _Scene) -> bool:
    found = (scene.problem.prescription(row.patient, row.day) for row in scene.rows)
    return bool(scene.zone) and any(one and one.modality is Modality.HDF for one in found)


def _is_isolated(scene: _Scene) -> bool:
    zones = scene.problem.register.zones
    return any(zone.code == scene.zone and zone.admits & _ISOLATED for zone in zones)


_STANDARD: Mapping[str, Callable[[_Scene], bool]] = {
    LEAD: lambda scene: not scene.zone,
    "catheter": _has_catheter,
    "HDF": _has_filtration,
    "isolation": _is_isolated,
}
"""Skills that are asked for where the center says nothing of them."""


def _order(need: NurseNeed) -> tuple[object, ...]:
    return (need.turn, need.zone, need.skill)
