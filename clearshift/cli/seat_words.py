"""Sessions and how they changed, in words."""

from __future__ import annotations

from domain.plan import Assignment, Change, ChangeKind
from domain.problem import Problem
from domain.words import Words, words


def change_said(problem: Problem, change: Change) -> Words:
    """One session that differs between two plans."""
    match change.before, change.after:
        case Assignment() as before, Assignment() as after if change.kind is ChangeKind.STATION:
            return words(
                "{patient}, {turn}: station {before} → {after}",
                patient=change.patient,
                turn=problem.say(after.turn),
                before=before.station,
                after=after.station,
            )
        case Assignment() as before, Assignment() as after:
            return words(
                "{patient}: {before} → {after}",
                patient=change.patient,
                before=seat(problem, before),
                after=seat(problem, after),
            )
        case None, Assignment() as after:
            return words(
                "{patient}: new {after}", patient=change.patient, after=seat(problem, after)
            )
        case Assignment() as before, None:
            return words(
                "{patient}: canceled {before}",
                patient=change.patient,
                before=seat(problem, before),
            )
    raise ValueError(f"a change of nothing: {change}")


def seat(problem: Problem, row: Assignment) -> Words:
    """When and where."""
    return words("{turn}, {station}", turn=problem.say(row.turn), station=row.station)
