"""Whether a request comes from a page of ours, and asks for us."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.requests import Request

_LOOPBACK = "localhost"


def named_right(host: str | None, hosts: tuple[str, ...]) -> bool:
    """True if a request asks for a name that is ours: one of `hosts`, a bare address or this
    machine's own name for itself. Another name that leads here is somebody's trick. Without
    `hosts` any name will do."""
    if not host:
        return False
    name = _name(host)
    if name is None:
        return False
    return not hosts or name == _LOOPBACK or _is_address(name) or name in hosts


def own_origin(origin: str | None, host: str | None, *, secure: bool) -> bool:
    """True if the page that sent a request is one of ours. Browsers say so with everything that
    changes something; who does not say it is none."""
    if not origin or not host:
        return False
    try:
        parts = urlsplit(origin)
    except ValueError:
        return False
    schemes = {"https"} if secure else {"http", "https"}
    return parts.scheme in schemes and parts.netloc.lower() == host.lower()


def local(address: str) -> str:
    """The path and query of an address, if it is one on this server as far as can be told;
    "/" otherwise. Keeps a link with an address in it from leading elsewhere."""
    plain = address.isascii() and address.isprintable() and "\\" not in address
    if not plain or not address.startswith("/") or address.startswith("//"):
        return "/"
    return address


def _name(host: str) -> str | None:
    try:
        parts = urlsplit(f"//{host}")
        _ = parts.port
    except ValueError:
        return None
    if parts.path or parts.query or parts.username is not None or not parts.hostname:
        return None
    return parts.hostname.rstrip(".")


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def own_path(request: Request) -> str:
    """The address on this server from which a request was made, or "/"; pages of ours tell it
    to nobody but this server."""
    referer = request.headers.get("referer", "")
    try:
        parts = urlsplit(referer)
    except ValueError:
        return "/"
    if parts.netloc.lower() != request.headers.get("host", "").lower():
        return "/"
    return local(parts.path + (f"?{parts.query}" if parts.query else ""))
