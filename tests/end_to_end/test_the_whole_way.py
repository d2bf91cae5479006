"""From an invented center to a printed, edited and published week, as a person does it."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.files import read_center
from tests.clearshift.cli.calling import Ask, asking
from tests.clearshift.cli.workbook import name_in, put

SHEETS = {"en": "General zone", "zh": "普通区"}
SAYS = {
    "en": (
        "seats: by these counts everybody fits.",
        "hard rules is broken.",
        "Stored as version 2, in force.",
        "Version 2, in force, by Wang",
    ),
    "zh": ("人人可排", "硬性规则均未违反", "已保存为版本 2（生效）", "版本 2，生效，负责人 Wang"),
}


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ask:
    monkeypatch.chdir(tmp_path)
    return asking(capsys)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("form", ["center", "center.xlsx"])
def test_the_whole_way(ask: Ask, lang: str, form: str) -> None:
    fits, checked, stored, shown = SAYS[lang]
    ask("sample", "xiamao", "--out", form, "--lang", lang)
    ask("import", form, "--lang", lang)
    assert fits in ask("capacity", "--lang", lang).out

    plan = ask("plan", "--json", "--author", "Li", "--lang", lang).data
    assert (plan["legal"], plan["status"], plan["version"]) == (True, "optimal", 1)
    papers = Path(plan["sheets"]["folder"])
    for name in ("plan.csv", "plan.json", "week-2026-03-02.xlsx"):
        assert checked in ask("check", papers / name, "--lang", lang).out

    ask("export", "copy", "--lang", lang)
    assert read_center(Path("copy")) == read_center(Path(form))
    assert ask("import", "copy", "--json").data["changes"] == []

    book = papers / "week-2026-03-02.xlsx"
    sheet = SHEETS[lang]
    one, other = name_in(book, "C6", sheet), name_in(book, "C9", sheet)
    put(book, "C6", other, sheet)
    put(book, "C9", one, sheet)
    taken = ask("import-plan", book, "--author", "Wang", "--publish", "--lang", lang)
    assert one not in taken.out
    assert stored in taken.out
    assert shown in ask("show", "--lang", lang).out
    seat = next(
        row for row in ask("show", "--json").data["assignments"]
        if (row["day"], row["shift"], row["station"]) == ("2026-03-02", "AM", "A01")
    )  # fmt: skip
    people = {who.code: who.name for who in read_center(Path(form)).patients}
    assert people[seat["patient"]] == other

    again = ask("plan", "--week", "2026-W11", "--no-sheets", "--json").data
    assert (again["legal"], again["first_day"], again["version"]) == (True, "2026-03-09", 1)
