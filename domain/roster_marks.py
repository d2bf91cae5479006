"""What stands in a cell of the ward's roster, and what somebody meant who wrote it there.

A duty is its mark (早), led 主早, in another zone than the nurse's usual one 早B, with an
earlier end 早(16:00). A day off is 休, with a running number 休3; △ is leave, 学 training, 病
illness.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time

from domain.nurse_roster import Duty, NurseRoster
from domain.nurse_terms import DutyKind, NurseDayKind
from domain.roster_signs import (
    ALSO_ILL,
    ALSO_LEAVE,
    ALSO_TRAINING,
    ILL,
    LEAD,
    LEAVE,
    REST,
    TRAINING,
)
from domain.ward import Ward, usual_zone
from domain.words import Words, words

AWAY_MARKS: Mapping[NurseDayKind, str] = {
    NurseDayKind.LEAVE: LEAVE,
    NurseDayKind.TRAINING: TRAINING,
    NurseDayKind.ILL: ILL,
}
_AWAY_WORDS = {
    **dict.fromkeys((LEAVE, *ALSO_LEAVE), NurseDayKind.LEAVE),
    **dict.fromkeys((TRAINING, *ALSO_TRAINING), NurseDayKind.TRAINING),
    **dict.fromkeys((ILL, *ALSO_ILL), NurseDayKind.ILL),
}
_REST = re.compile(rf"(?:{REST}|off|-|/)\d*")
_UNTIL = re.compile(r"(.*?)\((\d{1,2}):(\d{2})\)")


def legend() -> Words:
    """What the signs mean."""
    return words(
        "{lead} before a mark: lead · a zone's code behind it: in that zone · (16:00): until then ·"
        " {rest}: free · {leave}: leave · {training}: training · {ill}: ill",
        lead=LEAD,
        rest=REST,
        leave=LEAVE,
        training=TRAINING,
        ill=ILL,
    )


class NotAMark(ValueError):
    """A cell that cannot be understood, and why."""

    def __init__(self, reason: Words) -> None:
        super().__init__(str(reason))
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Marked:
    """What a cell means: a duty, a day away, or neither, which is a day off."""

    duty: Duty | None = None
    away: NurseDayKind | None = None


def duty_mark(ward: Ward, duty: Duty) -> str:
    """The mark of a duty."""
    lead = LEAD if duty.lead else ""
    usual = usual_zone(ward, duty.nurse) if duty.nurse in ward.nurse else ""
    zone = duty.zone if duty.zone != usual else ""
    until = f"({duty.until:%H:%M})" if duty.until else ""
    return f"{lead}{duty.kind}{zone}{until}"


def marks(ward: Ward, roster: NurseRoster, nurse: str) -> tuple[str, ...]:
    """The nurse's row: a mark for each day, days off numbered through."""
    duties = {duty.day: duty for duty in roster.by_nurse.get(nurse, ())}
    row, rests = [], 0
    for day in roster.days:
        away = roster.away_on.get((nurse, day))
        if day in duties:
            row.append(duty_mark(ward, duties[day]))
        elif away is not None:
            row.append(AWAY_MARKS[away])
        else:
            rests += 1
            row.append(f"{REST}{rests}")
    return tuple(row)


def read_mark(ward: Ward, nurse: str, day: date, text: str) -> Marked:
    """What a cell says. An empty one is a day off. Raises NotAMark."""
    said = "".join(unicodedata.normalize("NFKC", text).split())
    if not said or _REST.fullmatch(said.casefold()):
        return Marked()
    if said in _AWAY_WORDS:
        return Marked(away=_AWAY_WORDS[said])
    body, until = _end(said)
    lead = body.startswith(LEAD)
    kind, zone = _kind(ward, nurse, body.removeprefix(LEAD), said)
    return Marked(Duty(day, nurse, kind.code, zone, lead, until))


def _end(said: str) -> tuple[str, time | None]:
    found = _UNTIL.fullmatch(said)
    if found is None:
        return said, None
    hour, minute = int(found[2]), int(found[3])
    if hour > 23 or minute > 59:
        raise NotAMark(words("“{text}” names no time of day", text=said))
    return found[1], time(hour, minute)


def _kind(ward: Ward, nurse: str, body: str, said: str) -> tuple[DutyKind, str]:
    """The kind whose mark is the beginning, the longest first; the rest is the zone."""
    for code in sorted(ward.kind, key=len, reverse=True):
        if body.startswith(code):
            kind = ward.kind[code]
            return kind, _zone(ward, nurse, kind, body.removeprefix(code), said)
    raise NotAMark(
        words("“{text}” is none of {known}", text=said, known=(*ward.kind, REST, *_AWAY_WORDS))
    )


def _zone(ward: Ward, nurse: str, kind: DutyKind, rest: str, said: str) -> str:
    if not rest:
        return usual_zone(ward, nurse) if kind.shifts else ""
    zones = {zone.code.casefold(): zone.code for zone in ward.problem.register.zones}
    if not kind.shifts or rest.casefold() not in zones:
        raise NotAMark(
            words(
                "“{text}”: behind {mark} stands no zone; zones are {zones}",
                text=said,
                mark=kind.code,
                zones=tuple(zones.values()),
            )
        )
    return zones[rest.casefold()]
