"""Any center's week comes back from its workbook as it was; damaged workbooks say so."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.sheets.edited import EditedPlan
from db.sheets.edition import Edition, Voice
from db.sheets.read_week import read_week
from db.sheets.week_book import week_book
from domain.plan import Assignment, Plan
from domain.problem import Problem
from domain.register import Register
from tests.db.sheets.edited_book import read
from tests.db.sheets.world import ENGLISH, IMPRINT, MONDAY, edition
from tests.strategies import registers

FEW = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@st.composite
def editions(draw: st.DrawFn) -> Edition:
    """A random center with random seats taken, nobody twice in a turn."""
    register: Register = draw(registers())
    zones = {zone.code for zone in register.zones}
    problem = Problem(register, MONDAY)
    rows = st.builds(
        Assignment,
        st.sampled_from(problem.days),
        st.sampled_from([one.code for one in register.shifts]),
        st.sampled_from([one.code for one in register.stations if one.zone in zones]),
        st.sampled_from([one.code for one in register.patients]),
    )
    seats = draw(
        st.lists(
            rows,
            max_size=12,
            unique_by=(lambda row: (row.turn, row.station), lambda row: (row.turn, row.patient)),
        )
    )
    return Edition(problem, Plan.of(MONDAY, 1, seats), IMPRINT)


@FEW
@given(editions(), st.sampled_from(["en", "zh"]))
def test_an_untouched_workbook_of_any_center_is_the_plan(
    tmp_path: Path, source: Edition, language: str
) -> None:
    path = tmp_path / "week.xlsx"
    path.write_bytes(week_book(source, MONDAY, Voice(language, str)))
    result = read_week(path, source.problem, source.plan)
    assert (result.refusals, result.remarks, result.edits) == ((), (), ())
    assert result.plan == source.plan


BOOK = week_book(edition(), MONDAY, ENGLISH)
PARTS = {name: ZipFile(BytesIO(BOOK)).read(name) for name in ZipFile(BytesIO(BOOK)).namelist()}


def told(result: EditedPlan) -> bool:
    return bool(result.edits or result.refusals) or result.plan == edition().plan


@FEW
@given(place=st.integers(0, len(BOOK) - 1), byte=st.integers(0, 255))
def test_a_damaged_file_is_refused_or_read_as_it_is(tmp_path: Path, place: int, byte: int) -> None:
    path = tmp_path / "week.xlsx"
    path.write_bytes(BOOK[:place] + bytes([byte]) + BOOK[place + 1 :])
    assert told(read(path))


@settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    part=st.sampled_from(sorted(PARTS)),
    place=st.integers(0, 1_000_000),
    length=st.integers(0, 40),
    text=st.sampled_from([b"", b"<", b">", b"7", b'"', b"</c>", b"&amp;", b"\xff", b"s", b"A1"]),
)
def test_a_part_that_another_program_damaged_never_breaks_reading(
    tmp_path: Path, part: str, place: int, length: int, text: bytes
) -> None:
    whole = PARTS[part]
    at = place % len(whole)
    changed = PARTS | {part: whole[:at] + text + whole[at + length :]}
    path = tmp_path / "week.xlsx"
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, content in changed.items():
            archive.writestr(name, content)
    assert told(read(path))


def test_a_part_of_enormous_size_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "week.xlsx"
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, content in PARTS.items():
            archive.writestr(name, content)
        archive.writestr("xl/worksheets/sheet9.xml", b" " * (33 * 1024 * 1024))
    (refusal,) = read(path).refusals
    assert str(refusal.words) == "the workbook is far larger than the one that was written"
