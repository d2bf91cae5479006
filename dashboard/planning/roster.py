"""A stored nurse roster as the screen shows it: its grid, what is missing, the ledger."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from sqlalchemy.orm import Session

from dashboard.planning.markup import Cell
from db.nurse_rosters import StoredRoster, list_rosters, load_roster
from db.sheets.edition import Voice
from db.sheets.titles import weekday
from db.ward import load_ward
from domain.calendar import days_from
from domain.nurse_account import accounts, owed_by_week
from domain.nurse_roster import DutyChange
from domain.nurse_terms import DAY_MINUTES, DutyKind
from domain.roster_marks import AWAY_MARKS, duty_mark, marks
from domain.roster_signs import LEAD, REST
from domain.ward import Ward
from domain.words import Words, words
from scheduler.ward.check import RosterVerdict, check_roster
from scheduler.ward.needs import needs_of

_SATURDAY = 5


@dataclass(frozen=True)
class RosterThere:
    """A stored roster, the ward by the data as they are now, and what the judge says of it."""

    ward: Ward
    stored: StoredRoster
    verdict: RosterVerdict


def roster_there(
    session: Session, center: str, first_day: date, number: int | None = None
) -> RosterThere:
    """A version, by default the latest. Raises DatabaseRefusal if there is none."""
    stored = load_roster(session, center, first_day, number)
    ward = ward_of(session, center, first_day, stored.version.weeks)
    return RosterThere(ward, stored, check_roster(ward, stored.roster))


def ward_of(session: Session, center: str, first_day: date, weeks: int) -> Ward:
    """The ward of some weeks with what their plans ask."""
    rows = load_ward(session, center, first_day, weeks)
    return Ward(rows.problem, needs_of(rows.problem, rows.plans), rows.before)


def roster_mondays(session: Session, center: str) -> tuple[date, ...]:
    """The first days of all stored rosters, the latest first."""
    return tuple(sorted({one.first_day for one in list_rosters(session, center)}, reverse=True))


# --- the grid ---------------------------------------------------------------------------------


def grid(there: RosterThere, monday: date, voice: Voice) -> str:
    """A week as the ward's own sheet: a row a nurse, then how many are there and needed."""
    days = tuple(days_from(monday, 7))
    heads = "".join(_head(day, voice) for day in days)
    say = voice.say
    return (
        '<div class="pl-wide"><table class="pl-table pl-roster" '
        f'aria-label="{escape(say(words("Nurse roster")))}"><thead><tr>'
        f"<th>{escape(say(words('Nurse')))}</th><th>{escape(say(words('Zone')))}</th>{heads}"
        f'<th class="pl-number">{escape(say(words("Rest owed")))}</th></tr></thead><tbody>'
        f"{''.join(_rows(there, monday, days))}</tbody>"
        f"<tfoot>{''.join(_counts(there.ward, there, days, voice))}</tfoot></table></div>"
    )


def _weekend(day: date) -> str:
    return " pl-weekend" if day.weekday() >= _SATURDAY else ""


def _head(day: date, voice: Voice) -> str:
    name = escape(voice.say(weekday(day)))
    return f'<th class="{_weekend(day)}">{name}<br>{day.month}/{day.day}</th>'


def _rows(there: RosterThere, monday: date, days: Sequence[date]) -> Iterator[str]:
    ward, roster = there.ward, there.stored.roster
    owed = owed_by_week(ward, roster)
    start = (monday - roster.first_day).days
    for code, nurse in ward.nurse.items():
        row = marks(ward, roster, code)[start : start + len(days)]
        cells = "".join(
            f'<td class="{_tone(ward, mark)}{_weekend(day)}">{escape(mark)}</td>'
            for day, mark in zip(days, row, strict=False)
        )
        zones = "/".join(sorted(nurse.zones))
        yield (
            f'<tr><th scope="row">{escape(nurse.name or code)} <small>{escape(code)}</small></th>'
            f"<td>{escape(zones)}</td>{cells}"
            f'<td class="pl-number">{in_days(owed.get((code, monday), 0))}</td></tr>'
        )


