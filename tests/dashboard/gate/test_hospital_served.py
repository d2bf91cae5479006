"""The whole way in as it is for people: `clearshift serve` in a process of its own, a provider at
another address, and a browser that follows wherever it is sent."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from devices.mqtt.ports import free_port
from tests.dashboard.gate.identity_provider import Provider, provider, secrets_of
from tests.dashboard.world import copy_world
from tests.house.tree import ROOT

LINE_UP = 8
"""Tries to connect, each later than the one before: a server needs seconds to start."""


@contextmanager
def serving(folder: Path, there: Provider) -> Iterator[str]:
    """The address of a server with its databases and secrets in a folder."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    (folder / ".streamlit").mkdir()
    (folder / ".streamlit" / "secrets.toml").write_text(secrets_of(there, address), "utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "clearshift", "serve"],
        cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "CLEARSHIFT_WEB__PORT": str(port),
            "CLEARSHIFT_WEB__SINGLE_SIGN_ON": "preferred_username",
        },
    )  # fmt: skip
    try:
        yield address
    finally:
        process.kill()
        process.communicate()


@pytest.fixture
def there() -> Iterator[Provider]:
    with provider() as running:
        yield running


def test_from_the_button_to_the_screen_and_out_again(
    staffed_world: Path, tmp_path: Path, there: Provider
) -> None:
    with (
        serving(copy_world(staffed_world, tmp_path / "world"), there) as address,
        httpx.Client(
            base_url=address,
            headers={"accept": "text/html"},
            transport=httpx.HTTPTransport(retries=LINE_UP),
            follow_redirects=True,
        ) as person,
    ):
        form = person.get("/due")
        assert str(form.url) == f"{address}/signin?next=%2Fdue"
        assert "/signin/hospital?next=%2Fdue" in form.text
        screen = person.get("/signin/hospital?next=%2Fdue")
        assert (str(screen.url), screen.status_code) == (f"{address}/due", 200)
        assert there.asked[-1] in ("/keys", "/token")
        assert {cookie.name for cookie in person.cookies.jar} == {
            "clearshift_sign_in", "clearshift_form",
        }  # fmt: skip
        out = person.get("/signout", headers={"referer": f"{address}/due"})
        assert str(out.url) == f"{address}/signin"
        assert str(person.get("/due").url).startswith(f"{address}/signin")
        there.says = {"preferred_username": "somebody.else"}
        away = person.get("/signin/hospital")
        assert (away.status_code, "no account of that name" in away.text) == (403, True)
