"""Scenarios as they are typed: `two machines = machines:A:2:HD + nurses:A:AM:mon,tue:1`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from types import MappingProxyType

from clearshift.cli.refusal import Refusal
from clearshift.cli.remedy_files import listed_patients
from domain.calendar import Parity, Turn
from domain.center import Modality
from domain.problem import Problem
from domain.remedy import (
    Crew,
    ExtraShift,
    FewerSessions,
    GuestElsewhere,
    MoreMachines,
    MoreNurses,
    OpenNight,
    Remedy,
)
from domain.words import Words, words
from scheduler.remedies.parts import full_crew, late_shifts
from scheduler.remedies.scenarios import Scenario
from scheduler.remedies.terms import Terms

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SUNDAY = 7

FORMS = (
    "sunday:SHIFT[:ZONE=NURSES,...]",
    "extra:DATE:SHIFT[:ZONE=NURSES,...]",
    "evening[:mon,wed,fri][:ZONE=NURSES,...]",
    "night[:mon,wed,fri][:ZONE=NURSES,...]",
    "machines:ZONE:COUNT[:HD,HDF]",
    "nurses:ZONE:SHIFT:mon,tue:COUNT",
    "five:FILE",
    "guests:P001,P002",
)
"""The changes that a scenario is made of."""


class _Wrong(Exception):
    """A part of a change that means nothing here."""

    def __init__(self, value: str, expected: Words) -> None:
        super().__init__(value)
        self.value = value
        self.expected = expected


@dataclass(frozen=True, slots=True)
class _Scene:
    """What the codes of a change are looked up in."""

    problem: Problem
    terms: Terms

    def zone(self, text: str) -> str:
        """A zone's code."""
        return _one_of(text, self.problem.zone_stations, words("a zone"))

    def shift(self, text: str) -> str:
        """A shift's code."""
        return _one_of(text, self.problem.shift, words("a shift"))

    def crews(self, turn: Turn, text: str) -> tuple[Crew, ...]:
        """Nurses by zone; where nothing is said, all that the stations need, everywhere."""
        if not text:
            zones = self.problem.zone_stations
            return tuple(Crew(zone, full_crew(self.problem, zone, turn)) for zone in zones)
        pairs = (part.partition("=") for part in text.split(","))
        return tuple(Crew(self.zone(zone), _count(many)) for zone, _, many in pairs)


def scenarios_of(texts: Iterable[str], problem: Problem, terms: Terms) -> tuple[Scenario, ...]:
    """Scenarios as typed. Raises Refusal with everything in them that means nothing here."""
    scene, wrong = _Scene(problem, terms), list[Words]()
    found = tuple(_scenario(scene, text, wrong) for text in texts)
    if wrong:
        raise Refusal(*wrong)
    return found


def _scenario(scene: _Scene, text: str, wrong: list[Words]) -> Scenario:
    name, equals, changes = text.partition("=")
    if not equals or ":" in name:  # the equals sign belongs to a crew, or there is none
        name, changes = text, text
    made = [_tried(scene, change.strip(), wrong) for change in changes.split("+")]
    return Scenario(name.strip(), tuple(one for one in made if one is not None))


def _tried(scene: _Scene, change: str, wrong: list[Words]) -> Remedy | None:
    try:
        return _change(scene, change)
    except _Wrong as error:
        wrong.append(
            words(
                "--scenario: {change}: {value} is not {expected}",
                change=change,
                value=error.value or words("empty"),
                expected=error.expected,
            )
        )
        return None


def _change(scene: _Scene, text: str) -> Remedy:
    kind, _, rest = text.partition(":")
    make = _KINDS.get(kind)
    if make is None:
        raise _Wrong(kind, words("one of {forms}", forms=FORMS))
    return make(scene, rest.split(":") if rest else [])


def _sunday(scene: _Scene, parts: list[str]) -> Remedy:
    shift, crews = _filled(parts, 1, 2)
    code = scene.shift(shift)
    days = [day for day in scene.problem.days if day.isoweekday() == _SUNDAY]
    turns = tuple(Turn(day, code) for day in days)
    return ExtraShift(turns, scene.crews(turns[0], crews))


