"""Scenarios in words: the rows of a comparison, and when growth breaks it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from domain.words import Words, words
from scheduler.remedies.fit import Answer
from scheduler.remedies.growth import Growth
from scheduler.remedies.scenarios import Side


@dataclass(frozen=True, slots=True)
class SideRow:
    """A figure of every scenario; `number` is what better and worse is told by, lower being
    better, or nothing where that is nobody's to say."""

    title: Words
    cell: Callable[[Side], Words]
    number: Callable[[Side], int | None] = lambda _: None


def side_cell(row: SideRow, side: Side) -> Words:
    """The figure of one scenario."""
    return row.cell(side)


def hours_words(minutes: int) -> Words:
    """Minutes as hours and minutes."""
    return words("{hours}:{minutes}", hours=minutes // 60, minutes=f"{minutes % 60:02d}")


def _missing(side: Side) -> Words:
    """With its proof: equal to what no plan can avoid, or at least so many."""
    if side.fewest:
        return words("{count}, proven", count=side.missing)
    return words("{count}, at least {least}", count=side.missing, least=side.least)


def _status(side: Side) -> Words:
    if side.proven:
        return words("proven best")
    return words("best found in {seconds} s", seconds=round(side.run.seconds))


SIDE_ROWS: tuple[SideRow, ...] = (
    SideRow(words("Sessions missing"), _missing, lambda side: side.missing),
    SideRow(
        words("Patients who go short"),
        lambda side: words("{count}", count=side.out),
        lambda side: side.out,
    ),
    SideRow(
        words("Nights"), lambda side: words("{count}", count=side.nights), lambda side: side.nights
    ),
    SideRow(
        words("of these not volunteered"),
        lambda side: words("{count}", count=side.forced),
        lambda side: side.forced,
    ),
    SideRow(
        words("Patients with all wishes met"),
        lambda side: words("{met} of {asking}", met=side.met, asking=side.asking),
        lambda side: -side.met,
    ),
    SideRow(
        words("Nurse hours on the floor"),
        lambda side: hours_words(side.nurse_minutes),
        lambda side: side.nurse_minutes,
    ),
    SideRow(
        words("Cost of the change in nurse hours"),
        lambda side: hours_words(side.cost.minutes),
        lambda side: side.cost.minutes,
    ),
    SideRow(words("The plan"), _status),
)
"""From what matters most."""


def growth_words(found: Growth) -> Words:
    """When it breaks, and whether that is proven."""
    growing = found.growing
    if found.breaks is None:
        return words(
            "{count} new patients a month: everybody fits for {months} months",
            count=growing.per_month,
            months=growing.months,
        )
    if found.breaks == 0:
        if found.proven:
            return words("somebody goes short already today")
        return words("nobody could tell in the time given whether everybody fits today")
    patients = found.months[found.breaks].patients
    if found.proven:
        return words(
            "{count} new patients a month: somebody goes short from month {month} on, with "
            "{patients} patients",
            count=growing.per_month,
            month=found.breaks,
            patients=patients,
        )
    return words(
        "{count} new patients a month: everybody fits until month {month}; whether also then, "
        "with {patients} patients, nobody could tell in the time given",
        count=growing.per_month,
        month=found.breaks,
        patients=patients,
    )


ANSWER_WORDS = {
    Answer.FITS: words("everybody fits"),
    Answer.SHORT: words("somebody goes short"),
    Answer.OPEN: words("not settled in the time given"),
}
