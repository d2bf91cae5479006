"""How a simulated machine speaks HL7: PCD-01 every few seconds and whenever its state changes,
PCD-04 when an alarm begins, changes, ends, and again and again while it lasts.

Written from the guide without the driver: neither tables nor escapes are shared. A message
that is not answered is sent once more, as the guide asks; after that the machine goes on.
"""

from __future__ import annotations

import re
from dataclasses import replace
from hashlib import blake2b

from devices.protocols.hl7.outcry import AlarmKey, Outcry, alarm_rows, key
from devices.protocols.hl7.tree import MACHINE, branches, number
from devices.twin.truth import TrueAlarm, Truth
from domain.alarm import EdgePhase, MachineState
from domain.telemetry import Phase

PACE = 5.0
REPEAT = 20.0
"""Seconds between mentions of an alarm that lasts: the guide says 10 to 30."""

RETRY = 10.0
"""Seconds after which an unanswered message is sent again, once."""

MAKER = "Clearshift_Simulated_Machine"
_PROFILE = "IHE_PCD_001^IHEPCD^1.3.6.1.4.1.19376.1.6.1.{arc}.1^ISO"
_ANSWER = re.compile(rb"MSA\|A[AER]\|([^|\r\x1c]*)")
_MARKS = {"\\": "\\E\\", "|": "\\F\\", "^": "\\S\\", "~": "\\R\\", "&": "\\T\\"}
LONGEST_HEARD = 4096


class Face:
    """The machine's end of the connection."""

    def __init__(self, serial: str, pace: float = PACE) -> None:
        self.serial = serial
        self.pace = pace
        self._eui = _eui(serial)
        self._count = 0
        self._heard = b""
        self._waiting: dict[bytes, tuple[float, bytes]] = {}
        self._reported: tuple[float, tuple[object, ...]] | None = None
        self._changed = -1.0
        self._alarms: dict[AlarmKey, tuple[float, TrueAlarm]] = {}

    def hear(self, chunk: bytes, truth: Truth) -> bytes:
        """Takes note of answers; it has none of its own to give."""
        del truth
        self._heard += chunk
        for answer in _ANSWER.finditer(self._heard):
            self._waiting.pop(answer.group(1), None)
        self._heard = self._heard.rpartition(b"\x1c\r")[2][-LONGEST_HEARD:]
        return b""

    def speak(self, truth: Truth) -> bytes:
        """Alarms first, then the state if it is time or has changed, then what went
        unanswered. A machine that is off forgets what it was about to say."""
        if not truth.powered or truth.phase is Phase.OFF:
            self._waiting.clear()
            self._alarms.clear()
            self._reported = None
            return b""
        late = self._late(truth)
        said = [self._alarm(one, truth) for one in self._outcries(truth)]
        state = _state(truth)
        if self._reported is None or self._is_due(truth, state):
            self._reported = (truth.seconds, state)
            said.append(self._message(truth, "ORU^R01^ORU_R01", "1", _status_rows(truth)))
        return b"".join((*said, *late))

    def _is_due(self, truth: Truth, state: tuple[object, ...]) -> bool:
        assert self._reported is not None
        last, before = self._reported
        return state != before or not 0 <= truth.seconds - last < self.pace

    def _late(self, truth: Truth) -> list[bytes]:
        late = [
            (name, raw)
            for name, (since, raw) in self._waiting.items()
            if truth.seconds - since >= RETRY
        ]
        for name, _ in late:
            del self._waiting[name]
        return [raw for _, raw in late]

    def _outcries(self, truth: Truth) -> list[Outcry]:
        """What is to be said of alarms, in the order in which it happened."""
        found = []
        if truth.seconds != self._changed:
            self._changed = truth.seconds
            found = [Outcry(change.alarm, change.phase) for change in truth.changes]
        for one in found:
            self._note(one, truth)
        there = {key(alarm): alarm for alarm in truth.alarms}
        for name, (_, alarm) in list(self._alarms.items()):
            if name not in there:
                found.append(Outcry(replace(alarm, state=MachineState.INACTIVE), EdgePhase.END))
                del self._alarms[name]
        for name, alarm in there.items():
            since, before = self._alarms.get(name, (0.0, None))
            new = before is None
            if new or _differs(before, alarm) or truth.seconds - since >= REPEAT:
                found.append(Outcry(alarm, EdgePhase.START if new else EdgePhase.CONTINUE))
                self._note(found[-1], truth)
        return found

    def _note(self, one: Outcry, truth: Truth) -> None:
        if one.phase is EdgePhase.END:
            self._alarms.pop(key(one.alarm), None)
        else:
            self._alarms[key(one.alarm)] = (truth.seconds, one.alarm)

    def _alarm(self, one: Outcry, truth: Truth) -> bytes:
        return self._message(truth, "ORU^R40^ORU_R40", "4", alarm_rows(one))

    def _message(self, truth: Truth, kind: str, arc: str, rows: list[str]) -> bytes:
        self._count += 1
        when = stamp(truth)
        name = f"{self._eui[-8:]}{truth.clock:%Y%m%d%H%M%S}{self._count:06d}"
        sender = f"{MAKER}^{self._eui}^EUI-64"
        machine = f"{escaped(truth.model)}/{escaped(truth.serial)}^^^^U"
        patient = f"{escaped(truth.patient)}^^^^MR~" if truth.patient else ""
        therapy = f"{self._eui}{truth.clock:%Y%m%d}^{sender}"
        subject = "70929^MDC_DEV_HDIALY_MACHINE_MDS^MDC" if arc == "1" else _ALARM_SUBJECT
        text = "".join(
            f"{row}\r"
            for row in (
                f"MSH|^~\\&|{sender}||||{when}||{kind}|{name}|P|2.6|||AL|NE||UNICODE UTF-8|||"
                + _PROFILE.format(arc=arc),
                f"PID|||{patient}{machine}||^^^^^^U",
                "PV1||U",
                f"OBR|1||{therapy}|{subject}|||{when}",
                *(f"OBX|{place}|{row}" for place, row in enumerate(rows, 1)),
            )
        )
        raw = b"\x0b" + text.encode("utf-8") + b"\x1c\x0d"
        self._waiting[name.encode("ascii")] = (truth.seconds, raw)
        return raw


