"""What several rows, or several tables, must agree on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from db.files.headings import nearest
from db.files.kinds import folded
from db.files.nurse_checks import days_of_nurses, kinds_of_duty
from db.files.problems import FileProblem
from db.files.records import Record, Records
from db.files.shift_overlaps import shift_overlaps
from db.files.tables import table
from domain.patient import WishKind
from domain.words import Words, words

_FEW = 12
_ONE_ROW = words("exactly one row")
_ANOTHER = words("the code of another patient")
_PRESCRIBED = words("a prescription for every patient; this one has none")

Read = Mapping[str, Records]


def check(read: Read) -> Iterator[FileProblem]:
    """Everything wrong between rows that are each right. Tables that could not be read are
    not in `read`; nothing is said of references to them."""
    for records in read.values():
        yield from _repeated(records)
        yield from _dangling(records, read)
    for name, rule in _RULES.items():
        if name in read:
            yield from rule(read[name], read)


def _repeated(records: Records) -> Iterator[FileProblem]:
    for key in records.table.keys:
        seen: dict[tuple[Any, ...], Record] = {}
        for record in records.records:
            if any(field not in record.values for field in key):
                continue
            value = tuple(record.values[field] for field in key)
            first = seen.setdefault(value, record)
            if first is not record:
                yield _repetition(records, key, record, first)


def _repetition(
    records: Records, key: tuple[str, ...], record: Record, first: Record
) -> FileProblem:
    fields = [field for field in key if field in records.headings.index] or list(key)
    headings = tuple(records.headings.name(records.table.column(field)) for field in fields)
    value = _shown(records, record, fields[0])
    if len(headings) == 1:
        expected = words("a value that no other row has; {row} has it", row=records.row_name(first))
    else:
        expected = words(
            "something that differs from {row} in one of {headings}",
            row=records.row_name(first),
            headings=headings,
        )
    return records.problem(record, fields[0], value, expected)


def _shown(records: Records, record: Record, field: str) -> str:
    kind = records.table.column(field).kind_in(record.values)
    value = record.values[field]
    return "" if kind is None or value in (None, "", frozenset()) else kind.show(value, "en")


def _dangling(records: Records, read: Read) -> Iterator[FileProblem]:
    codes = _Codes(read)
    for record in records.records:
        for column in records.table.columns:
            value = record.values.get(column.field)
            kind = column.kind_in(record.values)
            if not value or kind is None or kind.refers is None:
                continue
            known = codes.of(kind.refers)
            wanted = value if isinstance(value, frozenset) else (value,)
            for code in sorted(wanted):
                if known is not None and code not in known:
                    yield records.problem(record, column.field, code, codes.near(kind.refers, code))


class _Codes:
    """The codes of each table, `None` where they are not known."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self._known: dict[str, dict[str, None] | None] = {}

    def of(self, name: str) -> dict[str, None] | None:
        """The codes in the order of the rows."""
        if name not in self._known:
            records = self._read.get(name)
            usable = records is not None and records.whole
            found = records.records if records is not None else ()
            self._known[name] = (
                {record.values["code"]: None for record in found} if usable else None
            )
        return self._known[name]

    def near(self, name: str, code: str) -> Words:
        """What to write instead of a code that the table does not have."""
        known, title = self.of(name) or {}, table(name).title
        if not known:
            return words("a code of the table {table}, which has none", table=title)
        if len(known) <= _FEW:
            return words("one of {choices}", choices=tuple(known))
        found = nearest(code, {folded(one): one for one in known})
        if found is None:
            return words("a code of the table {table}", table=title)
        return words("a code of the table {table}, perhaps {nearest}", table=title, nearest=found)


# --- rules of single tables -----------------------------------------------------------------


def _one_center(records: Records, _: Read) -> Iterator[FileProblem]:
    if not records.records and records.headings.above:
        yield records.place.problem(_ONE_ROW)
    for record in records.records[1:]:
        yield records.place.problem(_ONE_ROW, record.line.number)


def _placed_once(records: Records, _: Read) -> Iterator[FileProblem]:
    yield from _overlapping(records, "machine")
    yield from _overlapping(records, "station")


def _agreed_once(records: Records, _: Read) -> Iterator[FileProblem]:
    yield from _overlapping(records, "nurse")


def _prescribed_once(records: Records, _: Read) -> Iterator[FileProblem]:
    yield from _overlapping(records, "patient")


def _overlapping(records: Records, field: str) -> Iterator[FileProblem]:
    by_code: dict[str, list[Record]] = {}
    for record in records.records:
        if record.row is not None:
            by_code.setdefault(record.values[field], []).append(record)
    for group in by_code.values():
        yield from _overlaps(records, field, sorted(group, key=_first_day))


def _overlaps(records: Records, field: str, group: list[Record]) -> Iterator[FileProblem]:
    longest = group[0]
    for record in group[1:]:
        if _first_day(record) <= _last_day(longest):
            early, late = sorted((longest, record), key=lambda one: one.line.number)
            expected = words("days that do not overlap those of {row}", row=records.row_name(early))
            yield records.problem(late, field, late.values[field], expected)
        longest = max(longest, record, key=_last_day)


def _first_day(record: Record) -> date:
    first: date | None = record.values["span.first"]
    return first or date.min


def _last_day(record: Record) -> date:
    last: date | None = record.values["span.last"]
    return last or date.max


def _all_prescribed(records: Records, read: Read) -> Iterator[FileProblem]:
    prescriptions = read.get("prescriptions")
    if prescriptions is None or any("patient" not in r.values for r in prescriptions.records):
        return
    having = {record.values["patient"] for record in prescriptions.records}
    for record in records.records:
        code = record.values.get("code")
        if code is not None and code not in having:
            yield records.problem(record, "code", code, _PRESCRIBED)


def _other_companion(records: Records, _: Read) -> Iterator[FileProblem]:
    for record in records.records:
        values = record.values
        if values.get("kind") is WishKind.COMPANION and values.get("value") == values.get(
            "patient"
        ):
            yield records.problem(record, "value", values["value"], _ANOTHER)


def _shifts_apart(records: Records, _: Read) -> Iterable[FileProblem]:
    return shift_overlaps(records)


_RULES: Mapping[str, Callable[[Records, Read], Iterable[FileProblem]]] = {
    "center": _one_center,
    "shifts": _shifts_apart,
    "placements": _placed_once,
    "duty_kinds": kinds_of_duty,
    "contracts": _agreed_once,
    "nurse_days": days_of_nurses,
    "patients": _all_prescribed,
    "prescriptions": _prescribed_once,
    "wishes": _other_companion,
}
