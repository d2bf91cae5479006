"""Signing in with the hospital's account: the whole server, and an identity provider that answers
over HTTP; rightly, and in every wrong way that somebody might try."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.runtime import Runtime
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from dashboard.gate.paths import Needs, way_of
from dashboard.gate.throttle import PER_ADDRESS
from dashboard.server import application
from dashboard.site import Site
from db.access.accounts import disable, enable, find_account, list_accounts
from db.access.sign_ins import IDLE, standing
from db.connection import reading, writing
from tests.dashboard.gate.identity_provider import (
    COOKIE_SECRET,
    Provider,
    provider,
    secrets_of,
    streamlit_secrets,
)
from tests.dashboard.gate.test_server import address, flat
from tests.dashboard.gate.ways import (
    CALLBACK,
    COOKIE,
    FETCH,
    SESSION,
    START,
    acts,
    arrive,
    at_provider,
    signed_in,
    to_provider,
    turned_away,
)
from tests.dashboard.gate.world import (
    HOST,
    NEWCOMER,
    ORIGIN,
    Clock,
    browser,
    enter,
    site_with,
    stub,
    token_of,
    try_sign_in,
)
from tests.dashboard.world import copy_world


@pytest.fixture(scope="module")
def hospital() -> Iterator[Provider]:
    with provider() as running:
        yield running


@pytest.fixture(scope="module")
def hours() -> Clock:
    return Clock()


@pytest.fixture(scope="module")
def served(
    staffed_world: Path, tmp_path_factory: pytest.TempPathFactory, hours: Clock
) -> Iterator[Site]:
    folder = copy_world(staffed_world, tmp_path_factory.mktemp("hospital") / "world")
    made = replace(site_with(folder, hours), single_sign_on="preferred_username")
    yield made
    made.here.database.dispose()
    made.here.telemetry.dispose()


@pytest.fixture(scope="module")
def built(
    served: Site, hospital: Provider, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Starlette]:
    """The one server of this module, gate, own routes and Streamlit's: Streamlit has one runtime
    in a process."""
    file = tmp_path_factory.mktemp("secrets") / "secrets.toml"
    file.write_text(secrets_of(hospital, ORIGIN), encoding="utf-8")
    with streamlit_secrets(file):
        yield application(served, (HOST,))._build_starlette_app()
    Runtime._instance = None


@pytest.fixture
def there(hospital: Provider) -> Provider:
    """The provider, with everything as it should be."""
    hospital.become_right()
    return hospital


@pytest.fixture
def client(built: Starlette, hours: Clock) -> TestClient:
    """A browser with an address of its own, so that no test uses up another's tries."""
    hours.pass_by(PER_ADDRESS.tries * timedelta(seconds=PER_ADDRESS.seconds))
    return browser(built)


# --- the way in -------------------------------------------------------------------------------


@pytest.mark.usefixtures("there")
def test_somebody_with_an_account_here_gets_in_and_where_they_wanted(
    client: TestClient, served: Site
) -> None:
    assert "Use the hospital&#39;s account" in client.get("/signin?next=/due").text
    answer = arrive(client, "/due")
    assert (answer.status_code, answer.headers["location"]) == (303, "/due")
    assert signed_in(client)
    assert client.get("/media/x").status_code == 404
    assert acts(served)[-1] == ("nurse", "sign_in.hospital", "nurse")


@pytest.mark.usefixtures("there")
def test_the_browser_keeps_our_cookie_and_none_of_what_the_provider_said(
    client: TestClient,
) -> None:
    arrive(client)
    names = {cookie.name for cookie in client.cookies.jar}
    assert COOKIE in names
    assert not any(name.startswith("_streamlit_user") for name in names)
    assert SESSION not in names


@pytest.mark.usefixtures("there")
def test_the_sign_in_is_like_any_other(client: TestClient, served: Site, hours: Clock) -> None:
    arrive(client)
    secret = client.cookies[COOKIE]
    with reading(served.here.database) as session:
        for idle, holds in ((IDLE, False), (IDLE - timedelta(seconds=1), True)):
            found = standing(session, served.center, secret, hours.now + idle)
            assert (found is not None) == holds
    token = token_of(client.get("/signout").text)
    client.post("/signout", data={"token": token}, headers={"origin": ORIGIN})
    assert not signed_in(client)


def test_a_name_is_the_same_in_capitals(client: TestClient, there: Provider) -> None:
    there.says = {"preferred_username": " Head-Nurse "}
    assert arrive(client).status_code == 303
    assert signed_in(client)


def test_claims_that_fill_several_cookies_are_read_whole(
    client: TestClient, there: Provider
) -> None:
    there.says = {"preferred_username": "nurse", "groups": [f"group-{n:04}" for n in range(900)]}
    assert arrive(client).status_code == 303


