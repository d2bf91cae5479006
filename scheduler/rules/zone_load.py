"""How many patients sit in a zone in a turn: what the checks of the zone rules count."""

from __future__ import annotations

from collections import Counter

from domain.calendar import Turn
from domain.plan import Plan
from domain.problem import Problem


def zone_load(problem: Problem, plan: Plan) -> Counter[tuple[Turn, str]]:
    """Patients by turn and zone, in the order of the turns; only where there are any."""
    return Counter(
        (turn, problem.station[row.station].zone)
        for turn, rows in plan.by_turn.items()
        for row in rows
    )
