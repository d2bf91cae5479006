"""Changing one's own password."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from dashboard.gate.throttle import PER_ACCOUNT
from dashboard.site import Site
from db.access.accounts import find_account
from db.connection import reading
from tests.dashboard.gate.world import (
    NEWCOMER,
    ORIGIN,
    PASSWORD,
    browser,
    enter,
    token_of,
    try_sign_in,
)

BETTER = "another quiet blue boat"


def change(client: TestClient, **given: str) -> tuple[int, str]:
    """Fills the form in; status and what is said."""
    token = token_of(client.get("/password").text)
    fields = {"token": token, "former": PASSWORD, "password": BETTER, "again": BETTER, **given}
    answer = client.post("/password", data=fields, headers={"origin": ORIGIN})
    return answer.status_code, answer.text


def test_a_password_of_ones_own_opens_everything(client: TestClient, site: Site) -> None:
    enter(client, NEWCOMER)
    assert "Somebody else knows your password" in client.get("/password").text
    assert change(client)[0] == 303
    assert client.get("/media/x").status_code == 200
    with reading(site.here.database) as session:
        found = find_account(session, site.center, NEWCOMER)
    assert found is not None
    assert not found.must_change
    assert try_sign_in(client, NEWCOMER, PASSWORD)[0] == 401
    assert try_sign_in(client, NEWCOMER, BETTER)[0] == 303


def test_other_browsers_are_signed_out(client: TestClient) -> None:
    enter(client, "nurse")
    with browser(client.app) as other:  # type: ignore[arg-type]
        enter(other, "nurse")
        assert change(client)[0] == 303
        assert other.get("/media/x").status_code == 303
        assert client.get("/media/x").status_code == 200


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"former": "wrong"}, "present password is wrong"),
        ({"password": "short", "again": "short"}, "at least 10 characters"),
        ({"password": PASSWORD, "again": PASSWORD}, "must differ"),
        ({"again": "another quiet blue goat"}, "typed differently"),
        ({"password": "nurse on a boat", "again": "nurse on a boat"}, "contain the name"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_changed(
    client: TestClient, given: dict[str, str], why: str
) -> None:
    enter(client, "nurse")
    status, said = change(client, **given)
    assert (status, why in said) == (400, True)
    assert PASSWORD not in said
    assert try_sign_in(client, "nurse")[0] == 303


def test_the_present_password_cannot_be_guessed_here(client: TestClient) -> None:
    enter(client, "nurse")
    for _ in range(PER_ACCOUNT.tries):
        assert "present password is wrong" in change(client, former="wrong")[1]
    assert "Too many tries" in change(client)[1]


def test_the_form_is_taken_only_from_its_own_page(client: TestClient) -> None:
    enter(client, "nurse")
    for token, origin in (("0" * 64, ORIGIN), (None, "http://elsewhere.example")):
        right = token or token_of(client.get("/password").text)
        fields = {"token": right, "former": PASSWORD, "password": BETTER, "again": BETTER}
        answer = client.post("/password", data=fields, headers={"origin": origin})
        assert answer.status_code == 403
    body = b"x" * 20_000
    answer = client.post("/password", content=body, headers={"origin": ORIGIN})
    assert answer.status_code == 400


def test_nobody_changes_a_password_without_a_sign_in(client: TestClient) -> None:
    assert client.get("/password").headers["location"] == "/signin"


def test_a_database_that_is_gone_is_said_calmly(client: TestClient, site: Site) -> None:
    enter(client, "nurse")
    database = Path(str(site.here.database.url.database))
    site.here.database.dispose()
    for file in database.parent.glob("clearshift.db*"):
        file.unlink()
    answer = client.get("/")
    assert answer.status_code == 503
    assert "cannot reach its data" in answer.text
    assert str(database) not in answer.text
