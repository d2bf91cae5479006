"""`clearshift flow`: when everybody begins, stored with the version, the same on every paper."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import icalendar
import pytest
import sqlalchemy as sa

from tests.clearshift.cli.calling import Ask


def forgotten(folder: Path) -> None:
    """The version as an earlier program would have stored it: without times."""
    engine = sa.create_engine(f"sqlite:///{folder / 'clearshift.db'}")
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER plan_cues_no_delete")
        connection.exec_driver_sql("DELETE FROM plan_cues")
    engine.dispose()


def counted(folder: Path) -> int:
    engine = sa.create_engine(f"sqlite:///{folder / 'clearshift.db'}")
    with engine.connect() as connection:
        found: int = connection.exec_driver_sql("SELECT count(*) FROM plan_cues").scalar_one()
    engine.dispose()
    return found


def test_a_planned_week_has_its_times_and_flow_shows_them(ask: Ask, planned: Path) -> None:
    assert counted(planned) == 72
    data = ask("flow", "--json").data
    assert counted(planned) == 72
    assert (data["proven"], data["cost"], len(data["tasks"])) == (None, None, 144)
    assert data["unready"] == data["broken"] == []
    assert data["peak"]["staggered"] < data["peak"]["at_once"]
    assert len(data["crowded"]) < data["crowded_at_once"]
    assert 0 < data["latest"] <= 90
    assert (data["pace"]["apart"], data["pace"]["latest"]) == (10, 90)


def test_a_version_without_times_gets_them_once(ask: Ask, planned: Path) -> None:
    forgotten(planned)
    found = ask("flow", "--json").data
    assert (counted(planned), found["proven"]) == (72, True)
    assert found["cost"]["crowded"] == found["bound"]["crowded"]
    again = ask("flow", "--json").data
    assert (again["proven"], again["tasks"]) == (None, found["tasks"])


def test_putting_a_version_in_force_gives_it_times(ask: Ask, planned: Path) -> None:
    forgotten(planned)
    ask("publish", "--author", "Li")
    assert counted(planned) == 72


def test_a_plan_from_files_prints_staggered_slips(ask: Ask, center: Path) -> None:
    ask("plan", "--from", "center", "--author", "Li", "--seconds", "10")
    folder = next(center.glob("out/*/calendars"))
    starts = {
        f"{event.start:%H:%M}"
        for file in folder.glob("*.ics")
        for event in icalendar.Calendar.from_ical(file.read_bytes()).events
    }
    assert len(starts) > 2  # more than the begins of the two shifts


@pytest.mark.usefixtures("planned")
def test_the_page_says_what_staggering_brings_and_lists_a_day(ask: Ask) -> None:
    answer = ask("flow", "--day", "2026-03-02")
    assert "Two tasks of a nurse at least 10 minutes apart" in answer.out
    assert "What staggering brings" in answer.out
    tasks = [line for line in answer.lines if " connect " in line or " disconnect " in line]
    assert len(tasks) == 24
    assert all(line.split()[0] == "A" for line in tasks)


@pytest.mark.usefixtures("planned")
def test_another_pace_is_tried_and_not_stored(ask: Ask, planned: Path) -> None:
    before = ask("flow", "--json").data
    tried = ask("flow", "--apart", "5", "--latest", "60", "--json").data
    assert tried["proven"] is True
    assert tried["cost"] == tried["bound"]
    assert tried["pace"]["apart"] == 5
    assert ask("flow", "--json").data == before
    assert counted(planned) == 72


@pytest.mark.usefixtures("planned")
def test_with_nobody_later_all_begin_with_the_shift_and_what_is_crowded_is_named(ask: Ask) -> None:
    data = ask("flow", "--latest", "0", "--json").data
    assert data["latest"] == 0
    assert data["peak"]["staggered"] == data["peak"]["at_once"]
    text = ask("flow", "--latest", "0").out
    assert "Tasks too soon after the one before" in text
    assert "0 minutes later" in text


@pytest.mark.usefixtures("planned")
def test_a_day_outside_the_plan_is_refused(ask: Ask) -> None:
    answer = ask("flow", "--day", "2026-04-01", code=2)
    assert "2026-04-01 is not a day of the plan" in answer.err


def test_calendars_come_at_the_times_that_flow_shows(ask: Ask, planned: Path) -> None:
    tasks = ask("flow", "--json").data["tasks"]
    begins = {(task["patient"], task["at"]) for task in tasks if task["hand"] == "connect"}
    files = sorted(planned.glob("out/*/calendars/*.ics"))
    assert len(files) == len({patient for patient, _ in begins})
    told = set()
    for file in files:
        for event in icalendar.Calendar.from_ical(file.read_bytes()).events:
            told.add((file.stem, f"{event.start:%Y-%m-%dT%H:%M:%S}"))
    assert told == {(patient, shifted(at, -30)) for patient, at in begins}


def shifted(moment: str, minutes: int) -> str:
    return (datetime.fromisoformat(moment) + timedelta(minutes=minutes)).isoformat()


def test_published_times_outlive_a_corrected_version(ask: Ask, planned: Path) -> None:
    ask("publish", "--author", "Li")
    before = {(t["patient"], t["at"]) for t in ask("flow", "--json").data["tasks"]}
    ask("plan", "--author", "Li", "--publish", "--no-sheets")
    after = {(t["patient"], t["at"]) for t in ask("flow", "--json").data["tasks"]}
    assert counted(planned) == 144
    assert before == after
