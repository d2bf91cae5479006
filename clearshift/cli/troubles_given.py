"""What has happened, from the words of a command line to troubles.

Every option's value is a few parts with colons between them: `A:2026-03-04:noon:2`. All that
cannot be read is refused at once, option by option.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from clearshift.cli.refusal import Refusal
from domain.calendar import Turn
from domain.problem import Problem
from domain.reported import faults, machine_out
from domain.trouble import (
    NurseMissing,
    PatientAway,
    PatientBack,
    PatientJoins,
    PatientLate,
    PatientMissed,
    ShiftClosed,
    StationOut,
    Trouble,
    WaterOff,
)
from domain.words import Words, words


@dataclass(frozen=True, slots=True)
class Told:
    """The values of the options, as they were typed."""

    stations: tuple[str, ...] = ()
    machines: tuple[str, ...] = ()
    water: bool = False
    since: str | None = None
    until: str | None = None
    nurses: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    away: tuple[str, ...] = ()
    late: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()
    back: tuple[str, ...] = ()
    joins: tuple[str, ...] = ()


def troubles_of(problem: Problem, told: Told, now: datetime) -> tuple[Trouble, ...]:
    """The troubles that are meant; `now` is the center's local time, from which on things are
    out if nobody says since when. Raises Refusal with everything that cannot be meant."""
    wrong: list[Words] = []
    found = [*_places(problem, told, now, wrong), *_turns(told, wrong), *_people(told, wrong)]
    wrong += faults(problem, found)
    if wrong:
        raise Refusal(*wrong)
    return tuple(found)


def moment(option: str, text: str, now: datetime) -> datetime:
    """A moment: `2026-03-04T12:40`, or `12:40` of the day of `now`. Raises Refusal."""
    try:
        if "T" in text or " " in text:
            return datetime.fromisoformat(text).replace(tzinfo=None)
        return datetime.combine(now.date(), time.fromisoformat(text))
    except ValueError as error:
        raise Refusal(
            words(
                "{option}: {value} is not a moment; expected 12:40 or 2026-03-04T12:40.",
                option=option,
                value=text,
            )
        ) from error


def _places(problem: Problem, told: Told, now: datetime, wrong: list[Words]) -> Iterator[Trouble]:
    since = now if told.since is None else moment("--since", told.since, now)
    until = None if told.until is None else moment("--until", told.until, now)
    yield from (StationOut(station, since, until) for station in told.stations)
    for machine in told.machines:
        stood = machine_out(problem, machine, since, until)
        if not stood:
            wrong.append(words("--machine: {machine} stands at no station", machine=machine))
        yield from stood
    if told.water and until is None:
        wrong.append(words("--water-off needs --until: when is the water back?"))
    elif told.water and until is not None:
        yield WaterOff(since, until)


def _turns(told: Told, wrong: list[Words]) -> Iterator[Trouble]:
    yield from _read(
        "--nurse", "ZONE:DAY:SHIFT[:COUNT]", told.nurses, wrong,
        lambda zone, day, shift, count="1": NurseMissing(zone, _turn(day, shift), int(count)),
    )  # fmt: skip
    yield from _read(
        "--closed", "DAY:SHIFT[:ZONE]", told.closed, wrong,
        lambda day, shift, zone="": ShiftClosed(_turn(day, shift), zone or None),
    )  # fmt: skip


def _people(told: Told, wrong: list[Words]) -> Iterator[Trouble]:
    yield from _read(
        "--away", "PATIENT:FIRST[:LAST]", told.away, wrong,
        lambda who, first, last="": PatientAway(who, _day(first), _day(last) if last else None),
    )  # fmt: skip
    yield from _read(
        "--late", "PATIENT:DAY:SHIFT:MINUTES", told.late, wrong,
        lambda who, day, shift, minutes: PatientLate(who, _turn(day, shift), int(minutes)),
    )  # fmt: skip
    yield from _read(
        "--missed", "PATIENT:DAY:SHIFT", told.missed, wrong,
        lambda who, day, shift: PatientMissed(who, _turn(day, shift)),
    )  # fmt: skip
    yield from _read(
        "--back", "PATIENT:FIRST", told.back, wrong, lambda who, day: PatientBack(who, _day(day))
    )
    yield from _read(
        "--joins", "PATIENT:FIRST", told.joins, wrong,
        lambda who, day: PatientJoins(who, _day(day)),
    )  # fmt: skip


def _read(
    option: str,
    form: str,
    values: Iterable[str],
    wrong: list[Words],
    made: Callable[..., Trouble],
) -> Iterator[Trouble]:
    for value in values:
        try:
            yield made(*value.split(":"))
        except (TypeError, ValueError):
            wrong.append(
                words("{option}: {value} is not {form}.", option=option, value=value, form=form)
            )


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _turn(day: str, shift: str) -> Turn:
    return Turn(_day(day), shift)
