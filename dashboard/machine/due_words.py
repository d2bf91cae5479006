"""What is due, the states between two patients, and limits, in words; for screens and the
terminal."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from domain.care import CareKind
from domain.due import DueKind, Urgency
from domain.readiness import ReadyState
from domain.water import WATER_TEST, Every, Grade, Medium, WaterLimit
from domain.words import Words, words

URGENCY_WORDS: Mapping[Urgency, Words] = MappingProxyType(
    {
        Urgency.OVERDUE: words("Overdue"),
        Urgency.NOW: words("To do now"),
        Urgency.SOON: words("Soon"),
        Urgency.LATER: words("Later"),
    }
)
KIND_WORDS: Mapping[DueKind, Words] = MappingProxyType(
    {
        DueKind.RESULT: words("bad result"),
        DueKind.DISINFECTION: words("disinfection"),
        DueKind.MAINTENANCE: words("maintenance"),
        DueKind.WATER: words("water"),
        DueKind.DIALYSATE: words("dialysate"),
    }
)
READY_WORDS: Mapping[ReadyState, Words] = MappingProxyType(
    {
        ReadyState.UNKNOWN: words("not known"),
        ReadyState.IN_USE: words("in use"),
        ReadyState.DIRTY: words("to be disinfected"),
        ReadyState.DISINFECTING: words("being disinfected"),
        ReadyState.READY: words("ready"),
        ReadyState.BLOCKED: words("blocked"),
    }
)
MEDIUM_WORDS: Mapping[Medium, Words] = MappingProxyType(
    {Medium.WATER: words("water"), Medium.DIALYSATE: words("dialysate")}
)
CARE_WORDS: Mapping[CareKind, Words] = MappingProxyType(
    {
        CareKind.PHASE: words("phase"),
        CareKind.LINK_LOST: words("link lost"),
        CareKind.LINK_BACK: words("link back"),
        CareKind.BLOOD_LEAK: words("blood leak"),
        CareKind.DISINFECTED: words("disinfected"),
        CareKind.RESIDUE_CLEAR: words("no residue of disinfectant"),
        CareKind.BLOCKED: words("blocked"),
        CareKind.RELEASED: words("block ended"),
        CareKind.METER: words("meters read"),
    }
)
GRADE_WORDS: Mapping[Grade, Words] = MappingProxyType(
    {
        Grade.KEPT: words("kept"),
        Grade.GOOD: words("within the limit"),
        Grade.ACT: words("above the action level"),
        Grade.FAILED: words("over the limit"),
    }
)


def limit_words(row: WaterLimit) -> Words:
    """A limit of a test, with its action level."""
    unit, limit = WATER_TEST[row.test].unit, row.limit
    if not row.enabled:
        return words("not tested here")
    if limit is None:
        return words("kept without a limit")
    if row.strict:
        return words("below {limit} {unit}", limit=limit, unit=unit)
    if row.action is None:
        return words("{limit} {unit}", limit=limit, unit=unit)
    return words("{limit} {unit}, act above {action}", limit=limit, unit=unit, action=row.action)


def every_words(every: Every) -> Words:
    """How often a test is made."""
    match every:
        case Every(1, 0):
            return words("every month")
        case Every(0, 1):
            return words("every day")
        case Every(months, 0):
            return words("every {months} months", months=months)
        case Every(0, days):
            return words("every {days} days", days=days)
    return words("every {months} months and {days} days", months=every.months, days=every.days)
