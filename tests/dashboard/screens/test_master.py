"""The center's tables, files and papers without a browser."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.acts.acting import NotAllowed
from dashboard.acts.master import keep, summary
from dashboard.screens.exchange import exported, read_uploaded
from dashboard.site import Site, install
from db.access.audit import head
from db.connection import reading
from db.files import CenterRefused
from db.files.editing import with_rows
from db.files.kinds import Language
from db.files.texts import written
from db.load import load_register
from db.save import differences
from domain.account import Role
from domain.register import Register
from tests.dashboard.acts.week_desk import actor, enroll, week_site


@pytest.fixture
def site(world: Path) -> Site:
    here = week_site(world)
    enroll(here)
    install(here)
    return here


def stored(site: Site) -> Register:
    with reading(site.here.database) as session:
        return load_register(session, site.center)


def rows(register: Register, table: str, language: Language = "en") -> list[list[str]]:
    found = next(one for one in written(register, language) if one.table.name == table)
    return [list(row) for row in found.rows]


def _script(name: str, language: str) -> None:
    from dashboard.screens.listed import SCREENS
    from dashboard.site import site
    from domain.account import Role
    from tests.dashboard.world import desk_at

    screen = next(one for one in SCREENS if one.path == name)
    screen.show(desk_at(site(), Role.HEAD_NURSE, language))


def shown(name: str, language: str = "en") -> AppTest:
    at = AppTest.from_function(_script, args=(name, language), default_timeout=60)
    at.run()
    assert not at.exception
    return at


# --- editing --------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_unchanged_table_is_the_same_center(site: Site, language: Language) -> None:
    register = stored(site)
    for table in ("patients", "shifts", "nurses"):
        assert with_rows(register, language, table, rows(register, table, language)) == register


def test_a_changed_cell_changes_one_row_and_blank_rows_are_none(site: Site) -> None:
    register = stored(site)
    table = rows(register, "patients")
    table[0][1] = "Lin Tao"
    after = with_rows(register, "en", "patients", [*table, [""] * len(table[0])])
    (change,) = differences(register, after)
    assert (change.kind, change.table) == ("changed", "patients")
    assert summary([change]) == {"patients": {"changed": 1}}


def test_every_wrong_cell_is_told_with_row_and_column(site: Site) -> None:
    register = stored(site)
    table = rows(register, "prescriptions")
    table[0][0], table[3][1] = "P999", "many"
    with pytest.raises(CenterRefused) as refused:
        with_rows(register, "en", "prescriptions", table)
    assert {(one.file, one.row) for one in refused.value.problems} >= {
        ("prescriptions", 2),
        ("prescriptions", 5),
    }


def test_what_is_kept_is_stored_and_audited_without_names(site: Site) -> None:
    register = stored(site)
    table = rows(register, "patients")
    table[0][1] = "Lin Tao"
    after = with_rows(register, "en", "patients", table)
    changes = keep(site, actor(), "master.edit", register, after)
    assert len(changes) == 1
    assert stored(site) == after
    with reading(site.here.database) as session:
        assert head(session, site.center)[0] == 1


def test_who_was_second_overwrites_nothing(site: Site) -> None:
    before = stored(site)
    center = replace(before.center, phone="1")
    keep(site, actor(), "master.edit", before, replace(before, center=center))
    with pytest.raises(NotAllowed, match="changed the center's data meanwhile"):
        keep(site, actor(), "master.edit", before, replace(before, patterns=()))
    assert stored(site).center.phone == "1"


def test_another_center_and_another_role_are_refused(site: Site) -> None:
    before = stored(site)
    other = replace(before, center=replace(before.center, code="ELSEWHERE"))
    with pytest.raises(NotAllowed, match="ELSEWHERE"):
        keep(site, actor(), "master.import", before, other)
    with pytest.raises(NotAllowed):
        keep(site, actor(Role.NURSE), "master.edit", before, replace(before, patterns=()))
    assert stored(site) == before


# --- files ----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_is_taken_out_reads_back_the_same(site: Site, language: Language) -> None:
    register = stored(site)
    book = exported(register, language, ".xlsx")
    assert read_uploaded([("center.xlsx", book)]) == register
    with zipfile.ZipFile(io.BytesIO(exported(register, language, ".zip"))) as archive:
        files = [(name, archive.read(name)) for name in archive.namelist()]
    assert read_uploaded(files) == register


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("center.xlsx", b"no workbook"),
        ("../../etc/patients.csv", b"code\n=1+1\n"),
        ("patients.csv", "代码\n".encode("gbk")),
        ("..", b""),
        ("center.toml", b"\x00"),
    ],
)
def test_garbage_is_refused_in_words(name: str, content: bytes) -> None:
    found = read_uploaded([(name, content)])
    assert not isinstance(found, Register)
    assert found


# --- screens --------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_tables_are_shown_with_their_counts(site: Site, language: str) -> None:
    del site
    at = shown("data", language)
    assert at.selectbox(key="master-table").options[0].endswith("(1)")
    at.selectbox(key="master-table").select_index(11).run()
    assert not at.exception


def test_the_files_screen_offers_both_forms(site: Site) -> None:
    del site
    at = shown("files")
    assert len(at.get("download_button")) == 2


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_paper_is_offered_in_the_chosen_language(site: Site, language: str) -> None:
    del site
    at = shown("papers", language)
    assert len(at.get("download_button")) >= 15
    other = "zh" if language == "en" else "en"
    at.radio(key="papers-language").set_value(other).run()
    assert not at.exception


def test_the_day_sheet_carries_the_head_of_the_audit(site: Site) -> None:
    from dashboard.board.opened import opened
    from dashboard.screens.papers import _edition
    from db.sample.spec import FIRST_MONDAY
    from db.sheets.day_sheets import day_sheets
    from db.sheets.nurse_sheets import nurse_sheets
    from tests.dashboard.world import desk_at

    desk = desk_at(site)
    with reading(site.here.database) as session:
        there = opened(session, site, FIRST_MONDAY, None, desk.now)
    assert there is not None
    edition = _edition(desk, there, "7:abcdef")
    sheet = pypdfium2.PdfDocument(day_sheets(edition, FIRST_MONDAY, desk.voice).pdf)
    assert "Audit 7:abcdef" in sheet[0].get_textpage().get_text_range()
    nurses = pypdfium2.PdfDocument(nurse_sheets(edition, FIRST_MONDAY, desk.voice).pdf)
    text = nurses[0].get_textpage().get_text_range()
    assert "nurse 1" in text
    assert "nurse 2" in text
