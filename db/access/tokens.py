"""Secrets that programs carry: long random texts, of which only digests are stored.

A digest without salt is enough for them: nobody can guess 256 random bits. Passwords, which
people choose, are another matter: see `db.access.passwords`.
"""

from __future__ import annotations

import hashlib
import secrets

_BYTES = 32
_READABLE = "abcdefghjkmnpqrstuvwxyz23456789"
"""Nothing that is mistaken for something else when it is read off a slip of paper."""


def fresh() -> str:
    """A secret of 256 bits, fit for a cookie or an address."""
    return secrets.token_urlsafe(_BYTES)


def digest(secret: str) -> str:
    """What is stored of a secret: its SHA-256 in hexadecimal digits."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def one_time_password() -> str:
    """A password to be read off a screen once and changed at once: 79 bits, in groups."""
    groups = ("".join(secrets.choice(_READABLE) for _ in range(4)) for _ in range(4))
    return "-".join(groups)
