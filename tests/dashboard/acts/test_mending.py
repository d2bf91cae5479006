"""A week under way is mended in one transaction: judged again, stored on top, in force at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, timedelta
from itertools import combinations
from pathlib import Path

import pytest

from dashboard.acts.acting import NotAllowed
from dashboard.acts.drafts import Sheet
from dashboard.acts.mending import Mended, keep_bad_day, take
from dashboard.planning.bad_day import Ordered, lost_stations, ordered
from dashboard.planning.standing import StandingWeek, standing_week
from dashboard.site import Site
from db.access.audit import Asked, list_entries
from db.connection import reading, writing
from db.drafts import overrides_of
from db.load import load_register
from db.plans import PlanState, StalePlan, load_plan, publish, save_plan
from domain.account import Role
from domain.bad_day import BadDay, DoctorsRule
from domain.calendar import DAY
from domain.draft import Move, moved
from domain.offer import Swap
from domain.plan import Plan
from domain.problem import Problem
from scheduler.bad_day.answer import bad_day
from scheduler.effort import Effort
from scheduler.make_up.offers import offers
from scheduler.make_up.swap import swap
from scheduler.planner import Onlooker
from tests.dashboard.acts.week_desk import SHEET, actor, enroll, week_site
from tests.dashboard.world import FIRST_MONDAY, NOW, desk_at

SECOND = Sheet(FIRST_MONDAY, 2)


@pytest.fixture
def site(world: Path) -> Site:
    here = week_site(world)
    enroll(here)
    return here


def there(site: Site) -> StandingWeek:
    with reading(site.here.database) as session:
        return standing_week(session, site.center, FIRST_MONDAY, 13, desk_at(site).now)


def legal_swap(week: StandingWeek) -> Swap:
    for first, second in combinations(sorted(week.plan.by_patient), 2):
        found = swap(week.problem, week.plan, first, second, week.now)
        if found is not None and found.judged.legal:
            return found
    raise AssertionError("nobody can swap")


def test_a_swap_is_in_force_at_once_and_in_the_audit(site: Site) -> None:
    week = there(site)
    found = legal_swap(week)
    version = take(site, actor(), Mended(SHEET, found.moves, None, "asked"))
    assert (version.number, version.parent, version.state) == (2, 1, PlanState.PUBLISHED)
    assert there(site).plan == moved(week.plan, found.moves)
    with reading(site.here.database) as session:
        last = list_entries(session, site.center, Asked(), UTC)[0]
    assert (last.act, last.subject) == ("plan.swap", str(SHEET))


def test_the_second_of_two_who_act_on_one_version_is_told(site: Site) -> None:
    found = legal_swap(there(site))
    take(site, actor(), Mended(SHEET, found.moves))
    with pytest.raises(StalePlan):
        take(site, actor(), Mended(SHEET, found.moves))


@pytest.mark.parametrize("role", [Role.NURSE, Role.DOCTOR, Role.TECHNICIAN])
def test_only_who_may_publish_mends(site: Site, role: Role) -> None:
    with pytest.raises(NotAllowed):
        take(site, actor(role), Mended(SHEET, legal_swap(there(site)).moves))
    assert there(site).version.number == 1


def test_what_breaks_a_hard_rule_is_refused_with_the_rule(site: Site) -> None:
    one = there(site).plan.assignments[-1]
    doubled = Move(one, replace(one, day=one.day - DAY))
    with pytest.raises(NotAllowed, match="hard rules"):
        take(site, actor(), Mended(SHEET, (doubled,)))


def test_a_turn_that_has_begun_meanwhile_is_refused(site: Site, world: Path) -> None:
    found = legal_swap(there(site))
    later = week_site(world, 5.5)
    with pytest.raises(NotAllowed, match="have begun"):
        take(later, actor(), Mended(SHEET, found.moves))


def with_room(site: Site) -> StandingWeek:
    """Version 2 in force, in which one patient has no session."""
    with writing(site.here.database) as session:
        stored = load_plan(session, site.center, FIRST_MONDAY)
        gone = stored.plan.assignments[-1].patient
        rows = [row for row in stored.plan.assignments if row.patient != gone]
        save_plan(
            session, site.center, Plan.of(FIRST_MONDAY, 1, rows), None, "Wang", "", NOW, 1,
            input_fingerprint="f",
        )  # fmt: skip
        publish(session, site.center, FIRST_MONDAY, 2, "Wang", NOW)
    return there(site)


def test_an_offer_takes_the_missed_session_out_and_puts_the_other_in(site: Site) -> None:
    week = with_room(site)
    missed, offer = next(
        (row, found[0])
        for row in week.plan.assignments
        if row.turn not in week.gone
        and (found := offers(week.problem, week.plan, row, week.now, 96))
    )
    version = take(site, actor(), Mended(SECOND, offer.moves, missed, "ill"))
    assert version.state is PlanState.PUBLISHED
    rows = there(site).plan.assignments
    assert missed not in rows
    assert offer.session in rows


# --- bad day ------------------------------------------------------------------------------------


def asked_bad_day(site: Site, rule: DoctorsRule) -> tuple[Ordered, BadDay]:
    week = there(site)
    lost = lost_stations(week.problem, ["A01", "A02", "A03"], FIRST_MONDAY)
    asked = ordered(week.problem, week.plan, FIRST_MONDAY, week.now, rule, lost)
    answer = bad_day(
        asked.problem, asked.known, (), rule, asked.now, Effort(seconds=30, workers=1),
        Onlooker(lambda: 0.0),
    )  # fmt: skip
    return asked, answer


def test_a_bad_day_is_stored_with_its_short_sessions_and_why_rules_are_broken(site: Site) -> None:
    rule = DoctorsRule("Dr Zhao, Monday", minutes=150, more_turns=True)
    asked, answer = asked_bad_day(site, rule)
    assert answer.shortened
    assert answer.broken == ()
    version = keep_bad_day(site, actor(), SHEET, asked, answer)
    assert version.state is PlanState.PUBLISHED
    week = there(site)
    assert week.plan == answer.plan
    one = answer.shortened[0]
    assert week.problem.minutes(one.patient, one.turn.day) == one.minutes
    after = Problem(week.problem.register, FIRST_MONDAY + timedelta(weeks=1))
    assert after.minutes(one.patient, after.first_day) == one.prescribed
    with reading(site.here.database) as session:
        found = overrides_of(session, site.center, FIRST_MONDAY, version.number)
        assert load_register(session, site.center).shifts == week.problem.register.shifts
    assert {one.reason for one in found} <= {"Dr Zhao, Monday"}


def test_a_bad_day_without_a_word_of_the_doctor_changes_no_data(site: Site) -> None:
    before = there(site).problem.register
    asked, answer = asked_bad_day(site, DoctorsRule())
    keep_bad_day(site, actor(), SHEET, asked, answer)
    after = there(site).problem.register
    assert (after.prescriptions, after.shifts) == (before.prescriptions, before.shifts)
    with pytest.raises(StalePlan):
        keep_bad_day(site, actor(), SHEET, asked, answer)


def test_a_bad_day_that_was_overtaken_by_the_clock_is_refused(site: Site, world: Path) -> None:
    asked, answer = asked_bad_day(site, DoctorsRule())
    with pytest.raises(NotAllowed, match="have begun meanwhile"):
        keep_bad_day(week_site(world, 2), actor(), SHEET, asked, answer)
    assert there(site).version.number == 1
