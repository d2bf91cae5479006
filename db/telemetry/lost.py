"""Numbers that were given and will never come: their gateway's disk died, or the telemetry
database was put back to a copy from before. Pure.

What a gateway holds no more cannot hold up the watermark, or everything behind the gap would
stay in its spool for ever. Nothing is settled by that: a number that does come after all is
stored as any other, and is lost no more.
"""

from __future__ import annotations

from db.telemetry.tally import Tally


def reach(tally: Tally, held_from: int) -> int:
    """Up to where nothing is to come, if the gateway holds no number below `held_from`."""
    if held_from <= tally.settled + 1:
        return tally.settled
    behind = (last for first, last in tally.islands if first <= held_from <= last + 1)
    return next(behind, held_from - 1)


def lost_of(tally: Tally, given: int, held_from: int, *, gone: bool) -> int:
    """How many of the numbers up to `given` did not come and are held no more."""
    end = given if gone else min(given, held_from - 1)
    if end <= tally.settled:
        return 0
    came = sum(min(last, end) - first + 1 for first, last in tally.islands if first <= end)
    return end - tally.settled - came
