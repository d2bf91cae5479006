"""Accounts: found, made, changed, closed; and somebody is always left to keep them."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from db.access.accounts import (
    add_account,
    disable,
    enable,
    find_account,
    list_accounts,
    plain_name,
    set_password,
    set_role,
    stored_password,
)
from db.access.audit import head
from db.access.first_accounts import demo_accounts, first_admin
from db.access.passwords import hashed, matches, objections
from db.access.sign_ins import sign_in, standing
from db.connection import reading, writing
from db.refusal import DatabaseRefusal
from domain.account import Account, Role
from tests.db.access.world import ADMIN, CENTER, NOW, NURSE, STORED
from tests.db.world import store


def test_an_account_is_found_by_its_name(center: sa.Engine) -> None:
    with reading(center) as session:
        assert find_account(session, CENTER, "li.na") == NURSE
        assert find_account(session, CENTER, "nobody") is None
        assert list_accounts(session, CENTER) == (ADMIN, NURSE)
        assert stored_password(session, CENTER, "admin") == STORED


def test_a_name_is_typed_with_capitals_and_spaces_and_means_the_same() -> None:
    assert plain_name("  Li.Na ") == "li.na"


@pytest.mark.parametrize("name", ["", "Li", "li na", "-li", "l" * 65, "李", "a/b", "a\n"])
def test_what_cannot_be_a_name_is_refused(center: sa.Engine, name: str) -> None:
    with pytest.raises(DatabaseRefusal, match="cannot be a name"), writing(center) as session:
        add_account(session, CENTER, Account(name, "", Role.NURSE, True), STORED, "-", NOW)


def test_a_name_is_taken_once(center: sa.Engine) -> None:
    with pytest.raises(DatabaseRefusal, match="already"), writing(center) as session:
        add_account(session, CENTER, ADMIN, STORED, "-", NOW)


def test_another_password_role_or_state_ends_every_sign_in(center: sa.Engine) -> None:
    def reset(session: Session) -> None:
        set_password(session, CENTER, "li.na", "other", NOW, must_change=True)

    def promote(session: Session) -> None:
        set_role(session, CENTER, "li.na", Role.HEAD_NURSE, NOW)

    def close(session: Session) -> None:
        disable(session, CENTER, "li.na", NOW)

    for change in (reset, promote, close):
        with writing(center) as session:
            first = sign_in(session, CENTER, "li.na", NOW)
            second = sign_in(session, CENTER, "li.na", NOW)
            others = sign_in(session, CENTER, "admin", NOW)
        with writing(center) as session:
            change(session)
        with reading(center) as session:
            assert standing(session, CENTER, first, NOW) is None
            assert standing(session, CENTER, second, NOW) is None
            assert standing(session, CENTER, others, NOW) is not None


def test_a_closed_account_has_no_password_and_opens_with_the_same_one(center: sa.Engine) -> None:
    with writing(center) as session:
        disable(session, CENTER, "li.na", NOW)
        assert stored_password(session, CENTER, "li.na") is None
        closed = find_account(session, CENTER, "li.na")
        assert closed is not None
        assert (closed.enabled, closed.disabled_at) == (False, NOW)
        enable(session, CENTER, "li.na", NOW + timedelta(days=1))
        assert stored_password(session, CENTER, "li.na") == STORED
        assert find_account(session, CENTER, "li.na") == NURSE


def test_the_only_administrator_stays_one(center: sa.Engine) -> None:
    with pytest.raises(DatabaseRefusal, match="only administrator"), writing(center) as session:
        disable(session, CENTER, "admin", NOW)
    with pytest.raises(DatabaseRefusal, match="only administrator"), writing(center) as session:
        set_role(session, CENTER, "admin", Role.NURSE, NOW)
    with writing(center) as session:
        set_role(session, CENTER, "li.na", Role.ADMIN, NOW)
        disable(session, CENTER, "admin", NOW)


def test_an_unknown_account_cannot_be_changed(center: sa.Engine) -> None:
    with pytest.raises(DatabaseRefusal, match="no account nobody"), writing(center) as session:
        enable(session, CENTER, "nobody", NOW)


def test_the_first_administrator_is_made_once_and_must_change_the_password(
    database: sa.Engine,
) -> None:
    store(database)
    with writing(database) as session:
        made = first_admin(session, CENTER, NOW)
        assert made is not None
        assert first_admin(session, CENTER, NOW) is None
    with reading(database) as session:
        found = find_account(session, CENTER, made[0])
        stored = stored_password(session, CENTER, made[0])
        assert head(session, CENTER)[0] == 1
    assert found is not None
    assert (found.role, found.must_change) == (Role.ADMIN, True)
    assert matches(made[1], stored)


def test_the_demonstration_has_a_ready_account_for_each_role(database: sa.Engine) -> None:
    store(database)
    with writing(database) as session:
        once = demo_accounts(session, CENTER, NOW)
        again = demo_accounts(session, CENTER, NOW)
        stored = {one.name: stored_password(session, CENTER, one.name) for one in again}
    assert {one.role for one in again} == set(Role)
    assert once[0].password != again[0].password
    assert all(matches(one.password, stored[one.name]) for one in again)
    assert not matches(once[0].password, stored["head"])


def test_passwords_are_stored_as_argon2id_with_a_salt() -> None:
    first, second = hashed("long enough"), hashed("long enough")
    assert first.startswith("$argon2id$v=19$m=65536,")
    assert first != second
    assert matches("long enough", first)
    assert not matches("long enough ", first)
    assert not matches("x" * 201, first)
    assert not matches("the password of nobody", None)


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("short", "at least 10"),
        ("x" * 201, "200 characters at most"),
        ("1212121212", "same few"),
        ("my LI.NA password", "contain the name"),
        ("the present one", "must differ"),
    ],
)
def test_weak_passwords_are_refused_with_a_reason(password: str, why: str) -> None:
    said = "; ".join(map(str, objections(password, "li.na", "the present one")))
    assert why in said


def test_a_good_password_meets_no_objection() -> None:
    assert objections("four quiet blue boats", "li.na", "the present one") == ()