def _tone(ward: Ward, mark: str) -> str:
    if mark.startswith(REST):
        return "pl-rest"
    if mark in AWAY_MARKS.values():
        return "pl-away"
    body = mark.removeprefix(LEAD)
    kind = next((one for one in ward.kinds if body.startswith(one.code)), None)
    night = "pl-night" if kind is not None and ward.night(kind) else "pl-duty"
    return f"{night} pl-lead" if mark.startswith(LEAD) else night


def _counts(ward: Ward, there: RosterThere, days: Sequence[date], voice: Voice) -> Iterator[str]:
    for kind in ward.kinds:
        label = voice.say(words("{duty}: there of needed", duty=kind.code))
        cells = "".join(_count(there, kind, day) for day in days)
        yield f'<tr><th scope="row" colspan="2">{escape(label)}</th>{cells}<td></td></tr>'


def _count(there: RosterThere, kind: DutyKind, day: date) -> str:
    ward, roster = there.ward, there.stored.roster
    found = sum(one.kind == kind.code for one in roster.by_day.get(day, ()))
    wanted = sum(
        need.nurses
        for need in ward.needs
        if need.turn.day == day and not need.skill and ward.covers(kind, need.turn)
    )
    short = any(
        gap.need.turn.day == day and ward.covers(kind, gap.need.turn) and not gap.need.skill
        for gap in there.verdict.gaps
    )
    return f'<td class="{"bad" if short else "faint"}">{found}/{wanted}</td>'


# --- lists ------------------------------------------------------------------------------------


def gap_rows(there: RosterThere, voice: Voice) -> list[tuple[Cell, ...]]:
    """Every gap: what it is, what it weighs, and whose plan it was taken from."""
    return [
        (
            Cell(voice.say(gap.words)),
            Cell(str(gap.missing), number=True, tone="bad"),
            Cell(str(gap.cost), number=True),
            Cell("" if gap.need.assumed is None else voice.say(_assumed(gap.need.assumed))),
        )
        for gap in there.verdict.gaps
    ]


def _assumed(day: date) -> Words:
    return words("need assumed as in the week of {day}", day=day)


def ledger_rows(there: RosterThere, heads: Sequence[str]) -> list[dict[str, object]]:
    """The ledger under these headings, in the order of `LEDGER_HEADS`."""
    names = {code: nurse.name for code, nurse in there.ward.nurse.items()}
    return [
        dict(
            zip(
                heads,
                (
                    f"{names[one.nurse]} · {one.nurse}", one.worked / DAY_MINUTES,
                    one.due / DAY_MINUTES, one.owed_before / DAY_MINUTES,
                    one.owed_after / DAY_MINUTES, one.nights, one.late, one.weekends, one.leads,
                ),
                strict=True,
            )
        )
        for one in accounts(there.ward, there.stored.roster)
    ]  # fmt: skip


LEDGER_HEADS: tuple[Words, ...] = (
    words("Nurse"), words("Days worked"), words("Days due"), words("Rest owed before"),
    words("Rest owed after"), words("Nights"), words("Late"), words("Weekends"), words("Led"),
)  # fmt: skip


def change_said(ward: Ward, change: DutyChange) -> Words:
    """One nurse's day that changes."""
    nurse = ward.nurse.get(change.nurse)
    return words(
        "{nurse}, {day}: {before} → {after}",
        nurse=f"{nurse.name} {change.nurse}" if nurse else change.nurse,
        day=change.day,
        before=duty_mark(ward, change.before) if change.before else REST,
        after=duty_mark(ward, change.after) if change.after else REST,
    )


def proof_said(there: RosterThere) -> Words:
    """What the roster's run can claim; one edited by hand claims nothing."""
    run = there.stored.run
    if run is None:
        return words("Edited by hand: not compared with the best possible roster.")
    if run["proven"]:
        return words("No better roster exists for what was known then.")
    return words(
        "Cost {cost}, at least {bound}: not proven best.", cost=run["cost"], bound=run["bound"]
    )


def in_days(minutes: int) -> str:
    """Minutes of rest owed in days."""
    return f"{minutes / DAY_MINUTES:.2f}".rstrip("0").rstrip(".")
