"""Which week is to be planned when nobody says."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from domain.calendar import WEEK, monday_of


def week_to_plan(today: date, last_session: date | None, planned: Collection[date]) -> date:
    """The Monday of the coming week, as long as the center's data reach up to it.

    `last_session` is the last one that the center's files know, `planned` are the Mondays of
    weeks that have a stored plan. If the files reach further than the coming week, or if they
    and the plans end before it, gaps and habits can only be judged in the week that follows
    them: then that is the week, or the last planned one after it.
    """
    coming = monday_of(today) + WEEK
    if last_session is None:
        return max((monday for monday in planned if monday <= coming), default=coming)
    follows = monday_of(last_session) + WEEK
    if follows == coming or (follows < coming and coming - WEEK in planned):
        return coming
    return max((monday for monday in planned if monday >= follows), default=follows)
