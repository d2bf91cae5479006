"""A stored plan, and the center as it is now for the plan's weeks."""

from __future__ import annotations

from dataclasses import replace

from clearshift.cli.clock import now_at
from clearshift.cli.given import Given, Wanted, center_code, require_database, week_of
from clearshift.cli.refusal import Refusal
from clearshift.settings import Settings
from db.care.outages import with_outages
from db.connection import reading
from db.cues import load_cues
from db.history import load_problem
from db.load import load_centers, load_register
from db.opening import open_database
from db.plans import PlanVersion, StoredPlan, list_plans, load_plan
from domain.plan import Plan
from domain.words import words


def versions_of(settings: Settings, center: str | None) -> tuple[PlanVersion, ...]:
    """Every version of the center's plans. Raises Refusal, DatabaseRefusal."""
    require_database(settings.database.url)
    with reading(open_database(settings.database.url)) as session:
        code = center_code(tuple(one.code for one in load_centers(session)), center)
        return list_plans(session, code)


def stored_plan(
    settings: Settings, wanted: Wanted, number: int | None = None
) -> tuple[Given, StoredPlan]:
    """The plan that covers the wanted week, with its times: this version of it, else its latest.

    Raises Refusal if there is none, DatabaseRefusal if there is none of that number.
    """
    require_database(settings.database.url)
    with reading(open_database(settings.database.url)) as session:
        code = center_code(tuple(one.code for one in load_centers(session)), wanted.center)
        versions = list_plans(session, code)
        monday, remark = wanted.week, None
        if monday is None:
            monday, remark = week_of(load_register(session, code), versions)
        covering = [version for version in versions if version.covers(monday)]
        if not covering:
            raise Refusal(words("There is no stored plan for the week of {week} yet.", week=monday))
        latest = max(covering, key=lambda one: (one.created_at, one.number))
        plan = load_plan(session, code, latest.first_day, number)
        whole = load_problem(
            session, code, latest.first_day, plan.version.weeks, settings.plan.history_weeks
        )
        there, out = with_outages(session, whole, now_at(whole.register.center))
        times = load_cues(session, (code, latest.first_day), plan.version.number)
        problem = replace(there, choreography=times)
        before = load_plan(session, code, latest.first_day)
    return Given(problem, stored=True, before=before, remark=remark, outages=out), plan


def parent_plan(settings: Settings, version: PlanVersion) -> Plan | None:
    """The plan that a version replaced."""
    if version.parent is None:
        return None
    with reading(open_database(settings.database.url)) as session:
        return load_plan(session, version.center, version.first_day, version.parent).plan
