"""A nurse roster on the terminal: marks by day, what is missing, the ledger, what changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rich.console import RenderableType

from clearshift.cli.pages import attention, bad, good, heading, items, table
from clearshift.i18n import Say
from db.sheets.titles import weekday
from domain.calendar import days_from
from domain.nurse_account import accounts
from domain.nurse_roster import DutyChange, NurseAccount, NurseRoster
from domain.nurse_terms import DAY_MINUTES
from domain.roster_marks import duty_mark, marks
from domain.roster_signs import REST
from domain.ward import Ward
from domain.words import Words, words
from scheduler.ward.check import RosterVerdict
from scheduler.ward.make import RosterRun

_SHOWN = 30


def roster_title(ward: Ward, say: Say) -> RenderableType:
    """Whose roster, and of which weeks."""
    register = ward.problem.register
    return heading(
        say,
        words(
            "{center}: nurse roster, {weeks} weeks from {day}",
            center=register.center.name,
            weeks=ward.problem.weeks,
            day=ward.problem.first_day,
        ),
    )


def run_lines(run: RosterRun, say: Say) -> Iterator[RenderableType]:
    """What the search can claim."""
    if run.proven:
        said = words("Cost {cost}: no better roster exists. {seconds} s.", cost=run.cost,
                     seconds=round(run.seconds, 1))  # fmt: skip
        yield good(say, said)
    else:
        said = words(
            "Cost {cost}; no roster can cost less than {bound}: not proven best. {seconds} s.",
            cost=run.cost, bound=run.bound, seconds=round(run.seconds, 1),
        )  # fmt: skip
        yield attention(say, said)


def verdict_lines(verdict: RosterVerdict, say: Say) -> Iterator[RenderableType]:
    """Hard rules, and every gap by name."""
    if verdict.legal:
        yield good(say, words("All hard rules of the roster are kept."))
    else:
        yield bad(say, words("Hard rules broken: {count}", count=len(verdict.broken)))
        yield from items(say, (one.words for one in verdict.broken))
    if not verdict.gaps:
        yield good(say, words("Every turn has its nurses."))
        return
    yield bad(
        say,
        words("Gaps: {count}; nurses missing: {missing}", count=len(verdict.gaps),
              missing=verdict.missing),
    )  # fmt: skip
    yield from items(say, (gap.words for gap in verdict.gaps[:_SHOWN]))
    if len(verdict.gaps) > _SHOWN:
        yield from items(say, (words("{count} more", count=len(verdict.gaps) - _SHOWN),))


def assumed_lines(ward: Ward, say: Say) -> Iterator[RenderableType]:
    """Weeks whose need is taken from another week's plan."""
    weeks = sorted({(need.turn.day, need.assumed) for need in ward.needs if need.assumed})
    sources = sorted({assumed for _, assumed in weeks})
    for source in sources:
        mine = sorted({day for day, assumed in weeks if assumed == source})
        said = words(
            "{first} to {last}: no plan yet; the need is that of the week from {source}.",
            first=mine[0],
            last=mine[-1],
            source=source,
        )
        yield attention(say, said)


def week_tables(ward: Ward, roster: NurseRoster, say: Say) -> Iterator[RenderableType]:
    """A table a week: a row a nurse, a column a day."""
    rows = {nurse: marks(ward, roster, nurse) for nurse in ward.nurse}
    owed = {one.nurse: one for one in accounts(ward, roster)}
    last = ward.problem.mondays[-1]
    for at, monday in enumerate(ward.problem.mondays):
        yield heading(say, words("Week from {day}", day=monday))
        heads = (words("Nurse"), words("Zone"), *(_head(day) for day in days_from(monday, 7)))
        tail = (words("Rest owed"),) if monday == last else ()
        body = [
            (f"{one.name or code} {code}", "/".join(sorted(one.zones)),
             *rows[code][7 * at : 7 * at + 7],
             *((_days(owed[code].owed_after),) if monday == last else ()))
            for code, one in ward.nurse.items()
        ]  # fmt: skip
        yield table(say, (*heads, *tail), body)


def ledger_table(ward: Ward, roster: NurseRoster, say: Say) -> RenderableType:
    """Who has worked what, and what is carried on."""
    heads = (
        words("Nurse"), words("Days worked"), words("Days due"), words("Rest owed before"),
        words("Rest owed after"), words("Nights"), words("Late"), words("Weekends"),
        words("Led"),
    )  # fmt: skip
    return table(say, heads, (_row(one) for one in accounts(ward, roster)), range(1, 9))


def change_words(ward: Ward, change: DutyChange) -> Words:
    """One nurse's day that changes."""
    nurse = ward.nurse.get(change.nurse)
    return words(
        "{nurse}, {day}: {before} → {after}",
        nurse=f"{nurse.name} {change.nurse}" if nurse else change.nurse,
        day=change.day,
        before=duty_mark(ward, change.before) if change.before else REST,
        after=duty_mark(ward, change.after) if change.after else REST,
    )


def _row(one: NurseAccount) -> tuple[str | int, ...]:
    return (
        one.nurse, _days(one.worked), _days(one.due), _days(one.owed_before),
        _days(one.owed_after), one.nights, one.late, one.weekends, one.leads,
    )  # fmt: skip


def _days(minutes: int) -> str:
    return f"{minutes / DAY_MINUTES:.2f}".rstrip("0").rstrip(".")


def _head(day: date) -> Words:
    return words("{weekday} {date}", weekday=weekday(day), date=f"{day.month}/{day.day}")
