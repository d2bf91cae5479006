"""Signing in and out: forms, fixation, throttling, expiry, and what is said to strangers."""

from __future__ import annotations

import time
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from starlette.testclient import TestClient

from dashboard.gate.throttle import PER_ACCOUNT, PER_ADDRESS
from dashboard.site import Site
from db.access.accounts import disable
from db.access.audit import Asked, list_entries
from db.access.passwords import hashed, matches
from db.access.sign_ins import ABSOLUTE, IDLE, standing
from db.connection import reading, writing
from tests.dashboard.gate.world import (
    NEWCOMER,
    ORIGIN,
    PASSWORD,
    Clock,
    browser,
    enter,
    site_with,
    stub,
    token_of,
    try_sign_in,
)

COOKIE = "clearshift_sign_in"
WRONG = "The name or the password is wrong."
FETCH = {"accept": "*/*"}


def acts(site: Site) -> list[tuple[str, str]]:
    with reading(site.here.database) as session:
        entries = list_entries(session, site.center, Asked(), ZoneInfo("UTC"))
    return [(one.who, one.act) for one in reversed(entries)]


def test_the_right_password_opens_the_page_that_was_wanted(client: TestClient) -> None:
    refused = client.get("/accounts")
    assert refused.headers["location"] == "/signin?next=%2Faccounts"
    assert try_sign_in(client, " Admin ", back="/accounts")[:2] == (303, "/accounts")
    assert client.get("/signin").headers["location"] == "/"


@pytest.mark.parametrize(
    "back", ["//elsewhere.example", "https://elsewhere.example", "/\\elsewhere", "x", "/a\nb", ""]
)
def test_signing_in_leads_nowhere_else(client: TestClient, back: str) -> None:
    assert try_sign_in(client, "nurse", back=back)[:2] == (303, "/")


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(client: TestClient) -> None:
    token = token_of(client.get("/signin").text)
    fields = {"name": "nurse", "password": PASSWORD, "token": token}
    answer = client.post("/signin", data=fields, headers={"origin": ORIGIN})
    cookie = next(one for one in answer.headers.get_list("set-cookie") if COOKIE in one)
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Path=/" in cookie
    assert "Max-Age" not in cookie


def test_strangers_closed_accounts_and_wrong_passwords_get_the_same_answer(
    client: TestClient, site: Site
) -> None:
    with writing(site.here.database) as session:
        disable(session, site.center, "doctor", site.clock())
    said = set()
    for name, password in (("nobody", PASSWORD), ("doctor", PASSWORD), ("nurse", "wrong")):
        status, _, page = try_sign_in(client, name, password)
        assert (status, WRONG in page) == (401, True)
        said.add(page.replace(f'value="{name}"', "").replace(token_of(page), ""))
        assert COOKIE not in client.cookies
    assert len(said) == 1


def test_a_stranger_waits_as_long_as_somebody_with_an_account() -> None:
    stored = hashed(PASSWORD)
    assert not matches("warm up", None)

    def quickest(stored: str | None) -> float:
        taken = []
        for _ in range(3):
            begun = time.perf_counter()
            matches("wrong", stored)
            taken.append(time.perf_counter() - begun)
        return min(taken)

    assert 1 / 4 < quickest(None) / quickest(stored) < 4


def test_a_secret_that_was_there_before_is_not_taken_over(client: TestClient, site: Site) -> None:
    first = enter(client, "nurse")
    client.cookies.set(COOKIE, "planted", domain="testserver.local")
    token = token_of(browser(client.app).get("/signin").text)  # type: ignore[arg-type]
    assert token != ""
    second = enter(client, "nurse")
    assert len({first, second, "planted"}) == 3
    with reading(site.here.database) as session:
        assert standing(session, site.center, "planted", site.clock()) is None
        assert standing(session, site.center, second, site.clock()) is not None


def test_signing_in_again_ends_the_sign_in_of_the_same_browser(
    client: TestClient, site: Site
) -> None:
    first = enter(client, "nurse")
    token = token_of(client.get("/signout").text)
    fields = {"name": "admin", "password": PASSWORD, "token": token}
    answer = client.post("/signin", data=fields, headers={"origin": ORIGIN})
    assert answer.status_code == 303
    with reading(site.here.database) as session:
        assert standing(session, site.center, first, site.clock()) is None


def test_wrong_tries_run_out_for_an_account_and_come_back_with_time(
    client: TestClient, clock: Clock
) -> None:
    for _ in range(PER_ACCOUNT.tries):
        assert try_sign_in(client, "nurse", "wrong")[0] == 401
    token = token_of(client.get("/signin").text)
    fields = {"name": "nurse", "password": PASSWORD, "token": token}
    answer = client.post("/signin", data=fields, headers={"origin": ORIGIN})
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "30")
    assert "wait 30 seconds" in answer.text
    assert try_sign_in(client, "admin")[0] == 303
    clock.pass_by(timedelta(seconds=30))
    assert try_sign_in(client, "nurse")[0] == 303


def test_wrong_tries_run_out_for_an_address_whatever_the_name(client: TestClient) -> None:
    token = token_of(client.get("/signin").text)
    statuses = []
    for number in range(PER_ADDRESS.tries + 1):
        fields = {"name": f"guess{number}", "password": "x" * 300, "token": token}
        answer = client.post("/signin", data=fields, headers={"origin": ORIGIN})
        statuses.append(answer.status_code)
    assert statuses == [*[401] * PER_ADDRESS.tries, 429]


