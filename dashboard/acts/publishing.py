"""Putting a version in force. Nothing is overwritten: it takes the place of the one that was."""

from __future__ import annotations

from sqlalchemy.orm import Session

from dashboard.acts.acting import NotAllowed, acting
from dashboard.acts.drafts import Sheet, open_sheet, turns_said
from dashboard.board.opened import Opened
from dashboard.desk import Actor
from dashboard.planning.staggered import promises_of, staggered
from dashboard.rights import Right
from dashboard.site import Site
from db.connection import reading
from db.cues import store_cues
from db.plans import PlanVersion, load_plan, publish
from domain.choreography import Cue
from domain.past import rewritten
from domain.words import words


def publish_version(site: Site, actor: Actor, sheet: Sheet) -> PlanVersion:
    """Publishes the latest version, with name and time.

    Raises NotAllowed if changes on it are not saved yet, or if it has other sessions than the
    version in force in turns that are over: what happened cannot be planned otherwise.
    """
    cues = _cues(site, sheet)
    with acting(site, actor, Right.PUBLISH, "plan.publish", str(sheet)) as deed:
        there = open_sheet(deed.session, site, sheet)
        _require_saved(there)
        _require_same_past(deed.session, there)
        deed.before = {"in force": there.in_force.number if there.in_force else None}
        store_cues(deed.session, (site.center, there.version.first_day), there.version.number, cues)
        version = publish(
            deed.session, site.center, there.version.first_day, there.version.number,
            actor.shown or actor.name, deed.now,
        )  # fmt: skip
        deed.after = {"in force": version.number}
    return version


def _cues(site: Site, sheet: Sheet) -> tuple[Cue, ...]:
    """When everybody is to begin, found before anybody else has to wait for the database."""
    with reading(site.here.database) as session:
        there = open_sheet(session, site, sheet)
        plan, number = there.stored.plan, there.version.number
        promises = promises_of(session, there.problem, plan, number, there.now)
    found = staggered(there.problem, plan, site.pace, promises)
    return found.choreography.cues if found is not None else ()


def _require_saved(there: Opened) -> None:
    if there.plan != there.stored.plan:
        raise NotAllowed(
            words("Changes on this version are not saved yet: save or undo them first.")
        )


def _require_same_past(session: Session, there: Opened) -> None:
    force = there.in_force
    if force is None or force.number == there.version.number:
        return
    if force.first_day != there.version.first_day:
        return
    plan = load_plan(session, force.center, force.first_day, force.number).plan
    turns = rewritten(there.problem, plan, there.plan, there.now)
    if turns:
        raise NotAllowed(
            words(
                "This version has other sessions than the one in force in turns that are over:"
                " {turns}.",
                turns=turns_said(there, turns),
            )
        )
