"""The whole server, as it is built: every route that it has is closed to who is not signed in,
but those that are meant to be open. The routes are asked of the server, not typed here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect
from streamlit import App
from streamlit.runtime import Runtime
from streamlit.runtime.media_file_storage import MediaFileKind

from dashboard.gate.gate import NO_SIGN_IN
from dashboard.gate.paths import Needs, way_of
from dashboard.screens.listed import SCREENS
from dashboard.server import application
from domain.account import Role
from tests.dashboard.gate.world import HOST, ORIGIN, Clock, browser, enter, name_of, site_with
from tests.dashboard.world import copy_world

SECRET_BYTES = b"name,bed\nnobody's business,A1\n"
FETCH = {"accept": "*/*", "origin": ORIGIN}
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


@pytest.fixture(scope="module")
def server(staffed_world: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """The one of this module: Streamlit has one runtime in a process, which goes with it."""
    folder = copy_world(staffed_world, tmp_path_factory.mktemp("served") / "world")
    yield application(site_with(folder, Clock()), (HOST,))
    Runtime._instance = None


@pytest.fixture(scope="module")
def built(server: App) -> Starlette:
    """The routes and the gate, with Streamlit's own behind them."""
    return server._build_starlette_app()


@pytest.fixture
def stranger(built: Starlette) -> TestClient:
    return browser(built)


def flat(routes: Sequence[BaseRoute]) -> Iterator[BaseRoute]:
    """Every route, those within mounts too."""
    for route in routes:
        yield route
        if isinstance(route, Mount):
            yield from flat(route.routes)


def address(route: BaseRoute) -> str:
    """An address that a route answers."""
    assert isinstance(route, Route | Mount | WebSocketRoute), route
    return re.sub(r"\{[^}]*\}", "x", route.path) or "/"


def module_of(endpoint: object) -> str:
    """Where what answers a route was written."""
    while isinstance(endpoint, partial):
        endpoint = endpoint.func
    return str(getattr(endpoint, "__module__", ""))


def meant_to_be_open(path: str) -> bool:
    return way_of(path).need is Needs.NOTHING


def test_the_server_has_the_routes_that_this_test_is_about(built: Starlette) -> None:
    paths = {address(route) for route in flat(built.routes)}
    assert {"/_stcore/metrics", "/_stcore/stream", "/media/x", "/_stcore/upload_file/x/x"} <= paths
    assert {"/signin", "/stream/wall", "/wall/x", "/p/x", "/ics/x.ics"} <= paths


def test_no_route_but_the_open_ones_answers_a_stranger(
    built: Starlette, stranger: TestClient
) -> None:
    paths = {address(route) for route in flat(built.routes)} | {f"/{s.path}" for s in SCREENS}
    for path in sorted(paths):
        if meant_to_be_open(path):
            continue
        assert stranger.get(path).headers["location"].startswith("/signin"), path
        for method in METHODS:
            answer = stranger.request(method, path, headers=FETCH)
            assert (path, method, answer.status_code) == (path, method, 401)
            assert answer.text in ("", "Sign in")


def test_every_open_route_is_one_of_ours(built: Starlette) -> None:
    own = ("dashboard.gate", "dashboard.patient", "dashboard.wall")
    for route in flat(built.routes):
        if isinstance(route, Route) and meant_to_be_open(address(route)):
            assert module_of(route.endpoint).startswith(own), route.path


def test_open_addresses_answer_a_stranger_with_nothing_but_their_own(
    built: Starlette, stranger: TestClient
) -> None:
    paths = {address(route) for route in flat(built.routes)}
    opened = sorted(path for path in paths if meant_to_be_open(path))
    assert "/healthz" in opened
    for path in [*opened, "/p/x/y/z/static/js", "/wall/a/b/c", "/signin/index.html"]:
        for method in METHODS:
            said = stranger.request(method, path, headers=FETCH).text
            assert "<title>Streamlit</title>" not in said, (path, method)


def test_every_route_is_in_the_table_or_closed_to_all(built: Starlette) -> None:
    """What is in no line of the table is refused; this says which routes those are."""
    never = {
        address(route) for route in flat(built.routes)
        if way_of(address(route)).need is Needs.NEVER
    }  # fmt: skip
    assert never == {
        "/_stcore/metrics",
        "/_stcore/script-health-check",
        "/_stcore/agent/interact",
        "/_stcore/agent/openapi.json",
        "/_stcore/agent/mcp",
        "/auth/login",
        "/auth/logout",
    } & {address(route) for route in flat(built.routes)}


def test_the_way_by_the_hospital_is_closed_unless_it_is_set_up(stranger: TestClient) -> None:
    for path in ("/signin/hospital", "/oauth2callback"):
        assert stranger.get(path, headers=FETCH).status_code == 401
    enter(stranger, name_of(Role.ADMIN))
    for path in ("/signin/hospital", "/oauth2callback"):
        assert stranger.get(path, headers=FETCH).status_code == 404


def test_metrics_and_the_way_for_programs_are_closed_even_to_an_administrator(
    stranger: TestClient,
) -> None:
    enter(stranger, name_of(Role.ADMIN))
    for path in ("/_stcore/metrics", "/_stcore/agent/openapi.json", "/auth/login"):
        assert stranger.get(path, headers=FETCH).status_code == 404


def test_the_bytes_of_a_download_are_not_for_strangers(server: App, stranger: TestClient) -> None:
    assert server._runtime is not None
    storage = server._runtime.media_file_mgr._storage
    name = storage.load_and_get_id(
        SECRET_BYTES, "text/csv", MediaFileKind.DOWNLOADABLE, "patients.csv"
    )
    path = storage.get_url(name)
    assert path.startswith("/media/")
    assert stranger.get(path, headers=FETCH).content == b"Sign in"
    enter(stranger, "nurse")
    answer = stranger.get(path, headers=FETCH)
    assert (answer.content, answer.headers["cache-control"]) == (SECRET_BYTES, "no-store")


def test_files_are_not_uploaded_by_strangers_or_from_other_sites(stranger: TestClient) -> None:
    given = {"file": ("week.xlsx", b"PK", "application/octet-stream")}
    path = "/_stcore/upload_file/session/file"
    assert stranger.put(path, files=given, headers=FETCH).status_code == 401
    enter(stranger, "nurse")
    elsewhere = FETCH | {"origin": "http://elsewhere.example"}
    assert stranger.put(path, files=given, headers=elsewhere).status_code == 403


def test_streamlits_line_is_refused_to_strangers(built: Starlette, stranger: TestClient) -> None:
    lines = [address(one) for one in flat(built.routes) if isinstance(one, WebSocketRoute)]
    assert lines == ["/_stcore/stream"]
    for path in lines:
        with (
            pytest.raises(WebSocketDisconnect) as refused,
            stranger.websocket_connect(path, headers={"origin": ORIGIN}),
        ):
            pass
        assert refused.value.code == NO_SIGN_IN


@pytest.mark.parametrize("role", Role, ids=lambda role: role.value)
def test_somebody_signed_in_gets_streamlits_page_for_their_own_screens(
    stranger: TestClient, role: Role
) -> None:
    enter(stranger, name_of(role))
    page = stranger.get("/")
    assert "<title>Streamlit</title>" in page.text
    assert "unsafe-inline" not in page.headers["content-security-policy"].partition("style")[0]
