"""What a repair keeps as small as it can, in this order; after it comes the center's own cost."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum

from domain.words import Words, words


class Measure(IntEnum):
    """The tiers before those of the center. What is missing is shared before anybody's hour
    counts: who misses two sessions in a row waits a week."""

    UNPLACED = -7
    SHARED = -6
    OVERDUE = -5
    UNDERWAY = -4
    PATIENTS = -3
    SESSIONS = -2
    STATIONS = -1


MEASURES: tuple[int, ...] = tuple(Measure)

MEASURE_WORDS: Mapping[Measure, Words] = {
    Measure.UNPLACED: words("Sessions without a place"),
    Measure.SHARED: words("The same, squared for each patient and by priority"),
    Measure.OVERDUE: words("Days beyond the longest gap"),
    Measure.UNDERWAY: words("Patients on their way sent back"),
    Measure.PATIENTS: words("Patients at another time"),
    Measure.SESSIONS: words("Sessions at another time"),
    Measure.STATIONS: words("Sessions at another station only"),
}
