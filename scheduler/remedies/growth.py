"""When does it break? The same week again and again, with more and more patients."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from domain.problem import Problem
from scheduler.effort import Effort
from scheduler.planner import Onlooker
from scheduler.remedies.crowds import among, beyond_help
from scheduler.remedies.fit import Answer, Fit, fit, plain_model
from scheduler.remedies.newcomers import with_newcomers


@dataclass(frozen=True, slots=True)
class Growing:
    """How many patients more there are each month, for how many months, and the chance that
    draws them."""

    per_month: int
    months: int
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Month:
    """The week as it would be so many months on. `asked` if the question was put for this very
    month; otherwise the answer follows from another one, since fewer patients are never harder
    to place. `least` are the sessions missing in every plan, by counting seats; `None` where
    nobody counted."""

    number: int
    patients: int
    answer: Answer
    least: int | None
    asked: bool


@dataclass(frozen=True, slots=True)
class Growth:
    """Month by month. `breaks` is the first month in which somebody goes short, 0 if somebody
    does so already today, `None` if nobody does in these months; `proven` if the month before
    fits for certain and this one does not. `aside` are patients without any legal week, whom no
    seat can help; nobody like them is drawn."""

    growing: Growing
    months: tuple[Month, ...]
    breaks: int | None
    proven: bool
    aside: tuple[str, ...]


def growth(problem: Problem, growing: Growing, effort: Effort, onlooker: Onlooker) -> Growth:
    """The first month that breaks, found by halving; the effort is for each month asked."""
    aside = beyond_help(plain_model(problem))
    others = among(problem, frozenset(problem.patient) - frozenset(aside))
    asked: dict[int, Fit] = {}

    def fits(month: int) -> bool:
        later = with_newcomers(others, growing.per_month * month, growing.seed)
        asked[month] = fit(later, effort, onlooker)
        return asked[month].answer is Answer.FITS

    breaks = _first_broken(growing.months, fits)
    months = tuple(
        _month(number, len(others.patient) + growing.per_month * number, asked)
        for number in range(growing.months + 1)
    )
    proven = breaks is None or asked[breaks].answer is Answer.SHORT
    return Growth(growing, months, breaks, proven, aside)


def _first_broken(last: int, fits: Callable[[int], bool]) -> int | None:
    """The first month that does not fit. Every month before it is known to, by the halving."""
    if not fits(0):
        return 0
    if fits(last):
        return None
    low, high = 0, last
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if fits(middle) else (low, middle)
    return high


def _month(number: int, patients: int, asked: Mapping[int, Fit]) -> Month:
    """Fits if a later month does, is short if an earlier one is, else nobody knows."""
    if number in asked:
        found = asked[number]
        return Month(number, patients, found.answer, found.least, asked=True)
    if any(later > number and one.answer is Answer.FITS for later, one in asked.items()):
        return Month(number, patients, Answer.FITS, None, asked=False)
    short = any(earlier < number and one.answer is Answer.SHORT for earlier, one in asked.items())
    return Month(number, patients, Answer.SHORT if short else Answer.OPEN, None, asked=False)
