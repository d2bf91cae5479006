"""`clearshift doctor`: what arrives at the end of a cable, live, and a verdict."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.console import RenderableType
from rich.text import Text

from clearshift.cli.call import Call, call_of
from clearshift.cli.pages import attention, bad, cell_text, good, heading, table
from clearshift.cli.refusal import Refusal
from devices.gateway.diagnosis import Diagnosis, Heard, Verdict
from devices.gateway.lines import BAUDS, LINK_FORMS
from devices.links.link import Address, Handshake, Link, LinkLost, Parity, Way, Wire, address
from devices.links.listener import Listener
from devices.links.serial_link import open_serial
from devices.protocols.listed import PROTOCOLS, NoProtocol, protocol
from devices.protocols.protocol import Frame, Garbage, Report
from devices.protocols.veil import printable, veiled
from domain.quantity import QUANTITIES
from domain.words import Words, words

SHOWN = 60
"""Bytes of a piece that are printed."""


def doctor(
    context: typer.Context,
    link: Annotated[
        str,
        typer.Argument(
            help=str(words("Where the machine is: a device file, or a network address."))
        ),
    ],
    protocol_name: Annotated[
        str,
        typer.Option(
            "--protocol", metavar=str(words("NAME")), help=str(words("What the machine speaks."))
        ),
    ] = "jsdt3",
    seconds: Annotated[
        int, typer.Option(min=1, max=3600, help=str(words("How long to look.")))
    ] = 15,
    baud: Annotated[int, typer.Option(help=str(words("Speed of a serial line.")))] = 9600,
    bits: Annotated[int, typer.Option(min=5, max=8, help=str(words("Data bits.")))] = 8,
    parity: Annotated[Parity, typer.Option(help=str(words("The parity bit.")))] = Parity.NONE,
    stop: Annotated[float, typer.Option(help=str(words("Stop bits.")))] = 1,
    handshake: Annotated[
        Handshake, typer.Option(help=str(words("How the ends stop each other.")))
    ] = Handshake.NONE,
    listen: Annotated[
        bool, typer.Option("--listen", help=str(words("Send nothing at all, not even polls.")))
    ] = False,
    raw: Annotated[
        bool,
        typer.Option(
            "--raw",
            help=str(words("Show garbage as it came; it may hold a patient's name or number.")),
        ),
    ] = False,
) -> int:
    """Sends nothing but the protocol's polls and acknowledgements. The exit code is 1 unless
    the machine is understood."""
    call = call_of(context)
    there = _address(link, baud)
    wire = Wire(baud, bits, parity, stop, handshake)
    seen = _diagnosis(protocol_name)
    try:
        opened = _opened(there, wire, seconds)
        if opened is not None:
            shown = printable if raw else _veiled
            _look(_Pieces(call, shown), opened, seen, seconds, listen=listen)
    except LinkLost as lost:
        if not seen.received:
            seen.port_error = str(lost)
        call.output.note(words("The line is lost: {reason}", reason=str(lost)))
    call.output.result(_document(call, seen), *_page(call, seen))
    return 0 if seen.verdict in (Verdict.GOOD, Verdict.LOSSES) else 1


def _address(link: str, baud: int) -> Address:
    there = address(link)
    if there is None:
        raise Refusal(words("{link} is no link; expected {forms}", link=link, forms=LINK_FORMS))
    if baud not in BAUDS:
        raise Refusal(words("{baud} is no usual speed of a line", baud=baud))
    return there


def _diagnosis(name: str) -> Diagnosis:
    try:
        row = protocol(name)
    except NoProtocol as unknown:
        raise Refusal(unknown.said) from unknown
    return Diagnosis(row, tuple(one for one in PROTOCOLS if one.name != row.name))


def _opened(there: Address, wire: Wire, seconds: float) -> Link | None:
    """The line; for a machine that calls us, its first call. Raises LinkLost."""
    if there.way is not Way.LISTEN:
        return open_serial(there, wire)
    listener = Listener(there.host, there.port)
    try:
        return listener.accept(seconds)
    finally:
        listener.close()


def _look(pieces: _Pieces, link: Link, seen: Diagnosis, seconds: float, *, listen: bool) -> None:
    """Polls once in a pace, but at least each two seconds, so that it does not take long."""
    start = time.monotonic()
    pace, due = min(2.0, seen.protocol.pace), start
    poll = b"" if listen else seen.poll
    try:
        while (now := time.monotonic()) < start + seconds:
            if poll and now >= due:
                pieces.show(seen.polled(now), now - start)
                link.write(poll)
                due = now + pace
            until = min(start + seconds, due) if poll else start + seconds
            chunk = link.read(max(0.0, until - time.monotonic()))
            now = time.monotonic()
            heard = seen.feed(chunk, now) if chunk else ()
            pieces.show(heard, now - start)
            if not listen:
                _acknowledge(link, seen, heard)
        pieces.show(seen.ended(time.monotonic()), seconds)
    finally:
        link.close()


def _acknowledge(link: Link, seen: Diagnosis, pieces: tuple[Heard, ...]) -> None:
    for one in pieces:
        if isinstance(one.piece, Frame):
            accepted = isinstance(one.said, Report)
            if answer := seen.driver.answer(one.piece, datetime.now(UTC), accepted):
                link.write(answer)


@dataclass(frozen=True, slots=True)
class _Pieces:
    """Tells what arrives, piece by piece; `shown` makes text of bytes that are no frame."""

    call: Call
    shown: Callable[[bytes, int], str]

    def show(self, heard: tuple[Heard, ...], seconds: float) -> None:
        """A line each."""
        for one in heard:
            self.call.output.note(self._line(one, f"{seconds:5.1f}"))

    def _line(self, one: Heard, seconds: str) -> Words:
        match one.piece, one.said:
            case Garbage() as garbage, _:
                return words(
                    "{seconds} s  garbage ({fault}), {bytes} bytes: {raw}",
                    seconds=seconds,
                    fault=garbage.fault.value,
                    bytes=len(garbage.raw),
                    raw=self.shown(garbage.raw, SHOWN),
                )
            case Frame() as frame, Report() as said:
                return _frame(frame, said, seconds)
            case piece, refused:
                return words(
                    "{seconds} s  frame of {bytes} bytes refused: {reason}",
                    seconds=seconds,
                    bytes=len(piece.raw),
                    reason=str(refused),
                )


def _veiled(raw: bytes, most: int) -> str:
    """The form of bytes that may hold anything, also a patient's number."""
    return printable(veiled(raw), most)


