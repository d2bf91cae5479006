"""What the component is given says everything and in the reader's language."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

from dashboard.board.opened import Opened
from dashboard.board.payload import payload
from db.sheets.edition import Voice
from domain.calendar import DAY, Span
from domain.center import Closure, Hold, Staffing
from domain.draft import Move
from domain.patient import Marker, Serology, WorkShift
from domain.plan import Assignment, Lock
from tests.dashboard.board.weeks import CHINESE, ENGLISH, NOW, on_table, sitting, version
from tests.scheduler.worlds import (
    MONDAY,
    NIGHT,
    NOT_SUNDAY,
    SINCE,
    people,
    planned,
    who,
    world,
)


def drawn(opened: Opened, voice: Voice = ENGLISH, *, editable: bool = True) -> dict[str, Any]:
    whole = payload(opened, voice, editable=editable, override=True)
    told: dict[str, Any] = json.loads(json.dumps(whole))
    return told


def test_rows_are_stations_and_columns_are_the_turns_of_each_day() -> None:
    board = drawn(on_table(world(), planned(world())))
    assert [row["code"] for row in board["rows"]] == ["A1", "A2"]
    assert len(board["turns"]) == 12
    assert [day["turns"] for day in board["days"]] == [2, 2, 2, 2, 2, 2, 0]
    assert board["turns"][1]["said"] == "Mon 2 Mar afternoon"


def test_a_session_stands_in_its_cell_even_in_the_first() -> None:
    problem = world(**people(who("P1")))
    board = drawn(on_table(problem, planned(problem, "P1 A1 am Mon")))
    (cell,) = board["cells"]
    assert (cell["t"], cell["r"], cell["p"]) == (0, 0, "P1")
    assert board["people"] == {"P1": "Name P1"}


def test_marks_are_letters_and_not_only_colors() -> None:
    positive = Serology("P1", Marker.HBSAG, True, SINCE)
    tables = people(who("P1"))
    problem = world(**{**tables, "serology": (positive,)}, shifts=(NIGHT,))
    row = Assignment(MONDAY, "night", "A1", "P1")
    register = replace(problem.register, locks=(Lock("P1", MONDAY, "night", "A1"),))
    problem = replace(problem, register=register)
    plan = planned(problem, "P1 A1 night Mon")
    assert plan.assignments == (row,)
    (cell,) = drawn(on_table(problem, plan))["cells"]
    assert (cell["letters"], cell["night"], cell["locked"]) == ("B", True, True)
    assert cell["fill"] == "#FBE6BD"


def test_guests_workshop_and_unsaved_moves_are_marked() -> None:
    guest = replace(who("P1").patient, span=Span(MONDAY, MONDAY + 13 * DAY))
    tables = people(who("P1"), who("P2"))
    others = tuple(one for one in tables["patients"] if one.code != "P1")
    work = WorkShift("P2", NOT_SUNDAY, NIGHT.start, NIGHT.end, workshop=True)
    problem = world(**{**tables, "patients": (guest, *others), "work_shifts": (work,)})
    plan = planned(problem, "P1 A1 am Mon", "P2 A2 am Mon")
    second = sitting(plan, "P2")
    to = replace(second, shift="pm")
    cells = {one["p"]: one for one in drawn(on_table(problem, plan, Move(second, to)))["cells"]}
    assert cells["P1"]["guest"] is True
    assert (cells["P2"]["shop"], cells["P2"]["edited"]) == (True, True)
    assert "edited" not in cells["P1"]


def test_counts_go_against_seats_that_are_not_held_and_against_nurses() -> None:
    staffing = Staffing("A", "am", 0, NOT_SUNDAY)
    problem = world(**people(who("P1")), holds=(Hold("A", 1, "emergency"),), staffing=(staffing,))
    (zone,) = drawn(on_table(problem, planned(problem, "P1 A1 am Mon")))["zones"]
    first, second = zone["counts"][:2]
    assert (first["n"], first["of"], first["state"]) == (1, 1, "over")
    assert first["said"] == "1 patients on 1 seats; 0 nurses may care for 0"
    assert (second["n"], second["state"], second["nursed"]) == (0, "room", "")


def test_what_is_closed_and_what_is_over_is_told() -> None:
    closure = Closure(Span(MONDAY, MONDAY), "repair", station="A2")
    problem = world(closures=(closure,))
    board = drawn(on_table(problem, planned(problem), now=NOW + timedelta(days=1, hours=3)))
    assert board["shut"] == [[0, 1], [1, 1]]
    assert [turn["over"] for turn in board["turns"][:3]] == [True, False, False]
    assert board["days"][0]["today"] is True


def test_who_has_too_few_sessions_is_in_the_tray() -> None:
    problem = world(**people(who("P1"), who("P2")))
    board = drawn(on_table(problem, planned(problem, "P1 A1 am Mon Wed")))
    assert board["tray"] == [
        {"p": "P2", "said": "0 of 3 sessions"},
        {"p": "P1", "said": "2 of 3 sessions"},
    ]


def test_a_session_at_a_station_that_is_gone_is_counted_and_not_drawn() -> None:
    problem = world(**people(who("P1")))
    gone = Assignment(MONDAY, "am", "Z9", "P1")
    plan = planned(problem, "P1 A1 am Wed")
    opened = on_table(problem, replace(plan, assignments=(gone, *plan.assignments)))
    board = drawn(opened)
    assert len(board["cells"]) == 1
    assert "1 sessions are at stations" in board["banner"]["said"][-1]


def test_the_banner_tells_state_name_and_time_in_the_centers_zone() -> None:
    problem = world(**people(who("P1")))
    plan = planned(problem, "P1 A1 am Mon")
    published = on_table(problem, plan, versions=[version(published=True)])
    assert drawn(published)["banner"] == {
        "tone": "published",
        "said": ["Version 1 is in force, published by Wang on Fri 27 Feb 13:00."],
        "unsaved": 0,
    }
    move = Move(sitting(plan, "P1"), replace(sitting(plan, "P1"), shift="pm"))
    changed = drawn(on_table(problem, plan, move))["banner"]
    assert (changed["tone"], changed["unsaved"]) == ("edited", 1)
    assert changed["said"] == [
        "Version 1 by Li of Fri 27 Feb 12:00 is a draft.",
        "One change by Li is not saved yet.",
    ]


def test_only_the_latest_version_can_be_edited_and_the_banner_says_so() -> None:
    problem = world(**people(who("P1")))
    plan = planned(problem, "P1 A1 am Mon")
    old = on_table(problem, plan, versions=[version(1), version(2, published=True, parent=1)])
    board = drawn(old)
    assert board["editable"] is False
    assert board["banner"]["said"][1:] == [
        "Version 2 by Li is the latest; only that one can be edited.",
        "In force is version 2.",
    ]
    assert drawn(on_table(problem, plan), editable=False)["editable"] is False


def test_a_broken_rule_marks_the_session_or_the_whole_week_it_speaks_of() -> None:
    problem = world(**people(who("P1"), who("P2")))
    plan = planned(problem, "P1 A1 am Mon Tue Thu", "P2 A2 am Mon Wed Fri")
    board = drawn(on_table(problem, plan))
    assert {one["p"] for one in board["cells"] if one.get("broken")} == {"P1"}


def test_in_chinese_the_centers_own_names_are_chinese() -> None:
    problem = world(**people(who("P1")))
    board = drawn(on_table(problem, planned(problem, "P1 A1 am Mon")), CHINESE)
    assert (board["language"], board["turns"][0]["name"]) == ("zh", "上午")
    assert board["days"][0]["name"] == "3月2日 周一"
    assert board["zones"][0]["name"] == "A区"
