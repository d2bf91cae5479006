"""Which weeks somebody may want to plan, look at or compare, and what they are called. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, timedelta

from db.history import plan_in_force
from db.plans import PlanState, PlanVersion
from domain.calendar import WEEK, monday_of
from domain.next_week import week_to_plan
from domain.words import Words, words

AHEAD = 8
"""Weeks that are offered beyond the present one."""
_AFTER_DATA = 4


def planned_mondays(versions: Iterable[PlanVersion]) -> frozenset[date]:
    """Every Monday that some stored plan covers."""
    return frozenset(one.first_day + WEEK * n for one in versions for n in range(one.weeks))


def weeks_to_plan(
    today: date, last_session: date | None, planned: Collection[date]
) -> tuple[tuple[date, ...], date]:
    """The Mondays that are offered, in order, and the one that is next.

    Weeks far from today are offered where the center's data end there.
    """
    this, following = monday_of(today), week_to_plan(today, last_session, planned)
    near = {this + WEEK * n for n in range(AHEAD + 1)}
    there = {following + WEEK * n for n in range(_AFTER_DATA + 1)}
    reach = max(*near, following)
    return tuple(sorted(near | {one for one in there if one <= reach} | {following})), following


def week_words(monday: date, weeks: int = 1) -> Words:
    """A week, or several in a row."""
    if weeks == 1:
        return words("Week of {day}", day=monday)
    last = monday + timedelta(weeks=weeks) - timedelta(days=1)
    return words("{first} to {last}", first=monday, last=last)


def standing_words(monday: date, versions: Iterable[PlanVersion]) -> Words:
    """Whether a week is planned, and by which version."""
    mine = [one for one in versions if one.covers(monday)]
    force = plan_in_force(mine, monday)
    if force is None:
        return words("Nothing is planned for this week yet.")
    if force.published is not None:
        return words(
            "Version {number} is in force, published by {author}.",
            number=force.number,
            author=force.published.author,
        )
    return words(
        "Nothing is in force; version {number} by {author} is a draft.",
        number=force.number,
        author=force.author,
    )


def version_words(version: PlanVersion) -> Words:
    """A version by its number and what it counts for."""
    match version.state:
        case PlanState.PUBLISHED:
            return words("Version {number}, in force", number=version.number)
        case PlanState.SUPERSEDED:
            return words("Version {number}, was in force", number=version.number)
        case PlanState.DRAFT:
            return words(
                "Version {number}, draft by {author}",
                number=version.number,
                author=version.author,
            )
