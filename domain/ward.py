"""Everything a nurse roster needs for some weeks, frozen, with the questions rules ask of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property

from domain.calendar import DAY, Interval, Turn
from domain.center import Center, Nurse, Shift
from domain.nurse_roster import AwayDay, Duty, NurseNeed, NurseRoster
from domain.nurse_rulebook import NURSE_ROWS, nurse_row
from domain.nurse_terms import AWAY, Contract, DutyKind, NurseBurden, NurseDay, NurseDayKind
from domain.problem import Problem
from domain.roster_signs import SHIFT_MARKS
from domain.rulebook import RuleRow
from domain.words import Words, words

PAST_DAYS = 14
"""Days before the roster that rests and rows of days are counted from."""
WORKDAYS = 5
"""Days of a full contract's week."""
_LATE = time(20)


@dataclass(frozen=True)
class Ward:
    """A center, the weeks to roster, what plans ask in them, and the roster before.

    `needs` are sorted; a turn without a need has nobody to care for.
    """

    problem: Problem
    needs: tuple[NurseNeed, ...]
    before: NurseRoster | None = None

    # --- time -------------------------------------------------------------------------------

    @property
    def days(self) -> tuple[date, ...]:
        """Every day of the weeks."""
        return self.problem.days

    @property
    def weekends(self) -> tuple[tuple[date, date], ...]:
        """Saturday and Sunday of each week."""
        return tuple((monday + 5 * DAY, monday + 6 * DAY) for monday in self.problem.mondays)

    # --- kinds of duty ----------------------------------------------------------------------

    @cached_property
    def kinds(self) -> tuple[DutyKind, ...]:
        """The center's kinds of duty; where it states none, one for each shift."""
        own = self.problem.register.duty_kinds
        return own or standard_kinds(self.problem.register.center, self.problem.register.shifts)

    @cached_property
    def kind(self) -> Mapping[str, DutyKind]:
        """Kinds by their mark."""
        return {kind.code: kind for kind in self.kinds}

    def runs(self, kind: DutyKind, day: date) -> bool:
        """True if there is such a duty on a day: all of its shifts run, or it is one away
        from the patients on one of its weekdays."""
        if not kind.shifts:
            return day.isoweekday() in kind.weekdays
        running = {turn.shift for turn in self.problem.turns_on(day)}
        return kind.shifts <= running

    def night(self, kind: DutyKind) -> bool:
        """True for a duty in a night shift, or away from the patients over midnight."""
        if kind.shifts:
            return any(self.problem.shift[one].night for one in kind.shifts)
        return kind.end <= kind.start

    def late(self, kind: DutyKind) -> bool:
        """True for a duty that ends in the evening and is no night."""
        return not self.night(kind) and (kind.end >= _LATE or kind.end <= kind.start)

    def covers(self, kind: DutyKind, turn: Turn) -> bool:
        """True if a nurse on such a duty is there in the turn; a duty away from the patients
        is its own turn."""
        return turn.shift in kind.shifts or (not kind.shifts and kind.code == turn.shift)

    def interval(self, duty: Duty) -> Interval:
        """From coming to going; a mark that the center no longer has is taken for a whole day."""
        kind = self.kind.get(duty.kind)
        if kind is None:
            return Interval(_midnight(duty.day), _midnight(duty.day + DAY))
        whole = kind.interval(duty.day)
        if duty.until is None:
            return whole
        end = datetime.combine(duty.day, duty.until)
        end = end if end > whole.start else end + DAY
        return Interval(whole.start, min(end, whole.end))

    # --- people -----------------------------------------------------------------------------

    @cached_property
    def nurse(self) -> Mapping[str, Nurse]:
        """Nurses by code, in their order."""
        return {one.code: one for one in sorted(self.problem.register.nurses, key=_code)}

    def with_skill(self, skill: str) -> frozenset[str]:
        """Codes of those who have a skill."""
        return frozenset(code for code, one in self.nurse.items() if skill in one.skills)

    @cached_property
    def contracts(self) -> Mapping[str, Contract]:
        """Each nurse's contract as of the first day; without a row the usual one."""
        first = self.problem.first_day
        rows = {row.nurse: row for row in self.problem.register.contracts if first in row.span}
        return {code: rows.get(code, Contract(code)) for code in self.nurse}

    @cached_property
    def away(self) -> Mapping[tuple[str, date], NurseDayKind]:
        """Who is away on which day, and why; the first reason entered counts."""
        found: dict[tuple[str, date], NurseDayKind] = {}
        for row in self.problem.register.nurse_days:
            for day in self.days:
                if row.kind in AWAY and day in row.span:
                    found.setdefault((row.nurse, day), row.kind)
        return found

    @property
    def away_days(self) -> tuple[AwayDay, ...]:
        """The same as rows of a roster."""
        return tuple(sorted(AwayDay(day, nurse, kind) for (nurse, day), kind in self.away.items()))

    def wishes(self, nurse: str) -> Iterator[tuple[date, NurseDay]]:
        """What a nurse wants, day by day."""
        for row in self.problem.register.nurse_days:
            if row.nurse == nurse and row.kind not in AWAY:
                yield from ((day, row) for day in self.days if day in row.span)

    def balance(self, nurse: str, burden: NurseBurden) -> int:
        """What the nurse brings along; 0 where nothing is stated."""
        return self._balances.get((nurse, burden), 0)

    @cached_property
    def _balances(self) -> Mapping[tuple[str, NurseBurden], int]:
        return {(r.nurse, r.burden): r.amount for r in self.problem.register.nurse_ledger}

    def past(self, nurse: str) -> tuple[Duty, ...]:
        """The nurse's duties of the last fortnight before the weeks."""
        if self.before is None:
            return ()
        since = self.problem.first_day - timedelta(days=PAST_DAYS)
        mine = self.before.by_nurse.get(nurse, ())
        return tuple(one for one in mine if since <= one.day < self.problem.first_day)

    def due(self, nurse: str, away: Mapping[tuple[str, date], NurseDayKind]) -> int:
        """Minutes that the contract asks of the weeks: each day of leave or illness is one of
        the week's workdays less, never below none. Training is work and takes nothing off."""
        daily = self.nurse[nurse].weekly_minutes // WORKDAYS
        total = 0
        for start in range(0, len(self.days), 7):
            week = self.days[start : start + 7]
            kinds = [away.get((nurse, day)) for day in week]
            off = sum(kind not in (None, NurseDayKind.TRAINING) for kind in kinds)
            total += daily * max(0, WORKDAYS - off)
        return total

    # --- rules ------------------------------------------------------------------------------

    def row(self, rule: str) -> RuleRow:
        """The rule's row in force on the first day."""
        return nurse_row(self.problem.register.rules, rule, self.problem.first_day)

    def limit(self, rule: str) -> int:
        """The rule's limit; the standard one where the center's row leaves it out."""
        own, standard = self.row(rule).limit, _standard(rule).limit
        found = own if own is not None else standard
        if found is None:
            raise KeyError(f"rule {rule} has no limit")
        return found

    def weight(self, rule: str) -> int:
        """The price of one unit; the standard one where the center's row leaves it out."""
        own, standard = self.row(rule).weight, _standard(rule).weight
        return own if own is not None else standard or 0

    # --- words ------------------------------------------------------------------------------

    def say(self, turn: Turn) -> Words:
        """A turn, or a duty away from the patients, in words."""
        if turn.shift in self.problem.shift:
            return self.problem.say(turn)
        name = self.kind[turn.shift].name if turn.shift in self.kind else turn.shift
        return words("{day} {duty}", day=turn.day, duty=name)


