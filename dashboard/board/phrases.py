"""Every word that the board's component shows by itself, its legend and its banner."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import tzinfo
from typing import Any

from dashboard.board.opened import Opened
from db.plans import PlanState, PlanVersion
from db.sheets.edition import Voice
from db.sheets.legend import SHUT, held_word
from db.sheets.legend import legend as signs
from db.sheets.marks import MOVED, Habit, habit_mark
from domain.words import Words, words

EDITED = "●"
BROKEN = "!"

PHRASES: Mapping[str, Words] = {
    "search": words("Find a patient"),
    "all_zones": words("All zones"),
    "all_shifts": words("All shifts"),
    "zone": words("Zone"),
    "shift": words("Shift"),
    "night": words("Nights"),
    "shop": words("Workshop"),
    "guest": words("Guests"),
    "locked_only": words("Locked"),
    "moved": words("Changed since last week"),
    "edited": words("Not saved yet"),
    "broken": words("Problems"),
    "names": words("Names"),
    "codes": words("Codes"),
    "legend": words("Signs"),
    "station": words("Station"),
    "held": words("You carry this session: choose a place, or press Esc"),
    "move": words("Move"),
    "swap": words("Swap"),
    "place": words("Place here"),
    "cancel": words("Cancel"),
    "take_out": words("Take out"),
    "lock": words("Lock"),
    "unlock": words("Unlock"),
    "anyway": words("Do it anyway"),
    "reason": words("Why the rule may be broken"),
    "needs_reason": words("A hard rule can only be broken with a reason, which is kept."),
    "may_not": words("Only who may override a hard rule can do this."),
    "asking": words("Asking the rules ..."),
    "week": words("This week"),
    "wishes": words("Wishes"),
    "rules": words("What the rules say"),
    "nothing": words("Nothing speaks against this week."),
    "close": words("Close"),
    "kind_broken": words("breaks"),
    "kind_unfinished": words("not finished"),
    "kind_mended": words("mends"),
    "kind_worse": words("worse"),
    "kind_better": words("better"),
    "tray": words("Without a place"),
    "tray_hint": words("Drag a patient onto the board, or choose one and then a place."),
    "none_found": words("Nobody is called that."),
    "good": words("allowed, nothing gets worse"),
    "costs": words("allowed, the plan gets worse"),
    "breaks": words("breaks a hard rule"),
    "keys": words("Arrows move, Enter picks up and puts down, Esc lets go, L locks, / searches"),
    "board": words("Week board"),
}


def sign_letters(voice: Voice) -> Mapping[str, str]:
    """The sign of each mark that a cell may have."""
    return {
        "night": voice.say(habit_mark(Habit.NIGHT)),
        "shop": voice.say(habit_mark(Habit.WORKSHOP)),
        "work": voice.say(habit_mark(Habit.WORK)),
        "guest": voice.say(words("G")),
        "locked": voice.say(habit_mark(Habit.LOCKED)),
        "moved": MOVED,
        "edited": EDITED,
        "broken": BROKEN,
    }


def legend(voice: Voice) -> list[list[str | None]]:
    """Sign, meaning and fill, as printed, and what only the screen shows."""
    held = held_word(voice)
    shown = [[one.sign, one.meaning, one.fill] for one in signs(voice) if one.sign != held]
    more = (
        (voice.say(words("G")), words("guest, here for a stated time")),
        (EDITED, words("changed here, not saved yet")),
        (BROKEN, words("breaks a hard rule")),
        ("9/12", words("patients on seats; under it the nurses")),
    )
    at = next(place for place, one in enumerate(shown) if one[0] == SHUT)
    shown[at:at] = [[sign, voice.say(said), None] for sign, said in more]
    return shown


def banner(opened: Opened, voice: Voice) -> Mapping[str, Any]:
    """What this version is, in sentences, and how it should look."""
    return {
        "tone": _tone(opened),
        "said": [voice.say(one) for one in _banner(opened)],
        "unsaved": len(opened.counting),
    }


def _tone(opened: Opened) -> str:
    if not opened.latest:
        return "old"
    if opened.counting:
        return "edited"
    return "published" if opened.version.state is PlanState.PUBLISHED else "draft"


def _banner(opened: Opened) -> Iterator[Words]:
    version = opened.version
    yield state_words(version, opened.now.tzinfo)
    if not opened.latest:
        yield words(
            "Version {number} by {author} is the latest; only that one can be edited.",
            number=opened.versions[-1].number,
            author=opened.versions[-1].author,
        )
    force = opened.in_force
    if force is not None and force.number != version.number:
        yield words("In force is version {number}.", number=force.number)
    yield from _unsaved(opened)
    lost = len(opened.plan.assignments) - len(opened.known.assignments)
    if lost:
        yield words(
            "{count} sessions are at stations or in shifts that the center no longer has; the"
            " board cannot show them.",
            count=lost,
        )


def _unsaved(opened: Opened) -> Iterator[Words]:
    steps = opened.counting
    if not steps:
        return
    names = tuple(dict.fromkeys(step.who for step in steps))
    if len(steps) == 1:
        yield words("One change by {who} is not saved yet.", who=names)
    else:
        yield words("{count} changes by {who} are not saved yet.", count=len(steps), who=names)


def state_words(version: PlanVersion, zone: tzinfo | None) -> Words:
    """What a version counts for, by whom and when in a time zone."""
    match version.state:
        case PlanState.PUBLISHED if version.published is not None:
            return words(
                "Version {number} is in force, published by {author} on {at}.",
                number=version.number,
                author=version.published.author,
                at=version.published.at.astimezone(zone),
            )
        case PlanState.SUPERSEDED:
            return words(
                "Version {number} by {author} was in force once; a later one has taken its place.",
                number=version.number,
                author=version.author,
            )
        case _:
            return words(
                "Version {number} by {author} of {at} is a draft.",
                number=version.number,
                author=version.author,
                at=version.created_at.astimezone(zone),
            )