@pytest.mark.usefixtures("there")
def test_coming_again_ends_the_former_sign_in_of_the_browser(
    client: TestClient, served: Site
) -> None:
    arrive(client)
    first, back = client.cookies[COOKIE], client.get(START, params={"next": "/due"})
    assert (back.status_code, back.headers["location"]) == (303, "/due")
    client.cookies.delete(COOKIE)
    way = at_provider(to_provider(client))
    client.cookies.set(COOKIE, first, domain="testserver.local")
    client.get(way)
    with reading(served.here.database) as session:
        assert standing(session, served.center, first, served.clock()) is None


def test_a_one_time_password_is_void_once_its_owner_has_come_by_the_hospital(
    client: TestClient, there: Provider, served: Site
) -> None:
    there.says = {"preferred_username": NEWCOMER}
    assert try_sign_in(client, NEWCOMER)[:2] == (303, "/password")
    answer = arrive(client)
    assert answer.headers["location"] == "/"
    assert client.get("/").status_code == 200
    assert acts(served)[-2:] == [
        (NEWCOMER, "account.void", NEWCOMER), (NEWCOMER, "sign_in.hospital", NEWCOMER),
    ]  # fmt: skip
    with reading(served.here.database) as session:
        account = find_account(session, served.center, NEWCOMER)
    assert account is not None
    assert not account.must_change
    assert try_sign_in(client, NEWCOMER)[0] == 401


@pytest.mark.usefixtures("there")
def test_a_password_of_ones_own_stays(client: TestClient) -> None:
    arrive(client)
    assert try_sign_in(client, "nurse")[0] == 303


# --- who is turned away -----------------------------------------------------------------------


def test_somebody_without_an_account_gets_none(
    client: TestClient, there: Provider, served: Site
) -> None:
    with reading(served.here.database) as session:
        before = list_accounts(session, served.center)
    there.says = {"preferred_username": "Wang.Wei", "role": "admin"}
    answer = arrive(client)
    turned_away(client, answer)
    assert "knows you as wang.wei, but there is no account" in answer.text
    with reading(served.here.database) as session:
        assert list_accounts(session, served.center) == before
    assert acts(served)[-1] == ("wang.wei", "sign_in.hospital_unknown", "wang.wei")


def test_a_closed_account_stays_closed(client: TestClient, there: Provider, served: Site) -> None:
    there.says = {"preferred_username": "doctor"}
    with writing(served.here.database) as session:
        disable(session, served.center, "doctor", served.clock())
    answer = arrive(client)
    with writing(served.here.database) as session:
        enable(session, served.center, "doctor", served.clock())
    turned_away(client, answer)
    assert "The account doctor is closed" in answer.text
    assert acts(served)[-1] == ("doctor", "sign_in.hospital_closed", "doctor")


@pytest.mark.usefixtures("there")
def test_an_account_that_is_closed_afterwards_is_out_at_once(
    client: TestClient, served: Site
) -> None:
    arrive(client)
    with writing(served.here.database) as session:
        disable(session, served.center, "nurse", served.clock())
        enable(session, served.center, "nurse", served.clock())
    assert not signed_in(client)


@pytest.mark.parametrize(
    "wrong",
    [
        {"wrong": {"iss": "http://elsewhere.example"}},
        {"wrong": {"aud": "another program"}},
        {"wrong": {"nonce": "of another browser"}},
        {"wrong": {"exp": int(time.time()) - 3600, "iat": int(time.time()) - 7200}},
        {"forged": True},
        {"unsigned": True},
        {"tokenless": True},
    ],
    ids=lambda wrong: ",".join([*wrong, *wrong.get("wrong", {})] if "wrong" in wrong else wrong),
)
def test_a_token_that_proves_nothing_opens_nothing(
    client: TestClient, there: Provider, served: Site, wrong: dict[str, Any]
) -> None:
    for name, value in wrong.items():
        setattr(there, name, value)
    answer = arrive(client)
    turned_away(client, answer)
    assert "is not valid, too old or was used before" in answer.text
    assert acts(served)[-1] == ("-", "sign_in.hospital_failed", "testclient")


@pytest.mark.parametrize("told", [None, 7, "", "nurse\n", "nurse" * 20, ["nurse"]])
def test_what_is_no_name_is_nobody(client: TestClient, there: Provider, told: object) -> None:
    there.says = {"preferred_username": told}
    turned_away(client, arrive(client))


# --- attacks ----------------------------------------------------------------------------------


@pytest.mark.usefixtures("there")
@pytest.mark.parametrize("secret", ["a secret that somebody guessed", COOKIE_SECRET])
def test_no_cookie_that_a_browser_brings_says_who_somebody_is(
    client: TestClient, secret: str
) -> None:
    """Not even one that is signed rightly: what the provider said counts once, when it is said."""
    forged = json.dumps({"preferred_username": "admin", "is_logged_in": True, "origin": ORIGIN})
    value = create_signed_value(secret, "_streamlit_user", forged).decode()
    client.cookies.set("_streamlit_user", value, domain="testserver.local")
    for path in ("/", "/signin", CALLBACK, f"{CALLBACK}?state=x&code=y"):
        answer = client.get(path)
        assert COOKIE not in client.cookies, (path, answer.status_code)
    assert not signed_in(client)


