"""The books as rows; raw bytes are never markup."""

from __future__ import annotations

import pytest

from dashboard.machine.accounting import Books, book_row, bytes_shown, reason_words, total
from dashboard.planning.markup import Cell
from db.telemetry.accounts import QuarantinedGroup
from domain.telemetry import UNREGISTERED, Account
from tests.dashboard.machine.said import at

GOOD, BAD = Account("M01", 10, 8, 1, 1, 0), Account("M02", 1000, 8, 1, 1, 0, 3)
ASIDE = QuarantinedGroup("M09", "because", 1, 2, at(0))


def test_who_speaks_and_is_not_there_is_unknown() -> None:
    books = Books((GOOD, BAD), (ASIDE,), {}, frozenset({"M01"}))
    assert (books.unknown, books.wrong) == (("M02", "M09"), ("M02",))


def test_the_total_is_the_sum_of_all_machines() -> None:
    assert total((GOOD, BAD)) == Account("", 1010, 16, 2, 2, 0, 3)
    assert total(()) == Account("", 0, 0, 0, 0, 0, 0)


def test_what_is_lost_or_does_not_add_up_stands_out() -> None:
    name, accepted, *_, lost, adds = book_row(BAD, frozenset())
    assert (str(name), str(adds)) == ("M02, not registered", "NO")
    assert accepted == Cell("1,000", number=True)
    assert lost == Cell("3", number=True, tone="bad")
    assert book_row(GOOD, frozenset({"M01"}))[0] == "M01"


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        (UNREGISTERED, "this machine is not registered"),
        ("the gateway could not take this: no frame (noise)", "bytes that are no frame: noise"),
        ("the gateway could not take this: odd", "the gateway could not take this: odd"),
        ("the database refuses it: full", "the database refuses it: full"),
        ("$.ts: missing", "it cannot be read: $.ts: missing"),
    ],
)
def test_a_reason_is_said_in_words(reason: str, said: str) -> None:
    assert str(reason_words(reason)) == said


def test_bytes_are_shown_as_codes_and_escaped() -> None:
    assert bytes_shown(b"<b>\x02\xff").endswith("&lt;b&gt;\\x02\\xff</pre>")
    assert bytes_shown(b"a" * 700).endswith("a ...</pre>")
