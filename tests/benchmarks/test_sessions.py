"""What is measured of simulated treatments, and what is said of it."""

from dataclasses import replace

from benchmarks.families.sessions import ASSUMED, SESSIONS
from benchmarks.measure.sessions import measure
from benchmarks.records import Records, Surroundings
from benchmarks.rows import Sessions
from benchmarks.scale import FULL, TINY
from domain.alarm import ALARM_KIND

AROUND = Surroundings("2026-03-02", "a machine", 2, 4.0, 0.1, "3.11", {})
ROW = Sessions(
    batch=1, sp_ktv=[1.2, 1.4, 1.9, 1.5], e_ktv=[1.1, 1.2, 1.6, 1.3], alarms=[0, 2, 4, 2],
    codes={"air": 2, "uf_goal": 3}, hypotensions=[0, 1, 0, 0], removed=[1.0, 0.995, 1.01, 0.97],
    stopped_min=[0, 1, 2, 1], extended=1, heat_c=[83.0, 83.5, 84.0, 84.5], heat_alarms=0,
    simulated=80_000, cpu=2.0, beat=0.6, beats=600,
)  # fmt: skip


def report(*rows: Sessions) -> str:
    return SESSIONS.report(Records(AROUND, rows))


def test_goals_that_are_met_and_missed_are_told_apart() -> None:
    text = report(ROW)
    assert "| with hypotension | 25.00 % | 7 to 12 %: **missed** |" in text
    assert "| alarms a treatment, mean | 2.00 | 2 to 4: met |" in text
    assert "| spKt/V, most | 1.90 | 1.0 to 1.9: met |" in text
    assert "| fluid against prescription, worst | 3.00 % | 2 %: **missed** |" in text
    assert "| 32 machines, every second: of a core | 0.10 % | 5 %: met |" in text
    assert "| `air` | 0.50 | 0.12 |" in text


def test_batches_are_added_up() -> None:
    text = report(ROW, replace(ROW, batch=2, hypotensions=[0, 0, 0, 0], codes={}))
    assert "| treatments | 8 |" in text
    assert "| with hypotension | 12.50 % |" in text
    assert "| `air` | 0.25 | 0.12 |" in text


def test_nothing_measured_is_said() -> None:
    assert report() == "No results.\n"


def test_five_hundred_treatments_are_measured_in_batches_of_fifty() -> None:
    jobs = SESSIONS.jobs(FULL, None)
    assert sum(job.arguments["treatments"] for job in jobs) == 500
    assert len({job.arguments["batch"] for job in jobs}) == len(jobs) == 10
    assert len(SESSIONS.jobs(FULL, 2)) == 2
    assert [job.arguments["treatments"] for job in SESSIONS.jobs(TINY, None)] == [3]


def test_what_the_design_assumes_is_about_known_alarms() -> None:
    assert set(ASSUMED) <= set(ALARM_KIND)


def test_a_treatment_is_measured_from_the_switch_to_the_end_of_disinfection() -> None:
    row = measure(batch=1, treatments=1, beats=1)
    assert 1.0 < row.sp_ktv[0] < 1.9
    assert 80 <= row.heat_c[0] <= 85
    assert (row.heat_alarms, len(row.alarms)) == (0, 1)
    assert row.simulated > 5 * 3600
    assert row == replace(measure(1, 1, 1), cpu=row.cpu, beat=row.beat)
