"""What the gate lets through: every address of its table for every role and for nobody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from dashboard.gate.gate import FILES_WITHIN, NO_SIGN_IN
from dashboard.gate.paths import OPEN, Needs, Way, home_of, plain_path, way_of, ways
from dashboard.rights import Right, may
from dashboard.screens.listed import SCREENS
from dashboard.site import Site
from db.access.accounts import disable, set_role
from db.access.sign_ins import sign_out
from db.connection import writing
from domain.account import Role
from tests.dashboard.gate.world import (
    HOST,
    NEWCOMER,
    ORIGIN,
    Clock,
    browser,
    enter,
    name_of,
    site_with,
    stub,
)

REACHED = '{"reached":'
OWN_PAGES = ("/signout", "/password", "/signed-in")


def example(way: Way) -> str:
    """An address that belongs to a line of the table."""
    return f"{way.path}example" if way.path.endswith("/") and way.path != "/" else way.path


def behind() -> list[Way]:
    """The lines that something else than the gate's own routes answers."""
    return [way for way in ways() if way not in OPEN and way.path not in OWN_PAGES]


@pytest.mark.parametrize("way", behind(), ids=lambda way: way.path)
def test_nobody_reaches_anything_without_a_sign_in(client: TestClient, way: Way) -> None:
    page = client.get(example(way))
    assert (page.status_code, page.headers["location"].partition("?")[0]) == (303, "/signin")
    for method in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"):
        fetched = client.request(method, example(way), headers={"accept": "*/*", "origin": ORIGIN})
        assert fetched.status_code == 401, method
        assert REACHED not in fetched.text


@pytest.mark.parametrize("role", Role, ids=lambda role: role.value)
def test_a_role_reaches_what_its_rights_say_and_nothing_else(
    client: TestClient, role: Role
) -> None:
    enter(client, name_of(role))
    for way in behind():
        path = example(way)
        answer = client.get(path)
        match way.need:
            case Needs.SIGN_IN:
                expected = 200
            case Right() as right if may(role, right):
                expected = 303 if path == home_of(role) else 200
            case Right():
                expected = 403
            case _:
                expected = 404
        assert (path, answer.status_code) == (path, expected)
        assert (REACHED in answer.text) == (expected == 200), path


@pytest.mark.parametrize("role", Role, ids=lambda role: role.value)
def test_every_screen_is_in_the_table_under_its_right(role: Role) -> None:
    table = {screen.path: way_of(f"/{screen.path}").need for screen in SCREENS}
    assert table == {screen.path: screen.right for screen in SCREENS}
    assert home_of(role) in {f"/{path}" for path in table}


def test_a_page_can_ask_whether_it_is_still_signed_in(client: TestClient) -> None:
    fetched = {"accept": "*/*"}
    assert client.get("/signed-in", headers=fetched).status_code == 401
    enter(client, "nurse")
    assert client.get("/signed-in", headers=fetched).status_code == 204


def test_the_first_screen_of_a_role_is_its_start_page(client: TestClient) -> None:
    enter(client, name_of(Role.ADMIN))
    answer = client.get(f"{home_of(Role.ADMIN)}?m=HD-01")
    assert (answer.status_code, answer.headers["location"]) == (303, "/?m=HD-01")


def test_what_is_not_in_the_table_is_closed_even_to_an_administrator(client: TestClient) -> None:
    enter(client, name_of(Role.ADMIN))
    for path in ("/unknown", "/accounts/", "/_stcore", "/_stcore/metrics", "/_stcore/agent/mcp"):
        answer = client.get(path)
        assert (answer.status_code, REACHED in answer.text) == (404, False), path


@pytest.mark.parametrize("path", ["/p/x/y", "/ics/x", "/wall/x/y/z", "/signin/x"])
def test_below_open_addresses_there_is_nothing_of_streamlits(client: TestClient, path: str) -> None:
    for method in ("GET", "POST"):
        answer = client.request(method, path, headers={"origin": ORIGIN})
        assert answer.status_code in (303, 404)
        assert REACHED not in answer.text


@pytest.mark.parametrize(
    ("path", "plain"),
    [
        ("/week", True),
        ("/p/a.b", True),
        ("/p/..", False),
        ("/p/../week", False),
        ("//week", False),
        ("/p/./x", False),
        ("/p\\..\\x", False),
        ("/p/\x00", False),
        ("", False),
    ],
)
def test_an_address_with_detours_is_no_address(path: str, plain: bool) -> None:
    assert plain_path(path) is plain


def test_somebody_with_a_one_time_password_reaches_only_the_page_to_change_it(
    client: TestClient,
) -> None:
    enter(client, NEWCOMER)
    for way in behind():
        page = client.get(example(way))
        assert (page.status_code, page.headers["location"]) == (303, "/password")
        assert client.get(example(way), headers={"accept": "*/*"}).status_code == 403
    assert client.get("/password").status_code == 200


Change = Callable[[Site, str], None]


