"""What is said besides samples and events, as JSON and back: births, links, active alarms, the
life of a gateway (all retained), and the watermarks that come back from ingest.

A snapshot is a sample as `messages` writes it. Whoever reads a retained message judges its age
by the time inside: to have just received it means nothing. As in `messages`, unknown fields are
dropped, another major version is refused, and a refusal names the place.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass
from datetime import UTC, datetime
from typing import Annotated, TypeVar

import msgspec

from devices.wire.messages import (
    LARGEST,
    AlarmForm,
    Boot,
    Moment,
    Name,
    Seq,
    Text,
    Unreadable,
    alarm_form,
    edge_of,
)
from domain.alarm import AlarmEdge
from domain.quantity import QUANTITY
from domain.telemetry import BootHeld, Generation, LinkCounters, LinkState, LinkStatus, Watermark

LINK, STATUS, STORED = "hd.link/1", "hd.gateway/1", "hd.stored/1"
BIRTH, ALARMS = "hd.birth/1", "hd.alarms/1"

Count = Annotated[int, msgspec.Meta(ge=0, le=2**53)]


@dataclass(frozen=True, slots=True)
class LinkReport:
    """A link with the gateway's side of the machine's books, both of the same moment `ts`.

    `accepted` is the number given last in the boot of `state`, `spooled` what is not yet known
    to be stored, of all boots; `refused` what the full spool did not take, in this boot; `first`
    the first number of this boot that may still be held. `older` are all boots before this one
    of which something is in the spool."""

    state: LinkState
    ts: datetime
    accepted: int = 0
    spooled: int = 0
    refused: int = 0
    older: tuple[BootHeld, ...] = ()
    first: int | None = None


@dataclass(frozen=True, slots=True)
class GatewayStatus:
    """Whether a gateway lives. Its will says `online=False` with the boot it belongs to: a will
    of another boot than the last one seen online is late and means nothing."""

    gateway: str
    boot: str
    online: bool
    ts: datetime
    version: str


@dataclass(frozen=True, slots=True)
class Birth:
    """Who speaks on a line: the machine's asset code, its protocol and what that can carry.
    `serial` is the machine's own number if it is known; `standing` how sure the protocol is."""

    machine: str
    gateway: str
    boot: str
    ts: datetime
    protocol: str
    generation: Generation
    pace: float
    quantities: frozenset[str]
    serial: str = ""
    standing: str = ""
    version: str = ""


@dataclass(frozen=True, slots=True)
class ActiveAlarms:
    """Every alarm there is; an empty tuple says that there is none. `known` is false while the
    wire is lost: then the alarms are the last ones heard of, each in the state `unknown`."""

    machine: str
    gateway: str
    boot: str
    ts: datetime
    known: bool
    alarms: tuple[AlarmEdge, ...]


class _Counters(msgspec.Struct, omit_defaults=True):
    polls: Count = 0
    good: Count = 0
    bad_check: Count = 0
    timeouts: Count = 0
    garbage: Count = 0
    unparsed: Count = 0
    reopened: Count = 0


class _Older(msgspec.Struct, omit_defaults=True):
    boot: Boot
    accepted: Seq
    first: Seq | None = None


class _Link(msgspec.Struct, tag_field="schema", tag=LINK, omit_defaults=True, kw_only=True):
    machine: Name
    gw: Name
    boot: Boot
    ts: Moment
    status: LinkStatus
    since: Moment
    last_good: Moment | None = None
    counters: _Counters = msgspec.field(default_factory=_Counters)
    accepted: Count = 0
    spooled: Count = 0
    refused: Count = 0
    older: list[_Older] = []
    first: Seq | None = None


class _Status(msgspec.Struct, tag_field="schema", tag=STATUS):
    gw: Name
    boot: Boot
    online: bool
    ts: Moment
    ver: Text


class _Mark(msgspec.Struct):
    machine: Name
    boot: Boot
    seq: Seq


class _Stored(msgspec.Struct, tag_field="schema", tag=STORED):
    marks: list[_Mark]


class _Birth(msgspec.Struct, tag_field="schema", tag=BIRTH, kw_only=True):
    machine: Name
    gw: Name
    boot: Boot
    ts: Moment
    proto: Name
    gen: Generation
    pace: Annotated[float, msgspec.Meta(gt=0, le=86_400)]
    quantities: list[str]
    serial: Text = ""
    standing: Text = ""
    ver: Text = ""


class _Alarms(msgspec.Struct, tag_field="schema", tag=ALARMS):
    machine: Name
    gw: Name
    boot: Boot
    ts: Moment
    known: bool
    alarms: list[AlarmForm]


