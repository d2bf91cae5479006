"""The nurse roster on the screen: made, looked at, repaired, and by whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook

from clearshift.i18n import speaker
from dashboard.acts import rosters as acts
from dashboard.acts.acting import NotAllowed
from dashboard.planning.roster import RosterThere, change_said, grid, proof_said, roster_there
from dashboard.site import Site, install
from db.connection import reading
from db.nurse_rosters import RosterVersion, StoredRoster, list_rosters, load_roster, of_roster
from db.sheets.edition import Voice
from db.sheets.read_roster import EditedRoster
from db.sheets.roster_book import RosterEdition, roster_book
from domain.account import Role
from domain.nurse_roster import AwayDay, DutyChange
from domain.nurse_terms import NurseDayKind
from scheduler.effort import Effort
from scheduler.ward.check import check_roster
from tests.dashboard.acts.week_desk import actor, enroll, week_site
from tests.dashboard.screens.planning_looks import frame, opened, ran, said
from tests.dashboard.world import FIRST_MONDAY, NOW, desk_at
from tests.scheduler.ward.worlds import (
    EARLY,
    EVENING,
    MONDAY,
    NIGHT,
    day,
    need,
    nurse,
    roster,
    ward,
)

EFFORT = Effort(seconds=5.0, workers=1)


@pytest.fixture
def site(world: Path) -> Site:
    here = week_site(world)
    enroll(here)
    install(here)
    return here


@pytest.fixture
def rostered(site: Site) -> Site:
    """A site with a roster of the planned week."""
    acts.make(site, actor(), FIRST_MONDAY, 1, EFFORT)
    return site


def versions(site: Site) -> tuple[RosterVersion, ...]:
    """What is stored."""
    with reading(site.here.database) as session:
        return list_rosters(session, site.center)


def test_before_the_first_roster_there_is_a_way_to_make_one(site: Site) -> None:
    at = opened("roster")
    assert "No roster is made yet." in said(at)
    next(one for one in at.button if one.label == "Make it").click()
    assert "The roster is made" in said(ran(at))
    assert len(versions(site)) == 1


def test_the_sheet_shows_marks_counts_and_what_the_search_can_claim(rostered: Site) -> None:
    del rostered
    text = said(opened("roster"))
    assert "主早" in text or "主中" in text
    assert "早: there of needed" in text
    assert "Version 1, by Head-Nurse." in text
    assert "with the skill catheter missing" in text


def test_the_ledger_is_by_nurse(rostered: Site) -> None:
    del rostered
    rows = frame(opened("roster"))
    assert len(rows) == 6
    assert rows[0]["Days due"] == 5


def test_a_nurse_sees_the_roster_and_cannot_change_it(rostered: Site) -> None:
    text = said(opened("roster", Role.NURSE))
    assert "Only who plans may change the roster." in text
    assert "Make it" not in text
    with pytest.raises(NotAllowed):
        acts.make(rostered, actor(Role.NURSE), FIRST_MONDAY, 1, EFFORT)
    assert len(versions(rostered)) == 1


def test_illness_is_repaired_on_the_screen_and_kept(rostered: Site) -> None:
    at = opened("roster", language="zh")
    next(one for one in at.button if one.label == "求最少变动" or "fewest" in one.label).click()
    ran(at)
    assert len(versions(rostered)) == 2
    with reading(rostered.here.database) as session:
        found = load_roster(session, rostered.center, FIRST_MONDAY)
    assert len(found.roster.away) == 3


def test_an_edited_sheet_is_taken_or_comes_back_with_its_problems(
    rostered: Site, tmp_path: Path
) -> None:
    file = tmp_path / "r.xlsx"
    _write(rostered, file)
    with pytest.raises(NotAllowed, match="Nothing differs"):
        acts.take(rostered, actor(), FIRST_MONDAY, file, "")
    _type(file, {"F6": "夕"})
    found = acts.take(rostered, actor(), FIRST_MONDAY, file, "")
    assert isinstance(found, EditedRoster)
    assert [one.cell for one in found.refusals] == ["F6"]
    _write(rostered, file)
    _type(file, dict.fromkeys(("F6", "G6", "H6", "I6", "J6", "K6"), "早"))
    with pytest.raises(NotAllowed, match="needs a reason"):
        acts.take(rostered, actor(), FIRST_MONDAY, file, "")
    taken = acts.take(rostered, actor(), FIRST_MONDAY, file, "flu")
    assert isinstance(taken, RosterVersion)
    assert (taken.number, taken.note) == (2, "flu")


def test_a_repair_from_a_day_that_is_over_leaves_the_days_before_today(site: Site) -> None:
    later = week_site(Path(str(site.papers)).parent, days=2)
    acts.make(later, actor(), FIRST_MONDAY, 1, EFFORT)
    illness = acts.Illness("N001", FIRST_MONDAY, FIRST_MONDAY + timedelta(days=4))
    found = acts.repair(later, actor(), FIRST_MONDAY, illness, EFFORT)
    today = (NOW + timedelta(days=2)).date()
    assert all(change.day >= today for change in found.changes)


def _write(site: Site, file: Path) -> None:
    with reading(site.here.database) as session:
        there = roster_there(session, site.center, FIRST_MONDAY)
    edition = RosterEdition(
        there.ward, there.stored.roster, there.verdict.gaps, there.stored.version.number, "Li",
        NOW.replace(tzinfo=None), of_roster(there.stored.roster),
    )  # fmt: skip
    file.write_bytes(roster_book(edition, desk_at(site).voice))


def _type(path: Path, cells: dict[str, str]) -> None:
    book = load_workbook(path)
    for place, text in cells.items():
        book.worksheets[0][place] = text
    book.save(path)


def test_the_grid_marks_leads_nights_rest_and_days_away() -> None:
    there = ward(
        [nurse("N1", "A", "lead")], [need(0, "AM", 1), need(1, "NIGHT", 1), need(3, "AM", 1)],
        shifts=(EARLY, EVENING, NIGHT),
    )  # fmt: skip
    away = [AwayDay(day(2), "N1", NurseDayKind.LEAVE)]
    made = roster("N1: 主早 夜", there, away=away)
    version = RosterVersion("HC", MONDAY, 1, 1, None, "Li", "", NOW)
    shown = RosterThere(there, StoredRoster(version, made, None), check_roster(there, made))
    text = grid(shown, MONDAY, Voice("en", speaker("en", 2026)))
    assert '<td class="pl-duty pl-lead">主早</td>' in text
    assert '<td class="pl-night">夜</td>' in text
    assert '<td class="pl-away">△</td>' in text
    assert '<td class="bad">0/1</td>' in text
    assert "Edited by hand" in str(proof_said(shown))
    assert "No better roster" in str(proof_said(_ran(shown, 3, 3)))
    assert "at least 2" in str(proof_said(_ran(shown, 3, 2)))
    assert change_said(there, DutyChange("N1", MONDAY, made.duties[0], None)).gaps


def _ran(shown: RosterThere, cost: int, bound: int) -> RosterThere:
    run = {"cost": cost, "bound": bound, "proven": bound >= cost}
    return replace(shown, stored=replace(shown.stored, run=run))
