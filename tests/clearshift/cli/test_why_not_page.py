"""The page of "why not?" for answers that small centers hardly give: nothing rendered by chance."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from io import StringIO

from rich.console import Console

from clearshift.cli.why_not_page import why_not_document, why_not_page
from clearshift.i18n import speaker
from db.plans import PlanVersion
from domain.calendar import Turn
from domain.concession import DoctorAllows
from domain.plan import Change, ChangeKind, Plan, RuleCost, Violation
from domain.shortage import Cap, Fact, Place
from domain.why_not import Ask, Block, BlockKind, Least, SeatAnswer, Way, WhyNot
from domain.words import words
from tests.scheduler.worlds import MONDAY, booked, people, who, world

PROBLEM = world(**people(who("P1")))
VERSION = PlanVersion("C", MONDAY, 1, 1, None, "Li", "", datetime(2026, 3, 1, tzinfo=UTC), "f")
ASK = Ask("P1", Turn(MONDAY, "am"))
PLACE = Place("A", "am", (MONDAY,), (), 2, Cap.STATIONS, words("Zone A"))
FULL = Fact("one_per_station", words("t"), words("Zone A: 2 seats"), "Physical")
CROWD = Block(
    BlockKind.COUNTING, (FULL,), words("too many"), ("P1", "P2", "P3"), (PLACE,), 3, 2, "count",
)  # fmt: skip
(ROW,) = booked("P1 A1 am Mon")
WAY = Way(
    (DoctorAllows("P1", "rest_day"),), (words("the doctor agrees"),), 240, Plan.of(MONDAY, 1, ()),
    (Change(ChangeKind.ADDED, "P1", None, ROW),), (),
    (Violation("rest_day", words("no rest day"), patient="P1"),), Least(2, 1), Least(3, 3), 0,
)  # fmt: skip
BLOCKED = WhyNot(ASK, SeatAnswer.BLOCKED, words("no"), (words("full"),), CROWD, WAY)


def page(found: WhyNot) -> str:
    out = StringIO()
    console = Console(file=out, width=160)
    for part in why_not_page(PROBLEM, VERSION, found, speaker("en", 2026)):
        console.print(part)
    return out.getvalue()


def test_a_crowd_is_named_with_its_places_and_what_was_checked() -> None:
    text = page(BLOCKED)
    assert "3 patients: P1, P2, P3" in text
    assert "Zone A: 2 seats" in text
    assert "Checked: without any one of these patients" in text
    assert "It would be possible with this: the doctor agrees. Weighs 240 minutes" in text
    assert "every plan with this seat moves at least 1 people" in text
    assert "no rest day" in text
    assert "No rule finds the plan better or worse." in text


def test_that_nothing_helps_or_that_time_was_up_is_said() -> None:
    assert "Nothing that a center may change" in page(replace(BLOCKED, way=None))
    late = page(replace(BLOCKED, way=None, complete=False))
    assert "The time was up before a change was found" in late
    unsettled = WhyNot(ASK, SeatAnswer.UNSETTLED, words("nobody knows"))
    assert "nobody knows" in page(unsettled)
    begun = replace(CROWD, kind=BlockKind.LOCAL, people=(), smallest=False)
    assert "Checked" not in page(replace(BLOCKED, block=begun, way=None))


def test_the_document_has_all_of_it_as_data() -> None:
    data = why_not_document(PROBLEM, VERSION, replace(BLOCKED, way=replace(
        WAY, costs=(RuleCost("few_moves", 2, 3, 10),))))  # fmt: skip
    assert (data["answer"], data["complete"]) == ("blocked", True)
    block, way = data["block"], data["way"]
    assert isinstance(block, dict)
    assert isinstance(way, dict)
    assert (block["kind"], block["people"], block["needed"], block["seats"]) == (
        "counting", ("P1", "P2", "P3"), 3, 2,
    )  # fmt: skip
    assert (way["others"], way["others_bound"], way["minutes"]) == (2, 1, 240)
    assert way["costs"] == [{"rule": "few_moves", "tier": 2, "cost": 3}]
