"""The audit: every change and deletion shows, and a cut tail against a head kept elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import DBAPIError

from db.access.audit import Asked, ChainFault, append, head, list_entries, named, verify
from db.access.documents import canonical, document
from db.connection import reading, writing
from db.tables import metadata
from domain.account import Role
from tests.db.access.world import ADMIN, CENTER, NOW

ENTRIES = metadata.tables["audit_entries"]
ZONE = ZoneInfo("Asia/Shanghai")


def written(engine: sa.Engine, count: int = 4) -> list[str]:
    """So many entries, a day apart; their digests."""
    digests = []
    with writing(engine) as session:
        for number in range(count):
            at = NOW + timedelta(days=number, microseconds=7)
            who = ("Li", "Wu")[number % 2]
            before, after = {"beds": number}, {"beds": number + 1, "note": "床位 \u2028"}
            digests.append(
                append(session, CENTER, at, who, "nurse", "week.move", f"P{number}", before, after)
                .digest
            )  # fmt: skip
    return digests


def forge(engine: sa.Engine, statement: sa.Executable) -> None:
    """What somebody does who has the database in their hands: the triggers go first."""
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        else:
            connection.exec_driver_sql("DROP TRIGGER IF EXISTS audit_entries_no_update")
            connection.exec_driver_sql("DROP TRIGGER IF EXISTS audit_entries_no_delete")
        connection.execute(statement)


def test_each_digest_covers_the_one_before(center: sa.Engine) -> None:
    digests = written(center)
    with reading(center) as session:
        entries = list_entries(session, CENTER, Asked(), ZONE)
        assert head(session, CENTER) == (4, digests[-1])
        chain = verify(session, CENTER)
    assert [one.number for one in entries] == [4, 3, 2, 1]
    assert [one.previous for one in entries] == [*digests[2::-1], ""]
    assert (chain.whole, chain.entries, chain.number, chain.digest) == (True, 4, 4, digests[-1])
    assert entries[0].after == {"beds": 4, "note": "床位 \u2028"}
    assert entries[0].at == NOW + timedelta(days=3, microseconds=7)


def test_an_empty_audit_is_whole(center: sa.Engine) -> None:
    with reading(center) as session:
        assert head(session, CENTER) == (0, "")
        assert verify(session, CENTER).whole
        assert verify(session, CENTER, (0, "")).whole


@pytest.mark.parametrize(
    "values",
    [
        {"who": "Wu"},
        {"role": "admin"},
        {"act": "week.swap"},
        {"subject": "P9"},
        {"at": NOW},
        {"before": {"beds": 9}},
        {"after": None},
        {"digest": "0" * 64},
        {"previous": "0" * 64},
    ],
    ids=lambda values: next(iter(values)),
)
def test_a_change_of_any_field_shows(center: sa.Engine, values: Mapping[str, Any]) -> None:
    written(center)
    forge(center, sa.update(ENTRIES).where(ENTRIES.c.number == 3).values(**values))
    with reading(center) as session:
        chain = verify(session, CENTER)
    assert (chain.fault, chain.broken_at) == (ChainFault.CHANGED, 3)


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_removed_entry_shows(center: sa.Engine, number: int) -> None:
    written(center)
    forge(center, sa.delete(ENTRIES).where(ENTRIES.c.number == number))
    with reading(center) as session:
        chain = verify(session, CENTER)
    assert (chain.fault, chain.broken_at) == (ChainFault.MISSING, number + 1)


def test_a_cut_tail_shows_only_against_a_head_that_was_kept_elsewhere(center: sa.Engine) -> None:
    digests = written(center)
    forge(center, sa.delete(ENTRIES).where(ENTRIES.c.number > 2))
    with reading(center) as session:
        assert verify(session, CENTER).whole
        assert verify(session, CENTER, (2, digests[1])).whole
        cut = verify(session, CENTER, (4, digests[3]))
    assert (cut.fault, cut.broken_at) == (ChainFault.CUT, 3)


def test_a_rewritten_tail_shows_against_the_beginning_of_the_printed_head(
    center: sa.Engine,
) -> None:
    digests = written(center)
    forge(center, sa.delete(ENTRIES).where(ENTRIES.c.number > 2))
    with writing(center) as session:
        for _ in range(2):
            append(session, CENTER, NOW, "Wu", "admin", "week.move", "P7", None, None)
        assert verify(session, CENTER).whole
        assert verify(session, CENTER, (2, digests[1][:16].upper())).whole
        forged = verify(session, CENTER, (3, digests[2][:16]))
    assert (forged.fault, forged.broken_at) == (ChainFault.REWRITTEN, 3)


def test_the_database_itself_refuses_changes(center: sa.Engine) -> None:
    written(center)
    for change in ("UPDATE audit_entries SET who = 'Wu'", "DELETE FROM audit_entries"):
        with pytest.raises(DBAPIError, match="keeps every row"), center.begin() as connection:
            connection.exec_driver_sql(change)


def test_entries_are_found_by_who_what_about_what_and_day(center: sa.Engine) -> None:
    written(center)

    def numbers(asked: Asked) -> list[int]:
        with reading(center) as session:
            return [one.number for one in list_entries(session, CENTER, asked, ZONE)]

    assert numbers(Asked(who="Wu")) == [4, 2]
    assert numbers(Asked(act="week.swap")) == []
    assert numbers(Asked(subject="P2")) == [3]
    assert numbers(Asked(first=date(2026, 3, 3), last=date(2026, 3, 4))) == [3, 2]
    with reading(center) as session:
        assert named(session, CENTER, "who") == ("Li", "Wu")


def test_a_day_is_the_centers_and_not_greenwichs(center: sa.Engine) -> None:
    with writing(center) as session:
        late = datetime(2026, 3, 2, 20, tzinfo=UTC)
        append(session, CENTER, late, "Li", "nurse", "week.move", "P1", None, None)
        assert list_entries(session, CENTER, Asked(last=date(2026, 3, 2)), ZONE) == ()
        assert len(list_entries(session, CENTER, Asked(first=date(2026, 3, 3)), ZONE)) == 1


class Color(StrEnum):
    RED = "red"


@dataclass(frozen=True, slots=True)
class Thing:
    day: date
    colors: frozenset[Color]
    inner: tuple[object, ...]


def test_values_of_the_domain_are_told_in_plain_terms() -> None:
    thing = Thing(date(2026, 3, 2), frozenset({Color.RED}), (time(7, 30), 1.5, None, True))
    told = {"day": "2026-03-02", "colors": ["red"], "inner": ["07:30:00", 1.5, None, True]}
    assert document(thing) == told
    assert document({Role.NURSE: timedelta(minutes=1)}) == {"nurse": 60.0}
    assert document(ADMIN) == {
        "name": "admin", "shown": "Administrator", "role": "admin", "must_change": False,
        "disabled_at": None,
    }  # fmt: skip


@pytest.mark.parametrize("value", [object(), b"bytes", float("nan"), Color, {"a": object()}])
def test_what_would_tell_nothing_is_refused(value: object) -> None:
    with pytest.raises(TypeError, match="cannot be told"):
        document(value)


DOCUMENTS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip


@given(DOCUMENTS)
def test_a_document_has_one_text_in_whatever_order_it_was_built(value: Any) -> None:
    def turned(one: Any) -> Any:
        if isinstance(one, dict):
            return {key: turned(one[key]) for key in reversed(one)}
        return [turned(part) for part in one] if isinstance(one, list) else one

    assert canonical(document(value)) == canonical(document(turned(value)))
