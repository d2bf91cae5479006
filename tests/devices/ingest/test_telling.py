"""When gateways are told that they may forget."""

from __future__ import annotations

from devices.ingest.telling import MANY, PAUSE, Teller
from devices.mqtt.message import Message
from devices.wire.states import decode_stored
from domain.telemetry import Arrival, Watermark
from tests.devices.ingest.world import BOOT, NOON, sample


class Mouth:
    """What was said; nothing while it is shut."""

    def __init__(self) -> None:
        self.said: list[Message] = []
        self.shut = False

    def publish(self, message: Message) -> bool:
        if not self.shut:
            self.said.append(message)
        return not self.shut

    @property
    def seqs(self) -> list[int]:
        return [mark.seq for one in self.said for mark in decode_stored(one.payload)]


def settled(first: int, last: int) -> tuple[list[Watermark], list[Arrival]]:
    arrivals = [Arrival(sample(seq), NOON, b"", b"") for seq in range(first, last + 1)]
    return [Watermark("HD-1", BOOT, last)], arrivals


def test_a_word_leaves_after_a_while_or_many_messages_or_when_there_is_time() -> None:
    teller, mouth = Teller("center"), Mouth()
    for first, last, now, at_once in (
        (1, 1, 0.0, False),  # the first
        (2, 2, PAUSE / 2, False),  # not yet
        (3, 3, PAUSE, False),
        (4, 3 + MANY, PAUSE, False),
        (4 + MANY, 4 + MANY, PAUSE, False),  # not yet
        (5 + MANY, 5 + MANY, PAUSE, True),
    ):
        teller.learn(*settled(first, last), [])
        teller.tell(mouth, now, at_once=at_once)
    assert mouth.seqs == [1, 3, 3 + MANY, 5 + MANY]


def test_what_could_not_be_said_is_said_later_and_once() -> None:
    teller, mouth = Teller("center"), Mouth()
    mouth.shut = True
    teller.learn(*settled(1, 1), [])
    teller.tell(mouth, 0.0, at_once=False)
    mouth.shut = False
    teller.learn(*settled(2, 2), [])
    for now in (PAUSE, 2 * PAUSE):
        teller.tell(mouth, now, at_once=False)
    assert mouth.seqs == [2]
    assert mouth.said[0].topic == "hd/v1/center/gw/gw/stored"
