"""Storing a repaired week: on the version it was made from, in force at once if that one is."""

from __future__ import annotations

from dashboard.acts.acting import NotAllowed, acting
from dashboard.acts.drafts import Sheet
from dashboard.acts.mending import standing_sheet
from dashboard.desk import Actor
from dashboard.rights import Right
from dashboard.site import Site
from db.chain import Signed, go_on
from db.fingerprint import of_problem
from db.plans import PlanVersion
from domain.frozen import begun
from domain.plan import Plan
from domain.words import words
from scheduler.repair.repaired import Repaired


def keep_repair(site: Site, actor: Actor, sheet: Sheet, done: Repaired, note: str) -> PlanVersion:
    """Stores a repair with what happened as its remark.

    Raises NotAllowed if turns have begun meanwhile that it changes, or if it breaks a hard rule
    for somebody who is not left out; DatabaseRefusal if somebody else has stored a version.
    """
    with acting(site, actor, Right.PUBLISH, "plan.repair", str(sheet)) as deed:
        there = standing_sheet(deed.session, site, sheet)
        if done.broken:
            raise NotAllowed(
                words("It breaks hard rules: {what}.",
                      what=tuple(one.words for one in done.broken))
            )  # fmt: skip
        then = frozenset(begun(there.problem, done.now))
        changed = set(done.before.assignments) ^ set(done.plan.assignments)
        late = {row.turn for row in changed if row.turn in there.gone - then}
        if late:
            raise NotAllowed(
                words(
                    "These turns have begun meanwhile: {turns}. Look for the repair again.",
                    turns=tuple(there.problem.say(turn) for turn in sorted(late)),
                )
            )
        unknown = set(there.stored.plan.assignments) - set(there.plan.assignments)
        plan = Plan.of(done.plan.first_day, done.plan.weeks, (*done.plan.assignments, *unknown))
        signed = Signed(actor.shown or actor.name, deed.now, note)
        version = go_on(deed.session, there.version, plan, of_problem(there.problem), signed)
        deed.before = {"version": sheet.number}
        deed.after = {
            "version": version.number,
            "changes": len(done.changes),
            "left out": [one.patient for one in done.left_out],
        }
    return version
