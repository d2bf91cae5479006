"""What the peers are called, in rows and tables."""

from __future__ import annotations

OURS = "Clearshift"
COLUMNS = "HiGHS, weeks"
SESSIONS = "HiGHS, sessions"
CP_SAT = "CP-SAT default, weeks"
TIMEFOLD = "Timefold, from nothing"
TIMEFOLD_GREEDY = "Timefold, from greedy"
GREEDY = "Greedy"

HIGHS = (COLUMNS, SESSIONS)
"""Who proves, at every size and seed."""

WEARY = (CP_SAT, TIMEFOLD, TIMEFOLD_GREEDY)
"""Who uses up the limit: fewer seeds."""
