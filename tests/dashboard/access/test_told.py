"""The audit as people read it."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from clearshift.i18n import speaker
from dashboard.access.qr import qr_svg
from dashboard.access.told import (
    Changed,
    chain_words,
    changed_words,
    changes,
    paper_head,
    row,
    shown_head,
)
from db.access.audit import Chain, ChainFault
from domain.account import AuditEntry

ZONE = ZoneInfo("Asia/Shanghai")
AT = datetime(2026, 3, 2, 20, tzinfo=UTC)


def test_only_what_differs_is_told_place_by_place() -> None:
    before = {"role": "nurse", "name": "li", "beds": [{"a": 1}, {"a": 2}], "gone": "x"}
    after = {"role": "admin", "name": "li", "beds": [{"a": 1}, {"a": 3}], "fresh": True}
    assert changes(before, after) == (
        Changed(("role",), "nurse", "admin"),
        Changed(("beds", "2", "a"), 2, 3),
        Changed(("gone",), "x", None),
        Changed(("fresh",), None, True),
    )
    assert changes(None, None) == ()
    assert changes(None, 3) == (Changed((), None, 3),)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (Changed(("role",), "nurse", "admin"), "Role: Nurse → Administrator"),
        (Changed(("beds", "2"), 2, None), "beds / 2: 2 removed"),
        (Changed(("must_change",), None, True), "password to be changed: yes"),
        (Changed(("x",), False, "corridor"), "x: no → corridor"),
        (Changed((), None, 3), "value: 3"),
    ],
)
def test_a_change_is_a_sentence(change: Changed, said: str) -> None:
    assert str(changed_words(change)) == said


def test_an_entry_is_a_row_in_the_centers_time() -> None:
    entry = AuditEntry(7, AT, "-", "", "account.add", "li", None, {"role": "nurse"}, "", "ab")
    made = row(entry, speaker("en"), ZONE)
    assert (made.number, made.at.isoformat()) == (7, "2026-03-03T04:00:00+08:00")
    assert (made.who, made.role, made.act) == ("the program", "", "Account made")
    assert made.change == "Role: Nurse"


def test_an_act_that_nobody_knows_any_more_is_shown_by_its_name() -> None:
    entry = AuditEntry(1, AT, "Li", "head nurse", "old.act", "", None, None, "", "ab")
    made = row(entry, speaker("en"), ZONE)
    assert (made.act, made.role) == ("old.act", "Head nurse")


@pytest.mark.parametrize(
    ("chain", "said"),
    [
        (Chain(0, 0, ""), "The audit is empty."),
        (Chain(4, 4, "ab"), "All 4 entries are as they were written."),
        (Chain(2, 2, "ab", ChainFault.CHANGED, 3), "Entry 3 was changed after it was written."),
        (Chain(2, 2, "ab", ChainFault.MISSING, 4), "Entries before number 4 are missing."),
        (Chain(2, 2, "ab", ChainFault.CUT, 3), "Entries from number 3 on were cut off."),
        (Chain(4, 4, "ab", ChainFault.REWRITTEN, 3), "Entry 3 is not the one on the paper."),
    ],
)
def test_the_state_of_the_chain_is_a_sentence(chain: Chain, said: str) -> None:
    assert str(chain_words(chain)) == said


@pytest.mark.parametrize(
    ("typed", "head"),
    [
        ("128 9f3c 02ab 77de 41c0", (128, "9f3c02ab77de41c0")),
        (" 7 9F3C-02AB ", (7, "9f3c02ab")),
        ("", None),
        ("128", None),
        ("128 9f3c", None),
        ("x 9f3c02ab", None),
        ("128 9f3c02ag", None),
        ("-1 9f3c02ab", None),
    ],
)
def test_a_head_is_read_as_it_is_printed(typed: str, head: tuple[int, str] | None) -> None:
    assert paper_head(typed) == head


def test_a_printed_head_is_short_and_read_back() -> None:
    printed = shown_head(12, "c3c39efa09eb2ca3" + "0" * 48)
    assert printed == "12 c3c3 9efa 09eb 2ca3"
    assert paper_head(printed) == (12, "c3c39efa09eb2ca3")


def test_an_address_becomes_a_square_without_anything_from_elsewhere() -> None:
    svg = qr_svg("https://center.example/wall/abc")
    assert svg.startswith("<svg")
    assert "#000" in svg
    assert "http://www.w3.org/2000/svg" in svg
