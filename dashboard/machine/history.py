"""What happened to a machine, as one line."""

from __future__ import annotations

from dashboard.machine_words import LINK_WORDS, PHASE_WORDS
from domain.care import METHOD_WORDS, CareEvent, CareKind
from domain.telemetry import LinkStatus
from domain.words import Words, words


def event_words(one: CareEvent) -> Words | None:
    """What belongs to the event besides who and when; nothing for one that says it all."""
    match one.kind:
        case CareKind.PHASE if one.phase is not None:
            return PHASE_WORDS[one.phase]
        case CareKind.LINK_LOST if one.text in set(LinkStatus):
            return LINK_WORDS[LinkStatus(one.text)]
        case CareKind.DISINFECTED if one.method is not None:
            return words("{method}, {minutes} min", method=METHOD_WORDS[one.method],
                         minutes=one.minutes or 0.0)  # fmt: skip
        case CareKind.METER:
            return words("{hours} h, {treatments} treatments", hours=one.hours or 0.0,
                         treatments=one.treatments or 0)  # fmt: skip
        case CareKind.BLOCKED if one.back is not None:
            return words("expected back on {day}", day=one.back)
    return None