def _frame(frame: Frame, said: Report, seconds: str) -> Words:
    """Counted, not printed: a frame may hold a patient's name or number."""
    return words(
        "{seconds} s  frame {kind}, {bytes} bytes, {values} values, {left} not understood",
        seconds=seconds,
        kind=frame.kind,
        bytes=len(frame.raw),
        values=len(said.values),
        left=len(said.unparsed),
    )


def _page(call: Call, seen: Diagnosis) -> Iterator[RenderableType]:
    say = call.say
    if seen.values:
        yield heading(say, words("Last values"))
        yield table(
            say,
            (words("Quantity"), words("Value"), words("Unit")),
            (
                (one.title, seen.values[one.name], one.unit)
                for one in QUANTITIES
                if one.name in seen.values
            ),
            numbers=(1,),
        )
    yield heading(say, words("What arrived"))
    yield table(say, (words("Count"), words("Of")), _counts(seen), numbers=(0,))
    mark = {Verdict.GOOD: good, Verdict.LOSSES: attention}.get(seen.verdict, bad)
    yield Text("")
    yield mark(say, seen.words())


def _counts(seen: Diagnosis) -> Iterator[tuple[str | int | float, Words]]:
    yield seen.asked, words("polls")
    yield seen.received, words("bytes")
    yield seen.frames, words("frames understood")
    yield seen.refused, words("frames refused")
    yield seen.check_failures, words("failed checks")
    yield seen.garbage.total(), words("pieces of garbage")
    if seen.reply_seconds:
        usual, longest = (round(1000 * value) for value in seen.reply_seconds)
        yield usual, words("milliseconds to a reply, median")
        yield longest, words("milliseconds to a reply, longest")


def _document(call: Call, seen: Diagnosis) -> dict[str, object]:
    return {
        "verdict": seen.verdict.value,
        "words": cell_text(call.say, seen.words()),
        "polls": seen.asked,
        "bytes": seen.received,
        "frames": seen.frames,
        "refused": seen.refused,
        "refusal": seen.refusal,
        "check_failures": seen.check_failures,
        "garbage": {fault.value: count for fault, count in seen.garbage.items()},
        "reply_seconds": seen.reply_seconds,
        "serials": sorted(seen.serials),
        "values": seen.values,
    }
