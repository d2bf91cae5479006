"""Calendar files: one event a session, which moves when the session moves."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar, Event

from db.sheets.calendar_file import calendar_file
from db.sheets.edition import Edition, Imprint
from domain.plan import Assignment, Plan
from tests.db.sheets.world import ENGLISH, IMPRINT, MONDAY, REGISTER, edition, seat

SHANGHAI = ZoneInfo("Asia/Shanghai")


def calendar(source: Edition, previous: Plan | None = None, patient: str = "P1") -> Calendar:
    data = calendar_file(source, patient, ENGLISH, previous)
    assert data is not None
    return Calendar.from_ical(data)


def events(*rows: Assignment, previous: Plan | None = None) -> list[Event]:
    return list(calendar(edition(seats=rows), previous).events)


def test_an_event_lasts_from_coming_to_leaving_in_the_centers_time() -> None:
    (event,) = events(seat(0, "am", "A1", "P1"))
    assert event.start == datetime(2026, 11, 23, 6, 30, tzinfo=SHANGHAI)
    assert event.end == datetime(2026, 11, 23, 11, 20, tzinfo=SHANGHAI)
    assert event["dtstart"].params["TZID"] == "Asia/Shanghai"


def test_a_night_ends_on_the_next_day() -> None:
    (event,) = events(seat(0, "night", "A1", "P1"))
    assert event.end == datetime(2026, 11, 24, 2, 20, tzinfo=SHANGHAI)


def test_the_time_zone_is_in_the_file_with_its_offset() -> None:
    data = calendar_file(edition(seats=(seat(0, "am", "A1", "P1"),)), "P1", ENGLISH)
    assert data is not None
    text = data.decode()
    assert text.index("TZID:Asia/Shanghai") < text.index("BEGIN:VEVENT")
    assert "TZOFFSETTO:+0800" in text


def test_a_center_that_changes_its_clock_has_both_offsets() -> None:
    center = replace(REGISTER.center, timezone="Europe/Berlin")
    source = edition(replace(REGISTER, center=center), (seat(0, "am", "A1", "P1"),))
    text = (calendar_file(source, "P1", ENGLISH) or b"").decode()
    assert "TZOFFSETTO:+0100" in text
    assert "TZOFFSETTO:+0200" in text


def test_utc_needs_no_time_zone() -> None:
    center = replace(REGISTER.center, timezone="UTC")
    source = edition(replace(REGISTER, center=center), (seat(0, "am", "A1", "P1"),))
    text = (calendar_file(source, "P1", ENGLISH) or b"").decode()
    assert "DTSTART:20261123T063000Z" in text


def test_title_and_place_say_nothing_of_health() -> None:
    rooms = tuple(replace(one, room="Hepatitis room") for one in REGISTER.stations)
    data = calendar_file(edition(replace(REGISTER, stations=rooms)), "P5", ENGLISH)
    assert data is not None
    text = data.decode().casefold()
    for word in ("dialysis", "hepat", "hbv", "sample center", "zone two", "赵敏", "p5"):
        assert word not in text
    (event,) = Calendar.from_ical(data).events
    assert (event["summary"], event["location"]) == ("Appointment", "Place B1")
    assert event["class"] == "PRIVATE"


def test_a_patient_may_choose_another_title() -> None:
    data = calendar_file(edition(), "P5", ENGLISH, title="Swimming; with Li, at 7")
    assert data is not None
    assert Calendar.from_ical(data).events[0]["summary"] == "Swimming; with Li, at 7"


def test_the_phone_rings_twelve_hours_before() -> None:
    (event,) = events(seat(0, "am", "A1", "P1"))
    (alarm,) = event.alarms.times
    assert alarm.trigger == datetime(2026, 11, 22, 18, 30, tzinfo=SHANGHAI)


def test_a_moved_session_keeps_its_identity_and_counts_up() -> None:
    before = edition(seats=(seat(0, "am", "A1", "P1"), seat(2, "am", "A1", "P1")))
    rows = (seat(0, "am", "A1", "P1"), seat(3, "pm", "A2", "P1"))
    after = replace(edition(seats=rows), imprint=Imprint(IMPRINT.printed_at, 4, "Li Min"))
    old, new = calendar(before).events, calendar(after, before.plan).events
    assert [event["uid"] for event in old] == [event["uid"] for event in new]
    assert [event["sequence"] for event in (*old, *new)] == [3, 3, 4, 4]
    assert new[1].start == datetime(2026, 11, 26, 11, 30, tzinfo=SHANGHAI)


def test_a_session_without_successor_is_canceled() -> None:
    previous = Plan.of(MONDAY, 1, (seat(0, "am", "A1", "P1"), seat(2, "am", "A1", "P1")))
    found = events(seat(1, "am", "A1", "P1"), previous=previous)
    assert [event["status"] for event in found] == ["CONFIRMED", "CANCELLED"]
    assert found[1].start == datetime(2026, 11, 25, 6, 30, tzinfo=SHANGHAI)
    assert not found[1].alarms.times


def test_sessions_weeks_and_patients_have_identities_of_their_own() -> None:
    source = edition(
        seats=(
            seat(0, "am", "A1", "P1"),
            seat(2, "am", "A1", "P1"),
            seat(7, "am", "A1", "P1"),
            seat(1, "am", "A1", "P2"),
        ),
        weeks=2,
    )
    ids = [event["uid"] for who in ("P1", "P2") for event in calendar(source, patient=who).events]
    assert len(set(ids)) == 4


def test_who_has_nothing_and_loses_nothing_gets_no_file() -> None:
    assert calendar_file(edition(), "P7", ENGLISH) is None


@pytest.mark.parametrize("patient", ["P1", "P2", "P4"])
def test_every_session_of_the_plan_is_in_the_file(patient: str) -> None:
    starts = [event.start for event in calendar(edition(), patient=patient).events]
    problem = edition().problem
    assert starts == [
        problem.presence(patient, row.turn).start.replace(tzinfo=SHANGHAI)
        for row in edition().plan.by_patient[patient]
    ]


def test_lines_are_folded_and_end_as_the_standard_asks() -> None:
    data = calendar_file(edition(), "P1", ENGLISH, title="预约" * 60)
    assert data is not None
    assert data.endswith(b"\r\n")
    assert max(len(line) for line in data.split(b"\r\n")) <= 75
    assert b"\n" not in data.replace(b"\r\n", b"")


def test_the_stamp_is_the_time_of_printing() -> None:
    (event,) = events(seat(0, "am", "A1", "P1"))
    printed = IMPRINT.printed_at.replace(tzinfo=SHANGHAI)
    assert event.DTSTAMP - printed == timedelta(0)
