"""By date, operating hours or treatments, whichever first; what was not heard is no 0."""

from __future__ import annotations

from datetime import timedelta

from domain.care import CareEvent, CareKind
from domain.maintenance import MaintenancePlan, MaintenanceWork, Use, use_since, wear
from domain.telemetry import Phase
from domain.words import Label
from tests.domain.alarms import EIGHT

HD = "HD-01"
PLAN = MaintenancePlan(
    "PM", Label("half-yearly", "半年保养"), "", every_days=180, every_hours=1000,
    every_treatments=200,
)  # fmt: skip
WORK = MaintenanceWork(HD, "PM", EIGHT, "Wu")


def phase(hours: float, value: Phase) -> CareEvent:
    return CareEvent(HD, EIGHT + timedelta(hours=hours), CareKind.PHASE, value)


def link(hours: float, kind: CareKind) -> CareEvent:
    return CareEvent(HD, EIGHT + timedelta(hours=hours), kind)


def meter(hours: float, read: float, treatments: int) -> CareEvent:
    return CareEvent(
        HD, EIGHT + timedelta(hours=hours), CareKind.METER, who="Li", hours=read,
        treatments=treatments,
    )  # fmt: skip


DAY = (
    phase(-1, Phase.OFF),
    phase(1, Phase.SELF_TEST),
    phase(2, Phase.CONNECTING),
    phase(2.1, Phase.TREATMENT),
    phase(6, Phase.REINFUSION),
    phase(6.5, Phase.DISINFECTION),
    phase(8, Phase.TREATMENT),
    phase(12, Phase.OFF),
)


def use(*events: CareEvent, until: float = 24, work: MaintenanceWork = WORK) -> Use:
    return use_since(HD, events, work, EIGHT + timedelta(hours=until))


def test_hours_under_power_and_treatments_are_counted_since_the_work() -> None:
    assert use(*DAY) == Use(11.0, 2, whole=True)


def test_a_machine_that_is_running_counts_up_to_now() -> None:
    assert use(*DAY, until=9) == Use(8.0, 2, whole=True)


def test_what_was_first_heard_after_the_work_is_at_least_so_much() -> None:
    assert use(*DAY[1:]) == Use(11.0, 2, whole=False)
    assert use() == Use(0.0, 0, whole=False)


def test_a_lost_wire_counts_nothing_and_makes_it_at_least() -> None:
    lost = (link(3, CareKind.LINK_LOST), link(4, CareKind.LINK_BACK))
    assert use(*DAY, *lost) == Use(10.0, 2, whole=False)


def test_a_phase_that_is_heard_ends_the_loss_of_a_wire() -> None:
    assert use(*DAY, link(5.5, CareKind.LINK_LOST)) == Use(10.5, 2, whole=False)


def test_a_wire_lost_while_the_machine_is_off_hides_nothing() -> None:
    lost = (link(13, CareKind.LINK_LOST), link(20, CareKind.LINK_BACK))
    assert use(*DAY, *lost) == Use(11.0, 2, whole=True)


def test_meters_read_at_the_work_and_later_count_and_the_wire_for_what_came_after() -> None:
    work = MaintenanceWork(HD, "PM", EIGHT, "Wu", hours=5000, treatments=900)
    read = meter(7, 5040, 910)
    assert use(*DAY, read, work=work) == Use(45.0, 11, whole=True)


def test_a_meter_that_was_reset_does_not_count() -> None:
    work = MaintenanceWork(HD, "PM", EIGHT, "Wu", hours=5000, treatments=900)
    assert use(*DAY, meter(7, 3, 1), work=work) == Use(11.0, 2, whole=True)


def test_what_was_never_done_has_no_share() -> None:
    found = wear(HD, PLAN, (), DAY, EIGHT)
    assert (found.last, found.share, found.on) == (None, None, None)


def test_of_three_criteria_the_one_that_comes_first_counts() -> None:
    now = EIGHT + timedelta(days=45)
    found = wear(HD, PLAN, [WORK], DAY, now)
    assert (found.first, found.share) == ("days", 0.25)
    assert found.on == (EIGHT + timedelta(days=180)).date()
    work = MaintenanceWork(HD, "PM", EIGHT, "Wu", hours=0, treatments=0)
    read = meter(20, 500, 150)
    found = wear(HD, PLAN, [work], (*DAY, read), now)
    assert (found.first, found.share) == ("treatments", 0.75)


def test_the_latest_work_counts_and_works_of_other_plans_and_machines_do_not() -> None:
    now = EIGHT + timedelta(days=90)
    others = (
        MaintenanceWork("HD-02", "PM", EIGHT + timedelta(days=80), "Wu"),
        MaintenanceWork(HD, "other", EIGHT + timedelta(days=80), "Wu"),
        MaintenanceWork(HD, "PM", EIGHT + timedelta(days=100), "Wu"),
    )
    found = wear(HD, PLAN, [WORK, *others], (), now)
    assert (found.last, found.shares["days"]) == (WORK, 0.5)
