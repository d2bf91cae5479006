"""What may be tried to close a shortage, and what was found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from domain.center import Shift
from domain.plan import Plan
from domain.remedy import Remedy, RemedyKind
from domain.remedy_price import STANDARD_RATES, Item, Rate, RemedyCost
from domain.words import Label


@dataclass(frozen=True, slots=True)
class Terms:
    """What may be tried. `fewer` are the patients whom the doctor allows five sessions a
    fortnight, with who said so; turns that begin before `since` are not opened nor staffed;
    `evening` and `night` are what shifts would be called that the center does not have."""

    kinds: frozenset[RemedyKind] = frozenset(RemedyKind)
    fewer: tuple[str, ...] = ()
    fewer_source: str = ""
    since: datetime | None = None
    evening: Label = Label("Evening shift", "")
    night: Label = Label("Night shift", "")
    rates: Mapping[Item, Rate] = field(default_factory=lambda: STANDARD_RATES)

    def allow(self, shift: Shift, day: date) -> bool:
        """True if the turn lies far enough ahead to be changed; local time of the center."""
        return self.since is None or shift.interval(day).start >= self.since


@dataclass(frozen=True, slots=True)
class Shortage:
    """Some of the patients who share these zones go short in every plan: at least `least`
    sessions by counting seats (0 if counting alone does not show it). `missing` are the
    sessions that each patient lacks in the best plan found, `fewest` if none lacks less."""

    zones: tuple[str, ...]
    patients: tuple[str, ...]
    least: int
    missing: Mapping[str, int]
    fewest: bool


@dataclass(frozen=True, slots=True)
class Proven:
    """Remedies that close a shortage: with them the plan seats everybody concerned and the
    judge has nothing against it, without them it is proven that somebody goes short.

    `least` if that is proven for everything smaller of the same kind, too: a nurse, a machine,
    a shift or a patient less and somebody goes short again.
    """

    kind: RemedyKind
    zones: tuple[str, ...]
    remedies: tuple[Remedy, ...]
    cost: RemedyCost
    plan: Plan
    least: bool


@dataclass(frozen=True, slots=True)
class Helpless:
    """A kind of remedy that does not close a shortage however much of it there is: `proven`,
    or else only not found within the effort."""

    kind: RemedyKind
    zones: tuple[str, ...]
    proven: bool


@dataclass(frozen=True, slots=True)
class Closing:
    """What would close the shortages, cheapest first.

    `aside` are patients without any legal week, whom no seat can help; everything here is about
    the others. `unsettled` are zones for which nobody could tell within the effort whether
    somebody goes short.
    """

    shortages: tuple[Shortage, ...]
    remedies: tuple[Proven, ...]
    helpless: tuple[Helpless, ...]
    aside: tuple[str, ...]
    unsettled: tuple[tuple[str, ...], ...]
