"""Seats of many turns said in as few words as will do: "Zone A, evening every day"."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from domain.calendar import DAY, Turn
from domain.center import Modality
from domain.problem import Problem
from domain.shortage import Cap, Place
from domain.words import Words, words

_FEW = 6
"""Stations that a place names one by one."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Seats of one zone in one turn; no stations named means all of them. `kind` says that
    the stations are those that can do the modality."""

    zone: str
    turn: Turn
    stations: tuple[str, ...]
    kind: Modality | None
    seats: int
    cap: Cap


@dataclass(frozen=True, slots=True)
class _Extent:
    """A shift or all of them, on some days or on every day (none named)."""

    shift: str | None
    days: tuple[date, ...]
    turns: frozenset[Turn]


def places(problem: Problem, spots: Iterable[Spot]) -> Iterator[tuple[Place, tuple[Spot, ...]]]:
    """The spots put together to places, each with the spots it is made of."""
    groups: dict[tuple[str, str, tuple[str, ...]], dict[Turn, Spot]] = {}
    for spot in spots:
        key = (spot.zone, spot.kind or "", () if spot.kind else spot.stations)
        groups.setdefault(key, {})[spot.turn] = spot
    for (zone, _, _), by_turn in sorted(groups.items()):
        for extent in _extents(problem, zone, by_turn.keys()):
            part = tuple(by_turn[turn] for turn in sorted(extent.turns))
            yield _place(problem, extent, part), part


def _place(problem: Problem, extent: _Extent, spots: tuple[Spot, ...]) -> Place:
    zone, kind = spots[0].zone, spots[0].kind
    stations = tuple(sorted({code for spot in spots for code in spot.stations}))
    said = _said(problem, zone, extent)
    if kind:
        said = words("{place}, stations for {modality}", place=said, modality=kind.value)
    elif len(stations) > _FEW:
        said = words("{place}, {count} stations", place=said, count=len(stations))
    elif stations:
        said = words("{place}, stations {stations}", place=said, stations=stations)
    seats = sum(spot.seats for spot in spots)
    return Place(zone, extent.shift, extent.days, stations, seats, _cap(spots), said)


def _extents(problem: Problem, zone: str, turns: Collection[Turn]) -> Iterator[_Extent]:
    """All turns; else whole shifts; else whole days; else shift by shift on some days."""
    left = frozenset(turns)
    running = frozenset(turn for turn in problem.turns if _runs(problem, zone, turn)) | left
    if left == running:
        yield _Extent(None, (), left)
        return
    whole = [part for part in _by_shift(problem, running) if part.turns <= left]
    if whole and frozenset().union(*(part.turns for part in whole)) == left:
        yield from (_Extent(part.shift, (), part.turns) for part in whole)
        return
    days = sorted({turn.day for turn in left})
    if all(turn in left for turn in running if turn.day in days):
        yield _Extent(None, tuple(days), left)
        return
    for part in _by_shift(problem, left):
        full = part.turns == {turn for turn in running if turn.shift == part.shift}
        yield _Extent(part.shift, () if full else part.days, part.turns)


def _runs(problem: Problem, zone: str, turn: Turn) -> bool:
    return any(problem.is_open(station, turn) for station in problem.zone_stations[zone])


def _by_shift(problem: Problem, turns: Collection[Turn]) -> Iterator[_Extent]:
    for shift in sorted(problem.shift.values(), key=lambda one: (one.start, one.code)):
        mine = frozenset(turn for turn in turns if turn.shift == shift.code)
        if mine:
            yield _Extent(shift.code, tuple(sorted(turn.day for turn in mine)), mine)


def _said(problem: Problem, code: str, extent: _Extent) -> Words:
    zone = next(one.name for one in problem.register.zones if one.code == code)
    if extent.shift is None:
        if not extent.days:
            return words("{zone} at all times", zone=zone)
        return words("{zone} on {days}", zone=zone, days=spread(extent.days))
    shift = problem.shift[extent.shift].name
    if not extent.days:
        return words("{zone} {shift} every day", zone=zone, shift=shift)
    return words("{zone} {shift} on {days}", zone=zone, shift=shift, days=spread(extent.days))


def spread(days: Iterable[date]) -> tuple[date | Words, ...]:
    """Days for a sentence: three or more in a row as "first to last"."""
    runs: list[list[date]] = []
    for day in sorted(days):
        if runs and day - runs[-1][-1] == DAY:
            runs[-1].append(day)
        else:
            runs.append([day])
    found: list[date | Words] = []
    for run in runs:
        if len(run) > 2:
            found.append(words("{first} to {last}", first=run[0], last=run[-1]))
        else:
            found.extend(run)
    return tuple(found)


def _cap(spots: tuple[Spot, ...]) -> Cap:
    """Nurses before stations: with more of them some of the seats would be there."""
    caps = {spot.cap for spot in spots}
    return next(cap for cap in (Cap.NURSES, Cap.HELD, Cap.STATIONS) if cap in caps)