def with_day(ward: Ward, row: NurseDay) -> Ward:
    """The ward that also knows of a nurse's days away, or of a wish."""
    problem = ward.problem
    register = replace(problem.register, nurse_days=(*problem.register.nurse_days, row))
    return replace(ward, problem=Problem(register, problem.first_day, problem.weeks))


def standard_kinds(center: Center, shifts: tuple[Shift, ...]) -> tuple[DutyKind, ...]:
    """One kind of duty for each shift, by start: the nurse comes when patients may, and goes
    when the stations are ready for the next. Each counts as a day's work."""
    ordered = sorted(shifts, key=lambda one: (one.night, one.start, one.code))
    marks = SHIFT_MARKS.get(len(ordered))
    return tuple(
        DutyKind(
            marks[at] if marks else shift.code,
            shift.name,
            frozenset({shift.code}),
            _earlier(shift.start, center.arrive_before_minutes),
            shift.end,
        )
        for at, shift in enumerate(ordered)
    )


def usual_zone(ward: Ward, nurse: str) -> str:
    """The zone that a mark without a zone means: the center's first if the nurse works there,
    else the nurse's own first; empty for a nurse without any."""
    zones = ward.nurse[nurse].zones
    order = [zone.code for zone in ward.problem.register.zones]
    return next((code for code in order if code in zones), "")


def _earlier(clock: time, minutes: int) -> time:
    return (datetime.combine(date.min + DAY, clock) - timedelta(minutes=minutes)).time()


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min)


def _code(nurse: Nurse) -> str:
    return nurse.code


def _standard(rule: str) -> RuleRow:
    return next(row for row in NURSE_ROWS if row.rule == rule)
