"""The event flags of PCD-01: whether an alarm is there, as T and F or as start, continue, end.

The guide calls them not clinically actionable; the actionable form is PCD-04. So they speak
only for alarms of which this machine has sent no PCD-04 on this line.
"""

from __future__ import annotations

from collections.abc import Iterable

from devices.protocols.hl7.alarm import subject
from devices.protocols.hl7.mdc import EVENTS, Standing
from devices.protocols.hl7.status import Observation
from domain.alarm import AlarmEdge, EdgePhase, MachineState

_ON = frozenset({"t", "true", "start", "continue"})
_OFF = frozenset({"f", "false", "end"})


class Flags:
    """Remembers of each kind of alarm whether its flags stood, to tell a beginning and an end
    from what is as it was. A flag that stands when it is first seen began some time before:
    as the guide has it, that is `continue`."""

    def __init__(self) -> None:
        self._stood: dict[str, bool] = {}
        self._actionable: set[str] = set()

    def leave(self, kind: str) -> None:
        """PCD-04 speaks for this kind of alarm from now on."""
        self._actionable.add(kind)

    def told(self, found: Iterable[Observation]) -> tuple[tuple[AlarmEdge, ...], frozenset[str]]:
        """What begins, lasts or has ended, and all that is not there: we may have come to know of
        an alarm before this line was made, or lost. A kind of which one flag stands is there; one
        that is not spoken of stays as it was."""
        levels: dict[str, Observation] = {}
        for one in found:
            event = EVENTS.get(one.term.code)
            word = one.value.lower()
            if event is None or not event.flagged or word not in _ON | _OFF:
                continue
            if one.term.standing is Standing.STRANGE:
                continue
            if word in _ON or event.kind not in levels:
                levels[event.kind] = one
        spoken = [(kind, levels[kind]) for kind in sorted(levels) if kind not in self._actionable]
        edges = [self._edge(kind, one) for kind, one in spoken]
        cleared = frozenset(kind for kind, _ in spoken if not self._stood[kind])
        return tuple(edge for edge in edges if edge is not None), cleared

    def _edge(self, kind: str, one: Observation) -> AlarmEdge | None:
        word = one.value.lower()
        there, before = word in _ON, self._stood.get(kind)
        self._stood[kind] = there
        if not there:
            return _said(one, EdgePhase.END, MachineState.INACTIVE) if before else None
        begins = before is False or (before is None and word == "start")
        phase = EdgePhase.START if begins else EdgePhase.CONTINUE
        return _said(one, phase, MachineState.ACTIVE)


def _said(one: Observation, phase: EdgePhase, state: MachineState) -> AlarmEdge:
    about = subject(one.term)
    return AlarmEdge(
        code=about.kind,
        phase=phase,
        priority=about.priority,
        priority_from_machine=False,
        state=state,
        text=about.name,
    )
