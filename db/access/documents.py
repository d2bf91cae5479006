"""Values as JSON documents that are the same text wherever they are written."""

from __future__ import annotations

import json
from collections.abc import Mapping, Set
from dataclasses import fields, is_dataclass
from datetime import date, time, timedelta
from enum import Enum
from math import isfinite

Document = None | bool | int | float | str | list["Document"] | dict[str, "Document"]


def document(value: object) -> Document:
    """A value in JSON's terms: a dataclass is an object, a set a sorted list, a moment a text.

    Raises TypeError for anything else, and for numbers that JSON cannot hold: an audit that
    would show an address in memory tells nothing.
    """
    match value:
        case None | bool():
            return value
        case Enum():
            return document(value.value)
        case int() | str():
            return value
        case float() if isfinite(value):
            return value
        case date() | time():
            return value.isoformat()
        case timedelta():
            return value.total_seconds()
        case Mapping():
            return {str(document(key)): document(one) for key, one in value.items()}
        case list() | tuple():
            return [document(one) for one in value]
        case Set():
            return sorted((document(one) for one in value), key=canonical)
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: document(getattr(value, one.name)) for one in fields(value)}
    raise TypeError(f"cannot be told in an audit: {value!r}")


def canonical(value: object) -> str:
    """A document as the one text that it has: sorted keys, no spaces."""
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )
