"""What is missing before anybody can sign in by the hospital is said before the server starts."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.gate.provider import login_faults
from tests.dashboard.gate.identity_provider import Provider, secrets_of, streamlit_secrets

ADDRESS = "https://plan.example.org"
THERE = Provider("https://id.example.org")


def faults(file: Path, text: str) -> list[str]:
    """What is found with this text as Streamlit's secrets."""
    file.write_text(text, encoding="utf-8")
    with streamlit_secrets(file):
        return [str(fault) for fault in login_faults(ADDRESS)]


def test_a_whole_setup_has_no_fault(tmp_path: Path) -> None:
    assert faults(tmp_path / "secrets.toml", secrets_of(THERE, ADDRESS)) == []


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"redirect_uri": f"{ADDRESS}/"}, "redirect_uri in [auth] is https://plan.example.org/;"),
        ({"cookie_secret": "short"}, "cookie_secret in [auth] needs 32 random characters"),
        ({"server_metadata_url": "http://id.example.org/x"}, "begins with https:"),
        ({"server_metadata_url": "ftp://127.0.0.1/x"}, "begins with https:"),
        ({"server_metadata_url": "http://127.0.0.1.example.org/x"}, "begins with https:"),
    ],
)
def test_a_setup_that_is_not_safe_is_named(
    tmp_path: Path, changed: dict[str, str], said: str
) -> None:
    (fault,) = faults(tmp_path / "secrets.toml", secrets_of(THERE, ADDRESS, **changed))
    assert said in fault


@pytest.mark.parametrize("host", ["127.0.0.1:9", "localhost", "[::1]:9"])
def test_a_provider_on_this_machine_needs_no_tls(tmp_path: Path, host: str) -> None:
    text = secrets_of(THERE, ADDRESS, server_metadata_url=f"http://{host}/x")
    assert faults(tmp_path / "secrets.toml", text) == []


@pytest.mark.parametrize("text", ["", "[other]\na = 1\n", "[auth]\nclient_id = 'x'\n", "[auth"])
def test_half_a_setup_is_none(tmp_path: Path, text: str) -> None:
    (fault,) = faults(tmp_path / "secrets.toml", text)
    assert fault.startswith("Single sign-on is not set up: ")


def test_without_a_file_it_is_not_set_up(tmp_path: Path) -> None:
    with streamlit_secrets(tmp_path / "none.toml"):
        (fault,) = login_faults(ADDRESS)
    assert "secrets.toml" in str(fault)


def test_without_the_package_that_does_it_nobody_can(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dashboard.gate.provider.is_authlib_installed", lambda: False)
    (fault,) = login_faults(ADDRESS)
    assert "needs the package Authlib" in str(fault)
