"""Patients who compete for the same seats, and those whom no seat can help.

Two patients can be in each other's way only in a zone that both may use: stations, nurses and
seats held back all belong to a zone. So the zones fall into groups that share no patient, and
whether everybody fits is a question for each group alone. Only the days on which the center is
open at all are known to everybody; whoever puts groups together asks the judge about the whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from domain.need import wanted_sessions
from domain.problem import Problem
from scheduler.model import Model
from scheduler.promises import promised_twice
from scheduler.rules import RULES
from scheduler.walks import has_week, zone_masks


@dataclass(frozen=True, slots=True)
class Crowd:
    """Patients, by code, and the zones in which all their seats are."""

    zones: tuple[str, ...]
    patients: tuple[str, ...]


def among(problem: Problem, patients: frozenset[str]) -> Problem:
    """The same problem as if these were all its patients; the place stays as it is."""
    register = problem.register
    mine: dict[str, Any] = {
        field.name: tuple(row for row in rows if row.patient in patients)
        for field in fields(register)
        if isinstance(rows := getattr(register, field.name), tuple)
        and rows
        and hasattr(rows[0], "patient")
    }
    kept = tuple(who for who in register.patients if who.code in patients)
    return replace(problem, register=replace(register, patients=kept, **mine))


def crowds(model: Model) -> tuple[Crowd, ...]:
    """The groups, by their zones; patients who may sit nowhere are in none."""
    zones = zone_masks(model)
    usable = {patient: _zones(model, patient, zones) for patient in sorted(model.problem.patient)}
    groups: list[frozenset[str]] = []
    for mine in sorted({one for one in usable.values() if one}, key=sorted):
        touching = [group for group in groups if group & mine]
        groups = [group for group in groups if not group & mine]
        groups.append(mine.union(*touching))
    return tuple(
        Crowd(
            tuple(sorted(group)),
            tuple(patient for patient, mine in usable.items() if mine and mine <= group),
        )
        for group in sorted(groups, key=sorted)
    )


def _zones(model: Model, patient: str, zones: Mapping[str, int]) -> frozenset[str]:
    seats = 0
    for turn in model.problem.turns:
        seats |= model.allowed(patient, turn)
    return frozenset(zone for zone, stations in zones.items() if stations & seats)


def beyond_help(model: Model) -> tuple[str, ...]:
    """Patients whom no seat can help, only other data: those for whom some week has no legal
    turns even were they alone, and those who were promised a seat that others were, too."""
    found = {*_without_week(model)}
    locked = next(rule for rule in RULES if rule.name == "locked")
    hard = tuple(rule for rule in RULES if rule.hard)
    found.update(*(clash.patients for clash in promised_twice(model, hard, locked)))
    return tuple(sorted(found))


def _without_week(model: Model) -> Iterator[str]:
    problem = model.problem
    zones = tuple(zone_masks(model).values())
    for patient in problem.patient:
        asked = [monday for monday in problem.mondays if wanted_sessions(problem, patient, monday)]
        if not all(has_week(model, patient, monday, zones) for monday in asked):
            yield patient
