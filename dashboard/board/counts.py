"""How full each zone is in each turn: patients against seats and against nurses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dashboard.board.opened import Opened
from domain.calendar import Turn
from scheduler.open_seats import OpenSeats
from scheduler.rules import RULES


@dataclass(frozen=True, slots=True)
class Count:
    """One zone in one turn. `seats` are open stations that are not held back, `most` how many
    patients the nurses may care for; without stated nurses both are missing."""

    patients: int
    seats: int
    nurses: int | None
    most: int | None

    @property
    def state(self) -> str:
        """`over`, `full`, `room` or `shut`."""
        limit = self.seats if self.most is None else min(self.seats, self.most)
        if self.patients > limit:
            return "over"
        if not self.seats:
            return "shut"
        return "full" if self.patients == limit else "room"


def counts(opened: Opened) -> Mapping[tuple[str, Turn], Count]:
    """Every zone in every turn of the week shown."""
    return dict(_counts(opened))


def _counts(opened: Opened) -> Iterator[tuple[tuple[str, Turn], Count]]:
    problem, plan = opened.problem, opened.known
    supply = OpenSeats(problem, RULES)
    known = set(supply.cells)
    for turn in opened.turns:
        there = [problem.station[row.station].zone for row in plan.by_turn.get(turn, ())]
        for zone in problem.zone_stations:
            if (zone, turn) not in known:
                yield (zone, turn), Count(there.count(zone), 0, None, None)
                continue
            found = supply.of(zone, turn)
            stations, held, _ = found.split(None)
            nurses = problem.nurses(zone, turn)
            yield (zone, turn), Count(there.count(zone), stations - held, nurses, found.staffed)
