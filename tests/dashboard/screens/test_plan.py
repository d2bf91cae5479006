"""Planning a week: capacity at once, a search ordered, followed, stopped and published."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.planning.job import do
from dashboard.site import Site, install
from db.access.audit import Asked, list_entries
from db.connection import reading, writing
from db.drafts import add_step
from db.load import load_register
from db.plan_jobs import LOST_AFTER, begin_job, end_job, hear, list_jobs
from db.plans import PlanState, list_plans, load_plan, save_plan
from db.sample.spec import FIRST_MONDAY
from db.save import save_register
from domain.center import Hold
from domain.draft import Move, moved
from domain.plan import Lock, Plan
from domain.plan_job import JobState, JobTrace, PlanJob
from domain.words import words
from tests.dashboard.acts.week_desk import enroll, look, taken_out, week_site
from tests.dashboard.planning.jobs import NEXT, desk_of, ordered
from tests.dashboard.screens.planning_looks import frame, opened, ran, said
from tests.dashboard.world import NOW, desk_at

TRACES = (JobTrace(0.5, "start", -1, 900, 12), JobTrace(2.0, "timetable", 1, 0, 0),
          JobTrace(3.0, "timetable", 2, 201, 150))  # fmt: skip


@pytest.fixture
def site(world: Path) -> Site:
    here = week_site(world)
    enroll(here)
    install(here)
    return here


def jobs(site: Site) -> tuple[PlanJob, ...]:
    with reading(site.here.database) as session:
        return list_jobs(session, site.center, site.clock())


def run_on(site: Site, job: int) -> None:
    """The search's process has begun and told something."""
    with writing(site.here.database) as session:
        begin_job(session, site.center, job, NOW)
        hear(session, site.center, job, TRACES, NOW)


def lost(site: Site) -> None:
    late = NOW + LOST_AFTER + timedelta(seconds=1)
    install(replace(site, clock=lambda: late))


def next_week() -> AppTest:
    return opened("plan", week=NEXT.isoformat())


@pytest.mark.parametrize(("language", "sentence"), [("en", "everybody fits"), ("zh", "分区")])
def test_capacity_is_told_at_once(site: Site, language: str, sentence: str) -> None:
    del site
    at = opened("plan", language=language)
    assert sentence in said(at)
    assert len(at.tabs) == 4


def test_the_week_that_is_next_is_chosen_and_the_address_may_name_another(site: Site) -> None:
    del site
    assert opened("plan").selectbox(key="plan-week").value == NEXT
    asked = opened("plan", week=FIRST_MONDAY.isoformat())
    assert asked.selectbox(key="plan-week").value == FIRST_MONDAY
    assert "What was published and has begun stays" in said(asked)
    assert opened("plan", week="soon").selectbox(key="plan-week").value == NEXT


def test_a_search_is_ordered_with_what_stands_on_the_page_and_its_process_started(
    site: Site,
) -> None:
    started: list[int] = []
    install(replace(site, start_job=started.append))
    at = next_week()
    at.number_input(key="plan-seconds").set_value(45)
    at.selectbox(key="plan-scratch").set_value(True)
    at.button(key="plan-start").click()
    ran(at)
    (job,) = jobs(site)
    assert started == [job.job]
    assert (job.first_day, job.seconds, job.scratch, job.who) == (NEXT, 45, True, "Head-Nurse")
    with reading(site.here.database) as session:
        entries = list_entries(session, site.center, Asked(), desk_at(site).zone, 5)
    assert entries[0].act == "plan.order"


def test_while_a_search_is_under_way_no_other_can_be_ordered(site: Site) -> None:
    run_on(site, ordered(site))
    at = next_week()
    assert at.button(key="plan-start").disabled
    assert "Settling days and shifts" in said(at)
    assert "Everybody has all sessions" in said(at)


def test_who_was_faster_is_shown_to_who_presses_the_button_later(site: Site) -> None:
    at = next_week()
    ordered(site)
    at.button(key="plan-start").click()
    ran(at)
    assert "ordered by Li" in said(at)
    assert len(jobs(site)) == 1


def test_stop_asks_the_search_to_keep_its_best_plan(site: Site) -> None:
    run_on(site, ordered(site))
    at = next_week()
    at.button(key="plan-stop").click()
    ran(at)
    assert jobs(site)[0].stopping
    assert "Stopping with the best plan so far" in said(at)


def test_a_search_that_died_is_shown_as_lost_and_can_be_ordered_again(site: Site) -> None:
    run_on(site, ordered(site))
    lost(site)
    at = next_week()
    assert "The search is lost" in said(at)
    assert not at.button(key="plan-start").disabled


def test_a_computer_that_starts_nothing_leaves_a_failed_order(site: Site) -> None:
    def refuses(_job: int) -> None:
        raise OSError("no more processes")

    install(replace(site, start_job=refuses))
    at = next_week()
    at.button(key="plan-start").click()
    at.run()
    assert jobs(site)[0].state is JobState.FAILED
    assert "could not start another program" in said(next_week())