_ENCODER = msgspec.json.Encoder(order="sorted")
_LINK, _STATUS = msgspec.json.Decoder(_Link), msgspec.json.Decoder(_Status)
_STORED = msgspec.json.Decoder(_Stored)
_BIRTH, _ALARMS = msgspec.json.Decoder(_Birth), msgspec.json.Decoder(_Alarms)

_Form = TypeVar("_Form")


def _decoded(decoder: msgspec.json.Decoder[_Form], payload: bytes) -> _Form:
    if len(payload) > LARGEST:
        raise Unreadable(f"{len(payload)} bytes, at most {LARGEST} are read")
    try:
        return decoder.decode(payload)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Unreadable(str(error)) from None


def encode_link(report: LinkReport) -> bytes:
    """The payload of a link."""
    state = report.state
    return _ENCODER.encode(
        _Link(
            machine=state.machine,
            gw=state.gateway,
            boot=state.boot,
            ts=report.ts,
            status=state.status,
            since=state.since,
            last_good=state.last_good,
            counters=_Counters(*astuple(state.counters)),
            accepted=report.accepted,
            spooled=report.spooled,
            refused=report.refused,
            older=[_Older(one.boot, one.given, one.first) for one in report.older],
            first=report.first,
        )
    )


def decode_link(payload: bytes) -> LinkReport:
    """A link as its gateway saw it. Raises Unreadable."""
    form = _decoded(_LINK, payload)
    counters = LinkCounters(*msgspec.structs.astuple(form.counters))
    last = None if form.last_good is None else form.last_good.astimezone(UTC)
    since, ts = form.since.astimezone(UTC), form.ts.astimezone(UTC)
    state = LinkState(form.machine, form.gw, form.boot, form.status, since, last, counters)
    older = tuple(BootHeld(one.boot, one.accepted, one.first) for one in form.older)
    return LinkReport(state, ts, form.accepted, form.spooled, form.refused, older, form.first)


def encode_status(status: GatewayStatus) -> bytes:
    """The payload of a gateway's life, and of its will."""
    form = _Status(status.gateway, status.boot, status.online, status.ts, status.version)
    return _ENCODER.encode(form)


def decode_status(payload: bytes) -> GatewayStatus:
    """Whether a gateway lives. Raises Unreadable."""
    form = _decoded(_STATUS, payload)
    return GatewayStatus(form.gw, form.boot, form.online, form.ts.astimezone(UTC), form.ver)


def encode_stored(watermarks: tuple[Watermark, ...]) -> bytes:
    """The payload that lets a gateway forget. At about 80 bytes a mark, 150 go into one."""
    marks = [_Mark(one.machine, one.boot, one.seq) for one in watermarks]
    return _ENCODER.encode(_Stored(marks=marks))


def decode_stored(payload: bytes) -> tuple[Watermark, ...]:
    """What is settled. Raises Unreadable."""
    form = _decoded(_STORED, payload)
    return tuple(Watermark(one.machine, one.boot, one.seq) for one in form.marks)


def encode_birth(birth: Birth) -> bytes:
    """The payload of who speaks on a line."""
    return _ENCODER.encode(
        _Birth(
            machine=birth.machine,
            gw=birth.gateway,
            boot=birth.boot,
            ts=birth.ts,
            proto=birth.protocol,
            gen=birth.generation,
            pace=birth.pace,
            quantities=sorted(birth.quantities),
            serial=birth.serial,
            standing=birth.standing,
            ver=birth.version,
        )
    )


def decode_birth(payload: bytes) -> Birth:
    """Who speaks on a line. Quantities that we do not know are passed over: a newer gateway may
    have more. Raises Unreadable."""
    form = _decoded(_BIRTH, payload)
    return Birth(
        form.machine,
        form.gw,
        form.boot,
        form.ts.astimezone(UTC),
        form.proto,
        form.gen,
        form.pace,
        frozenset(form.quantities) & QUANTITY.keys(),
        form.serial,
        form.standing,
        form.ver,
    )


def encode_alarms(active: ActiveAlarms) -> bytes:
    """The payload of all alarms there are."""
    forms = [alarm_form(edge) for edge in active.alarms]
    return _ENCODER.encode(
        _Alarms(active.machine, active.gateway, active.boot, active.ts, active.known, forms)
    )


def decode_alarms(payload: bytes) -> ActiveAlarms:
    """All alarms there are. Raises Unreadable."""
    form = _decoded(_ALARMS, payload)
    edges, ts = tuple(edge_of(alarm) for alarm in form.alarms), form.ts.astimezone(UTC)
    return ActiveAlarms(form.machine, form.gw, form.boot, ts, form.known, edges)
