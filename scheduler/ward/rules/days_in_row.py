"""Days in a row, and in a week."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from domain.calendar import DAY, monday_of
from domain.nurse_roster import NurseFinding, NurseRoster
from domain.ward import Ward
from domain.words import words
from scheduler.roster.shape import Run, Sum
from scheduler.ward.draft import Draft


class DaysInRow:
    """A nurse works at most so many days in a row, and at most so many in a week.

    Source: Chinese Labor Law, article 38; the nurse's contract. Limit: days in a row, 6.
    """

    name = "nurse_row"
    title = words("Days in a row")
    hard = True

    def check(self, ward: Ward, roster: NurseRoster) -> Iterator[NurseFinding]:
        """Every day that is one too many."""
        for nurse in ward.nurse:
            days = {duty.day for duty in roster.by_nurse.get(nurse, ())}
            most = most_in_row(ward, nurse)
            past = {duty.day for duty in ward.past(nurse)}
            for day in sorted(days):
                if is_one_too_many(days, past, day, most):
                    said = words(
                        "{nurse}, {day}: more than {most} days in a row",
                        nurse=nurse,
                        day=day,
                        most=most,
                    )
                    yield NurseFinding(self.name, said, nurse=nurse, day=day)
            yield from self._weeks(ward, nurse, days)

    def _weeks(self, ward: Ward, nurse: str, days: set[date]) -> Iterator[NurseFinding]:
        most = ward.contracts[nurse].most_days
        for monday in ward.problem.mondays:
            found = sum(monday_of(day) == monday for day in days)
            if found > most:
                said = words(
                    "{nurse}, week of {day}: {found} days, at most {most}",
                    nurse=nurse,
                    day=monday,
                    found=found,
                    most=most,
                )
                yield NurseFinding(self.name, said, nurse=nurse, day=monday)

    def ask(self, draft: Draft) -> None:
        """A run of working days, and a sum for each week."""
        for nurse, asked in draft.asked.items():
            asked.runs.append(Run(draft.working, most=most_in_row(draft.ward, nurse)))
            most = draft.ward.contracts[nurse].most_days
            for start in range(0, len(draft.ward.days), 7):
                week = frozenset(range(start, start + 7))
                if most < len(week):
                    asked.sums.append(Sum(draft.working, most=most, days=week))


def most_in_row(ward: Ward, nurse: str) -> int:
    """The ward's limit, or the contract's if that is less."""
    return min(ward.limit("nurse_row"), ward.contracts[nurse].most_in_row)


def is_one_too_many(days: set[date], past: set[date], day: date, most: int) -> bool:
    """True for the day at which a row becomes too long, or stays so from the past on: said
    once of each row."""
    length = run_before(days | past, day)
    return length == most + 1 or (length > most and day - DAY not in days)


def run_before(days: set[date], day: date) -> int:
    """How many of the days lie in a row up to and with this one."""
    length = 0
    while day in days:
        length += 1
        day -= DAY
    return length
