"""Taking what machines have said up to now before a person acts, so that nobody closes by an old
picture what has just come back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from db.care.follow import follow
from db.care.present import Sources
from db.refusal import DatabaseRefusal
from domain.alarm import Priority
from domain.words import Words


def catch_up(
    here: Sources, now: datetime, after: Mapping[Priority, timedelta]
) -> tuple[Words, ...]:
    """Follows to the end of what is stored; why that could not be done, if it could not: then a
    person's act is judged by what was followed last."""
    if here.center is None:
        return ()
    try:
        while follow(here.telemetry, here.database, here.center, now, after).more:
            pass
    except DatabaseRefusal as refused:
        return refused.reasons
    return ()