def _extra(scene: _Scene, parts: list[str]) -> Remedy:
    day, shift, crews = _filled(parts, 2, 3)
    turn = Turn(_day(scene.problem, day), scene.shift(shift))
    return ExtraShift((turn,), scene.crews(turn, crews))


def _late(scene: _Scene, parts: list[str], *, night: bool) -> Remedy:
    weekdays, crews = _filled(parts, 0, 2)
    late = [one for one in late_shifts(scene.problem, scene.terms) if one.night is night]
    if not late:
        name = "night" if night else "evening"
        raise _Wrong(name, words("possible: there is a night shift, or no time for one"))
    shift = replace(late[0], weekdays=_weekdays(weekdays)) if weekdays else late[0]
    return OpenNight(shift, scene.crews(Turn(scene.problem.first_day, shift.code), crews))


def _machines(scene: _Scene, parts: list[str]) -> Remedy:
    zone, count, modalities = _filled(parts, 2, 3)
    kinds = [_one_of(one, list(Modality), words("one of {kinds}", kinds=tuple(Modality)))
             for one in modalities.split(",") if modalities]  # fmt: skip
    return MoreMachines(
        scene.zone(zone), _count(count), frozenset(map(Modality, kinds)) or frozenset(Modality)
    )


def _nurses(scene: _Scene, parts: list[str]) -> Remedy:
    zone, shift, weekdays, count = _filled(parts, 4, 4)
    wanted = _weekdays(weekdays)
    days = tuple(day for day in scene.problem.days if day.isoweekday() in wanted)
    return MoreNurses(scene.zone(zone), scene.shift(shift), days, _count(count))


def _five(scene: _Scene, parts: list[str]) -> Remedy:
    """Everybody on the list, their short weeks by turns."""
    (file,) = _filled(parts, 1, 1)
    patients = listed_patients(Path(file), scene.problem)
    first, then = patients[::2], patients[1::2]
    odd = scene.problem.parity(scene.problem.first_day) is Parity.ODD
    return FewerSessions(*((first, then) if odd else (then, first)), source=file)


def _guests(scene: _Scene, parts: list[str]) -> Remedy:
    (codes,) = _filled(parts, 1, 1)
    patients = scene.problem.patient
    return GuestElsewhere(
        tuple(_one_of(one, patients, words("a patient")) for one in codes.split(","))
    )


_KINDS: Mapping[str, Callable[[_Scene, list[str]], Remedy]] = MappingProxyType(
    {
        "sunday": _sunday,
        "extra": _extra,
        "evening": partial(_late, night=False),
        "night": partial(_late, night=True),
        "machines": _machines,
        "nurses": _nurses,
        "five": _five,
        "guests": _guests,
    }
)


# --- parts of a change ------------------------------------------------------------------------


def _filled(parts: list[str], least: int, most: int) -> list[str]:
    """So many parts, the ones that may be left out empty."""
    if not least <= len(parts) <= most:
        raise _Wrong(":".join(parts), words("one of {forms}", forms=FORMS))
    return [part.strip() for part in parts] + [""] * (most - len(parts))


def _one_of(text: str, known: Iterable[str], expected: Words) -> str:
    found = next((one for one in known if one.casefold() == text.casefold()), None)
    if found is None:
        raise _Wrong(text, expected)
    return found


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 1000):
        raise _Wrong(text, words("a number from 1 to 999"))
    return int(text)


def _day(problem: Problem, text: str) -> date:
    iso = _one_of(text, map(date.isoformat, problem.days), words("a date in these weeks"))
    return date.fromisoformat(iso)


def _weekdays(text: str) -> frozenset[int]:
    named = words("weekdays such as mon,wed,fri")
    return frozenset(_WEEKDAYS.index(_one_of(one, _WEEKDAYS, named)) + 1 for one in text.split(","))
