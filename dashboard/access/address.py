"""Whole addresses of pages that a secret opens, for whoever copies or scans them."""

from __future__ import annotations

from urllib.parse import urlsplit


def address_of(page: str | None, path: str) -> str:
    """A path on the server whose page somebody has before them; the path alone if none is."""
    parts = urlsplit(page or "")
    return f"{parts.scheme}://{parts.netloc}{path}" if parts.netloc else path
