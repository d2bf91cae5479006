"""Making, repairing and taking back a nurse roster. The search is before the write, so that
nobody waits for a database that is held meanwhile."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from dashboard.acts.acting import NotAllowed, acting
from dashboard.desk import Actor
from dashboard.planning.aside import Answer, Broken, Work, aside
from dashboard.planning.roster import ward_of
from dashboard.rights import Right
from dashboard.site import Site
from db.connection import reading
from db.load import load_register
from db.nurse_rosters import RosterVersion, list_rosters, load_roster, save_roster
from db.save import save_register
from db.sheets.read_roster import EditedRoster, read_roster
from domain.calendar import Span
from domain.nurse_roster import NurseRoster
from domain.nurse_terms import NurseDay, NurseDayKind
from domain.ward import Ward, with_day
from domain.words import words
from scheduler.effort import Effort
from scheduler.ward.check import check_roster
from scheduler.ward.make import MadeRoster, NoRoster, make_roster
from scheduler.ward.repair import RepairedRoster, ill, repair_roster


@dataclass(frozen=True, slots=True)
class Illness:
    """Who is ill from a day to a day, both included."""

    nurse: str
    first: date
    last: date


def make(site: Site, actor: Actor, first_day: date, weeks: int, effort: Effort) -> MadeRoster:
    """Makes a roster and stores it as the next version. Raises NotAllowed where there is nobody
    to roster or nothing to roster for, DatabaseRefusal if somebody else was faster."""
    with reading(site.here.database) as session:
        ward = ward_of(session, site.center, first_day, weeks)
        known = list_rosters(session, site.center, first_day)
    if not ward.nurse or not ward.needs:
        raise NotAllowed(
            words("There are no nurses on the books, or no plan to take the need from.")
        )
    made = _searched(partial(make_roster, ward, effort))
    with acting(site, actor, Right.PLAN, "roster.make", str(first_day)) as deed:
        run = {**asdict(made.run), "proven": made.run.proven}
        version = save_roster(
            deed.session, site.center, made.roster, run, actor.shown or actor.name, "", deed.now,
            known[-1].number if known else None,
        )  # fmt: skip
        deed.after = {"version": version.number, "missing": made.verdict.missing}
    return made


def repair(
    site: Site, actor: Actor, first_day: date, illness: Illness, effort: Effort
) -> RepairedRoster:
    """Enters an illness and stores the repaired roster. Days before it, and days that are over,
    stay. Raises NotAllowed, DatabaseRefusal as `make` does."""
    with reading(site.here.database) as session:
        stored = load_roster(session, site.center, first_day)
        ward = ward_of(session, site.center, first_day, stored.version.weeks)
    row = NurseDay(illness.nurse, NurseDayKind.ILL, Span(illness.first, illness.last))
    known = with_day(ward, row)
    opened = ill(stored.roster, illness.nurse, illness.first, illness.last)
    today = site.clock().date()
    begin = max(illness.first, today) if today in ward.days else illness.first
    found = _searched(partial(repair_roster, known, opened, begin, effort))
    with acting(site, actor, Right.PLAN, "roster.repair", str(first_day)) as deed:
        version = save_roster(
            deed.session, site.center, found.roster, None, actor.shown or actor.name, "",
            deed.now, stored.version.number,
        )  # fmt: skip
        register = load_register(deed.session, site.center)
        days = (*register.nurse_days, row)
        save_register(deed.session, replace(register, nurse_days=days).in_order())
        deed.before = {"version": stored.version.number}
        deed.after = {"version": version.number, "changes": len(found.changes)}
    return found


def take(
    site: Site, actor: Actor, first_day: date, file: Path, reason: str
) -> EditedRoster | RosterVersion:
    """Stores an edited workbook as the next version; what is refused in it comes back instead.

    Raises NotAllowed for one that breaks hard rules without a reason, or that changes nothing.
    """
    with reading(site.here.database) as session:
        stored = load_roster(session, site.center, first_day)
        ward = ward_of(session, site.center, first_day, stored.version.weeks)
    edited = read_roster(file, ward, stored.roster)
    if edited.roster is None:
        return edited
    _require_worth(ward, stored.roster, edited.roster, reason)
    with acting(site, actor, Right.PLAN, "roster.take", str(first_day)) as deed:
        version = save_roster(
            deed.session, site.center, edited.roster, None, actor.shown or actor.name,
            reason.strip(), deed.now, stored.version.number,
        )  # fmt: skip
        deed.before = {"version": stored.version.number}
        deed.after = {"version": version.number, "reason": reason.strip()}
    return version


def _searched(work: Work[Answer]) -> Answer:
    try:
        return aside(work)
    except NoRoster as nobody:
        raise NotAllowed(nobody.reason) from nobody
    except Broken as broken:
        raise NotAllowed(words("There is no answer; ask again.")) from broken


def _require_worth(ward: Ward, before: NurseRoster, after: NurseRoster, reason: str) -> None:
    if before == after:
        raise NotAllowed(words("Nothing differs from the stored roster."))
    broken = check_roster(ward, after).broken
    if broken and not reason.strip():
        raise NotAllowed(
            words(
                "The edited roster breaks hard rules, which needs a reason: {rules}",
                rules=tuple(one.words for one in broken[:5]),
            )
        )
