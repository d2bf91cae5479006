"""Changes of a week under way stand on each other, and there is never a second truth."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
import sqlalchemy as sa

from db.chain import Signed, go_on, standing
from db.connection import reading, writing
from db.cues import load_cues, store_cues
from db.drafts import Override, add_step, overrides_of
from db.plans import PlanState, PlanVersion, StalePlan, StoredPlan, list_plans, publish
from db.refusal import DatabaseRefusal
from domain.calendar import DAY, WEEK
from domain.choreography import Cue
from domain.draft import Move
from domain.plan import Plan
from tests.db.world import MONDAY, NOW, plan_of, sit, store, store_plan

ONE = plan_of(sit(MONDAY, "D", "P1"), sit(MONDAY + DAY, "D", "P2"))
TWO = plan_of(sit(MONDAY, "D", "P1"), sit(MONDAY + 2 * DAY, "D", "P2"))
THREE = plan_of(sit(MONDAY + 2 * DAY, "D", "P2"))
WANG = Signed("Wang", NOW, "make-up")


@pytest.fixture
def center(database: sa.Engine) -> sa.Engine:
    store(database)
    return database


def now_standing(engine: sa.Engine) -> StoredPlan:
    with reading(engine) as session:
        return standing(session, "HC", MONDAY + DAY)


def went_on(
    engine: sa.Engine, base: PlanVersion, plan: Plan = TWO, signed: Signed = WANG
) -> PlanVersion:
    with writing(engine) as session:
        return go_on(session, base, plan, "f", signed)


def in_force(engine: sa.Engine, number: int, at: datetime = NOW) -> None:
    with writing(engine) as session:
        publish(session, "HC", MONDAY, number, "Li", at)


def test_what_stands_on_a_plan_in_force_is_in_force_at_once(center: sa.Engine) -> None:
    store_plan(center, ONE)
    in_force(center, 1)
    base = now_standing(center)
    assert base.plan == ONE
    version = went_on(center, base.version)
    assert (version.number, version.parent, version.state) == (2, 1, PlanState.PUBLISHED)
    assert now_standing(center).plan == TWO
    assert (version.author, version.note) == ("Wang", "make-up")


def test_what_stands_on_a_draft_stays_a_draft(center: sa.Engine) -> None:
    store_plan(center, ONE)
    version = went_on(center, now_standing(center).version)
    assert version.state is PlanState.DRAFT
    assert now_standing(center).plan == TWO


def test_changes_one_after_the_other_stand_on_each_other(center: sa.Engine) -> None:
    store_plan(center, ONE)
    in_force(center, 1)
    went_on(center, now_standing(center).version, TWO)
    third = went_on(center, now_standing(center).version, THREE)
    assert (third.number, third.parent) == (3, 2)
    with reading(center) as session:
        states = [one.state for one in list_plans(session, "HC")]
    assert states == [PlanState.SUPERSEDED, PlanState.SUPERSEDED, PlanState.PUBLISHED]


def test_two_who_start_from_one_version_do_not_both_get_through(center: sa.Engine) -> None:
    store_plan(center, ONE)
    in_force(center, 1)
    base = now_standing(center).version
    went_on(center, base, TWO)
    with pytest.raises(StalePlan) as refused:
        went_on(center, base, THREE)
    assert refused.value.latest == 2
    assert now_standing(center).plan == TWO


def test_a_draft_above_the_plan_in_force_has_to_be_decided_on_first(center: sa.Engine) -> None:
    store_plan(center, ONE)
    in_force(center, 1)
    base = now_standing(center).version
    store_plan(center, TWO, parent=1, author="Zhao", hour=10)
    with pytest.raises(DatabaseRefusal, match="Version 2 by Zhao is a draft above version 1"):
        now_standing(center)
    with pytest.raises(StalePlan):
        went_on(center, base, THREE)
    in_force(center, 2)
    assert now_standing(center).plan == TWO


def test_unsaved_changes_have_to_be_decided_on_first(center: sa.Engine) -> None:
    store_plan(center, ONE)
    base = now_standing(center).version
    with writing(center) as session:
        add_step(session, base, (Move(ONE.assignments[0], None),), "Li", NOW)
    with pytest.raises(DatabaseRefusal, match="not saved yet"):
        now_standing(center)
    with pytest.raises(DatabaseRefusal, match="not saved yet"):
        went_on(center, base)


def test_a_week_without_a_plan_has_nothing_to_go_on_from(center: sa.Engine) -> None:
    with pytest.raises(DatabaseRefusal, match="no stored plan"), reading(center) as session:
        standing(session, "HC", MONDAY + WEEK)


def test_why_rules_are_broken_and_when_people_begin_is_kept(center: sa.Engine) -> None:
    store_plan(center, ONE)
    base = now_standing(center).version
    kept, moved = ONE.assignments
    with writing(center) as session:
        cues = [Cue(row.day, row.shift, row.patient, 10, 1) for row in (kept, moved)]
        store_cues(session, ("HC", MONDAY), 1, cues)
    override = Override("longest_gap", "P2", "Wang", "missed", NOW)
    version = went_on(center, base, TWO, replace(WANG, overrides=(override,)))
    with reading(center) as session:
        assert overrides_of(session, "HC", MONDAY, version.number) == (override,)
        times = load_cues(session, ("HC", MONDAY), version.number)
    assert [cue.patient for cue in times.cues] == [kept.patient]
