"""What can be said to running simulated machines from the side: one line of JSON, one answer.

    {"machine": "HD-03", "line": "pull"}                    trouble of a line
    {"machine": "HD-03", "fault": {"kind": "venous_kink"}}  trouble of a machine or patient
    {"machine": "HD-03", "treatment": {"minutes": 240}}     a treatment to come
    {"machine": "HD-03", "ask": "truth"}                    what is true right now

For tests and demonstrations: the product has no way here.
"""

from __future__ import annotations

import json

from devices.twin.line_fault import WrongFault, is_line_fault, line_fault
from devices.twin.lines import Lines
from devices.twin.post import Post
from devices.twin.script import ScriptRefused, read_script


def obeyed(lines: Lines, text: str) -> dict[str, object]:
    """Does what a line says: `ok` with what was asked for, or not `ok` with the reason."""
    try:
        return {"ok": True, **_done(lines, text)}
    except (WrongFault, ScriptRefused, OSError) as error:  # OSError: its port is taken now
        return {"ok": False, "error": str(error)}


def _done(lines: Lines, text: str) -> dict[str, object]:
    try:
        row = json.loads(text)
    except (ValueError, RecursionError):
        raise WrongFault("a line of JSON was expected") from None
    if is_line_fault(row):
        fault = line_fault(row)
        _named(lines, fault.machine)
        lines.suffer(fault)
        return {"machines": [fault.machine]}
    if isinstance(row, dict) and "ask" in row:
        return _told(_named(lines, row.get("machine")), row["ask"])
    cues = read_script([text])
    for name in (name for cue in cues for name in cue.machines):
        _named(lines, name)
    return {"machines": lines.play(cues)}


def _named(lines: Lines, machine: object) -> Post:
    found = lines.posts.get(machine) if isinstance(machine, str) else None
    if found is None:
        raise WrongFault(f"there is no machine {machine!r} here")
    return found


def _told(one: Post, wish: object) -> dict[str, object]:
    if wish != "truth":
        raise WrongFault(f"ask is {wish!r}; expected truth")
    truth = one.truth
    return {
        "machine": one.made.machine,
        "seconds": truth.seconds,
        "powered": one.powered,
        "phase": truth.phase,
        "clock": truth.clock.isoformat(),
        "values": dict(truth.values),
        "alarms": [alarm.code for alarm in truth.alarms],
        "lost": one.lost,
    }