_ALARM_SUBJECT = "196616^MDC_EVT_ALARM^MDC"


def _differs(before: TrueAlarm | None, now: TrueAlarm) -> bool:
    """True if the operator or the machine did something to it; a new value alone is not."""
    return before is None or (before.state, before.inactivation, before.priority) != (
        now.state, now.inactivation, now.priority,
    )  # fmt: skip


def _state(truth: Truth) -> tuple[object, ...]:
    """What the guide calls a change of status: a new one is reported at once."""
    alarms = tuple(sorted(str(key(alarm)) for alarm in truth.alarms))
    return (truth.phase, truth.bypass, truth.pump_on, truth.modality, truth.nibp_at, alarms)


def _status_rows(truth: Truth) -> list[str]:
    rows = _identity_rows(truth)
    raised = {alarm.code for alarm in truth.alarms}
    told: set[str] = set()
    for channel in (MACHINE, *branches(truth)):
        above, identifier = channel.parent
        if above and above not in told:
            told.add(above)
            rows.append(f"ST|{identifier}|{above}|||||||F")
        rows.append(f"ST|{channel.identifier}|{channel.place}|||||||F")
        if channel is MACHINE:
            rows += _machine_rows(truth)
        leaves = [f"ST|{name}|{{}}|{word}||||||F" for name, word in channel.fixed]
        for item in channel.items:
            if text := number(item, truth):
                unit = f"{item.unit}^{item.unit}^UCUM" if item.unit else ""
                when = stamp(truth, at_cuff=True) if item.spot and truth.nibp_at else ""
                tail = f"|||{when}|||{item.method}".rstrip("|")
                leaves.append(f"NM|{item.identifier}|{{}}|{text}|{unit}|||||F{tail}")
        leaves += [
            f"ST|{name}|{{}}|{'T' if code in raised else 'F'}||||||F"
            for name, code in channel.flags
        ]
        rows += [leaf.replace("{}", f"{channel.place}.{n}", 1) for n, leaf in enumerate(leaves, 11)]
    return rows


def _identity_rows(truth: Truth) -> list[str]:
    model = escaped(truth.model)
    return [
        "ST|70929^MDC_DEV_HDIALY_MACHINE_MDS^MDC|1.0.0|||||||F",
        f"ST|67880^MDC_ATTR_ID_MODEL^MDC|1.0.0.1|{MAKER} {model}||||||F",
        f"ST|531970^MDC_ID_MODEL_MANUFACTURER^MDC|1.0.0.2|{MAKER}||||||F",
        f"ST|531969^MDC_ID_MODEL_NUMBER^MDC|1.0.0.3|{model}||||||F",
        f"ST|531972^MDC_ID_PROD_SPEC_SERIAL^MDC|1.0.0.4|{escaped(truth.serial)}||||||F",
        "ST|531975^MDC_ID_PROD_SPEC_SW^MDC|1.0.0.5|1.0||||||F",
        "ST|70934^MDC_DEV_HDIALY_VMD^MDC|1.1|||||||F",
    ]


def _machine_rows(truth: Truth) -> list[str]:
    mode = truth.mode.value if truth.mode is not None else ""
    rows = [
        f"DTM|158592^MDC_HDIALY_MACH_TIME^MDC|1.1.1.1|{stamp(truth)}||||||F",
        f"ST|158594^MDC_HDIALY_MACH_MODE_OF_OPERATION^MDC|1.1.1.3|{mode}||||||F",
    ]
    if mode in {"IDL", "SVC"}:
        return rows
    return [
        *rows,
        f"ST|158596^MDC_HDIALY_MACH_BLD_PUMP_ON^MDC|1.1.1.7|{'FT'[truth.pump_on]}||||||F",
        f"ST|158597^MDC_HDIALY_MACH_TX_FLUID_BYPASS^MDC|1.1.1.8|{'FT'[truth.bypass]}||||||F",
        f"ST|158598^MDC_HDIALY_MACH_TX_MODALITY^MDC|1.1.1.9|{escaped(truth.modality)}||||||F",
    ]


def stamp(truth: Truth, at_cuff: bool = False) -> str:
    """The machine's clock as it writes it; with its zone, if the machine has been told one."""
    moment = truth.nibp_at if at_cuff and truth.nibp_at else truth.clock
    return f"{moment:%Y%m%d%H%M%S%z}"


def escaped(text: str) -> str:
    """Free text with the separators in it made harmless."""
    return "".join(_MARKS.get(char, char) for char in text if char.isprintable())


def _eui(serial: str) -> str:
    """An EUI-64 made of a network card's number, as the guide wants: six bytes with FFFE in
    the middle; the number follows from the serial number and is marked as made up."""
    card = bytearray(blake2b(serial.encode("utf-8"), digest_size=6).digest())
    card[0] = (card[0] & 0xFC) | 0x02
    return (card[:3].hex() + "fffe" + card[3:].hex()).upper()
