"""What the cost of each soft rule counts, in few words for a table; the docstring has it whole."""

from __future__ import annotations

from collections.abc import Mapping

from domain.words import Words, words

UNITS: Mapping[str, Words] = {
    "everyone_placed": words("missing sessions, squared"),
    "few_moves": words("moved sessions and patients"),
    "standing_pattern": words("sessions at other turns"),
    "one_shift": words("further shifts in a week"),
    "regular_days": words("weeks on other days"),
    "wishes": words("wishes broken, by strength"),
    "long_gap_side": words("wishes broken, by strength"),
    "fair_nights": words("nights, by those borne before"),
    "fair_early": words("starts, by those borne before"),
    "fair_sundays": words("Sundays, by those borne before"),
    "companions": words("turns apart, by strength"),
    "level_load": words("patients above the aim"),
    "change_over": words("patients above the limit"),
    "same_station": words("sessions elsewhere"),
    "one_station": words("further stations in a week"),
}
"""By the rule's name."""
