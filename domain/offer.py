"""A place that can be offered to somebody: where, what it harms, whom it moves."""

from __future__ import annotations

from dataclasses import dataclass

from domain.bad_day import Wait
from domain.draft import Move
from domain.plan import Assignment, RuleCost, Violation

SOON_HOURS = 24
"""Hours within which a missed session is best made up: not harmless then, but less harmful."""
LATE_HOURS = 48
"""Hours within which it is to be made up."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What all rules say of some moves, as against the plan without the session that was missed.
    `broken` are hard rules that the moves break; `left` those of the patient that are broken
    without the session too, such as a gap that is too long by now; `waived` those of which the
    doctor said that they need not hold; `costs` the difference in what soft rules cost."""

    broken: tuple[Violation, ...]
    left: tuple[Violation, ...]
    costs: tuple[RuleCost, ...]
    waived: tuple[Violation, ...] = ()

    @property
    def legal(self) -> bool:
        """True if no hard rule is broken that was kept before."""
        return not self.broken


@dataclass(frozen=True, slots=True)
class Offer:
    """A legal place for one session, with everything that has to move for it.

    `moves` are the patient's own first, the offered session foremost. `hours` lie between the
    start of the session that was missed and that of this one. `own` counts the patient's other
    sessions that change their turn, `others` are patients who do, `reseated` those who keep their
    turn and only change the station.
    """

    session: Assignment
    moves: tuple[Move, ...]
    wait: Wait | None
    hours: int
    own: int
    others: tuple[str, ...]
    reseated: tuple[str, ...]
    judged: Judged

    @property
    def over(self) -> int:
        """Days by which the patient's longest wait is above the own line, then."""
        return 0 if self.wait is None else max(0, self.wait.over)

    @property
    def band(self) -> int:
        """0 within a day, 1 within two, 2 later."""
        return 0 if self.hours <= SOON_HOURS else 1 if self.hours <= LATE_HOURS else 2

    @property
    def harm(self) -> tuple[object, ...]:
        """Less is better: days over the line, a day or two, other people moved, own sessions
        moved, the center's own costs, stations changed, then time and place."""
        totals: dict[int, int] = {}
        for cost in sorted(self.judged.costs, key=lambda one: one.tier):
            totals[cost.tier] = totals.get(cost.tier, 0) + cost.weighed
        tiers = tuple(totals.get(tier, 0) for tier in range(1, 1 + max(totals, default=0)))
        return (
            self.over, self.band, len(self.others), self.own, _padded(tiers),
            len(self.reseated), self.hours, self.session,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Swap:
    """Two patients who take each other's turns, with what all rules say of it."""

    first: str
    second: str
    moves: tuple[Move, ...]
    judged: Judged


def _padded(tiers: tuple[int, ...]) -> tuple[int, ...]:
    """Offers with costs in different tiers, made comparable."""
    return tiers + (0,) * (9 - len(tiers))
