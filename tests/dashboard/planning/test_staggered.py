"""What a version keeps of times that were told or have begun."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from dashboard.acts.drafts import Sheet, move, save
from dashboard.acts.publishing import publish_version
from dashboard.board.opened import Opened
from dashboard.planning.job import do
from dashboard.planning.staggered import promises_of, staggered
from dashboard.screens.papers import untimed
from dashboard.site import Site
from db.connection import reading, writing
from db.cues import load_cues, store_cues
from db.plans import load_plan
from domain.choreography import STANDARD_PACE, UNSTAGGERED, Choreography, Cue
from tests.dashboard.acts.week_desk import SHEET, actor, enroll, look, swap, week_site
from tests.dashboard.planning.jobs import NEXT, desk_of, ordered
from tests.dashboard.world import FIRST_MONDAY


@pytest.fixture
def site(world: Path) -> Site:
    here = week_site(world)
    enroll(here)
    return here


def cue(there: Opened, weekday: int, delay: int) -> Cue:
    """A cue of somebody of that day."""
    day = FIRST_MONDAY + timedelta(days=weekday)
    row = next(row for row in there.plan.assignments if row.day == day)
    return Cue(row.day, row.shift, row.patient, delay, 1)


def kept(site: Site, number: int) -> Choreography:
    with reading(site.here.database) as session:
        return load_cues(session, (site.center, FIRST_MONDAY), number)


def test_a_version_in_force_with_nothing_stored_is_staggered_from_the_next_turn_on(
    site: Site,
) -> None:
    there = look(site)
    with reading(site.here.database) as session:
        found = promises_of(session, there.problem, there.plan, 1, there.now)
    over = {row.turn for row in there.plan.assignments if row.day == FIRST_MONDAY}
    assert {one.day for one in found.fixed.cues} == {FIRST_MONDAY}
    assert {one.delay for one in found.fixed.cues} == {0}
    assert {one.turn for one in found.fixed.cues} < over
    assert found.told == UNSTAGGERED
    times = staggered(there.problem, there.plan, STANDARD_PACE, found)
    assert times is not None
    assert {one.delay for one in times.choreography.cues if one.day == FIRST_MONDAY} > {0}


def test_where_some_were_told_times_the_others_were_told_the_shifts_begin(site: Site) -> None:
    there = look(site)
    known = cue(there, 4, 20)
    with writing(site.here.database) as session:
        store_cues(session, (site.center, FIRST_MONDAY), 1, [known])
        found = promises_of(session, there.problem, there.plan, 1, there.now)
    times = staggered(there.problem, there.plan, STANDARD_PACE, found)
    assert times is not None
    assert {one for one in times.choreography.cues if one.delay} == {known}


def test_a_draft_that_nobody_was_told_of_has_no_promises(site: Site) -> None:
    there = look(site)
    other = replace(there.plan, first_day=FIRST_MONDAY + timedelta(weeks=1))
    with reading(site.here.database) as session:
        found = promises_of(session, there.problem, other, None, there.now)
    assert found.fixed == found.told == UNSTAGGERED


def test_a_corrected_version_keeps_every_time_that_people_were_told(site: Site) -> None:
    there = look(site)
    known = cue(there, 4, 20)
    with writing(site.here.database) as session:
        store_cues(session, (site.center, FIRST_MONDAY), 1, [known])
    move(site, actor(), SHEET, swap(there, 6))
    save(site, actor(), SHEET, "corrected")
    publish_version(site, actor(), Sheet(FIRST_MONDAY, 2))
    times = kept(site, 2)
    assert times.by_session[known.patient, known.turn].delay == 20
    moved = {row.turn for row in set(look(site).plan.assignments) ^ set(there.plan.assignments)}
    others = {one.delay for one in times.cues if one != known and one.turn not in moved}
    assert others == {0}
    assert len(times.cues) == len(there.plan.assignments)
    opened = look(site).problem
    assert opened.session(known.patient, known.turn).start.minute == 20


def test_a_search_ordered_on_a_screen_stores_times_with_its_draft(site: Site, world: Path) -> None:
    assert do(desk_of(world, site, ordered(site)))
    with reading(site.here.database) as session:
        plan = load_plan(session, site.center, NEXT).plan
        cues = load_cues(session, (site.center, NEXT), 1).by_session
    assert {(row.patient, row.turn) for row in plan.assignments} == set(cues)
    assert len({one.delay for one in cues.values()}) > 1


def test_where_every_session_has_a_time_nothing_is_sought(site: Site) -> None:
    move(site, actor(), SHEET, swap(look(site), 6))
    save(site, actor(), SHEET, "corrected")
    publish_version(site, actor(), Sheet(FIRST_MONDAY, 2))
    there = look(site)
    assert untimed(look(site, 1))
    assert not untimed(there)
    with reading(site.here.database) as session:
        found = promises_of(session, there.problem, there.plan, 2, there.now)
    assert staggered(there.problem, there.plan, STANDARD_PACE, found) is None
