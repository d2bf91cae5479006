"""Slips for patients: when to come, where to, until when. Nothing on them tells of health."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from io import BytesIO

import segno

from db.sheets.edition import Edition, Voice
from db.sheets.names import ShownName, paper_names
from db.sheets.paper import Data, Paper, paper
from db.sheets.titles import center_name, imprint_line, week_title
from domain.plan import Assignment
from domain.words import Words, words


def slips(edition: Edition, voices: Mapping[str, Voice], house: Voice) -> Paper:
    """An A6 page for each patient with sessions, in the patient's own language where there is
    a voice for it, else in the house's; in the order of codes."""
    names = paper_names(edition.patient)
    pages = [
        _slip(edition, names[code], voices.get(edition.patient[code].language, house), rows)
        for code, rows in sorted(edition.plan.by_patient.items())
    ]
    title = house.say(words("Slips for patients"))
    return paper("slips", house, {"title": title, "slips": pages})


def short_id(edition: Edition, patient: str) -> str:
    """What the square code holds: the center's and the patient's code, nothing else."""
    return f"{edition.problem.register.center.code}/{patient}"


def place_words(edition: Edition, station: str, with_room: bool) -> Words:
    """Where to go, never by the zone, whose name may tell of an infection. A room is named as
    the center typed it, so only on paper that the patient alone gets."""
    found = edition.problem.station[station]
    if found.room and with_room:
        return words("{room}, place {place}", room=found.room, place=found.code)
    return words("Place {place}", place=found.code)


def _slip(
    edition: Edition, name: ShownName, voice: Voice, rows: tuple[Assignment, ...]
) -> Mapping[str, Data]:
    code = rows[0].patient
    phone = edition.problem.register.center.phone
    call = words("Late, or unable to come? Please call:")
    if not phone:
        call = words("Late, or unable to come? Please tell us as soon as you can.")
    bring = words("Please bring this slip, your insurance card and something warm to wear.")
    return {
        "language": voice.language,
        "center": center_name(edition, voice),
        "week": week_title(edition.plan.first_day, voice),
        "name": name.name,
        "size": 24 if len(name.name) <= 8 else 16,
        "code": code,
        "heads": [voice.say(words("Day and place")), voice.say(words("Come at"))],
        "sessions": [_session(edition, row, voice) for row in rows],
        "bring": voice.say(bring),
        "call": voice.say(call),
        "phone": phone,
        "imprint": imprint_line(edition, voice),
        "code-image": _square(short_id(edition, code)),
    }


def _session(edition: Edition, row: Assignment, voice: Voice) -> Mapping[str, Data]:
    here = edition.problem.presence(row.patient, row.turn)
    return {
        "day": voice.day(here.start.date()),
        "place": voice.say(place_words(edition, row.station, with_room=True)),
        "come": f"{here.start:%H:%M}",
        "done": voice.say(_done(here.start, here.end)),
    }


def _done(start: datetime, end: datetime) -> Words:
    clock = end.strftime("%H:%M")
    if end.date() == start.date():
        return words("done about {time}", time=clock)
    return words("done about {time} next day", time=clock)


def _square(text: str) -> str:
    """The QR code as SVG. Any mask may be used; choosing the prettiest of eight takes longer
    than printing the page."""
    stream = BytesIO()
    segno.make(text, error="m", micro=False, mask=2).save(
        stream, kind="svg", xmldecl=False, svgns=True, border=0, omitsize=True
    )
    return stream.getvalue().decode()
