"""A repair is stored on the version it was made from, judged, and only while it is still true."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from time import monotonic

import pytest

from dashboard.acts.acting import NotAllowed
from dashboard.acts.repairing import keep_repair
from dashboard.planning.standing import StandingWeek, standing_week
from dashboard.site import Site
from db.access.audit import Asked, list_entries
from db.connection import reading
from db.plans import PlanState, StalePlan, load_plan
from domain.account import Role
from domain.plan import Violation
from domain.trouble import StationOut
from domain.words import words
from scheduler.planner import Onlooker
from scheduler.repair.limits import RepairLimits
from scheduler.repair.repair import repair
from scheduler.repair.repaired import Repaired
from tests.dashboard.acts.week_desk import SHEET, actor, enroll, week_site
from tests.dashboard.world import FIRST_MONDAY, NOW, desk_at
from tests.scheduler.planning import TO_THE_END

WEDNESDAY = FIRST_MONDAY + timedelta(days=2)


@pytest.fixture
def site(world: Path) -> Site:
    here = week_site(world)
    enroll(here)
    return here


def standing(site: Site) -> StandingWeek:
    """The week as it stands."""
    with reading(site.here.database) as session:
        return standing_week(
            session, site.center, FIRST_MONDAY, site.history_weeks, desk_at(site).now
        )


def repaired(site: Site) -> Repaired:
    """With a station in use out from Wednesday on."""
    there = standing(site)
    row = next(row for row in there.plan.assignments if row.day >= WEDNESDAY)
    trouble = StationOut(row.station, datetime.combine(WEDNESDAY, time(0)))
    return repair(
        there.problem, there.plan, (trouble,), there.now, RepairLimits(), TO_THE_END,
        Onlooker(monotonic),
    )  # fmt: skip


def test_it_becomes_the_version_in_force_with_name_and_reason(site: Site) -> None:
    done = repaired(site)
    version = keep_repair(site, actor(), SHEET, done, "A02 out")
    assert (version.number, version.state, version.note) == (2, PlanState.PUBLISHED, "A02 out")
    with reading(site.here.database) as session:
        assert load_plan(session, site.center, FIRST_MONDAY).plan == done.plan
        acts = {entry.act for entry in list_entries(session, site.center, Asked(), UTC)}
    assert "plan.repair" in acts


def test_a_version_that_came_between_is_never_lost(site: Site) -> None:
    done = repaired(site)
    keep_repair(site, actor(), SHEET, done, "first")
    with pytest.raises(StalePlan):
        keep_repair(site, actor(), SHEET, done, "second")


def test_turns_that_have_begun_meanwhile_are_not_rewritten(site: Site, world: Path) -> None:
    done = repaired(site)
    with pytest.raises(NotAllowed, match="begun meanwhile"):
        keep_repair(week_site(world, days=5), actor(), SHEET, done, "")


def test_a_repair_that_breaks_a_hard_rule_is_not_stored(site: Site) -> None:
    done = replace(repaired(site), broken=(Violation("rest_day", words("no rest")),))
    with pytest.raises(NotAllowed, match="no rest"):
        keep_repair(site, actor(), SHEET, done, "")


def test_only_who_may_publish_may_take_it(site: Site) -> None:
    with pytest.raises(NotAllowed):
        keep_repair(site, actor(Role.NURSE), SHEET, repaired(site), "")
    assert NOW.date() == FIRST_MONDAY