def leave(site: Site, secret: str) -> None:
    with writing(site.here.database) as session:
        sign_out(session, site.center, secret, site.clock())


def close(site: Site, secret: str) -> None:
    del secret
    with writing(site.here.database) as session:
        disable(session, site.center, "nurse", site.clock())


def promote(site: Site, secret: str) -> None:
    del secret
    with writing(site.here.database) as session:
        set_role(session, site.center, "nurse", Role.HEAD_NURSE, site.clock())


@pytest.mark.parametrize("change", [leave, close, promote])
def test_a_sign_in_that_was_ended_opens_nothing_at_once(
    client: TestClient, site: Site, change: Change
) -> None:
    secret = enter(client, "nurse")
    assert client.get("/media/x").status_code == 200
    change(site, secret)
    assert client.get("/media/x", headers={"accept": "*/*"}).status_code == 401


def test_of_a_page_that_is_fetched_in_many_files_the_first_is_asked_about(
    client: TestClient, site: Site, clock: Clock
) -> None:
    fetched = {"accept": "*/*"}
    secret = enter(client, "nurse")
    assert client.get("/static/js/one", headers=fetched).status_code == 200
    leave(site, secret)
    assert client.get("/static/js/two", headers=fetched).status_code == 200
    assert client.get("/media/x", headers=fetched).status_code == 401
    clock.pass_by(timedelta(seconds=FILES_WITHIN))
    assert client.get("/static/js/two", headers=fetched).status_code == 401


def test_cookies_of_other_programs_on_this_machine_do_not_matter(client: TestClient) -> None:
    secret = enter(client, "nurse")
    strange = f'a={{"b": 1}}; =; c; d="x y; clearshift_sign_in={secret}; e=\xff'
    client.cookies.clear()
    answer = client.get("/media/x", headers={"cookie": strange.encode("latin-1")})
    assert answer.status_code == 200


def test_a_websocket_is_refused_without_a_sign_in(client: TestClient) -> None:
    for path in ("/_stcore/stream", "/wall/x", "/healthz", "/signin", "/accounts", "/any"):
        with (
            pytest.raises(WebSocketDisconnect) as refused,
            client.websocket_connect(path, headers={"origin": ORIGIN}),
        ):
            pass
        assert refused.value.code == NO_SIGN_IN


@pytest.mark.parametrize("origin", ["http://elsewhere.example", "null", ""])
def test_a_websocket_of_another_page_is_refused(client: TestClient, origin: str) -> None:
    enter(client, "nurse")
    with client.websocket_connect("/_stcore/stream", headers={"origin": ORIGIN}) as line:
        line.send_bytes(b"ping")
        assert line.receive_bytes() == b"ping"
    with (
        pytest.raises(WebSocketDisconnect),
        client.websocket_connect("/_stcore/stream", headers={"origin": origin}),
    ):
        pass


def test_a_websocket_of_a_one_time_password_is_refused(client: TestClient) -> None:
    enter(client, NEWCOMER)
    with (
        pytest.raises(WebSocketDisconnect),
        client.websocket_connect("/_stcore/stream", headers={"origin": ORIGIN}),
    ):
        pass


def test_changes_are_taken_only_from_pages_of_ours(client: TestClient) -> None:
    enter(client, "nurse")
    for origin in ("http://elsewhere.example", "null", "https://testserver.evil", "http://["):
        answer = client.put("/_stcore/upload_file/a/b", headers={"origin": origin})
        assert answer.status_code == 403, origin
    assert client.put("/_stcore/upload_file/a/b").status_code == 403
    assert client.put("/_stcore/upload_file/a/b", headers={"origin": ORIGIN}).status_code == 200


@pytest.mark.parametrize(
    ("host", "status"),
    [
        (HOST, 200),
        (f"{HOST}:8501", 200),
        ("TESTSERVER.", 200),
        ("127.0.0.1:8501", 200),
        ("[::1]:8501", 200),
        ("localhost", 200),
        ("elsewhere.example", 400),
        ("testserver@elsewhere.example", 400),
        ("testserver:x", 400),
        ("", 400),
    ],
)
def test_only_our_own_names_are_answered(client: TestClient, host: str, status: int) -> None:
    assert client.get("/healthz", headers={"host": host}).status_code == status


def test_without_a_list_of_names_any_will_do(site: Site, clock: Clock) -> None:
    with browser(stub(site, clock, hosts=())) as client:
        assert client.get("/healthz", headers={"host": "any.example"}).status_code == 200


def test_behind_https_a_page_served_without_it_may_change_nothing(site: Site, clock: Clock) -> None:
    folder = site.papers.parent
    secure = site_with(folder, clock, secure=True)
    with browser(stub(secure, clock), f"https://{HOST}") as client:
        answer = client.post("/signin", headers={"origin": f"http://{HOST}"})
        assert answer.status_code == 403
        page = client.get("/signin")
        assert page.headers["strict-transport-security"] == "max-age=31536000"
        assert "secure" in page.headers["set-cookie"].lower()
