"""Sentences kept in a column, so that everybody reads them in their own language later."""

from __future__ import annotations

import json
from datetime import date, datetime, time

from domain.words import Gap, Label, Words

_Value = Gap | Words | tuple[Gap | Words, ...]
_TIMES: dict[str, type[datetime] | type[date] | type[time]] = {
    "moment": datetime,
    "day": date,
    "clock": time,
}


def written(said: Words | None) -> str:
    """A sentence as text; nothing as an empty one."""
    return "" if said is None else json.dumps(_plain(said), ensure_ascii=False)


def read(text: str) -> Words | None:
    """What `written` made a text of. Raises ValueError for any other text."""
    if not text:
        return None
    found = _value(json.loads(text))
    if not isinstance(found, Words):
        raise ValueError(f"not a sentence: {text!r}")
    return found


def _plain(value: _Value) -> object:
    match value:
        case Words():
            return {"text": value.text, "gaps": {name: _plain(gap) for name, gap in value.gaps}}
        case Label():
            return {"en": value.en, "zh": value.zh}
        case tuple():
            return [_plain(one) for one in value]
        case datetime() | date() | time():
            kind = next(name for name, own in _TIMES.items() if isinstance(value, own))
            return {kind: value.isoformat()}
        case _:
            return value


def _value(plain: object) -> _Value:
    match plain:
        case {"text": str(text), "gaps": dict(gaps)}:
            return Words(text, tuple((str(name), _value(gap)) for name, gap in gaps.items()))
        case {"en": str(en), "zh": str(zh)}:
            return Label(en, zh)
        case list():
            parts = (_value(one) for one in plain)
            return tuple(one for one in parts if not isinstance(one, tuple))
        case dict() if len(plain) == 1 and next(iter(plain)) in _TIMES:
            ((kind, text),) = plain.items()
            return _TIMES[kind].fromisoformat(str(text))
        case str() | int() | float():
            return plain
    raise ValueError(f"not a part of a sentence: {plain!r}")
