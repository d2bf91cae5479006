"""What the planner must know of machines: asked at the moment at which somebody plans."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from db.care.upkeep import facts_of
from domain.outage import PlannedOutage, concerning, counted, outages
from domain.problem import Problem

LOOKED_BACK = timedelta(days=30)
"""What the wire told before says nothing of a machine's next patient."""


def with_outages(
    session: Session, problem: Problem, now: datetime
) -> tuple[Problem, tuple[PlannedOutage, ...]]:
    """The problem without the stations whose machines nobody may be put on, as things stand at
    `now`, by the center's clock; and what there is to know of machines. Weeks that are over are
    as they were."""
    if problem.end_day <= now.date():
        return problem, ()
    found = outages(facts_of(session, problem.register, now - LOOKED_BACK), now)
    return counted(problem, found, now), concerning(problem, found, now)
