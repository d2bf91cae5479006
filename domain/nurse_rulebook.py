"""The standard rows of the roster's rules: limits, weights and where they come from.

A center's own rows come with its other rules and take precedence from their date on. Weights
are whole prices in one sum: a missing nurse outweighs everything that people like better.
"""

from __future__ import annotations

from datetime import date

from domain.rulebook import RuleRow
from domain.words import Words, words

_SINCE = date(2021, 1, 1)


def _row(
    rule: str, source: Words, *, limit: int | None = None, weight: int | None = None
) -> RuleRow:
    tier = None if weight is None else 1
    return RuleRow(rule, _SINCE, True, limit, tier, weight, str(source))


NURSE_ROWS: tuple[RuleRow, ...] = (
    _row("nurse_one_duty", words("Physical")),
    _row(
        "nurse_place",
        words(
            "Blood-purification SOP 2021, second hand: check the printed book: "
            "nurses do not cross zones within a shift"
        ),
    ),
    _row("nurse_lead", words("Practice: one lead in every turn")),
    _row("nurse_away", words("Leave, training and illness as the ward entered them")),
    _row(
        "nurse_rest",
        words("EU Working Time Directive 2003/88/EC, article 3: 11 h; taken over as a proposal"),
        limit=660,
    ),
    _row("nurse_row", words("Chinese Labor Law, article 38: one rest day a week"), limit=6),
    _row("nurse_nights", words("Practice: short blocks of nights"), limit=3),
    _row("nurse_after_nights", words("Practice: free after the last night"), limit=1),
    _row(
        "nurse_hours",
        words("Chinese Labor Law, article 36: at most 44 h a week on average, of 40"),
        limit=110,
    ),
    _row("nurse_free_weekends", words("The nurse's contract")),
    _row("nurse_cover", words("Patients of the plan and the ward's ratio"), weight=200),
    _row("nurse_skills", words("A lead in every turn; skills that patients need"), weight=200),
    _row("nurse_aim", words("Ward's aim of one nurse to four"), weight=3),
    _row("nurse_balance", words("Rest owed is paid back, and nobody's grows"), weight=1),
    _row("nurse_fair_nights", words("Fairness over the months that the ledger counts"), weight=12),
    _row("nurse_fair_late", words("Fairness over the months that the ledger counts"), weight=6),
    _row("nurse_weekends", words("Fairness over the months that the ledger counts"), weight=8),
    _row("nurse_wishes", words("Nurse's wish"), weight=5),
)

NURSE_RULE_NAMES = tuple(row.rule for row in NURSE_ROWS)


def nurse_row(rows: tuple[RuleRow, ...], rule: str, day: date) -> RuleRow:
    """The row in force on a day: the center's latest by then, else the standard one.

    Raises KeyError for a rule that no row names.
    """
    standard = next((row for row in NURSE_ROWS if row.rule == rule), None)
    if standard is None:
        raise KeyError(rule)
    own = [row for row in rows if row.rule == rule and row.valid_from <= day]
    return max(own, key=lambda row: row.valid_from) if own else standard
