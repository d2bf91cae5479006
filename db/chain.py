"""Changes of a week under way, one after the other, so that there is never a second truth.

Whoever mends a week mends the version that counts, and the mended one stands on it: in force at
once where that one was in force. If somebody has stored another version meanwhile nothing is
stored, and if the latest is a draft above the version in force, it has to be decided on first.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from db.cues import hand_on
from db.drafts import Override, keep_overrides, steps_of
from db.history import plan_in_force
from db.load import require_center
from db.plans import PlanState, PlanVersion, StoredPlan, list_plans, load_plan, publish, save_plan
from db.refusal import DatabaseRefusal
from domain.plan import Plan, Run
from domain.words import words


@dataclass(frozen=True, slots=True)
class Signed:
    """Who answers for a version, when, the remark with it, and the hard rules that it breaks
    because somebody decided so."""

    author: str
    now: datetime
    note: str = ""
    overrides: tuple[Override, ...] = ()


def standing(session: Session, center: str, day: date) -> StoredPlan:
    """The plan of a day's week to go on from: the latest version, which counts.

    Raises DatabaseRefusal if no week with the day is planned, if the latest version is a draft
    above one in force, or if changes on it are not saved yet.
    """
    versions = list_plans(session, center)
    covering = [one for one in versions if one.covers(day)]
    force = plan_in_force(covering, day)
    if force is None:
        raise DatabaseRefusal(words("There is no stored plan for {day} yet.", day=day))
    latest = [one for one in versions if one.first_day == force.first_day][-1]
    if force.published is not None and latest.number != force.number:
        raise DatabaseRefusal(
            words(
                "Version {latest} by {author} is a draft above version {number}, which is in"
                " force: put it in force or store the one in force again, then try once more.",
                latest=latest.number,
                author=latest.author,
                number=force.number,
            )
        )
    steps = steps_of(session, center, latest.first_day, latest.number)
    if any(not step.undone for step in steps):
        raise DatabaseRefusal(
            words("Changes on this version are not saved yet: save or undo them first.")
        )
    return load_plan(session, center, latest.first_day, latest.number)


def go_on(
    session: Session,
    base: PlanVersion,
    plan: Plan,
    fingerprint: str,
    signed: Signed,
    run: Run | None = None,
) -> PlanVersion:
    """Stores a plan on top of `base`, in force at once if `base` is; sessions that stay keep the
    times that people were told.

    Raises StalePlan if another version came between, DatabaseRefusal as `standing` does.
    """
    require_center(session, base.center)
    latest = list_plans(session, base.center, base.first_day)[-1]
    if latest.number == base.number:
        standing(session, base.center, base.first_day)
    version = save_plan(
        session, base.center, plan, run, signed.author, signed.note, signed.now, base.number,
        input_fingerprint=fingerprint,
    )  # fmt: skip
    keep_overrides(session, version, signed.overrides)
    hand_on(session, (base.center, base.first_day), base.number, version.number)
    if latest.state is not PlanState.PUBLISHED:
        return version
    return publish(session, base.center, base.first_day, version.number, signed.author, signed.now)
