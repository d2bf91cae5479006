"""What is supported and how surely it is known, as a page for people, made from the list of
protocols itself: `docs/protocols.md`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from devices.protocols.listed import Missing
from devices.protocols.protocol import Carrier, Protocol, Standing
from domain.quantity import QUANTITIES

_SECOND_HAND = "**second hand**"
_NOTHING = "nothing yet"
_CARRIERS = {
    Carrier.SERIAL: "serial line, `socket://`, `rfc2217://`",
    Carrier.TCP_SERVER: "TCP, the machine connects to us",
}

_HEAD = """\
# Protocols

Made from `devices/protocols/` by `python -m clearshift.protocols_page`; do not edit it here.

A protocol is a folder: a codec cuts the bytes into frames, a driver says what a frame means, a
twin lets a simulated machine speak it, and frames typed by hand show both. One suite
(`tests/conformance`) asks the same of all of them. Brands are not named as supported: a machine
is supported when a capture from one has been read, and the last column says which.

We only ever send polls and acknowledgements. Where a protocol could write a setting to a
machine, our code has no way to.

What is marked **second hand** was learned from an implementation or a publication about the
protocol, not from its document: before a real machine is connected, compare it with the
document, and compare what `clearshift doctor` shows with the machine's own display.
"""


def protocols_page(rows: Iterable[Protocol], missing: Iterable[Missing]) -> str:
    """The page in Markdown."""
    listed, absent = tuple(rows), tuple(missing)
    lines = [
        _HEAD,
        "## What is implemented\n",
        "| Protocol | Name | Carrier | Implemented | Known from | Verified against "
        "| Captured from |",
        "|---|---|---|---|---|---|---|",
        *(_implemented(row) for row in listed),
        *(_absent(row) for row in absent),
        "\n## Line and pace\n",
        "Baud rate, parity, bits and handshake are settings of each line: none is fixed here. What "
        "follows from a weak check is told in [gateway.md](gateway.md).\n",
        "| Protocol | Who begins | Seconds between samples | Missing after (s) | What speaks for "
        "a frame |",
        "|---|---|---|---|---|",
        *(_paced(row) for row in listed),
        "\n## What each can carry\n",
        "A machine need not send all of it; what it leaves out is missing, never 0.\n",
        *_carried(listed),
    ]
    return "\n".join(lines) + "\n"


def _implemented(row: Protocol) -> str:
    known = f"{row.source} {_mark(row.standing)}".strip()
    checked = row.verified_against or _NOTHING
    cells = (str(row.title), f"`{row.name}`", _CARRIERS[row.carrier], "yes", known, checked)
    return f"| {' | '.join(cells)} | {row.captured_from or _NOTHING} |"


def _mark(standing: Standing) -> str:
    match standing:
        case Standing.SECOND_HAND:
            return _SECOND_HAND
        case Standing.PRIMARY:
            return "(read in the specification)"
        case Standing.MISSING:
            return "(needs manual)"


def _absent(row: Missing) -> str:
    known = f"{row.source} {_mark(row.standing)}"
    return f"| {row.title} | `{row.name}` | unknown | no, refuses to start | {known} | - | - |"


def _paced(row: Protocol) -> str:
    begins = "we poll" if row.driver().poll() else "the machine"
    return f"| `{row.name}` | {begins} | {row.pace:g} | {row.patience:g} | {row.check.value} |"


def _carried(rows: tuple[Protocol, ...]) -> Iterator[str]:
    yield f"| Quantity | Unit | MDC | {' | '.join(f'`{row.name}`' for row in rows)} |"
    yield "|---|---|---|" + "---|" * len(rows)
    for quantity in QUANTITIES:
        marks = ("yes" if quantity.name in row.quantities else "-" for row in rows)
        mdc = "-" if quantity.mdc is None else str(quantity.mdc)
        yield f"| {quantity.title} | {quantity.unit} | {mdc} | {' | '.join(marks)} |"
