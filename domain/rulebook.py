"""The standard rule rows: limits, tiers, weights and where they come from.

A limit is never hidden in code: each is a dated row here, and a center's own rows, imported
with its files, take precedence from their date on. Rows marked "check" rest on second-hand
reports of the 2021 Chinese blood-purification SOP and must be compared with the printed book.
The sources are texts of the catalog, so that they can be told in both languages.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.words import Words, words


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule from a day on: on or off, its limit in the rule's own unit, and for a soft rule
    its tier (1 is settled first) and weight (per unit of the rule's cost)."""

    rule: str
    valid_from: date
    enabled: bool
    limit: int | None = None
    tier: int | None = None
    weight: int | None = None
    source: str = ""


_SINCE = date(2021, 1, 1)


def _hard(rule: str, source: Words, limit: int | None = None) -> RuleRow:
    return RuleRow(rule, _SINCE, enabled=True, limit=limit, source=str(source))


def _soft(rule: str, tier: int, weight: int, source: Words, limit: int | None = None) -> RuleRow:
    return RuleRow(rule, _SINCE, True, limit, tier, weight, str(source))


STANDARD_ROWS: tuple[RuleRow, ...] = (
    _hard("one_a_day", words("Practice of every center seen")),
    _hard("prescribed_sessions", words("Doctor's prescription")),
    _hard("rest_day", words("Practice: no consecutive days up to three a week"), limit=3),
    _hard(
        "longest_gap", words("Foley, NEJM 2011;365:1099; Japanese units refuse a third day off"), 3
    ),
    _hard("every_other_day", words("Doctor's prescription")),
    _hard("fits_shift", words("Disinfection and set-up after every session")),
    _hard("availability", words("Patient's word")),
    _hard("work_overlap", words("Proposal of this product; the doctor sets it")),
    _hard("work_recovery", words("Proposal of this product; Labor Law has no rule for dialysis")),
    _hard(
        "daily_load", words("Proposal of this product: at most 12 h on a dialysis day"), limit=720
    ),
    _hard("night_eligible", words("Patient's word")),
    _hard(
        "night_rest", words("Proposal of this product: 8 h between a late session and work"), 480
    ),
    _hard(
        "zone_serology",
        words(
            "Blood-purification SOP 2021, second hand: check the printed book: "
            "all four markers every six months"
        ),
        limit=183,
    ),
    _hard(
        "one_zone",
        words(
            "Blood-purification SOP 2021, second hand: check the printed book: "
            "nurses and goods do not cross zones"
        ),
    ),
    _hard(
        "cleared_last_shift",
        words(
            "Blood-purification SOP 2021, second hand: check the printed book: "
            "last shift for six months after clearing"
        ),
        limit=183,
    ),
    _hard("modality", words("Doctor's prescription; machine's abilities")),
    _hard("open_station", words("Center's closures; a station without a machine is shut")),
    _hard("one_per_station", words("Physical")),
    _hard(
        "nurse_ratio",
        words(
            "Blood-purification SOP 2021, second hand: check the printed book: "
            "at most five patients a nurse"
        ),
        limit=5,
    ),
    _hard(
        "held_back",
        words(
            "Blood-purification SOP 2021, second hand: check the printed book: "
            "at least one machine kept for temporary use"
        ),
    ),
    _hard("locked", words("Head nurse's word")),
    _soft("everyone_placed", 1, 1, words("Foley, NEJM 2011; JASN 2014 on missed sessions")),
    _soft("few_moves", 2, 10, words("Patients' own words: a known slot is worth most")),
    _soft("standing_pattern", 2, 4, words("Practice: the standing diary")),
    _soft("one_shift", 2, 4, words("Practice: a regular hour")),
    _soft("regular_days", 2, 4, words("Practice: odd days or even days")),
    _soft("wishes", 2, 3, words("Patient's wish")),
    _soft("long_gap_side", 2, 4, words("Patient's or doctor's wish; Foley, NEJM 2011")),
    _soft("fair_nights", 2, 1, words("Fairness over the months that the ledger counts")),
    _soft("fair_early", 2, 1, words("Fairness over the months that the ledger counts")),
    _soft("fair_sundays", 2, 1, words("Fairness over the months that the ledger counts")),
    _soft("companions", 2, 3, words("Household or transport together")),
    _soft("level_load", 2, 1, words("Ward's aim of one nurse to four"), limit=4),
    _soft("change_over", 2, 1, words("Change-over is the most dangerous hour"), limit=8),
    _soft("same_station", 3, 1, words("Practice: a fixed chair")),
    _soft("one_station", 3, 4, words("Practice: a fixed chair")),
)


def rule_row(rows: tuple[RuleRow, ...], rule: str, day: date) -> RuleRow:
    """The row in force on a day: the center's latest by then, else the standard one.

    Raises KeyError for a rule that no row names.
    """
    own = [row for row in rows if row.rule == rule and row.valid_from <= day]
    standard = [row for row in STANDARD_ROWS if row.rule == rule]
    if not standard:
        raise KeyError(rule)
    return max(own, key=lambda row: row.valid_from) if own else standard[0]
