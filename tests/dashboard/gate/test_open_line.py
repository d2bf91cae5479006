"""A page that stays open: it ends with its sign-in, and does not keep it alive by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from starlette.testclient import TestClient, WebSocketTestSession
from starlette.websockets import WebSocketDisconnect
from streamlit.proto.BackMsg_pb2 import BackMsg

from dashboard.gate.activity import is_a_click
from dashboard.gate.open_line import ASKED_AGAIN
from dashboard.site import Site
from db.access.sign_ins import IDLE, sign_out, standing
from db.connection import reading, writing
from tests.dashboard.gate.world import ORIGIN, Clock, enter

SOON = timedelta(seconds=ASKED_AGAIN + 1)


def message(*, by_itself: bool = False) -> bytes:
    """What Streamlit's page sends for a run."""
    told = BackMsg()
    told.rerun_script.query_string = "x"
    told.rerun_script.is_auto_rerun = by_itself
    return bytes(told.SerializeToString())


def opened(client: TestClient) -> WebSocketTestSession:
    return client.websocket_connect("/_stcore/stream", headers={"origin": ORIGIN})


def leave(site: Site, secret: str) -> None:
    with writing(site.here.database) as session:
        sign_out(session, site.center, secret, site.clock())


def test_a_click_after_the_sign_in_was_ended_reaches_nothing(
    client: TestClient, site: Site
) -> None:
    secret = enter(client, "nurse")
    with opened(client) as line:
        line.send_bytes(message())
        assert line.receive_bytes() == message()
        leave(site, secret)
        line.send_bytes(message())
        with pytest.raises(WebSocketDisconnect) as ended:
            line.receive_bytes()
    assert ended.value.code == 4401


def test_what_a_page_sends_by_itself_is_asked_about_every_few_seconds(
    client: TestClient, site: Site, clock: Clock
) -> None:
    secret = enter(client, "nurse")
    with opened(client) as line:
        leave(site, secret)
        line.send_bytes(message(by_itself=True))
        assert line.receive_bytes() == message(by_itself=True)
        clock.pass_by(SOON)
        line.send_bytes(message(by_itself=True))
        with pytest.raises(WebSocketDisconnect):
            line.receive_bytes()


def test_clicks_keep_a_sign_in_alive_and_timers_do_not(
    client: TestClient, site: Site, clock: Clock
) -> None:
    secret = enter(client, "nurse")
    with opened(client) as line:
        for by_itself, alive in ((False, True), (True, True), (True, False)):
            clock.pass_by(IDLE - timedelta(minutes=1) if alive else timedelta(minutes=2))
            line.send_bytes(message(by_itself=by_itself))
            if alive:
                line.receive_bytes()
        with pytest.raises(WebSocketDisconnect):
            line.receive_bytes()
    with reading(site.here.database) as session:
        assert standing(session, site.center, secret, clock.now) is None


@pytest.mark.parametrize("told", [b"", b"\xff\xff", BackMsg(stop_script=True).SerializeToString()])
def test_what_is_no_run_is_no_click(told: bytes) -> None:
    assert not is_a_click(told)
    assert is_a_click(message())
    assert not is_a_click(message(by_itself=True))
