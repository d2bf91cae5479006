"""Headings that several papers share."""

from __future__ import annotations

from datetime import date

from db.sheets.edition import Edition, Voice
from domain.calendar import Turn
from domain.center import Zone
from domain.words import Words, words

_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


def center_name(edition: Edition, voice: Voice) -> str:
    """The center's name in the paper's language."""
    return voice.label(edition.problem.register.center.name)


def zone_title(zone: Zone, voice: Voice) -> str:
    """The zone's name, or its code where the center gave none."""
    return voice.label(zone.name) or zone.code


def week_title(monday: date, voice: Voice) -> str:
    """Which week."""
    return voice.say(words("Week from {day}", day=monday))


def imprint_line(edition: Edition, voice: Voice) -> str:
    """Version, author and time of printing."""
    imprint = edition.imprint
    return voice.say(
        words(
            "Version {version} · {author} · printed {time}",
            version=imprint.version,
            author=imprint.author,
            time=imprint.printed_at.strftime("%Y-%m-%d %H:%M"),
        )
    )


def shift_name(edition: Edition, turn: Turn, voice: Voice) -> str:
    """The shift's name, or its code where the center gave none."""
    shift = edition.problem.shift[turn.shift]
    return voice.label(shift.name) or shift.code


def shift_hours(edition: Edition, turn: Turn) -> str:
    """The shift's window."""
    shift = edition.problem.shift[turn.shift]
    return f"{shift.start:%H:%M}–{shift.end:%H:%M}"


def sheet_title(name: str, taken: set[str]) -> str:
    """A worksheet title that Excel accepts and that no other sheet of the book has."""
    plain = " ".join(name.translate(_FORBIDDEN).split()).strip("'") or "-"
    title, number = plain[:31], 1
    while title.casefold() in taken or title.casefold() == "history":
        number += 1
        title = f"{plain[: 31 - len(str(number)) - 1]} {number}"
    taken.add(title.casefold())
    return title


def weekday(day: date) -> Words:
    """The weekday's short name."""
    names = (
        words("Mon"),
        words("Tue"),
        words("Wed"),
        words("Thu"),
        words("Fri"),
        words("Sat"),
        words("Sun"),
    )
    return names[day.weekday()]


def habitual_turn(edition: Edition, turn: Turn) -> Words:
    """A turn by weekday and shift, for what happens every week."""
    shift = edition.problem.shift[turn.shift]
    return words("{weekday} {shift}", weekday=weekday(turn.day), shift=shift.name)