def test_right_passwords_are_not_counted(client: TestClient) -> None:
    for _ in range(PER_ACCOUNT.tries + 2):
        assert try_sign_in(client, "nurse")[0] == 303


def test_a_sign_in_ends_after_a_while_without_a_click(client: TestClient, clock: Clock) -> None:
    enter(client, "nurse")
    clock.pass_by(IDLE - timedelta(seconds=1))
    assert client.get("/").status_code == 200
    clock.pass_by(IDLE - timedelta(seconds=1))
    assert client.get("/media/x", headers=FETCH).status_code == 200
    clock.pass_by(timedelta(seconds=1))
    assert client.get("/media/x", headers=FETCH).status_code == 401
    page = client.get("/signin")
    assert "Your sign-in has ended." in page.text
    assert COOKIE not in client.cookies


def test_a_sign_in_ends_after_a_working_day_whatever_is_clicked(
    client: TestClient, clock: Clock
) -> None:
    enter(client, "nurse")
    for _ in range(int(ABSOLUTE / timedelta(minutes=20)) - 1):
        clock.pass_by(timedelta(minutes=20))
        assert client.get("/").status_code == 200
    clock.pass_by(timedelta(minutes=20))
    assert client.get("/").status_code == 303


def test_a_form_that_this_browser_was_not_given_is_not_taken(client: TestClient) -> None:
    client.get("/signin")
    for token in ("", "0" * 64):
        fields = {"name": "nurse", "password": PASSWORD, "token": token}
        answer = client.post("/signin", data=fields, headers={"origin": ORIGIN})
        assert (answer.status_code, COOKIE in client.cookies) == (400, False)


@pytest.mark.parametrize(
    "body", [b"x=" + b"a" * 20_000, b"\xff", b"&".join([b"a=b"] * 50), b"name=%FF"]
)
def test_what_is_no_form_is_refused(client: TestClient, body: bytes) -> None:
    answer = client.post("/signin", content=body, headers={"origin": ORIGIN})
    assert answer.status_code == 400


def test_signing_out_ends_it_in_the_database(client: TestClient, site: Site) -> None:
    secret = enter(client, "nurse")
    token = token_of(client.get("/signout").text)
    with reading(site.here.database) as session:
        assert standing(session, site.center, secret, site.clock()) is not None
    wrong = client.post("/signout", data={"token": "0" * 64}, headers={"origin": ORIGIN})
    assert wrong.status_code == 403
    answer = client.post("/signout", data={"token": token}, headers={"origin": ORIGIN})
    assert (answer.status_code, answer.headers["location"]) == (303, "/signin")
    with reading(site.here.database) as session:
        assert standing(session, site.center, secret, site.clock()) is None
    assert acts(site)[-2:] == [("nurse", "sign_in"), ("nurse", "sign_out")]


@pytest.mark.parametrize(
    "headers", [{"referer": f"{ORIGIN}/week"}, {"sec-fetch-site": "same-origin"}]
)
def test_a_link_on_a_page_of_ours_signs_out_at_once(
    client: TestClient, headers: dict[str, str]
) -> None:
    enter(client, "nurse")
    assert client.get("/signout", headers=headers).headers["location"] == "/signin"
    assert client.get("/").status_code == 303


def test_a_link_on_another_site_signs_nobody_out(client: TestClient) -> None:
    enter(client, "nurse")
    elsewhere = {"referer": "http://elsewhere.example/x", "sec-fetch-site": "cross-site"}
    assert "Sign out in this browser?" in client.get("/signout", headers=elsewhere).text
    assert client.get("/").status_code == 200


def test_the_audit_keeps_who_signed_in_and_no_name_that_is_none(
    client: TestClient, site: Site
) -> None:
    try_sign_in(client, "my password typed into the wrong field", "x")
    try_sign_in(client, "nurse", "wrong")
    try_sign_in(client, "nurse")
    assert acts(site) == [("nurse", "sign_in.refused"), ("nurse", "sign_in")]


def test_somebody_whose_password_another_knows_is_led_to_change_it(client: TestClient) -> None:
    assert try_sign_in(client, NEWCOMER)[:2] == (303, "/password")


def test_the_language_is_chosen_and_kept(client: TestClient) -> None:
    assert '<html lang="en">' in client.get("/signin").text
    assert '<html lang="zh-CN">' in client.get("/signin", headers=CHINESE).text
    answer = client.get("/language/zh", headers={"referer": f"{ORIGIN}/signin?next=/x"})
    assert answer.headers["location"] == "/signin?next=/x"
    assert '<html lang="zh-CN">' in client.get("/signin").text
    assert client.get("/language/zh?next=//elsewhere").headers["location"] == "/"
    for referer in ("http://elsewhere.example/x", "http://["):
        away = {"referer": referer}
        assert client.get("/language/en", headers=away).headers["location"] == "/"
    assert client.get("/language/fr").status_code == 404


CHINESE = {"accept-language": "zh-CN,zh;q=0.9,en;q=0.8"}


def test_a_demonstration_says_where_its_passwords_are(site: Site, clock: Clock) -> None:
    demo = site_with(site.papers.parent, clock, demo=True)
    with browser(stub(demo, clock)) as client:
        assert "stand in the terminal" in client.get("/signin").text


def test_a_name_is_written_as_text_and_never_as_markup(client: TestClient) -> None:
    _, _, page = try_sign_in(client, '"><script>alert(1)</script>', "x")
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
