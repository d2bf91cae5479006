"""Sign-ins: what opens, what ends them, and what is stored of their secrets."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from db.access.sign_ins import ABSOLUTE, IDLE, note_click, sign_in, sign_out, standing
from db.access.tokens import digest, fresh, one_time_password
from db.connection import reading, writing
from db.tables import metadata
from domain.account import Account
from tests.db.access.world import ADMIN, CENTER, NOW

SIGN_INS = metadata.tables["sign_ins"]
TICK = timedelta(microseconds=1)


def begun(engine: sa.Engine, former: str = "") -> str:
    with writing(engine) as session:
        return sign_in(session, CENTER, "admin", NOW, former)


def click(session: Session, secret: str, at: datetime, center: str = CENTER) -> Account | None:
    """What the gate does for a click: asks, and notes it if that is worth a write."""
    found = standing(session, center, secret, at)
    if found is not None and found.to_be_noted(at):
        note_click(session, center, secret, at)
    return None if found is None else found.account


def test_a_secret_opens_its_account_and_nothing_else_does(center: sa.Engine) -> None:
    secret = begun(center)
    with writing(center) as session:
        assert click(session, secret, NOW) == ADMIN
        assert click(session, secret + "x", NOW) is None
        assert click(session, "", NOW) is None
        assert click(session, secret, NOW, "XX") is None


def test_only_the_digest_of_a_secret_is_stored(center: sa.Engine) -> None:
    secret = begun(center)
    with reading(center) as session:
        row = session.execute(sa.select(SIGN_INS)).mappings().one()
    assert row["digest"] == digest(secret)
    assert secret not in map(str, row.values())
    assert len(secret) == 43
    assert digest("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_it_ends_after_half_an_hour_without_a_click(center: sa.Engine) -> None:
    secret = begun(center)
    with reading(center) as session:
        assert standing(session, CENTER, secret, NOW + IDLE - TICK) is not None
        assert standing(session, CENTER, secret, NOW + IDLE) is None


def test_a_click_moves_the_idle_limit_on_but_not_the_end_of_the_day(center: sa.Engine) -> None:
    secret, at, step = begun(center), NOW, IDLE - timedelta(minutes=1)
    while at + step < NOW + ABSOLUTE:
        at += step
        with writing(center) as session:
            assert click(session, secret, at) == ADMIN
    with reading(center) as session:
        assert standing(session, CENTER, secret, NOW + ABSOLUTE - TICK) is not None
        assert standing(session, CENTER, secret, NOW + ABSOLUTE) is None


def test_clicks_within_a_minute_are_not_written(center: sa.Engine) -> None:
    secret = begun(center)
    seen = []
    for seconds in (59, 60, 90):
        with writing(center) as session:
            click(session, secret, NOW + timedelta(seconds=seconds))
            seen.append(session.execute(sa.select(SIGN_INS.c.seen_at)).scalar_one() - NOW)
    assert [one.total_seconds() for one in seen] == [0, 60, 60]


def test_a_clock_that_was_set_back_moves_no_limit_back(center: sa.Engine) -> None:
    secret = begun(center)
    with writing(center) as session:
        click(session, secret, NOW + timedelta(minutes=5))
        assert click(session, secret, NOW - timedelta(minutes=5)) == ADMIN
        assert standing(session, CENTER, secret, NOW + timedelta(minutes=34)) is not None


def test_signing_out_ends_it_for_good(center: sa.Engine) -> None:
    secret, other = begun(center), begun(center)
    with writing(center) as session:
        sign_out(session, CENTER, secret, NOW)
        assert click(session, secret, NOW) is None
        assert click(session, other, NOW) == ADMIN


def test_each_sign_in_has_another_secret_and_ends_the_one_before(center: sa.Engine) -> None:
    first = begun(center)
    second = begun(center, first)
    assert first != second
    with reading(center) as session:
        assert standing(session, CENTER, first, NOW) is None
        assert standing(session, CENTER, second, NOW) is not None


def test_what_has_been_over_for_a_month_is_forgotten(center: sa.Engine) -> None:
    begun(center)
    with writing(center) as session:
        sign_in(session, CENTER, "admin", NOW + ABSOLUTE + timedelta(days=31))
        assert session.execute(sa.select(sa.func.count()).select_from(SIGN_INS)).scalar() == 1


def test_secrets_differ_and_one_time_passwords_can_be_read_aloud() -> None:
    assert len({fresh() for _ in range(100)}) == 100
    password = one_time_password()
    assert [len(group) for group in password.split("-")] == [4, 4, 4, 4]
    assert set(password) <= set("abcdefghjkmnpqrstuvwxyz23456789-")