@pytest.mark.usefixtures("there")
def test_a_way_back_without_its_state_leads_nowhere(client: TestClient, there: Provider) -> None:
    to_provider(client)
    there.asked.clear()
    for query in ("", "?code=code-1", "?state=&code=code-1", "?state=made-up&code=code-1",
                  "?error=access_denied&error_description=%3Cscript%3E"):  # fmt: skip
        answer = client.get(f"{CALLBACK}{query}")
        turned_away(client, answer)
        assert "<script>" not in answer.text
    assert there.asked == []


@pytest.mark.usefixtures("there")
def test_a_way_back_of_another_browser_leads_nowhere(client: TestClient, built: Starlette) -> None:
    """Nobody is signed in as somebody else by a link that they were sent."""
    link = at_provider(to_provider(client))
    victim = browser(built)
    turned_away(victim, victim.get(link))
    to_provider(victim)
    turned_away(victim, victim.get(link))


@pytest.mark.usefixtures("there")
def test_a_way_back_counts_once(client: TestClient, built: Starlette) -> None:
    link = at_provider(to_provider(client))
    session = client.cookies[SESSION]
    assert client.get(link).status_code == 303
    thief = browser(built)
    turned_away(thief, thief.get(link))
    thief.cookies.set(SESSION, session, domain="testserver.local")
    turned_away(thief, thief.get(link))


@pytest.mark.usefixtures("there")
@pytest.mark.parametrize(
    "back", ["//elsewhere.example", "https://elsewhere.example/x", "/\\elsewhere.example", "due"]
)
def test_nobody_is_led_elsewhere(client: TestClient, back: str) -> None:
    location = to_provider(client, back)
    assert "elsewhere" not in location
    assert parse_qs(urlsplit(location).query)["redirect_uri"] == [f"{ORIGIN}{CALLBACK}"]
    assert client.get(at_provider(location)).headers["location"] == "/"
    enter(client, "nurse")
    assert client.get(START, params={"next": back}).headers["location"] == "/"


@pytest.mark.usefixtures("there")
def test_failures_run_out_for_an_address_and_come_back_with_time(
    client: TestClient, served: Site, hours: Clock
) -> None:
    before = len(acts(served))
    statuses = [client.get(CALLBACK).status_code for _ in range(PER_ADDRESS.tries + 2)]
    assert statuses == [403] * PER_ADDRESS.tries + [429, 429]
    assert len(acts(served)) == before + PER_ADDRESS.tries
    hours.pass_by(timedelta(seconds=PER_ADDRESS.seconds))
    assert arrive(client).status_code == 303


@pytest.mark.usefixtures("there")
def test_many_begun_ways_do_not_fill_the_cookie(client: TestClient) -> None:
    for _ in range(40):
        location = to_provider(client)
    assert len(client.cookies[SESSION]) < 1500
    assert client.get(at_provider(location)).status_code == 303


def test_nothing_but_its_two_addresses_is_opened_by_it(
    client: TestClient, built: Starlette
) -> None:
    free = (Needs.NOTHING, Needs.SINGLE_SIGN_ON)
    closed = {path for path in map(address, flat(built.routes)) if way_of(path).need not in free}
    assert {"/auth/login", "/media/x"} <= closed
    answers = {client.get(path, headers=FETCH).status_code for path in sorted(closed)}
    assert answers == {401}


@pytest.mark.parametrize("path", ["/auth/login", "/auth/logout", "/auth/login?provider=x"])
def test_streamlits_own_addresses_stay_closed(client: TestClient, path: str) -> None:
    assert client.get(path, headers=FETCH).status_code == 401
    enter(client, "admin")
    assert client.get(path, headers=FETCH).status_code == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_other_methods_get_nothing_of_streamlits(client: TestClient, method: str) -> None:
    for path in (START, CALLBACK):
        answer = client.request(method, path, headers={"origin": ORIGIN})
        assert (answer.status_code, "Streamlit" in answer.text) == (404, False)


def test_a_provider_that_does_not_answer_is_said_to_be_silent(
    client: TestClient, there: Provider
) -> None:
    there.silent = True
    answer = client.get(START)
    turned_away(client, answer, 503)
    assert "Sign in with name and password." in answer.text


def test_without_the_setting_there_is_no_button(served: Site, hours: Clock) -> None:
    with browser(stub(replace(served, single_sign_on=""), hours)) as client:
        page = client.get("/signin")
        assert "hospital" not in page.text
        for path in (START, CALLBACK):
            assert client.get(path).headers["location"] == "/signin"
            assert client.get(path, headers=FETCH).status_code == 401
        enter(client, "admin")
        for path in (START, CALLBACK):
            assert client.get(path, headers=FETCH).status_code == 404
