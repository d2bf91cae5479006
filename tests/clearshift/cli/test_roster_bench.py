"""`clearshift roster bench`: a public instance, solved, proven and judged."""

from __future__ import annotations

from pathlib import Path

from tests.clearshift.cli.calling import Ask

SMALL = """\
SECTION_HORIZON
7
SECTION_SHIFTS
E,480,
L,600,E
SECTION_STAFF
A,E=7|L=0,2400,960,5,2,2,1
B,E=7|L=3,2400,960,5,2,2,1
SECTION_DAYS_OFF
A,0
SECTION_SHIFT_ON_REQUESTS
A,1,E,2
SECTION_COVER
0,E,1,100,1
1,L,1,100,1
3,E,3,100,1
"""


def test_an_instance_is_solved_to_its_proof(folder: Path, ask: Ask) -> None:
    """B has the first two days and must then rest for two: A alone is there on day 3."""
    (folder / "small.txt").write_text(SMALL, encoding="utf-8")
    answer = ask("roster", "bench", "small.txt", "--best", "200", "--out", "roster.txt")
    assert "✓ Legal, and proven: there is no cheaper roster." in answer.lines
    data = ask("roster", "bench", "small.txt", "--json").data
    assert (data["cost"], data["bound"], data["proven"], data["legal"]) == (200, 200, True, True)
    written = (folder / "roster.txt").read_text(encoding="utf-8")
    assert len(written.splitlines()) == 2


def test_a_roster_that_is_there_is_not_overwritten(folder: Path, ask: Ask) -> None:
    (folder / "small.txt").write_text(SMALL, encoding="utf-8")
    (folder / "roster.txt").write_text("mine", encoding="utf-8")
    answer = ask("roster", "bench", "small.txt", "--out", "roster.txt", code=2)
    assert answer.err == "roster.txt is there already; --force replaces it.\n"


def test_every_problem_of_a_file_is_told_with_its_line(folder: Path, ask: Ask) -> None:
    (folder / "small.txt").write_text(SMALL.replace("A,1,E,2", "C,9,E,x"), encoding="utf-8")
    assert ask("roster", "bench", "small.txt", code=2).err.splitlines() == [
        "small.txt, line 12: there is no day 9 among 7.",
        "small.txt, line 12: x is not a whole number from 0 on.",
        "small.txt, line 12: there is nobody called C.",
    ]


def test_people_who_cannot_have_any_roster_are_named(folder: Path, ask: Ask) -> None:
    stuck = SMALL.replace("B,E=7|L=3,2400,960,5,2,2,1", "B,E=7|L=3,480,480,5,2,2,0")
    (folder / "small.txt").write_text(stuck.replace("A,0", "A,0\nB,0,4"), encoding="utf-8")
    answer = ask("roster", "bench", "small.txt", code=1)
    assert "✗ There is no roster: nothing fits the limits of B." in answer.lines
