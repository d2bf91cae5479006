"""Which week is meant: what was asked for, or else the one that is next."""

from __future__ import annotations

from datetime import date

from clearshift.cli.refusal import Refusal
from domain.calendar import monday_of
from domain.words import words


def asked_week(text: str | None) -> date | None:
    """The Monday of the week that was asked for; `None` if none was.

    Raises Refusal for what is neither a date nor a week's number.
    """
    if text is None:
        return None
    try:
        return monday_of(date.fromisoformat(text))
    except ValueError as error:
        raise Refusal(
            words(
                "--week: {value} is not a week; expected a date such as 2026-03-02 or a week's "
                "number such as 2026-W10.",
                value=text,
            )
        ) from error
