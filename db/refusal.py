"""Saying no to what the database cannot or must not do, in words."""

from __future__ import annotations

from domain.words import Words


class DatabaseRefusal(Exception):
    """The database does not serve this request; nothing of it has been stored."""

    def __init__(self, *reasons: Words) -> None:
        super().__init__("; ".join(str(reason) for reason in reasons))
        self.reasons = reasons
