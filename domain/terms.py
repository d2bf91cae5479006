"""The words for values of the domain's enumerations, each once."""

from __future__ import annotations

from collections.abc import Mapping

from domain.calls import CallUrgency
from domain.center import Infection
from domain.patient import Burden
from domain.words import Words, words

INFECTION_WORDS: Mapping[Infection, Words] = {
    Infection.NEGATIVE: words("negative"),
    Infection.UNKNOWN: words("unknown or expired"),
    Infection.CLEARED: words("cleared, under observation"),
    Infection.HBV: words("hepatitis B"),
    Infection.HCV: words("hepatitis C"),
    Infection.SYPHILIS: words("syphilis"),
    Infection.HIV: words("HIV"),
}

BURDEN_WORDS: Mapping[Burden, Words] = {
    Burden.NIGHT: words("night"),
    Burden.EARLY: words("early start"),
    Burden.SUNDAY: words("Sunday"),
}

WEEKDAY_WORDS: Mapping[int, Words] = {
    1: words("Monday"),
    2: words("Tuesday"),
    3: words("Wednesday"),
    4: words("Thursday"),
    5: words("Friday"),
    6: words("Saturday"),
    7: words("Sunday"),
}
"""By ISO number."""

CALL_WORDS: Mapping[CallUrgency, Words] = {
    CallUrgency.UNDERWAY: words("on the way"),
    CallUrgency.NOW: words("now"),
    CallUrgency.TODAY: words("today"),
    CallUrgency.LATER: words("in the coming days"),
}
"""How soon a patient must be told."""
