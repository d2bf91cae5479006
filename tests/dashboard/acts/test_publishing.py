"""Publishing puts a version in force with name and time, and never rewrites what happened."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.acts.acting import NotAllowed
from dashboard.acts.drafts import Sheet, move, save
from dashboard.acts.publishing import publish_version
from dashboard.site import Site
from db.plans import PlanState, StalePlan
from domain.account import Role
from tests.dashboard.acts.week_desk import SHEET, actor, enroll, look, swap, week_site
from tests.dashboard.world import FIRST_MONDAY, NOW

SECOND = Sheet(FIRST_MONDAY, 2)


@pytest.fixture
def site(world: Path) -> Site:
    here = week_site(world)
    enroll(here)
    return here


def correct(site: Site, day: int = 6) -> None:
    move(site, actor(), SHEET, swap(look(site), day))
    save(site, actor(), SHEET, "corrected")


def test_a_correction_takes_the_place_of_the_version_in_force(site: Site) -> None:
    correct(site)
    assert look(site).in_force is not None
    published = publish_version(site, actor(), SECOND)
    assert published.published is not None
    assert (published.published.author, published.published.at) == ("Head-Nurse", NOW)
    there = look(site)
    assert there.in_force == there.version
    assert look(site, 1).version.state is PlanState.SUPERSEDED
    assert look(site, 1).plan != there.plan


def test_unsaved_moves_are_not_published(site: Site) -> None:
    move(site, actor(), SHEET, swap(look(site)))
    with pytest.raises(NotAllowed, match="not saved yet"):
        publish_version(site, actor(), SHEET)


def test_an_old_version_is_not_published_again(site: Site) -> None:
    correct(site)
    with pytest.raises(StalePlan):
        publish_version(site, actor(), SHEET)


def test_what_happened_is_not_rewritten(site: Site, world: Path) -> None:
    correct(site, day=2)
    with pytest.raises(NotAllowed, match="turns that are over"):
        publish_version(week_site(world, days=2), actor(), SECOND)
    assert publish_version(site, actor(), SECOND).state is PlanState.PUBLISHED


@pytest.mark.parametrize("role", [Role.NURSE, Role.DOCTOR, Role.TECHNICIAN, Role.ADMIN])
def test_only_the_head_nurse_publishes(site: Site, role: Role) -> None:
    correct(site)
    with pytest.raises(NotAllowed, match="may not do this"):
        publish_version(site, actor(role), SECOND)
