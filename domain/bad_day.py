"""A bad day: far too few machines for everybody, so that somebody has to say who comes first.

What a doctor allows for such days, what is known of the people, and the answer: who is treated
when, how long everybody waits, and for whom it cannot be kept short. Counted in calendar days
from session to session, as `longest_gap` counts. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from domain.calendar import Turn
from domain.plan import Assignment, Change, Plan, Run, Violation

GAIN_WARNS = Decimal(5)
"""Percent of the dry weight from which a gain between sessions warns (reference for China: below
5 %)."""


class Flag(StrEnum):
    """The doctor's word on a patient for a bad day."""

    FIRST = "first"
    USUAL = "usual"
    CAN_WAIT = "can wait"


@dataclass(frozen=True, slots=True)
class Condition:
    """How a patient is before a bad day. What nobody has weighed is missing, never 0."""

    patient: str
    gain_kg: Decimal | None = None
    dry_weight_kg: Decimal | None = None
    flag: Flag = Flag.USUAL

    @property
    def gain_percent(self) -> Decimal | None:
        """The gain in percent of the dry weight, to one decimal."""
        if self.gain_kg is None or not self.dry_weight_kg:
            return None
        return (100 * self.gain_kg / self.dry_weight_kg).quantize(Decimal("0.1"))


@dataclass(frozen=True, slots=True)
class DoctorsRule:
    """What a doctor allows until the end of the week, and who says so in `source`.

    Nothing is allowed unless it is said: `minutes` is the shortest session for who is prescribed
    a longer one, `line` the most days from session to session in place of the center's own
    limit, `plain` plain hemodialysis in place of another modality, `more_turns` that days are cut
    into as many turns as the shortest session allows.
    """

    source: str = ""
    minutes: int | None = None
    line: int | None = None
    plain: bool = False
    more_turns: bool = False


@dataclass(frozen=True, slots=True)
class Wait:
    """The longest that a patient waits from now on: from a session to the next one, or to the
    day on which the next week begins. Without `since` nobody knows the last session; then the
    days are counted as if the next one were due on the first day of the week. `line` is the
    patient's own longest wait."""

    patient: str
    since: date | None
    until: date
    days: int
    line: int

    @property
    def over(self) -> int:
        """Days above the own line; negative below it."""
        return self.days - self.line


@dataclass(frozen=True, slots=True)
class Rank:
    """A patient's place in the order: the doctor's flag, then the days since the last session,
    then the weight gained. `days` is missing where no session is known."""

    place: int
    patient: str
    flag: Flag
    last: date | None
    days: int | None
    gain_percent: Decimal | None


@dataclass(frozen=True, slots=True)
class Shortened:
    """A session that is shorter than prescribed, as the doctor's rule allows."""

    patient: str
    turn: Turn
    minutes: int
    prescribed: int


@dataclass(frozen=True, slots=True)
class Fewer:
    """A patient's week with fewer sessions than wanted, those that are over included."""

    patient: str
    planned: int
    wanted: int


@dataclass(frozen=True, slots=True)
class Squeeze:
    """Counting alone: so many people are due by the end of a day, so many seats there are until
    then in the zones that they may use. More people than seats, and some must wait longer."""

    day: date
    zones: tuple[str, ...]
    due: int
    seats: int

    @property
    def short(self) -> int:
        """People who cannot be kept under their line, whatever is planned."""
        return max(0, self.due - self.seats)


@dataclass(frozen=True, slots=True)
class BadDay:
    """The answer: nobody waits more than `over` days above the own line, and no plan does better
    than `bound`; both are 0 where everybody is kept under it. `waits` has everybody's longest
    wait in the order of `ranks`. `order_proven` says that no plan keeps more people, or people
    further up in the order, under their lines. `broken` are hard rules broken otherwise: promises
    that had to give way, or what was broken before."""

    plan: Plan
    ranks: tuple[Rank, ...]
    waits: tuple[Wait, ...]
    over: int
    bound: int
    order_proven: bool
    run: Run
    broken: tuple[Violation, ...] = ()
    shortened: tuple[Shortened, ...] = ()
    fewer: tuple[Fewer, ...] = ()
    changes: tuple[Change, ...] = ()
    squeezes: tuple[Squeeze, ...] = ()
    begun: frozenset[Assignment] = frozenset()

    @property
    def proven(self) -> bool:
        """True if no plan has a shorter worst wait."""
        return self.bound >= self.over

    @property
    def worst(self) -> tuple[Wait, ...]:
        """Those who wait longest, measured by their own line."""
        return tuple(wait for wait in self.waits if wait.over == self.over)

    @property
    def beyond(self) -> tuple[Wait, ...]:
        """Those who cannot be kept under their line, in the order of the ranks."""
        return tuple(wait for wait in self.waits if wait.over > 0)

    @property
    def next_session(self) -> Mapping[str, Assignment]:
        """Everybody's first session that is still to come."""
        found: dict[str, Assignment] = {}
        for row in self.plan.assignments:
            if row not in self.begun:
                found.setdefault(row.patient, row)
        return found
