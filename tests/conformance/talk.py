"""A line of any protocol without a wire: the machine's face, our codec and driver."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

import pytest

from devices.protocols.listed import PROTOCOLS
from devices.protocols.protocol import Codec, Face, Frame, Garbage, Protocol, Report
from devices.twin.truth import Truth
from domain.alarm import EdgePhase
from domain.quantity import QUANTITY

AT = datetime(2026, 3, 2, 2, 15, tzinfo=UTC)
UNCHECKED = frozenset({"hl7"})
"""Have no check of their own in a frame and leave that to TCP."""

_COARSE = {
    "uf_target_ml": 10.0,
    "uf_volume_ml": 10.0,
    "uf_rate_ml_h": 10.0,
    "uf_rate_set_ml_h": 10.0,
    "dialysate_cond_ms_cm": 0.1,
}
_RESOLUTION = {"jsdt3": _COARSE, "jsdt4": _COARSE}

each_protocol = pytest.mark.parametrize("row", PROTOCOLS, ids=lambda row: row.name)


def resolution(row: Protocol, quantity: str) -> float:
    """The last digit of the machine's display."""
    finest = 10.0 ** -QUANTITY[quantity].decimals
    return _RESOLUTION.get(row.name, {}).get(quantity, finest)


class Line:
    """One machine and us."""

    def __init__(self, row: Protocol) -> None:
        self.row = row
        self.codec = row.codec()
        self.driver = row.driver()
        self.face = row.face("SN-1")

    def said(self, truth: Truth) -> bytes:
        """What the machine says of it, asked as the protocol wants."""
        poll = self.driver.poll()
        return self.face.hear(poll, truth) if poll else self.face.speak(truth)

    def heard(self, truth: Truth) -> list[Report]:
        """What we make of it, acknowledging, until the machine has no more to say."""
        reports = []
        said = self.said(truth)
        for _ in range(40):
            for piece in self.codec.feed(said):
                assert isinstance(piece, Frame)
                reports.append(self.driver.interpret(piece))
                self.face.hear(self.driver.answer(piece, AT, True), truth)
            said = b"" if self.driver.poll() else self.face.speak(truth)
            if not said:
                return reports
        pytest.fail("the machine never stops speaking")


def whole_frames(row: Protocol, truth: Truth) -> list[bytes]:
    """The machine's frames for a moment, one by one."""
    pieces = row.codec().feed(Line(row).said(truth))
    assert pieces
    return [piece.raw for piece in pieces if isinstance(piece, Frame)]


def values_of(reports: Iterable[Report]) -> dict[str, float]:
    """Everything measured, a cuff's values too."""
    found: dict[str, float] = {}
    for report in reports:
        found |= report.values
        if report.blood_pressure is not None:
            found |= report.blood_pressure.values
    return found


def alarms_of(reports: Iterable[Report]) -> set[str]:
    """Codes of the alarms that are there, by level or by edge."""
    return {code for report in reports for code in _alarms(report)}


def _alarms(report: Report) -> Iterator[str]:
    yield from (level.code for level in report.levels or ())
    yield from (edge.code for edge in report.edges if edge.phase is not EdgePhase.END)


def raws(pieces: Iterable[Frame | Garbage]) -> bytes:
    """Every byte that was told."""
    return b"".join(piece.raw for piece in pieces)


def frames(pieces: Iterable[Frame | Garbage]) -> list[bytes]:
    """The frames among them."""
    return [piece.raw for piece in pieces if isinstance(piece, Frame)]


def fed(codec: Codec, chunks: Iterable[bytes]) -> list[Frame | Garbage]:
    """All that comes of the chunks and of silence after them."""
    pieces = [piece for chunk in chunks for piece in codec.feed(chunk)]
    return [*pieces, *codec.flush()]


def machine(row: Protocol) -> Face:
    """A machine that speaks it."""
    return row.face("SN-1")
