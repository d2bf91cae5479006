"""Where nurses are missing in a roster: which turn, how many, and what that means."""

from __future__ import annotations

from collections.abc import Iterator

from domain.nurse_roster import Duty, NurseGap, NurseNeed, NurseRoster
from domain.ward import Ward
from domain.words import Words, words


def there(ward: Ward, roster: NurseRoster, need: NurseNeed) -> tuple[Duty, ...]:
    """The duties that count for a need."""
    skilled = ward.with_skill(need.skill) if need.skill else None
    return tuple(
        duty
        for duty in roster.by_day.get(need.turn.day, ())
        if duty.kind in ward.kind
        and ward.covers(ward.kind[duty.kind], need.turn)
        and need.zone in ("", duty.zone)
        and (skilled is None or duty.nurse in skilled)
    )


def gaps(ward: Ward, roster: NurseRoster) -> tuple[NurseGap, ...]:
    """Every need that is not met, in order of time, none left out."""
    return tuple(_gaps(ward, roster))


def _gaps(ward: Ward, roster: NurseRoster) -> Iterator[NurseGap]:
    for need in ward.needs:
        found = len(there(ward, roster, need))
        if found < need.nurses:
            over, cost = left_over(ward, need, found), gap_cost(ward, need, found)
            yield NurseGap(need, found, over, cost, _said(ward, need, found, over))


def gap_cost(ward: Ward, need: NurseNeed, found: int) -> int:
    """What it costs that so many are there: each nurse missing, and each patient whom those
    there may not care for. Each further nurse missing costs at least as much as the one before,
    as the last nurse of a turn often has the fewest patients."""
    missing = max(0, need.nurses - found)
    if need.skill:
        return ward.weight("nurse_skills") * missing
    over = left_over(ward, need, found) if missing else 0
    return ward.weight("nurse_cover") * (missing + over)


def left_over(ward: Ward, need: NurseNeed, found: int) -> int:
    """Patients above what those there may care for by the center's rule."""
    if need.skill or not need.zone:
        return 0
    return max(0, need.patients - found * ward.problem.limit("nurse_ratio", need.turn.day))


def _said(ward: Ward, need: NurseNeed, found: int, over: int) -> Words:
    turn, missing = ward.say(need.turn), need.nurses - found
    if need.skill and not need.zone:
        return words(
            "{turn}: {missing} with the skill {skill} missing",
            turn=turn,
            missing=missing,
            skill=need.skill,
        )
    if need.skill:
        return words(
            "Zone {zone}, {turn}: {missing} with the skill {skill} missing",
            zone=need.zone,
            turn=turn,
            missing=missing,
            skill=need.skill,
        )
    if not need.zone:
        return words(
            "{turn}: {found} of {nurses} nurses", turn=turn, found=found, nurses=need.nurses
        )
    return words(
        "Zone {zone}, {turn}: {found} of {nurses} nurses for {patients} patients, "
        "{over} more than they may care for",
        zone=need.zone,
        turn=turn,
        found=found,
        nurses=need.nurses,
        patients=need.patients,
        over=over,
    )