@pytest.fixture
def planned(world: Path, site: Site) -> Site:
    """The next week planned by a search that was stopped at once."""
    job = ordered(site)
    desk = desk_of(world, site, job)
    desk.asked.set()
    assert do(desk)
    return site


def test_the_result_tells_what_it_claims_and_costs_beside_last_week(planned: Site) -> None:
    del planned
    at = next_week()
    text = said(at)
    assert "version 1" in text
    assert "with the best plan so far" in text
    assert "last week" in text
    assert f"/compare?week={NEXT}" in text.replace("&amp;", "&")


def test_the_result_is_published_under_the_name_of_who_does_it(planned: Site) -> None:
    at = next_week()
    at.button(key="plan-publish").click()
    ran(at)
    with reading(planned.here.database) as session:
        (version,) = list_plans(session, planned.center, NEXT)
    assert version.state is PlanState.PUBLISHED
    assert version.published is not None
    assert version.published.author == "Head-Nurse"
    assert "in force" in said(at)


def test_changes_that_are_not_saved_are_named_before_they_are_left_behind(site: Site) -> None:
    with writing(site.here.database) as session:
        stored = load_plan(session, site.center, FIRST_MONDAY)
        last = stored.plan.assignments[-1]
        add_step(session, stored.version, [Move(last, None)], "Li", NOW)
    assert "One change on version 1 is not saved" in said(
        opened("plan", week=FIRST_MONDAY.isoformat())
    )


def ended_with(site: Site, plan: Plan) -> None:
    """A search of the planned week that has ended with this plan and a remark."""
    job = ordered(site, FIRST_MONDAY)
    with writing(site.here.database) as session:
        begin_job(session, site.center, job, NOW)
        version = save_plan(
            session, site.center, plan, None, "Li", "", NOW, 1, input_fingerprint="f"
        )
        end_job(session, site.center, job, version.number, words("Look at Monday."), NOW)


def test_what_breaks_a_hard_rule_or_lost_the_past_is_said_before_it_is_published(
    site: Site,
) -> None:
    there = look(site)
    ended_with(site, moved(there.plan, [taken_out(there)]))
    text = said(opened("plan", week=FIRST_MONDAY.isoformat()))
    assert "Look at Monday." in text
    assert "It breaks hard rules" in text


def test_only_the_latest_version_can_be_published_from_here(site: Site) -> None:
    there = look(site)
    ended_with(site, there.plan)
    with writing(site.here.database) as session:
        save_plan(session, site.center, there.plan, None, "Wang", "", NOW, 2, input_fingerprint="f")
    at = opened("plan", week=FIRST_MONDAY.isoformat())
    assert "there is a later version" in said(at)
    assert "plan-publish" not in [one.key for one in at.button]


def test_where_nothing_fits_every_proof_and_clash_is_told_or_folded_away(site: Site) -> None:
    with reading(site.here.database) as session:
        register = load_register(session, site.center)
    stations = register.stations
    holds = tuple(
        Hold(zone.code, sum(one.zone == zone.code for one in stations) - 1, "guests")
        for zone in register.zones
    )
    twice = tuple(
        Lock(patient.code, NEXT, shift.code)
        for patient in register.patients
        for shift in register.shifts[:2]
    )
    with writing(site.here.database) as session:
        save_register(session, replace(register, holds=holds, locks=twice))
    at = next_week()
    text = said(at)
    assert "in every plan at least" in text
    assert "None: everybody has" not in text
    assert any("more" in one.label for one in at.expander)


# --- locks ----------------------------------------------------------------------------------------


def locks(site: Site) -> int:
    with reading(site.here.database) as session:
        return len(load_register(session, site.center).locks)


def test_a_session_is_locked_and_unlocked(site: Site) -> None:
    before = locks(site)
    at = next_week()
    assert "Nothing is locked in these weeks" in said(at)
    at.button(key="plan-lock-one").click()
    ran(at)
    assert locks(site) == before + 1
    assert "Locked: 1" in said(at)
    assert frame(at)[0]["Station"] == "any"


def test_all_sessions_of_a_version_that_are_still_ahead_are_locked_at_once(site: Site) -> None:
    at = opened("plan", week=FIRST_MONDAY.isoformat())
    button = at.button(key="plan-lock-all")
    count = int(button.label.split()[1])
    before = locks(site)
    assert count > 20
    button.click()
    ran(at)
    assert locks(site) == before + count


def test_of_one_patient_only(site: Site) -> None:
    at = opened("plan", week=FIRST_MONDAY.isoformat())
    patients = at.multiselect(key="plan-lock-patients")
    patients.set_value([patients.options[0].split(" · ")[1]])
    ran(at)
    assert at.button(key="plan-lock-all").label in ("Lock 2 sessions", "Lock 3 sessions")
    del site
