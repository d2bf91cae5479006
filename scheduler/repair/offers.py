"""What would give a place to those whom a repair has to leave out: each way tried, as small as it
can be. A shift more in a turn that the center does not hold, on Sunday say; the nurses back; the
stations that are held for emergencies; another center for who is left.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from math import ceil

from domain.calendar import Turn
from domain.problem import Problem
from domain.remedied import remedied
from domain.remedy import Crew, ExtraShift, GuestElsewhere, MoreNurses, Remedy
from domain.remedy_price import RemedyCost, cost_of
from domain.trouble import NurseMissing
from scheduler.effort import Effort
from scheduler.planner import Onlooker
from scheduler.remedies.least import Amounts, least
from scheduler.repair.limits import RepairLimits
from scheduler.repair.measures import Measure
from scheduler.repair.repair import repair
from scheduler.repair.repaired import Repaired


class WayKind(StrEnum):
    """Which sort of way it is."""

    HELD = "held stations"
    EXTRA_SHIFT = "extra shift"
    NURSES = "nurses"
    ELSEWHERE = "another center"


@dataclass(frozen=True)
class WayOut:
    """A way that was tried: what it takes and costs, how many sessions still have no place with
    it, and the repair that shows it; none where another center does it. Where nobody is left out,
    nothing can be taken from the way without leaving somebody out."""

    kind: WayKind
    remedies: tuple[Remedy, ...]
    cost: RemedyCost
    left: int
    repaired: Repaired | None


def ways_out(
    problem: Problem, done: Repaired, limits: RepairLimits, effort: Effort, onlooker: Onlooker
) -> tuple[WayOut, ...]:
    """Every way that helps, those that leave nobody out first, then the cheaper ones. `problem` is
    the center without the troubles; of each single repair the effort is spent."""
    if not done.left_out:
        return ()
    asking = _Asking(problem, done, limits, effort, onlooker)
    found = [*asking.held(), *asking.extra_shift(), *asking.nurses(), asking.elsewhere()]
    missing = done.of(Measure.UNPLACED).found
    helps = [one for one in found if one.left < missing]
    return tuple(sorted(helps, key=lambda one: (one.left, one.cost.minutes)))


@dataclass(frozen=True)
class _Asking:
    """Repairs of one week, each with something changed."""

    problem: Problem
    done: Repaired
    limits: RepairLimits
    effort: Effort
    onlooker: Onlooker

    def held(self) -> Iterator[WayOut]:
        """The stations held for emergencies: this is one."""
        register = self.problem.register
        if register.holds:
            freed = replace(self.problem, register=replace(register, holds=()))
            again = self._repaired(freed)
            yield WayOut(WayKind.HELD, (), cost_of(self.problem, ()), _left(again), again)

    def extra_shift(self) -> Iterator[WayOut]:
        """As few turns as will do of those that the center does not hold."""
        turns = {str(number): turn for number, turn in enumerate(self._unheld())}
        crews = self._crews()
        if not turns or not crews:
            return

        def remedies(some: Amounts) -> tuple[Remedy, ...]:
            opened = tuple(turn for name, turn in turns.items() if some.get(name))
            return (ExtraShift(opened, crews),) if opened else ()

        every = dict.fromkeys(turns, 1)
        amounts = least(every, lambda some: not _left(self._with(remedies(some)))) or every
        yield self._way(WayKind.EXTRA_SHIFT, remedies(amounts))

    def nurses(self) -> Iterator[WayOut]:
        """Somebody else for the nurses who are missing."""
        missing = [one for one in self.done.troubles if isinstance(one, NurseMissing)]
        if missing:
            more = tuple(
                MoreNurses(one.zone, one.turn.shift, (one.turn.day,), one.nurses) for one in missing
            )
            yield self._way(WayKind.NURSES, more)

    def elsewhere(self) -> WayOut:
        """Another center for who is left out; no fewer sessions would do, as is proven."""
        patients = tuple(sorted({one.patient for one in self.done.left_out}))
        remedy = GuestElsewhere(patients)
        return WayOut(WayKind.ELSEWHERE, (remedy,), cost_of(self.problem, (remedy,)), 0, None)

    # --- parts ------------------------------------------------------------------------------

    def _unheld(self) -> Iterator[Turn]:
        """Turns to come in which a shift of the center does not run."""
        held = frozenset(self.problem.turns)
        for day in self.problem.days:
            for shift in sorted(self.problem.shift.values(), key=lambda one: one.start):
                coming = shift.interval(day).start > self.done.now
                if coming and Turn(day, shift.code) not in held:
                    yield Turn(day, shift.code)

    def _crews(self) -> tuple[Crew, ...]:
        """Nurses for those who are left out, by the zones in which they sit otherwise."""
        zone = self.problem.station
        rows = (row for one in self.done.left_out for row in one.rows)
        needed = Counter(zone[row.station].zone for row in rows if row.station in zone)
        each = self.problem.limit("nurse_ratio", self.problem.first_day)
        return tuple(Crew(code, ceil(count / each)) for code, count in sorted(needed.items()))

    # --- asked again ------------------------------------------------------------------------

    def _way(self, kind: WayKind, remedies: Sequence[Remedy]) -> WayOut:
        again = self._with(remedies)
        return WayOut(kind, tuple(remedies), cost_of(self.problem, remedies), _left(again), again)

    def _with(self, remedies: Sequence[Remedy]) -> Repaired:
        return self._repaired(remedied(self.problem, remedies))

    def _repaired(self, problem: Problem) -> Repaired:
        done = self.done
        return repair(
            problem, done.before, done.troubles, done.now, self.limits, self.effort, self.onlooker
        )


def _left(done: Repaired) -> int:
    """Sessions still without a place; a plan that breaks a hard rule places nobody."""
    missing = done.of(Measure.UNPLACED).found
    return missing + len(done.broken)
