"""Wished shifts and weekdays."""

from __future__ import annotations

from collections.abc import Iterator

from domain.patient import Wish, WishKind
from domain.plan import Assignment, Plan, Violation
from domain.problem import Problem
from domain.terms import WEEKDAY_WORDS
from domain.words import Words, words
from scheduler.model import Model


class Wishes:
    """A patient gets the shifts and weekdays wished for and none that were wished away.

    Of several wished shifts, or weekdays, each is as good as the other, and the strongest of
    these wishes counts.

    Source: patient's wish. Unit: for each session, the strength (1 to 3) of each wish that it
    breaks: shift, not this shift, weekday, not this weekday.
    """

    name = "wishes"
    title = words("Wished shifts and days")
    hard = False

    def check(self, problem: Problem, plan: Plan) -> Iterator[Violation]:
        """Every session, once for each kind of wish that it breaks."""
        for row in plan.assignments:
            if row.patient not in problem.patient:
                continue
            wishes = problem.wishes.get(row.patient, ())
            for broken, said in _broken(problem, row, wishes) if wishes else ():
                yield Violation(
                    self.name,
                    said,
                    cost=max(wish.strength for wish in broken),
                    patient=row.patient,
                    turn=row.turn,
                )

    def encode(self, model: Model) -> None:
        """Each turn costs what its shift and its weekday cost."""
        problem = model.problem
        weekdays = [str(number) for number in WEEKDAY_WORDS]
        for patient in problem.patient:
            wishes = problem.wishes.get(patient, ())
            by_shift = _prices(wishes, WishKind.SHIFT, WishKind.NOT_SHIFT, list(problem.shift))
            by_day = _prices(wishes, WishKind.WEEKDAY, WishKind.NOT_WEEKDAY, weekdays)
            for turn in problem.turns if wishes else ():
                price = by_shift[turn.shift] + by_day[str(turn.day.isoweekday())]
                model.charge(self.name, patient, turn, price)


def _broken(
    problem: Problem, row: Assignment, wishes: tuple[Wish, ...]
) -> Iterator[tuple[list[Wish], Words]]:
    who, turn = row.patient, problem.say(row.turn)
    weekday = row.day.isoweekday()
    shifts = _of(wishes, WishKind.SHIFT)
    if shifts and row.shift not in {wish.value for wish in shifts}:
        wished = tuple(problem.shift[wish.value].name for wish in shifts)
        yield shifts, words("{patient}, {turn}: wished {all}", patient=who, turn=turn, all=wished)
    refused = [wish for wish in _of(wishes, WishKind.NOT_SHIFT) if wish.value == row.shift]
    if refused:
        yield refused, words("{patient}, {turn}: wished another shift", patient=who, turn=turn)
    days = _of(wishes, WishKind.WEEKDAY)
    if days and weekday not in {int(wish.value) for wish in days}:
        named = tuple(WEEKDAY_WORDS[int(wish.value)] for wish in days)
        yield days, words("{patient}, {turn}: wished {all}", patient=who, turn=turn, all=named)
    refused = [wish for wish in _of(wishes, WishKind.NOT_WEEKDAY) if int(wish.value) == weekday]
    if refused:
        yield refused, words("{patient}, {turn}: wished another day", patient=who, turn=turn)


def _of(wishes: tuple[Wish, ...], kind: WishKind) -> list[Wish]:
    return [wish for wish in wishes if wish.kind is kind]


def _prices(
    wishes: tuple[Wish, ...], wanted: WishKind, refused: WishKind, values: list[str]
) -> dict[str, int]:
    """What each of the values costs."""
    prices = dict.fromkeys(values, 0)
    strongest = max((wish.strength for wish in wishes if wish.kind is wanted), default=0)
    chosen = [wish.value for wish in wishes if wish.kind is wanted]
    for value in values:
        if value not in chosen:
            prices[value] = strongest
        prices[value] += max(
            (w.strength for w in wishes if w.kind is refused and w.value == value), default=0
        )
    return prices
