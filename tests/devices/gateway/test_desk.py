"""One machine's desk: what it answers, and what it puts aside."""

from __future__ import annotations

from devices.gateway.belief import Memory, Speaker
from devices.gateway.clock import Clock
from devices.gateway.desk import Desk, read
from devices.gateway.keeper import Ticket
from devices.gateway.lines import read_lines
from devices.protocols.jsdt4.driver import Driver
from devices.protocols.jsdt4.examples import ALARM
from devices.protocols.listed import PROTOCOL
from devices.protocols.protocol import Fault, Frame, Garbage
from domain.telemetry import Entry, Event, EventKind, Generation
from tests.devices.gateway.world import BOOT


class Shelf:
    """A keeper that keeps all and forgets nothing."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []

    def offer(self, machine: str, entries: tuple[Entry, ...], memory: bytes | None) -> Ticket:
        del machine, memory
        self.entries += entries
        ticket = Ticket()
        ticket.settle(True)
        return ticket

    def changed(self, machine: str) -> None:
        del machine

    def told(self, kind: EventKind) -> list[str]:
        """The texts of events of a kind."""
        return [one.text for one in self.entries if isinstance(one, Event) and one.kind is kind]


def desk(shelf: Shelf) -> Desk:
    """Of a machine that speaks version 4."""
    text = '[[line]]\nmachine = "HD-1"\nprotocol = "jsdt4"\nlink = "/dev/ttyS9"\n'
    (setting,) = read_lines(text, PROTOCOL)
    speaker = Speaker("HD-1", "gw", BOOT, "jsdt4", Generation.TEST)
    return Desk(setting, speaker, shelf, Clock(), Memory())


def answered(one: Desk, driver: Driver, raw: bytes) -> bytes:
    """What the machine is answered to a frame."""
    frame = Frame(raw[17:19].decode("ascii"), raw)
    return one.hear(driver, frame, read(driver, frame))


def test_a_frame_that_cannot_be_is_put_aside_once_and_without_the_patient() -> None:
    shelf = Shelf()
    one, driver = desk(shelf), Driver()
    strange = ALARM.raw.replace(b"ALDA", b"ZZDA")
    assert [answered(one, driver, strange) for _ in range(3)] == [b"", b"", b""]
    (text,) = shelf.told(EventKind.REFUSED)
    assert text.startswith("a message of an unknown class | 136 bytes: S4115************ZZDA2026")
    assert "123456" not in text
    assert one.link().counters.unparsed == 3


def test_noise_is_put_aside_by_its_form() -> None:
    shelf = Shelf()
    one = desk(shelf)
    for raw in (b"S4115  0000123456", b"S4115  0000123457"):
        one.noise(Garbage(Fault.TRUNCATED, raw))
    told = shelf.told(EventKind.REFUSED)
    assert told == ["no frame (truncated) | 17 bytes: S4000  0000000000"]


def test_an_odd_alarm_is_answered_no_until_it_is_said_again() -> None:
    shelf = Shelf()
    one, driver = desk(shelf), Driver()
    odd = ALARM.raw.replace(b"0000123456", b"0000123457")
    said = [answered(one, driver, raw)[:2] for raw in (ALARM.raw, odd, odd, ALARM.raw)]
    assert said == [b"R4", b"E4", b"R4", b"E4"]
