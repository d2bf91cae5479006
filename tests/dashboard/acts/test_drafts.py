"""Every move is judged again where it is stored: rules, rights, the clock and other people."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from dashboard.acts.acting import NotAllowed
from dashboard.acts.drafts import Sheet, move, redo, save, set_lock, take_over, undo
from dashboard.site import Site
from db.access.audit import verify
from db.connection import reading, writing
from db.drafts import overrides_of
from db.plans import StalePlan, load_plan, save_plan
from db.refusal import DatabaseRefusal
from domain.account import Role
from domain.draft import Move
from domain.plan import Plan
from tests.dashboard.acts.week_desk import (
    SHEET,
    actor,
    bad_swap,
    enroll,
    look,
    swap,
    taken_out,
    week_site,
)
from tests.dashboard.world import FIRST_MONDAY, NOW


@pytest.fixture
def site(world: Path) -> Site:
    here = week_site(world)
    enroll(here)
    return here


def audited(site: Site) -> list[tuple[str, str]]:
    with reading(site.here.database) as session:
        rows = session.execute(sa.text("SELECT act, who FROM audit_entries ORDER BY number"))
        found = [(row[0], row[1]) for row in rows]
        assert verify(session, site.center).broken_at is None
    return [one for one in found if one[0].split(".")[0] in ("draft", "week", "plan")]


def test_a_move_is_a_step_of_whoever_made_it_and_in_the_audit(site: Site) -> None:
    pair = swap(look(site))
    step = move(site, actor(), SHEET, pair)
    there = look(site)
    assert (step.who, step.overridden) == ("Head-Nurse", ())
    assert {one.after for one in pair} <= set(there.plan.assignments)
    assert there.stored.plan != there.plan
    assert audited(site) == [("draft.move", "head-nurse")]


def test_a_hard_rule_is_broken_only_with_a_reason_which_is_kept(site: Site) -> None:
    bad = bad_swap(look(site))
    with pytest.raises(NotAllowed, match="only be broken with a reason"):
        move(site, actor(), SHEET, bad, "  ")
    step = move(site, actor(), SHEET, bad, " doctor agreed ")
    assert step.overridden
    assert step.reason == "doctor agreed"
    version = save(site, actor(), SHEET, "")
    with reading(site.here.database) as session:
        kept = overrides_of(session, site.center, FIRST_MONDAY, version.number)
    assert {one.rule for one in kept} == {one.rule for one in look(site).verdict.broken}
    assert {(one.who, one.reason) for one in kept} == {("Head-Nurse", "doctor agreed")}


def test_a_version_made_of_an_overridden_one_keeps_why(site: Site) -> None:
    move(site, actor(), SHEET, bad_swap(look(site)), "doctor agreed")
    save(site, actor(), SHEET, "")
    second = Sheet(FIRST_MONDAY, 2)
    move(site, actor(), second, swap(look(site)))
    save(site, actor(), second, "")
    assert {one.reason for one in look(site).overrides} == {"doctor agreed"}
    assert look(site).version.number == 3


def test_a_session_may_wait_beside_the_board_but_not_be_saved_so(site: Site) -> None:
    out = taken_out(look(site))
    step = move(site, actor(), SHEET, [out])
    assert (step.overridden, step.reason) == ((), "")
    with pytest.raises(NotAllowed, match="only be broken with a reason"):
        save(site, actor(), SHEET, "")
    move(site, actor(), SHEET, [Move(None, out.before)])
    with pytest.raises(DatabaseRefusal, match="nothing to save"):
        save(site, actor(), SHEET, "")
    move(site, actor(), SHEET, [out])
    save(site, actor(), SHEET, "", "in hospital")
    assert {one.reason for one in look(site).overrides} == {"in hospital"}


@pytest.mark.parametrize("role", [Role.NURSE, Role.DOCTOR, Role.TECHNICIAN, Role.ADMIN])
def test_only_the_head_nurse_edits(site: Site, role: Role) -> None:
    pair = swap(look(site))
    row = pair[0].before
    assert row is not None
    for act in (
        lambda: move(site, actor(role), SHEET, pair),
        lambda: undo(site, actor(role), SHEET),
        lambda: redo(site, actor(role), SHEET),
        lambda: save(site, actor(role), SHEET, ""),
        lambda: take_over(site, actor(role), SHEET),
        lambda: set_lock(site, actor(role), SHEET, row, locked=True),
    ):
        with pytest.raises(NotAllowed, match="may not do this"):
            act()
    assert audited(site) == []


def test_the_past_is_frozen_in_and_out(site: Site, world: Path) -> None:
    there = look(site)
    monday = next(row for row in there.plan.assignments if row.day == FIRST_MONDAY)
    friday = week_site(world, days=4)
    into = Move(there.plan.by_patient[monday.patient][-1], replace(monday, shift="GONE"))
    for bad in (Move(monday, None), into):
        with pytest.raises(NotAllowed, match="What is over cannot be changed"):
            move(friday, actor(), SHEET, [bad], "because")
    with pytest.raises(NotAllowed, match="What is over"):
        set_lock(friday, actor(), SHEET, monday, locked=True)


def test_a_move_made_in_time_but_saved_too_late_is_refused(site: Site, world: Path) -> None:
    move(site, actor(), SHEET, swap(look(site), day=2))
    late = week_site(world, days=2)
    with pytest.raises(NotAllowed, match="over by now"):
        save(late, actor(), SHEET, "")
    with pytest.raises(NotAllowed, match="What is over"):
        undo(late, actor(), SHEET)
    undo(site, actor(), SHEET)
    with pytest.raises(NotAllowed, match="What is over"):
        redo(late, actor(), SHEET)
    assert look(late).version.number == 1


def test_undo_takes_back_whatever_was_last(site: Site) -> None:
    before = look(site).plan
    move(site, actor(), SHEET, swap(look(site)))
    assert undo(site, actor(), SHEET) is not None
    assert look(site).plan == before
    assert undo(site, actor(), SHEET) is None


def test_redo_brings_back_what_was_undone_with_its_reason(site: Site) -> None:
    move(site, actor(), SHEET, bad_swap(look(site)), "doctor agreed")
    after = look(site).plan
    undo(site, actor(), SHEET)
    assert look(site).redoable
    assert redo(site, actor(), SHEET) is not None
    there = look(site)
    assert (there.plan, there.counting[0].reason) == (after, "doctor agreed")
    assert not there.redoable
    assert redo(site, actor(), SHEET) is None
    assert [act for act, _ in audited(site)] == [
        "draft.move", "draft.undo", "draft.redo", "draft.redo",
    ]  # fmt: skip


def test_redo_breaks_no_rule_that_the_step_did_not_break_when_it_was_made(site: Site) -> None:
    pair = swap(look(site))
    row = pair[0].before
    assert row is not None
    move(site, actor(), SHEET, pair)
    undo(site, actor(), SHEET)
    set_lock(site, actor(), SHEET, row, locked=True)
    with pytest.raises(NotAllowed, match="only be broken with a reason"):
        redo(site, actor(), SHEET)
    assert look(site).counting == ()


def test_of_two_who_move_one_session_the_slower_is_told(site: Site) -> None:
    pair = swap(look(site))
    move(site, actor(), SHEET, pair)
    with pytest.raises(DatabaseRefusal, match="Somebody else has moved"):
        move(site, actor(), SHEET, [Move(pair[0].before, None)], "because")


def test_a_stale_version_is_told_and_its_moves_can_be_taken_over(site: Site) -> None:
    pair = swap(look(site))
    move(site, actor(), SHEET, pair)
    with writing(site.here.database) as session:
        plan = load_plan(session, site.center, FIRST_MONDAY, 1).plan
        fewer = Plan.of(plan.first_day, 1, [r for r in plan.assignments if r.day.isoweekday() > 1])
        save_plan(session, site.center, fewer, None, "Wang", "", NOW, 1, input_fingerprint="f")
    with pytest.raises(StalePlan):
        move(site, actor(), SHEET, pair)
    second = Sheet(FIRST_MONDAY, 2)
    assert len(look(site).left) == 1
    assert take_over(site, actor(), second) == 1
    there = look(site)
    assert {one.after for one in pair} <= set(there.plan.assignments)
    with pytest.raises(NotAllowed, match="not saved yet"):
        take_over(site, actor(), second)


def test_a_lock_binds_the_rules_until_it_is_taken_back(site: Site) -> None:
    pair = swap(look(site))
    row = pair[0].before
    assert row is not None
    assert set_lock(site, actor(), SHEET, row, locked=True)
    with pytest.raises(NotAllowed, match="only be broken with a reason"):
        move(site, actor(), SHEET, pair)
    assert set_lock(site, actor(), SHEET, row, locked=False)
    move(site, actor(), SHEET, pair)
    with pytest.raises(NotAllowed, match="not there any more"):
        set_lock(site, actor(), SHEET, row, locked=True)


def test_an_unplanned_week_has_no_sheet(site: Site) -> None:
    with pytest.raises(DatabaseRefusal, match="no stored plan"):
        undo(site, actor(), Sheet(FIRST_MONDAY.replace(year=2030), 1))
