"""What the cost of each soft rule counts, in few words for a table; the docstring has it whole."""

from __future__ import annotations

from collections.abc import Mapping

from domain.words import Words, words

UNITS: Mapping[str, Words] = {
    "everyone_placed": words("missing sessions squared, 1000 more for a patient with none"),
    "few_moves": words("sessions at another time, and patients touched"),
    "standing_pattern": words("sessions at another turn"),
    "regular_days": words("weeks on other days"),
    "one_shift": words("further shifts of a patient's week"),
    "wishes": words("wishes broken, by strength"),
    "long_gap_side": words("wishes broken, by strength"),
    "fair_nights": words("nights, those who bore more count more"),
    "fair_early": words("early starts, those who bore more count more"),
    "fair_sundays": words("Sundays, those who bore more count more"),
    "companions": words("turns apart, by strength of the wish"),
    "level_load": words("patients above the nurses' aim"),
    "change_over": words("patients above the limit at a change-over"),
    "same_station": words("sessions at another station"),
    "one_station": words("further stations of a patient's week"),
}
"""By the rule's name."""
