"""Lists for the nurse's desk: whom to call because of a change, and who has no place."""

from __future__ import annotations

from collections.abc import Mapping

from db.sheets.edition import Edition, Voice
from db.sheets.names import ShownName, paper_names
from db.sheets.paper import Data, Paper, paper
from db.sheets.titles import center_name, habitual_turn, imprint_line, week_title
from domain.crews import natural
from domain.plan import Assignment, Change, ChangeKind
from domain.words import Words, words


def change_list(edition: Edition, voice: Voice) -> Paper:
    """Who comes otherwise than last week, from where to where, with the phone number."""
    heads = (words("Patient"), words("Phone"), words("Change"), words("Last week"), words("Now"))
    rows = [
        (
            change.patient,
            [
                voice.say(_kind(change)),
                _seat(edition, change.before, voice),
                _seat(edition, change.after, voice),
            ],
        )
        for change in edition.changes
    ]
    return _list(
        edition,
        voice,
        words("Changes since last week"),
        words("Nothing differs from last week."),
        heads,
        (26, 22, 16, 28, 28),
        rows,
    )


def unplaced_list(edition: Edition, voice: Voice) -> Paper:
    """Who misses sessions, and why."""
    rows = [(patient, [voice.say(reason)]) for patient, reason in edition.unplaced]
    return _list(
        edition,
        voice,
        words("Without a place"),
        words("Everybody has every session."),
        (words("Patient"), words("Phone"), words("Reason")),
        (26, 22, 72),
        rows,
    )


def _who(edition: Edition, code: str, names: Mapping[str, ShownName]) -> list[str]:
    shown = names.get(code, ShownName(code))
    patient = edition.patient.get(code)
    return [f"{shown.name} {code}", patient.phone if patient else ""]


def _kind(change: Change) -> Words:
    match change.kind:
        case ChangeKind.ADDED:
            return words("new")
        case ChangeKind.REMOVED:
            return words("canceled")
        case ChangeKind.TURN:
            return words("moved")
        case ChangeKind.STATION:
            return words("other station")


def _seat(edition: Edition, row: Assignment | None, voice: Voice) -> str:
    if row is None:
        return "–"
    turn = habitual_turn(edition, row.turn)
    return voice.say(words("{turn}, {station}", turn=turn, station=row.station))


def _list(
    edition: Edition,
    voice: Voice,
    title: Words,
    none: Words,
    heads: tuple[Words, ...],
    widths: tuple[int, ...],
    rows: list[tuple[str, list[str]]],
) -> Paper:
    groups: dict[str, list[list[str]]] = {}
    for patient, row in rows:
        groups.setdefault(patient, []).append(row)
    names = paper_names(edition.patient)
    data: dict[str, Data] = {
        "title": voice.say(title),
        "subtitle": week_title(edition.plan.first_day, voice),
        "note": center_name(edition, voice),
        "center": center_name(edition, voice),
        "imprint": imprint_line(edition, voice),
        "none": voice.say(none),
        "heads": [voice.say(head) for head in heads],
        "widths": list(widths),
        "rows": [
            [_who(edition, patient, names), *groups[patient]]
            for patient in sorted(groups, key=natural)
        ],
    }
    return paper("list", voice, data)
