"""Mending a week under way: an offer taken, a swap, a bad day. Each is judged again and stored as
a version on the one it was made from, in the same transaction; in force at once if that one is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from dashboard.acts.acting import Deed, NotAllowed, acting
from dashboard.acts.drafts import Sheet
from dashboard.desk import Actor
from dashboard.planning.bad_day import Ordered, stored_bad_day
from dashboard.planning.make_up_words import exceptions
from dashboard.planning.standing import StandingWeek, standing_week
from dashboard.rights import Right
from dashboard.site import Site
from db.chain import Signed, go_on
from db.drafts import Override
from db.fingerprint import of_problem
from db.load import load_center
from db.plans import PlanVersion, StalePlan
from db.refusal import DatabaseRefusal
from domain.bad_day import BadDay
from domain.draft import Move, Outdated, moved
from domain.plan import Assignment, Plan
from domain.words import words
from scheduler.make_up.offers import judged


@dataclass(frozen=True, slots=True)
class Mended:
    """Moves that somebody has decided on, of the version on the sheet; `missed` is the session
    that they make up, if they do. `waived` are rules that need not hold for that patient, on the
    word of the doctor in `source`."""

    sheet: Sheet
    moves: tuple[Move, ...]
    missed: Assignment | None = None
    note: str = ""
    source: str = ""
    waived: frozenset[str] = frozenset()


def take(site: Site, actor: Actor, wanted: Mended) -> PlanVersion:
    """Stores an offer or a swap.

    Raises NotAllowed if a turn has begun meanwhile or a hard rule would be broken, DatabaseRefusal
    if somebody else has stored a version.
    """
    act = "plan.swap" if wanted.missed is None else "plan.make_up"
    with acting(site, actor, Right.PUBLISH, act, str(wanted.sheet)) as deed:
        there = standing_sheet(deed.session, site, wanted.sheet)
        _require_to_come(there, wanted)
        plan = _moved(there.stored.plan, wanted.moves)
        verdict = judged(there.problem, there.plan, wanted.missed, wanted.moves, wanted.waived)
        if not verdict.legal:
            raise NotAllowed(
                words("It breaks hard rules by now: {what}.",
                      what=tuple(one.words for one in verdict.broken))
            )  # fmt: skip
        who = actor.shown or actor.name
        overrides = tuple(
            Override(rule, patient, who, wanted.source or wanted.note, deed.now)
            for rule, patient in exceptions(verdict)
        )
        signed = Signed(who, deed.now, wanted.note, overrides)
        version = go_on(deed.session, there.version, plan, of_problem(there.problem), signed)
        _note(deed, wanted.moves, version)
    return version


def keep_bad_day(
    site: Site, actor: Actor, sheet: Sheet, asked: Ordered, answer: BadDay
) -> PlanVersion:
    """Stores a bad day's plan, its shortened sessions as dated prescriptions.

    Raises NotAllowed if turns have begun meanwhile in which it differs from what was planned,
    DatabaseRefusal if somebody else has stored a version.
    """
    with acting(site, actor, Right.PUBLISH, "plan.bad_day", str(sheet)) as deed:
        there = standing_sheet(deed.session, site, sheet)
        late = {
            row.turn
            for row in set(asked.known.assignments) ^ set(answer.plan.assignments)
            if row.turn in there.gone
        }
        if late:
            raise NotAllowed(
                words(
                    "These turns have begun meanwhile: {turns}. Plan the bad day again.",
                    turns=tuple(there.problem.say(turn) for turn in sorted(late)),
                )
            )
        signed = Signed(actor.shown or actor.name, deed.now, asked.rule.source)
        version = stored_bad_day(deed.session, there.stored, asked, answer, signed)
        deed.before = {"version": sheet.number}
        deed.after = {
            "version": version.number,
            "lost": list(asked.stations),
            "shortened": len(answer.shortened),
            "beyond": len(answer.beyond),
        }
    return version


def standing_sheet(session: Session, site: Site, sheet: Sheet) -> StandingWeek:
    """The week as it is at this moment. Raises StalePlan if the sheet is not the latest."""
    zone = ZoneInfo(load_center(session, site.center).timezone)
    now = site.clock().astimezone(zone)
    there = standing_week(session, site.center, sheet.monday, site.history_weeks, now)
    if there.version.number != sheet.number:
        raise StalePlan(there.version.first_day, there.version)
    return there


def _require_to_come(there: StandingWeek, wanted: Mended) -> None:
    """Only the missed session itself may be over."""
    late = {
        row.turn
        for move in wanted.moves
        for row in (move.before, move.after)
        if row is not None and row != wanted.missed and row.turn in there.gone
    }
    if late:
        raise NotAllowed(
            words(
                "These turns have begun: {turns}.",
                turns=tuple(there.problem.say(turn) for turn in sorted(late)),
            )
        )


def _moved(plan: Plan, moves: Iterable[Move]) -> Plan:
    try:
        return moved(plan, moves)
    except Outdated as outdated:
        raise DatabaseRefusal(
            words("Somebody else has moved one of these sessions meanwhile; look again.")
        ) from outdated


def _note(deed: Deed, moves: Iterable[Move], version: PlanVersion) -> None:
    listed = tuple(moves)
    deed.before = [_plain(one.before) for one in listed]
    deed.after = {"sessions": [_plain(one.after) for one in listed], "version": version.number}


def _plain(row: Assignment | None) -> list[str] | None:
    return None if row is None else [row.day.isoformat(), row.shift, row.station, row.patient]
