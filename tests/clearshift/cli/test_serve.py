"""Starting the screens: who can sign in, what is refused. The server itself is tried elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from clearshift.cli import serve as module
from dashboard.site import Site
from db.telemetry.connection import open_telemetry
from db.telemetry.migrations import upgrade
from domain.words import words
from tests.clearshift.cli.calling import Ask, asking


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Site, str, int]]:
    """What would have been served, instead of a server that never ends."""
    seen: list[tuple[Site, str, int]] = []

    def run(site: Site, host: str, port: int, *_rest: Any) -> None:
        seen.append((site, host, port))

    monkeypatch.setattr(module, "run", run)
    return seen


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ask:
    monkeypatch.chdir(tmp_path)
    return asking(capsys)


@pytest.fixture
def center(ask: Ask) -> None:
    ask("sample", "xiamao", "--out", "center")
    ask("import", "center")
    upgrade(open_telemetry("sqlite:///telemetry.db"))


def test_without_a_database_there_is_nothing_to_serve(ask: Ask) -> None:
    assert "There is no database" in ask("serve", code=2).err


@pytest.mark.usefixtures("center")
def test_the_first_start_shows_an_administrator_once(
    ask: Ask, served: list[tuple[Site, str, int]]
) -> None:
    first = ask("serve")
    assert "admin    " in first.out
    assert "Open http://127.0.0.1:8501" in first.out
    assert "admin    " not in ask("serve").out
    (site, host, port), _ = served
    assert (site.center, host, port, site.demo, site.secure) == (
        "XIAMAO", "127.0.0.1", 8501, False, False,
    )  # fmt: skip


@pytest.mark.usefixtures("center", "served")
def test_the_demo_has_ready_accounts_and_says_how_to_get_in_again(ask: Ask) -> None:
    first = ask("serve", "--demo").out
    assert [line.strip() for line in first.splitlines()[1:6]] == [
        "head", "nurse", "tech", "doctor", "admin",
    ]  # fmt: skip
    assert "clearshift account reset NAME" in ask("serve", "--demo").out


@pytest.mark.usefixtures("center")
def test_the_demo_listens_on_this_machine_only(
    ask: Ask, served: list[tuple[Site, str, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLEARSHIFT_WEB__HOST", "0.0.0.0")
    assert "listens on this machine only" in ask("serve", "--demo", code=2).err
    assert served == []


@pytest.mark.usefixtures("center")
def test_an_https_address_makes_cookies_secure(
    ask: Ask, served: list[tuple[Site, str, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLEARSHIFT_WEB__ADDRESS", "https://plan.example.org")
    assert "Open https://plan.example.org" in ask("serve").out
    assert served[0][0].secure


@pytest.mark.usefixtures("center")
def test_single_sign_on_is_refused_until_it_is_set_up(
    ask: Ask, served: list[tuple[Site, str, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "login_faults", lambda address: (words("no {a}", a=address),))
    ask("serve")
    monkeypatch.setenv("CLEARSHIFT_WEB__SINGLE_SIGN_ON", "preferred_username")
    assert "no http://127.0.0.1:8501" in ask("serve", code=2).err
    assert [one[0].single_sign_on for one in served] == [""]
    monkeypatch.setattr(module, "login_faults", lambda _address: ())
    ask("serve")
    assert served[-1][0].single_sign_on == "preferred_username"
