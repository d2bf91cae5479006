"""Several machines at once point to the water loop or the mains."""

from __future__ import annotations

from datetime import UTC, timedelta

from domain.alarm import Direction
from domain.fleet import FleetPattern, Onset, Suspect, onsets, patterns
from tests.domain.alarms import EIGHT, alarm, at


def onset(
    machine: int, seconds: float, code: str = "dialysate_flow", way: Direction | None = None
) -> Onset:
    return Onset(EIGHT + timedelta(seconds=seconds), f"HD-0{machine}", code, way)


def test_three_machines_within_a_minute_point_to_the_water_loop() -> None:
    alarms = (onset(1, 0), onset(2, 20, "conductivity"), onset(3, 60))
    (found,) = patterns(reversed(alarms))
    assert found == FleetPattern(Suspect.WATER_LOOP, alarms)
    assert found.machines == ("HD-01", "HD-02", "HD-03")
    assert str(found.said(UTC)) == (
        "3 machines with low dialysate flow or wrong conductivity within 60 s from"
        " 2026-03-02 08:00:00+00:00: HD-01, HD-02, HD-03."
        " Suspect the water loop, not the machines."
    )


def test_two_machines_or_one_machine_three_times_are_no_pattern() -> None:
    assert patterns([onset(1, 0), onset(2, 5)]) == ()
    assert patterns([onset(1, 0), onset(1, 5), onset(2, 9)]) == ()


def test_a_second_more_than_a_minute_is_no_pattern() -> None:
    assert patterns([onset(1, 0), onset(2, 30), onset(3, 61)]) == ()


def test_high_flow_and_other_alarms_do_not_count() -> None:
    others = (onset(3, 2, way=Direction.HIGH), onset(4, 2, "venous_pressure"))
    assert patterns([onset(1, 0), onset(2, 1), *others]) == ()


def test_lost_power_points_to_the_mains() -> None:
    (found,) = patterns([onset(n, n, "power") for n in (1, 2, 3)])
    assert found.suspect is Suspect.MAINS
    assert "Suspect the mains" in str(found.said(UTC))


def test_flow_and_power_are_not_mixed() -> None:
    assert patterns([onset(1, 0), onset(2, 0), onset(3, 0, "power")]) == ()


def test_spans_that_share_an_alarm_are_one_pattern_and_others_are_two() -> None:
    long = [onset(n, 25 * n) for n in range(1, 6)]
    assert [len(one.onsets) for one in patterns(long)] == [5]
    twice = [onset(n, 600 * late + n) for late in (0, 1) for n in (1, 2, 3)]
    assert [one.onsets[0].at.minute for one in patterns(twice)] == [10, 0]


def test_onsets_are_the_latest_begins_of_alarms() -> None:
    lives = [alarm(machine="HD-02"), alarm(machine="HD-01")]
    assert onsets(lives) == (
        Onset(at(1), "HD-01", "venous_pressure"), Onset(at(1), "HD-02", "venous_pressure"),
    )  # fmt: skip
