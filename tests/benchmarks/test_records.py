from pathlib import Path

from benchmarks.records import Failure, Records, Surroundings, read_records, write_records
from benchmarks.rows import Repeat

AROUND = Surroundings("2026-03-02", "a machine", 2, 4.0, 0.1, "3.11", {"ortools": "9.15"})


def test_results_come_back_as_they_were_written(tmp_path: Path) -> None:
    rows = (Repeat(4, 33, 1, ["a", "a"], 1.5), Repeat(4, 33, 2, ["a"], 0.5))
    failures = (Failure("repeat", {"process": 3}, "no result after 9 s"),)
    records = Records(AROUND, rows, failures)
    write_records(tmp_path / "new" / "repeat.jsonl", records)
    assert read_records(tmp_path / "new" / "repeat.jsonl", Repeat) == records
