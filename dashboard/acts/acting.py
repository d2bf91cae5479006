"""One write: the right is asked of the database again, and the audit is of the same transaction.

A page can be minutes old when its button is pressed; an account may have been closed since.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from dashboard.desk import Actor
from dashboard.rights import Right, may
from dashboard.site import Site
from db.access.accounts import find_account
from db.access.audit import append
from db.connection import writing
from domain.words import Words, words


class NotAllowed(Exception):
    """Somebody may not do what was asked, or may not any more."""

    def __init__(self, reason: Words) -> None:
        super().__init__(str(reason))
        self.reason = reason


@dataclass(slots=True)
class Deed:
    """A write under way: what was there before and what is after goes into the audit, without
    more of a patient than the code."""

    session: Session
    now: datetime
    before: object = None
    after: object = None


@contextmanager
def acting(site: Site, actor: Actor, right: Right, act: str, subject: str) -> Iterator[Deed]:
    """Everything inside is stored together with its audit entry, or nothing is.

    `act` is a word like `plan.publish`, `subject` what it is done to. Raises NotAllowed, and
    DatabaseRefusal if the database cannot be written to.
    """
    now = site.clock()
    with writing(site.here.database) as session:
        account = find_account(session, site.center, actor.name)
        if account is None or not account.enabled or not may(account.role, right):
            raise NotAllowed(
                words("{who} may not do this; nothing was changed.", who=actor.shown or actor.name)
            )
        deed = Deed(session, now)
        yield deed
        append(
            session, site.center, now, actor.name, account.role, act, subject,
            deed.before, deed.after,
        )  # fmt: skip
