"""What the colors, letters and signs of the weekly plan mean."""

from __future__ import annotations

from dataclasses import dataclass

from db.sheets.edition import Voice
from db.sheets.marks import (
    FILLS,
    LETTERS,
    MOVED,
    Habit,
    Marks,
    habit_mark,
    habit_meaning,
    infection_meaning,
)
from domain.words import Words, words

SHUT = "×"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the legend: a sign, what it means, and its background if it has one."""

    sign: str
    meaning: str
    fill: str | None = None


def held_word(voice: Voice) -> str:
    """What stands in a seat that is kept free."""
    return voice.say(words("Held"))


def legend(voice: Voice) -> tuple[Entry, ...]:
    """Every sign of the weekly plan, in the order in which cells show them."""
    infections = [
        Entry(letter, voice.say(infection_meaning(kind)), FILLS[kind])
        for kind, letter in LETTERS.items()
    ]
    habits = [
        Entry(voice.say(habit_mark(habit)), voice.say(habit_meaning(habit))) for habit in Habit
    ]
    others: list[tuple[str, Words]] = [
        (MOVED, words("changed since last week")),
        (held_word(voice), words("kept free for emergencies and guests")),
        (SHUT, words("closed, or no machine")),
    ]
    modes = Entry("HDF HF HP", voice.say(words("modality, if not plain hemodialysis")))
    return (*infections, modes, *habits, *(Entry(sign, voice.say(text)) for sign, text in others))


def legend_line(voice: Voice) -> str:
    """The legend on one line, for the foot of a sheet."""
    return "   ".join(f"{entry.sign} = {entry.meaning}" for entry in legend(voice))


def mark_line(marks: Marks, voice: Voice) -> str:
    """The signs of one seat, as they stand under the name."""
    habits = (voice.say(habit_mark(habit)) for habit in marks.habits)
    signs = (marks.letters, marks.mode, *habits, MOVED if marks.moved else "")
    return " ".join(sign for sign in signs if sign)
