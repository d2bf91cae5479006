"""The smallest center with a row in every table, and ways to spoil its files."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable
from datetime import date, time
from pathlib import Path

import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from db.files import CenterRefused, FileProblem, read_center
from domain.calendar import Parity, Span
from domain.center import (
    Center,
    Closure,
    Hold,
    Infection,
    Machine,
    Modality,
    Nurse,
    Placement,
    Shift,
    Staffing,
    Station,
    Zone,
)
from domain.nurse_terms import (
    Contract,
    CrewRule,
    DutyKind,
    NurseBalance,
    NurseBurden,
    NurseDay,
    NurseDayKind,
)
from domain.patient import (
    Absence,
    AccessKind,
    Burden,
    Frequency,
    Ledger,
    Marker,
    Night,
    Patient,
    Pattern,
    Prescription,
    Priority,
    Serology,
    Wish,
    WishKind,
    WorkShift,
)
from domain.plan import Assignment, Lock
from domain.register import Register
from domain.rulebook import RuleRow
from domain.words import Label

MONDAY = date(2026, 1, 5)
WORKDAYS = frozenset(range(1, 7))
MORNING = Shift("M", Label("morning", "早班"), time(7), time(11, 30), WORKDAYS, 30, early=True)
NIGHT = Shift("N", Label("night", "夜班"), time(22), time(6), frozenset({1, 3, 5}), 30, night=True)

SMALL = Register(
    center=Center(
        "C1",
        Label("Lakeside", "湖滨中心"),
        "Asia/Shanghai",
        MONDAY,
        "0000-1",
        Label("1 Lake Road", "湖滨路1号"),
        45,
        10,
        partial_weeks=True,
    ),
    zones=(
        Zone("A", Label("main", "普通区"), frozenset({Infection.NEGATIVE, Infection.CLEARED})),
        Zone("B", Label("", "乙肝区"), frozenset({Infection.HBV})),
    ),
    shifts=(MORNING, NIGHT),
    rules=(RuleRow("nurse_ratio", MONDAY, True, 4, None, None, "Ward's decision"),),
    stations=(Station("A01", "A", "2"), Station("B01", "B")),
    machines=(
        Machine("M01", "SN1", "Model 1", frozenset({Modality.HD, Modality.HDF})),
        Machine("M02", "SN2", "Model 2", frozenset({Modality.HD})),
    ),
    placements=(Placement("M01", "A01"), Placement("M02", "B01", Span(MONDAY))),
    closures=(Closure(Span(MONDAY, MONDAY), "repair", "M", "A", "A01"),),
    holds=(Hold("A", 1, "emergency", "M", Span(MONDAY, None)),),
    staffing=(Staffing("A", "M", 3, WORKDAYS, Span(None, MONDAY)),),
    nurses=(Nurse("N01", "李梅", frozenset({"A", "B"}), frozenset({"CRRT"}), 1800),),
    duty_kinds=(
        DutyKind("早", Label("early", "早班"), frozenset({"M"}), time(6, 30), time(14, 30), 450),
        DutyKind("治", Label("", "治疗室"), frozenset(), time(8), time(16), 480, 1, WORKDAYS),
    ),
    crew_rules=(CrewRule("A", "M", 4, 2, "CRRT", Span(MONDAY)),),
    contracts=(Contract("N01", frozenset({"M"}), 5, 5, 2, 3, Span(MONDAY)),),
    nurse_days=(
        NurseDay("N01", NurseDayKind.LEAVE, Span(MONDAY, MONDAY), None, 1, "family"),
        NurseDay("N01", NurseDayKind.SHIFT, Span(MONDAY), "M", 2, "wish"),
    ),
    nurse_ledger=(
        NurseBalance("N01", NurseBurden.REST, -720, MONDAY),
        NurseBalance("N01", NurseBurden.NIGHT, 4),
    ),
    patients=(
        Patient("P01", "王芳", Night.ACCEPTS, Priority.HIGH, AccessKind.TCC, 25, 60),
        Patient("P02", "Anna O'Brien", phone="+86 1", language="en", span=Span(MONDAY)),
    ),
    prescriptions=(
        Prescription("P01", Frequency(3, 2), 240, Modality.HDF, Span(MONDAY, None)),
        Prescription("P02", Frequency(4, 3, every_other_day=True), 270),
    ),
    serology=(Serology("P01", Marker.HBSAG, False, date(2025, 12, 1), "lab"),),
    patterns=(Pattern("P01", 1, "M", "A01", Parity.ODD),),
    wishes=(
        Wish("P01", WishKind.COMPANION, "P02", 2),
        Wish("P01", WishKind.LONG_GAP, "saturday", 1),
        Wish("P01", WishKind.NOT_WEEKDAY, "3", 3),
        Wish("P02", WishKind.SHIFT, "N", 1),
    ),
    absences=(Absence("P02", Span(MONDAY), "visit", frozenset({2, 4}), time(13), time(0)),),
    work_shifts=(WorkShift("P01", WORKDAYS, time(8), time(17), 15, 10, Span(), Parity.EVEN, True),),
    ledger=(Ledger("P01", Burden.NIGHT, 4),),
    locks=(Lock("P01", MONDAY, "M", "A01"),),
    sessions=(Assignment(date(2025, 12, 29), "M", "A01", "P01"),),
).in_order()


def rows_of(file: Path) -> list[list[str]]:
    """A CSV file's rows, the headings first."""
    return list(csv.reader(io.StringIO(file.read_text("utf-8-sig"), newline="")))


def write_rows(file: Path, rows: list[list[str]]) -> None:
    """Rows as a CSV file."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    file.write_text(out.getvalue(), "utf-8", newline="")


def set_cell(file: Path, row: int, heading: str, value: str) -> None:
    """Types a value over a cell of a CSV file; rows count as Excel does."""
    rows = rows_of(file)
    rows[row - 1][rows[0].index(heading)] = value
    write_rows(file, rows)


def problems_of(path: Path) -> tuple[FileProblem, ...]:
    """Why the files are refused."""
    with pytest.raises(CenterRefused) as refused:
        read_center(path)
    return refused.value.problems


def sentences(path: Path) -> list[str]:
    """Why the files are refused, in English."""
    return [str(problem.words()) for problem in problems_of(path)]


def change_part(workbook: Path, name: str, change: Callable[[str], str]) -> None:
    """Rewrites one XML part of a workbook."""
    with zipfile.ZipFile(workbook) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist()}
    parts[name] = change(parts[name].decode()).encode()
    with zipfile.ZipFile(workbook, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)


def part_of(workbook: Path, sheet: str) -> str:
    """The XML part of a sheet: they are numbered in the order of the sheets."""
    with zipfile.ZipFile(workbook) as archive:
        names = re.findall(r'<sheet name="([^"]+)"', archive.read("xl/workbook.xml").decode())
    return f"xl/worksheets/sheet{names.index(sheet) + 1}.xml"


def sheet_of(book: Workbook, title: str) -> Worksheet:
    """A sheet that holds cells."""
    sheet = book[title]
    assert isinstance(sheet, Worksheet)
    return sheet
