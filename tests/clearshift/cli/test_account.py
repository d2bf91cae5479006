"""`clearshift account`: kept from the terminal, where nobody can sign in any more."""

from __future__ import annotations

from datetime import UTC
from typing import Any

import pytest

from db.access.accounts import stored_password
from db.access.audit import Asked, list_entries
from db.access.passwords import matches
from db.connection import reading
from db.load import load_centers
from db.opening import open_database
from tests.clearshift.cli.calling import Ask

pytestmark = pytest.mark.usefixtures("planned")
ADD = ("account", "add", "Li.Na", "--role", "head-nurse", "--shown", "Li Na", "--by", "Wu")


def accounts(ask: Ask) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = ask("account", "list", "--json").data["accounts"]
    return found


def stored(name: str) -> str | None:
    with reading(open_database("sqlite:///clearshift.db")) as session:
        (center,) = load_centers(session)
        return stored_password(session, center.code, name)


def test_a_center_begins_without_accounts(ask: Ask) -> None:
    assert "There is no account yet" in ask("account", "list").out


def test_an_account_is_made_with_a_one_time_password(ask: Ask) -> None:
    made = ask(*ADD, "--json").data
    assert made["name"] == "li.na"
    assert matches(made["password"], stored("li.na"))
    (account,) = accounts(ask)
    assert (account["shown"], account["role"]) == ("Li Na", "head nurse")
    assert account["must_change"] is True
    said = ask("account", "list").out
    assert "Head nurse" in said
    assert "one-time password not changed yet" in said


def test_a_forgotten_password_is_replaced(ask: Ask) -> None:
    first = ask(*ADD, "--json").data["password"]
    answer = ask("account", "reset", "li.na")
    assert answer.lines[0].startswith("✓ One-time password of li.na: ")
    second = answer.lines[0].rpartition(" ")[2]
    assert matches(second, stored("li.na"))
    assert not matches(first, stored("li.na"))


def test_an_account_is_closed_and_opened_again(ask: Ask) -> None:
    ask(*ADD)
    assert ask("account", "disable", "li.na").out == "Closed: account li.na.\n"
    assert stored("li.na") is None
    assert "closed since" in ask("account", "list").out
    assert ask("account", "enable", "li.na").out == "Open again: account li.na.\n"
    assert stored("li.na") is not None


def test_the_last_administrator_cannot_be_closed(ask: Ask) -> None:
    ask("account", "add", "admin", "--role", "admin")
    assert "only administrator" in ask("account", "disable", "admin", code=2).err
    assert "no account wu" in ask("account", "reset", "wu", code=2).err
    assert "already" in ask("account", "add", "admin", "--role", "nurse", code=2).err


def test_what_was_done_is_in_the_audit_without_any_password(ask: Ask) -> None:
    password = ask(*ADD, "--json").data["password"]
    with reading(open_database("sqlite:///clearshift.db")) as session:
        (center,) = load_centers(session)
        entries = list_entries(session, center.code, Asked(act="account.add"), UTC)
    (entry,) = entries
    assert (entry.who, entry.subject) == ("Wu", "li.na")
    assert password not in str(entry)
