"""The audit as rows that people read: what was before and after, place by place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo

from dashboard.acts.named import act_words, place_words
from dashboard.gate.words import role_words
from db.access.audit import Chain, ChainFault
from db.access.first_accounts import STARTER
from domain.account import AuditEntry, DisplayKind, Role
from domain.words import Say, Words, words

SHOWN_OF_DIGEST = 16
"""So many digits of a digest stand on paper; nobody can find another text that shares them."""
_ROLES = {one.value: one for one in Role}
_KINDS = {
    DisplayKind.CORRIDOR.value: words("corridor"),
    DisplayKind.STATION.value: words("nurse station"),
}


@dataclass(frozen=True, slots=True)
class Changed:
    """A value at a place, such as `("shifts", "D", "start")`; what was not there is `None`."""

    place: tuple[str, ...]
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class Row:
    """An entry as it is listed."""

    number: int
    at: datetime
    who: str
    role: str
    act: str
    subject: str
    change: str


def row(entry: AuditEntry, say: Say, zone: tzinfo) -> Row:
    """An entry in a reader's language and time zone."""
    who = say(words("the program")) if entry.who == STARTER else entry.who
    change = "; ".join(say(changed_words(one)) for one in changes(entry.before, entry.after))
    return Row(
        entry.number,
        entry.at.astimezone(zone),
        who,
        _role(entry.role, say),
        say(act_words(entry.act)),
        entry.subject,
        change,
    )


def changes(before: object, after: object) -> tuple[Changed, ...]:
    """Every place at which two documents differ."""
    old, fresh = dict(_leaves(before, ())), dict(_leaves(after, ()))
    places = dict.fromkeys([*old, *fresh])
    return tuple(
        Changed(place, old.get(place), fresh.get(place))
        for place in places
        if old.get(place) != fresh.get(place)
    )


def changed_words(one: Changed) -> Words:
    """A change as a sentence."""
    place = place_of(one)
    match one.before, one.after:
        case None, after:
            return words("{place}: {after}", place=place, after=value_words(after))
        case before, None:
            return words("{place}: {before} removed", place=place, before=value_words(before))
    before, after = value_words(one.before), value_words(one.after)
    return words("{place}: {before} → {after}", place=place, before=before, after=after)


def place_of(one: Changed) -> Words:
    """Where a change is, for people."""
    match one.place:
        case ():
            return words("value")
        case (only,):
            return place_words(only)
        case first, *rest:
            return words("{first} / {rest}", first=place_words(first), rest=" / ".join(rest))
    raise AssertionError(one.place)


def value_words(value: object) -> Words:
    """A value for people: a role by its name, yes and no as marks, the rest as it is."""
    match value:
        case None:
            return words("{value}", value="")
        case True:
            return words("yes")
        case False:
            return words("no")
        case str() if value in _ROLES:
            return role_words(_ROLES[value])
        case str() if value in _KINDS:
            return _KINDS[value]
    return words("{value}", value=str(value))


def chain_words(chain: Chain) -> Words:
    """What the verification found, as a sentence."""
    number = chain.broken_at or 0
    match chain.fault:
        case None if chain.entries == 0:
            return words("The audit is empty.")
        case None:
            return words("All {count} entries are as they were written.", count=chain.entries)
        case ChainFault.CHANGED:
            return words("Entry {number} was changed after it was written.", number=number)
        case ChainFault.MISSING:
            return words("Entries before number {number} are missing.", number=number)
        case ChainFault.CUT:
            return words("Entries from number {number} on were cut off.", number=number)
        case ChainFault.REWRITTEN:
            return words("Entry {number} is not the one on the paper.", number=number)


def paper_head(typed: str) -> tuple[int, str] | None:
    """A head as it stands on the day sheet, "number digest", with any spaces and hyphens; None
    if it is none."""
    number, _, rest = typed.strip().partition(" ")
    digest = "".join(rest.replace("-", " ").split()).lower()
    whole = number.isascii() and number.isdigit() and len(number) < 10
    if not whole or len(digest) < 8 or not set(digest) <= set("0123456789abcdef"):
        return None
    return int(number), digest


def shown_head(number: int, digest: str) -> str:
    """A head as it is printed."""
    short = digest[:SHOWN_OF_DIGEST]
    groups = (short[start : start + 4] for start in range(0, len(short), 4))
    return f"{number} {' '.join(groups)}".strip()


def _role(role: str, say: Say) -> str:
    return say(role_words(_ROLES[role])) if role in _ROLES else ""


def _leaves(value: object, place: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], object]]:
    match value:
        case Mapping():
            for key, one in value.items():
                yield from _leaves(one, (*place, str(key)))
        case list():
            for index, one in enumerate(value, 1):
                yield from _leaves(one, (*place, str(index)))
        case None:
            return
        case _:
            yield place, value
