"""When everybody begins: at the pace of the settings, and as stored with a version."""

from __future__ import annotations

from dataclasses import replace

from clearshift.cli.given import Given
from clearshift.settings import FlowSettings, Settings
from dashboard.planning.staggered import staggered
from db.connection import reading
from db.cues import load_cues
from db.opening import open_database
from domain.choreography import STANDARD_PACE, Pace
from domain.plan import Plan
from domain.problem import Problem
from domain.words import words
from scheduler.choreography.flow import Flowed
from scheduler.choreography.scene import Promises
from scheduler.effort import Effort


def pace_of(settings: FlowSettings) -> Pace:
    """The pace that the settings name; where they say nothing else, the standard one."""
    pace = replace(STANDARD_PACE, apart=settings.apart_minutes, latest=settings.latest_minutes)
    return pace if pace == STANDARD_PACE else replace(pace, source=str(words("Settings")))


def found_times(
    settings: Settings, problem: Problem, plan: Plan, promises: Promises, pace: Pace | None = None
) -> Flowed | None:
    """The times that a plan lacks, at the settings' pace or another, found within the seconds
    that the settings give a plan; `None` if it lacks none."""
    asked = pace_of(settings.flow) if pace is None else pace
    effort = Effort(
        seconds=float(settings.plan.seconds),
        seed=settings.plan.seed,
        deterministic=settings.plan.deterministic,
    )
    return staggered(problem, plan, asked, promises, effort)


def with_times(settings: Settings, given: Given, plan: Plan, number: int | None) -> Problem:
    """The problem with the times of a stored version; where nothing is stored, with times found
    now."""
    if number is not None:
        with reading(open_database(settings.database.url)) as session:
            cues = load_cues(session, (given.center, plan.first_day), number)
        return replace(given.problem, choreography=cues)
    found = found_times(settings, given.problem, plan, Promises())
    return replace(given.problem, choreography=found.choreography) if found else given.problem
