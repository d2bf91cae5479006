"""Machines in service and missing nurses: who still finds a seat in the planted week."""

from __future__ import annotations

from collections import Counter, defaultdict

from db.sample.chains import Seat
from db.sample.people import Person
from db.sample.spec import FIRST_MONDAY
from db.sample.week import Week
from domain.calendar import DAY, Span, Turn
from domain.center import Closure
from domain.rulebook import rule_row

TRIES = 40
"""Slots looked at for maintenance before the center goes without."""


class Floor:
    """The seats of the week by slot and by turn, kept in step while people move."""

    def __init__(self, week: Week) -> None:
        self.week = week
        self.closures: list[Closure] = []
        self.stations: defaultdict[str, list[str]] = defaultdict(list)
        for station in week.site.stations:
            self.stations[station.zone].append(station.code)
        self.sitting: dict[Seat, str] = {}
        self.load: Counter[tuple[str, Turn]] = Counter()
        for code, seats in week.seats.items():
            for seat in seats:
                self._sit(code, seat)

    def over(self, zone: str, turn: Turn) -> bool:
        """True if the zone has more patients than places in the turn."""
        return self.load[zone, turn] > self._places(zone, turn)

    def reseat(self, person: Person, seat: Seat) -> bool:
        """Move one session of the week to another slot of the day, the same shift first;
        False and nothing moved if there is none."""
        self._stand(person.code, seat)
        for other in self._free(person, seat):
            kept = self.week.seats[person.code]
            moved = tuple(other if one == seat else one for one in kept)
            if self.week.may_sit(person, moved):
                self.week.seats[person.code] = moved
                self.week.touched.add(person.code)
                self._sit(person.code, other)
                return True
        self._sit(person.code, seat)
        return False

    def drop(self, code: str) -> None:
        """The patient has no place this week."""
        for seat in self.week.seats.pop(code):
            self._stand(code, seat)

    def _free(self, person: Person, seat: Seat) -> list[Seat]:
        zone = person.chain.zone
        running = [s.code for s in self.week.spec.shifts if seat.weekday in s.weekdays]
        found: list[Seat] = []
        for shift in sorted(running, key=lambda code: code != seat.shift):
            turn = turn_of(Seat(seat.weekday, shift, ""))
            if self.load[zone, turn] < self._places(zone, turn):
                slots = (Seat(seat.weekday, shift, station) for station in self.stations[zone])
                shut = self._shut(turn)
                found += [s for s in slots if s not in self.sitting and s.station not in shut]
        return found

    def _places(self, zone: str, turn: Turn) -> int:
        site, shut = self.week.site, self._shut(turn)
        ratio = rule_row(self.week.spec.rules, "nurse_ratio", turn.day).limit or 5
        nurses = sum(row.nurses for row in site.staffing if row.covers(zone, turn))
        held = sum(hold.stations for hold in site.holds if hold.zone == zone)
        return min(sum(s not in shut for s in self.stations[zone]) - held, nurses * ratio)

    def _shut(self, turn: Turn) -> frozenset[str | None]:
        return frozenset(c.station for c in self.closures if (c.span.first, c.shift) == turn)

    def _sit(self, code: str, seat: Seat) -> None:
        self.sitting[seat] = code
        self.load[self.week.people[code].chain.zone, turn_of(seat)] += 1

    def _stand(self, code: str, seat: Seat) -> None:
        if self.sitting.pop(seat, None):
            self.load[self.week.people[code].chain.zone, turn_of(seat)] -= 1


def turn_of(seat: Seat) -> Turn:
    """The turn of the week to be planned."""
    return Turn(FIRST_MONDAY + DAY * (seat.weekday - 1), seat.shift)


def relieve(week: Week) -> tuple[Closure, ...]:
    """The week's maintenance closures; everybody whom they or missing nurses unseat sits
    elsewhere afterwards, or has no place."""
    floor = Floor(week)
    _close(floor)
    _match_nurses(floor)
    return tuple(floor.closures)


def _close(floor: Floor) -> None:
    """Maintenance at occupied slots, where somebody can still be seated elsewhere; anywhere
    in a center that has people waiting already."""
    week = floor.week
    slots = sorted(floor.sitting, key=lambda seat: (seat.weekday, seat.shift, seat.station))
    waiting = len(week.seats) < len(week.people)
    reason = "机器保养" if week.spec.language == "zh" else "Maintenance"
    for seat in week.rng.sample(slots, min(len(slots), TRIES)):
        if len(floor.closures) == week.spec.changes.closures:
            break
        code = floor.sitting.get(seat)
        if code is None or code in week.touched:
            continue
        day = turn_of(seat).day
        floor.closures.append(Closure(Span(day, day), reason, seat.shift, station=seat.station))
        if not floor.reseat(week.people[code], seat):
            if waiting:
                floor.drop(code)
            else:
                floor.closures.pop()


def _match_nurses(floor: Floor) -> None:
    """Where nurses are fewer than last week, somebody moves or has no place."""
    week = floor.week
    for zone, turn in sorted(floor.load):
        if floor.over(zone, turn):
            there = [
                (seat.station, code)
                for seat, code in floor.sitting.items()
                if turn_of(seat) == turn
                and week.people[code].chain.zone == zone
                and code not in week.touched
            ]
            for station, code in sorted(there):
                seat = Seat(turn.day.isoweekday(), turn.shift, station)
                if floor.over(zone, turn) and not floor.reseat(week.people[code], seat):
                    floor.drop(code)
