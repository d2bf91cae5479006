"""`clearshift remedies`: what would close a shortage."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.clearshift.cli.calling import Ask

CLOSED = "2026-03-02,2026-03-08,repair,,,A01\r\n"
"""A station out for the week: four patients too many."""


@pytest.fixture
def short(center: Path) -> Path:
    """The smallest sample with a station less."""
    with (center / "center" / "closures.csv").open("a", encoding="utf-8") as file:
        file.write(CLOSED)
    return center


def test_a_center_in_which_everybody_fits_needs_nothing(center: Path, ask: Ask) -> None:
    del center
    answer = ask("remedies", "--from", "center")
    assert "✓ Everybody has all sessions: a plan was found and judged legal." in answer.lines
    assert "nurse's ordinary time" not in answer.out


@pytest.mark.usefixtures("short")
def test_remedies_are_listed_cheapest_first_with_what_is_proven(ask: Ask) -> None:
    answer = ask("remedies", "--from", "center")
    assert (
        "! General zone: sessions missing in every plan, at least: 12; patients who go short: 4, "
        "sessions: 12; no plan leaves out fewer" in answer.lines
    )
    rows = [
        line.split() for line in answer.lines if line.endswith("nothing less of this kind does")
    ]
    hours = [int(row[0].split(":")[0]) for row in rows]
    assert hours == sorted(hours)
    assert "One more machine in General zone for HD, HDF" in answer.out
    assert "  - More nurses: proven to be not enough by itself" in answer.lines
    assert "Proposal of this product: price, upkeep and space over eight years" in answer.out


@pytest.mark.usefixtures("short")
def test_for_scripts_it_is_data(ask: Ask) -> None:
    data = ask("remedies", "--from", "center", "--kind", "guests elsewhere", "--json").data
    (shortage,) = data["shortages"]
    assert (shortage["zones"], shortage["least"], shortage["fewest"]) == (["A"], 12, True)
    (remedy,) = data["remedies"]
    assert remedy["kind"] == "guests elsewhere"
    assert set(remedy["remedies"][0]["patients"]) == set(shortage["missing"])
    assert remedy["minutes"] == 12 * 480
    assert (data["aside"], data["unsettled"], data["helpless"]) == ([], [], [])


@pytest.mark.usefixtures("short")
def test_what_nothing_closes_is_told_and_is_an_error(ask: Ask) -> None:
    answer = ask("remedies", "--from", "center", "--kind", "nurses", code=1)
    assert "  - More nurses: proven to be not enough by itself" in answer.lines


def test_the_center_s_own_rates_count(short: Path, ask: Ask) -> None:
    rates = short / "rates.csv"
    rates.write_text("item,minutes,source\nmachine for a week,60,our books\n", encoding="utf-8")
    answer = ask("remedies", "--from", "center", "--kind", "machines", "--rates", rates)
    assert "   1:00  One more machine in General zone for HD, HDF" in answer.out
    assert "our books" in answer.out


@pytest.mark.parametrize(
    "line", ["machine,60,books", "nurse hour,many,books", "nurse hour,60,", "nurse hour,60"]
)
def test_a_rate_that_means_nothing_is_refused_by_line(short: Path, ask: Ask, line: str) -> None:
    rates = short / "rates.csv"
    rates.write_text(f"item,minutes,source\n{line}\n", encoding="utf-8")
    answer = ask("remedies", "--from", "center", "--rates", rates, code=2)
    assert f"{rates}, line 2: expected one of nurse hour, " in answer.err


def test_the_doctor_s_list_is_read_with_every_wrong_line_told(short: Path, ask: Ask) -> None:
    file = short / "five.csv"
    file.write_text("\ufeffpatient\nP001\nP999\n\nP001\nP998,x\n", encoding="utf-8")
    answer = ask("remedies", "--from", "center", "--five", file, code=2)
    assert answer.err.splitlines() == [
        f"{file}, line 3: there is no patient P999",
        f"{file}, line 6: there is no patient P998",
    ]
    file.write_text("P001\nP002\n", encoding="utf-8")
    told = ask(
        "remedies", "--from", "center", "--five", file, "--kind", "fewer sessions", code=None
    )
    assert "Five sessions a fortnight" in told.out


def test_somebody_not_on_three_a_week_cannot_have_fewer(short: Path, ask: Ask) -> None:
    table = short / "center" / "prescriptions.csv"
    text = table.read_text(encoding="utf-8")
    table.write_text(text.replace("P001,3", "P001,2"), encoding="utf-8")
    file = short / "five.csv"
    file.write_text("P001\n", encoding="utf-8")
    answer = ask("remedies", "--from", "center", "--five", file, code=2)
    assert answer.err == f"{file}, line 1: P001 is not on three sessions a week\n"


def test_a_file_that_is_no_text_is_refused(short: Path, ask: Ask) -> None:
    file = short / "five.csv"
    file.write_bytes(b"P001\n\xff\xfe\n")
    answer = ask("remedies", "--from", "center", "--five", file, code=2)
    assert answer.err == f"{file}: expected text in UTF-8\n"


def test_what_lies_behind_a_moment_is_left_alone(short: Path, ask: Ask) -> None:
    del short
    data = ask(
        "remedies", "--from", "center", "--kind", "night", "--since", "2026-03-08T00:00",
        "--json", code=1,
    ).data  # fmt: skip
    assert data["remedies"] == []


def test_people_whom_no_seat_can_help_are_named(short: Path, ask: Ask) -> None:
    with (short / "center" / "absences.csv").open("a", encoding="utf-8") as file:
        file.write("P005,2026-03-02,2026-03-08,away,Mon Tue Wed Thu Fri Sat Sun,06:00,23:00\r\n")
    answer = ask("remedies", "--from", "center", "--kind", "machines", code=None)
    assert "! Left out, for no seat can help them, only other data: P005" in answer.lines
