"""A search in this process: what it tells its row, and every way in which it can end."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from dashboard.planning import job as job_process
from dashboard.planning.asked import Weeks
from dashboard.planning.job import Desk, Found, do
from dashboard.site import Site
from db.connection import reading, writing
from db.fingerprint import of_problem
from db.history import load_problem
from db.opening import open_database
from db.plan_jobs import STARTS_WITHIN, Wanted, order_job, stop_job
from db.plans import list_plans, load_plan, save_plan
from db.refusal import DatabaseRefusal
from db.sample.spec import FIRST_MONDAY
from domain.frozen import begun
from domain.plan import Plan
from domain.plan_job import JobState, PlanJob
from domain.words import words
from scheduler.check import check
from tests.dashboard.planning.jobs import NEXT, desk_of, job_now, order_of, ordered
from tests.dashboard.world import NOW, site_at


@pytest.fixture
def site(world: Path) -> Site:
    return site_at(world)


def stopped(site: Site, *, scratch: bool = False) -> int:
    """An order that is asked to stop before it begins: it keeps the first plan that it has."""
    job = ordered(site, scratch=scratch)
    with writing(site.here.database) as session:
        stop_job(session, site.center, job, NOW)
    return job


def test_what_was_found_is_stored_as_a_legal_draft_of_who_ordered_it(
    world: Path, site: Site
) -> None:
    job = stopped(site)
    assert do(desk_of(world, site, job))
    found = job_now(site, job, NOW)
    assert (found.state, found.number, found.remark) == (JobState.DONE, 1, None)
    with reading(site.here.database) as session:
        stored = load_plan(session, site.center, NEXT)
        problem = load_problem(session, site.center, NEXT)
    assert (stored.version.author, stored.version.published) == ("Li", None)
    assert stored.version.input_fingerprint == of_problem(problem)
    assert stored.run is not None
    assert stored.run.interrupted
    assert check(problem, stored.plan).legal


def test_from_scratch_the_rules_of_habit_do_not_count(world: Path, site: Site) -> None:
    job = stopped(site, scratch=True)
    assert do(desk_of(world, site, job))
    with reading(site.here.database) as session:
        run = load_plan(session, site.center, NEXT).run
    assert run is not None
    assert "few_moves" not in {cost.rule for cost in run.costs}


def test_a_signal_ends_it_as_a_stop_does(world: Path, site: Site) -> None:
    desk = desk_of(world, site, ordered(site))
    desk.asked.set()
    assert do(desk)
    with reading(site.here.database) as session:
        run = load_plan(session, site.center, NEXT).run
    assert run is not None
    assert run.interrupted


def test_of_the_week_under_way_what_was_published_and_has_begun_stays(
    world: Path, site: Site
) -> None:
    job = ordered(site, FIRST_MONDAY)
    assert do(desk_of(world, site, job))
    assert job_now(site, job, NOW).remark is None
    with reading(site.here.database) as session:
        before = load_plan(session, site.center, FIRST_MONDAY, 1).plan
        after = load_plan(session, site.center, FIRST_MONDAY, 2).plan
        problem = load_problem(session, site.center, FIRST_MONDAY)
    turns = begun(problem, NOW.astimezone(ZoneInfo("Asia/Shanghai")))
    assert turns
    assert [after.by_turn[turn] for turn in turns] == [before.by_turn[turn] for turn in turns]


def test_stopped_before_it_could_keep_what_has_begun_it_says_so(world: Path, site: Site) -> None:
    job = ordered(site, FIRST_MONDAY)
    with writing(site.here.database) as session:
        stop_job(session, site.center, job, NOW)
    assert do(desk_of(world, site, job))
    assert "could not be kept" in str(job_now(site, job, NOW).remark)


def test_a_week_that_is_over_is_not_planned_again(world: Path) -> None:
    late = site_at(world, now=NOW + timedelta(weeks=2))
    with writing(late.here.database) as session:
        job = order_job(session, late.center, Wanted(FIRST_MONDAY, 1, 5), "Li", late.clock()).job
    assert not do(desk_of(world, late, job))
    found = job_now(late, job, late.clock())
    assert found.state is JobState.FAILED
    assert "over" in str(found.remark)


def test_who_stored_a_version_meanwhile_is_named_and_nothing_is_overwritten(
    world: Path, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = stopped(site)
    searched = job_process._searched

    def meanwhile(desk: Desk, job: PlanJob, weeks: Weeks) -> Found:
        with writing(site.here.database) as session:
            save_plan(
                session, site.center, Plan.of(NEXT, 1, ()), None, "Wang", "", NOW, None,
                input_fingerprint="f",
            )  # fmt: skip
        return searched(desk, job, weeks)

    monkeypatch.setattr(job_process, "_searched", meanwhile)
    assert not do(desk_of(world, site, job))
    found = job_now(site, job, NOW)
    assert found.state is JobState.FAILED
    assert "stored meanwhile by Wang" in str(found.remark)
    with reading(site.here.database) as session:
        assert [one.author for one in list_plans(session, site.center, NEXT)] == ["Wang"]


def test_a_fault_of_ours_is_told_with_its_number_in_the_log(
    world: Path, site: Site, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_given: object) -> object:
        raise RuntimeError("boom")

    monkeypatch.setattr(job_process, "make_plan", broken)
    job = ordered(site)
    assert not do(desk_of(world, site, job))
    found = job_now(site, job, NOW)
    assert found.state is JobState.FAILED
    assert found.remark is not None
    assert str(dict(found.remark.gaps)["number"]) in caplog.text


def test_a_database_that_is_busy_for_once_does_not_end_a_search(
    world: Path,
    site: Site,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def busy(*_given: object) -> bool:
        raise DatabaseRefusal(words("busy"))

    monkeypatch.setattr(job_process, "hear", busy)
    desk = desk_of(world, site, ordered(site))
    desk.asked.set()
    assert do(desk)


def test_an_order_that_was_given_up_stores_nothing(world: Path, site: Site) -> None:
    job = ordered(site)
    late = NOW + STARTS_WITHIN + timedelta(seconds=1)
    with writing(site.here.database) as session:
        order_job(session, site.center, Wanted(NEXT, 1, 5), "Wang", late)
    assert not do(desk_of(world, site, job))
    with reading(site.here.database) as session:
        assert list_plans(session, site.center, NEXT) == ()


def test_a_database_that_is_gone_is_only_logged(
    world: Path, site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    job = ordered(site)
    desk = desk_of(world, site, job)
    desk.engine.dispose()
    gone = type(desk)(order_of(world, site, job), open_nowhere(world), desk.clock, desk.asked)
    assert not do(gone)
    assert f"search {job}" in caplog.text


def open_nowhere(world: Path) -> sa.Engine:
    return open_database(f"sqlite:///{world / 'nothing.db'}")
