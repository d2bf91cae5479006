"""Seats of many turns said in as few words as will do: "Zone A, evening every day"."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from domain.calendar import Turn
from domain.problem import Problem
from domain.shortage import Cap, Place
from domain.words import Label, Words, words


@dataclass(frozen=True, slots=True)
class Spot:
    """Seats of one zone in one turn; no stations named means all of them."""

    zone: str
    turn: Turn
    stations: tuple[str, ...]
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
    groups: dict[tuple[str, tuple[str, ...]], dict[Turn, Spot]] = {}
    for spot in spots:
        groups.setdefault((spot.zone, spot.stations), {})[spot.turn] = spot
    names = {zone.code: zone.name for zone in problem.register.zones}
    for (zone, stations), by_turn in sorted(groups.items()):
        for extent in _extents(problem, zone, by_turn.keys()):
            part = tuple(by_turn[turn] for turn in sorted(extent.turns))
            seats = sum(spot.seats for spot in part)
            said = _said(problem, names[zone], extent)
            if stations:
                said = words("{place}, stations {stations}", place=said, stations=stations)
            place = Place(zone, extent.shift, extent.days, stations, seats, _cap(part), said)
            yield place, part


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


def _said(problem: Problem, zone: Label, extent: _Extent) -> Words:
    if extent.shift is None:
        if not extent.days:
            return words("{zone} at all times", zone=zone)
        return words("{zone} on {days}", zone=zone, days=extent.days)
    shift = problem.shift[extent.shift].name
    if not extent.days:
        return words("{zone} {shift} every day", zone=zone, shift=shift)
    return words("{zone} {shift} on {days}", zone=zone, shift=shift, days=extent.days)


def _cap(spots: tuple[Spot, ...]) -> Cap:
    """Nurses before stations: with more of them some of the seats would be there."""
    caps = {spot.cap for spot in spots}
    return next(cap for cap in (Cap.NURSES, Cap.HELD, Cap.STATIONS) if cap in caps)
