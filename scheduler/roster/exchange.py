"""The best roster that is known, between searches that run side by side."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock

from scheduler.roster.judge import judge
from scheduler.roster.narrowing import Narrowing
from scheduler.roster.shape import Roster, Shape


class Exchange:
    """What any of the searches has found or proven. Shared by threads."""

    def __init__(self, shape: Shape, report: Callable[[int, int], None], bound: int = 0) -> None:
        """`report` hears of every cost and bound that is better than those before."""
        self.shape = shape
        self._report = report
        self._lock = Lock()
        self._roster: Roster | None = None
        self._cost, self._bound = 0, bound
        self.narrowing: Narrowing | None = None
        """What prices prove of single cells, once they are known."""

    @property
    def settled(self) -> bool:
        """True if the best roster is proven."""
        with self._lock:
            return self._roster is not None and self._bound >= self._cost

    @property
    def bound(self) -> int:
        """What no roster can cost less than."""
        with self._lock:
            return self._bound

    def offer(self, roster: Roster) -> None:
        """Takes a legal roster if it is better than the best."""
        judgment = judge(self.shape, roster)
        if not judgment.legal:
            return
        with self._lock:
            if self._roster is None or judgment.cost < self._cost:
                self._roster, self._cost = roster, judgment.cost
                self._report(self._cost, min(self._cost, self._bound))

    def lift(self, bound: int) -> None:
        """Takes a bound if it says more than the best."""
        with self._lock:
            if bound > self._bound:
                self._bound = bound
                if self._roster is not None:
                    self._report(self._cost, min(self._cost, bound))

    def cheaper_than(self, cost: int | None) -> Roster | None:
        """The best roster if it costs less (`None`: whatever it costs)."""
        with self._lock:
            better = cost is None or self._cost < cost
            return self._roster if better else None
