"""What was accepted, what is stored, and whether the two are the same: exactly once each."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from db.telemetry.accounts import accounts, miscounted
from db.telemetry.connection import open_telemetry
from db.telemetry.read import reading
from tests.faults.stream import COLUMNS, number_of

_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
_ROWS = (
    f"SELECT machine.code, {', '.join(COLUMNS)} FROM sample"
    " JOIN machine ON machine.no = sample.machine_no"
)


@dataclass(frozen=True, slots=True)
class Books:
    """Of one run. `lost` were accepted and are not stored, `doubled` are stored twice,
    `strange` rows are altered; `unrecorded` are stored although the gateway died before it
    could write down that it had accepted them, which is no fault. `wrong` lists machines whose
    own account does not add up, or has anything in a spool or lost."""

    accepted: int
    stored: int
    lost: int
    doubled: int
    strange: int
    unrecorded: int
    conflicts: int
    quarantined: int
    wrong: tuple[str, ...]

    @property
    def clean(self) -> bool:
        """Accepted = stored, exactly once."""
        faults = self.lost + self.doubled + self.strange + self.conflicts + self.quarantined
        return faults == 0 and not self.wrong

    def __str__(self) -> str:
        verdict = "accepted = stored, exactly once" if self.clean else "NOT THE SAME"
        return (
            f"{self.accepted} accepted, {self.stored} stored, {self.lost} lost, {self.doubled}"
            f" doubled, {self.strange} altered, {self.conflicts} conflicts, {self.quarantined}"
            f" quarantined, {self.unrecorded} stored of gateways killed before they noted it,"
            f" books wrong: {', '.join(self.wrong) or 'none'}: {verdict}"
        )


def last_number(record: Path) -> dict[str, int]:
    """The last number of each machine in a record, accepted or only claimed (a line of none is
    what comes after those that were claimed); none if there is no record yet."""
    last: dict[str, int] = {}
    if record.exists():
        for machine, first, count in _lines(record):
            last[machine] = max(last.get(machine, 0), first + count - 1)
    return last


def recorded(record: Path) -> int:
    """How many samples a record holds."""
    return sum(count for *_, count in _lines(record)) if record.exists() else 0


def compare(telemetry: Path, records: Sequence[Path]) -> Books:
    """Everything in the database against everything recorded."""
    accepted = {
        (machine, number)
        for record in records
        for machine, first, count in (_lines(record) if record.exists() else ())
        for number in range(first, first + count)
    }
    stored, strange = _stored(telemetry)
    engine = open_telemetry(f"sqlite:///{telemetry}")
    with reading(engine) as connection:
        books = accounts(connection)
        wrong = {one.machine for one in books if not one.adds_up or one.in_spool or one.lost}
        wrong |= set(miscounted(connection, _LONG_AGO))
    engine.dispose()
    return Books(
        len(accepted),
        stored.total(),
        len(accepted - stored.keys()),
        sum(count - 1 for count in stored.values()),
        strange,
        len(stored.keys() - accepted),
        sum(one.conflicts for one in books),
        sum(one.quarantined for one in books),
        tuple(sorted(wrong)),
    )


def spooled(spool: Path) -> int:
    """Entries that a gateway still keeps; none in a file that is just being made."""
    if not spool.exists():
        return 0
    with closing(sqlite3.connect(f"file:{spool}?mode=ro", uri=True, timeout=10)) as base:
        if not base.execute("SELECT 1 FROM sqlite_master WHERE name = 'entry'").fetchone():
            return 0
        return int(base.execute("SELECT count(*) FROM entry").fetchone()[0])


def _stored(telemetry: Path) -> tuple[Counter[tuple[str, int]], int]:
    found: Counter[tuple[str, int]] = Counter()
    strange = 0
    with closing(sqlite3.connect(telemetry)) as base:
        for code, *values in base.execute(_ROWS):
            try:
                found[code, number_of(dict(zip(COLUMNS, values, strict=True)))] += 1
            except ValueError:
                strange += 1
    return found, strange


def _lines(record: Path) -> list[tuple[str, int, int]]:
    """Whole lines only: a killed writer, or a full disk, may have left half a one."""
    parts = (line.split() for line in record.read_text().split("\n")[:-1])
    return [(one[0], int(one[1]), int(one[2])) for one in parts if len(one) == 3]
