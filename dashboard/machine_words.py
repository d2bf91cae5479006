"""What machines do and how they fare, in words: for every screen that shows them."""

from __future__ import annotations

from domain.alarm import ALARM_KIND, Direction, MachineState, Priority
from domain.telemetry import Generation, LinkStatus, Phase
from domain.words import Words, words

SAFETY = words("Information only. Not an alarm system. Watch and answer the machine itself.")

PHASE_WORDS: dict[Phase, Words] = {
    Phase.OFF: words("off"),
    Phase.SELF_TEST: words("self test"),
    Phase.PRIMING: words("priming"),
    Phase.READY: words("set up"),
    Phase.CONNECTING: words("connecting"),
    Phase.TREATMENT: words("treatment"),
    Phase.REINFUSION: words("reinfusion"),
    Phase.DRAIN: words("draining"),
    Phase.DISINFECTION: words("disinfection"),
    Phase.IDLE: words("idle"),
    Phase.SERVICE: words("service"),
}
LINK_WORDS: dict[LinkStatus, Words] = {
    LinkStatus.ONLINE: words("online"),
    LinkStatus.STALE: words("no good frame"),
    LinkStatus.NO_REPLY: words("no reply"),
    LinkStatus.GARBLED: words("garbled"),
    LinkStatus.PORT_ERROR: words("port error"),
    LinkStatus.OFFLINE: words("gateway gone"),
}
GENERATION_WORDS: dict[Generation, Words] = {
    Generation.REAL: words("real"),
    Generation.TEST: words("TEST"),
    Generation.DEMO: words("DEMO"),
}
STATE_WORDS: dict[MachineState, Words] = {
    MachineState.INACTIVE: words("over"),
    MachineState.ACTIVE: words("active"),
    MachineState.LATCHED: words("latched"),
    MachineState.OFF: words("switched off"),
    MachineState.UNKNOWN: words("unknown, link lost"),
}
PRIORITY_WORDS: dict[Priority, Words] = {
    Priority.HIGH: words("high priority"),
    Priority.MEDIUM: words("medium priority"),
    Priority.LOW: words("low priority"),
    Priority.INFORMATION: words("information"),
    Priority.UNKNOWN: words("priority not known"),
}
PRIORITY_SIGNS: dict[Priority, str] = {
    Priority.HIGH: "!!!",
    Priority.MEDIUM: "!!",
    Priority.LOW: "!",
    Priority.INFORMATION: "i",
    Priority.UNKNOWN: "!?",
}
"""As IEC 60601-1-8 writes them beside the color: never a color alone."""


def condition(code: str, direction: Direction | None) -> Words:
    """What an alarm is about, and which limit was passed."""
    what = ALARM_KIND[code].title
    match direction:
        case Direction.HIGH:
            return words("{what} high", what=what)
        case Direction.LOW:
            return words("{what} low", what=what)
        case None:
            return what
