"""What a machine's belief must remember over a restart, as bytes in the spool and back."""

from __future__ import annotations

import logging

import msgspec

from devices.gateway.belief import Memory
from devices.wire.messages import AlarmForm, Unreadable, alarm_form, edge_of
from domain.telemetry import Phase

_log = logging.getLogger(__name__)


class _Form(msgspec.Struct, omit_defaults=True):
    taken: str = ""
    phase: Phase | None = None
    active: list[AlarmForm] = []


_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(_Form)


def kept(memory: Memory) -> bytes:
    """For the spool."""
    return _ENCODER.encode(
        _Form(memory.taken, memory.phase, [alarm_form(edge) for edge in memory.active])
    )


def recalled(payload: bytes) -> Memory:
    """From the spool. What an older version left and we cannot read is as good as nothing: at
    worst an alarm that is still there is told as new."""
    if not payload:
        return Memory()
    try:
        form = _DECODER.decode(payload)
        return Memory(form.taken, form.phase, tuple(edge_of(one) for one in form.active))
    except (msgspec.DecodeError, Unreadable) as error:
        _log.warning("what was remembered of a machine cannot be read: %s", error)
        return Memory()
