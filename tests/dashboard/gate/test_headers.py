"""Headers: what a browser claims is not believed, what it must not do it is told."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

import pytest
import streamlit
from starlette.datastructures import MutableHeaders
from starlette.testclient import TestClient

from dashboard.gate.headers import PLAIN_POLICY, app_policy, guard, without_claims
from dashboard.gate.paths import Kind
from tests.dashboard.gate.world import enter

CLAIMS = (
    "x-forwarded-user", "x-forwarded-email", "x-forwarded-groups", "x-forwarded-for",
    "x-remote-user", "x-auth-request-user", "x-user", "x-role", "x-clearshift-role",
    "x-ms-client-principal-name", "x-goog-authenticated-user-email", "x-amzn-oidc-identity",
    "x-webauth-user", "remote-user", "remote_user", "authorization", "forwarded",
)  # fmt: skip


@pytest.mark.parametrize("name", CLAIMS)
def test_a_header_that_says_who_somebody_is_goes_no_further(client: TestClient, name: str) -> None:
    assert client.get("/media/x", headers={name: "admin", "accept": "*/*"}).status_code == 401
    enter(client, "nurse")
    reached = client.get("/media/x", headers={name: "admin", name.upper(): "admin"}).json()
    assert name not in reached["headers"]


def test_what_streamlit_needs_is_handed_on() -> None:
    kept = [(b"cookie", b"a=b"), (b"x-xsrftoken", b"1"), (b"accept", b"*/*"), (b"range", b"0-")]
    assert without_claims([*kept, (b"X-Role", b"admin")]) == kept


def test_every_answer_tells_the_browser_what_it_must_not_do(client: TestClient) -> None:
    plain = [client.get(path) for path in ("/signin", "/healthz", "/p/x", "/accounts")]
    enter(client, "nurse")
    behind = [client.get(path) for path in ("/", "/media/x", "/static/js/x", "/unknown")]
    for answer in (*plain, *behind):
        headers = answer.headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert headers["referrer-policy"] == "same-origin"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["cross-origin-opener-policy"] == "same-origin"
        assert "strict-transport-security" not in headers


@pytest.mark.parametrize(
    ("secure", "expected"), [(True, "a=1; Path=/; Secure"), (False, "a=1; Path=/")]
)
def test_streamlits_cookies_go_by_https_only_where_ours_do(secure: bool, expected: str) -> None:
    headers = MutableHeaders({"set-cookie": "a=1; Path=/"})
    headers.append("set-cookie", "b=2; secure")
    guard(headers, Kind.APP, "", secure=secure)
    assert headers.getlist("set-cookie") == [expected, "b=2; secure"]


def test_only_files_that_are_the_same_for_everybody_are_kept_by_the_browser(
    client: TestClient,
) -> None:
    assert client.get("/signin/door.css").headers["cache-control"] == "public, max-age=3600"
    assert client.get("/signin").headers["cache-control"] == "no-store"
    assert client.get("/static/js/x").headers["cache-control"] == "no-store"
    enter(client, "nurse")
    for path in ("/", "/media/x", "/_stcore/health", "/password"):
        assert client.get(path).headers["cache-control"] == "no-store"
    assert "cache-control" not in client.get("/static/js/x").headers


def test_no_page_of_ours_may_run_a_script_of_its_own() -> None:
    assert "unsafe" not in PLAIN_POLICY
    assert "script-src 'self';" in PLAIN_POLICY


def test_of_scripts_within_streamlits_page_only_the_installed_ones_run() -> None:
    policy = app_policy("<p><script>one()</script><script src='x'></script><script>two</script>")
    scripts = next(part for part in policy.split(";") if "script-src" in part)
    for text in ("one()", "two"):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in scripts
    assert scripts.count("sha256") == 2
    assert "unsafe-inline" not in scripts
    assert "https:" not in policy
    assert "*" not in policy


def test_the_installed_page_has_a_script_to_allow() -> None:
    index = Path(streamlit.__file__).parent / "static" / "index.html"
    assert "sha256-" in app_policy(index.read_text(encoding="utf-8"))
