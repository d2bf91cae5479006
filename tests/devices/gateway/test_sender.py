"""What goes out next, and what goes out again."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from devices.gateway.sender import FIRST, Sender
from devices.gateway.spool import Kept
from domain.telemetry import Watermark
from tests.devices.gateway.world import BOOT, OTHER


class Shelf:
    """Places up to `began` are numbers of an older boot, those behind it of this one."""

    def __init__(self, began: int = 0) -> None:
        self.began = began
        self.rows: dict[int, Kept] = {}
        self.place = 0
        self.now = 0.0

    def put(self, count: int, sender: Sender | None = None) -> None:
        for _ in range(count):
            self.place += 1
            boot = BOOT if self.place > self.began else OTHER
            seq = self.place - (self.began if boot == BOOT else 0)
            self.rows[self.place] = Kept(self.place, "HD-1", boot, seq, False, b"")
        if sender:
            sender.kept(self.place)

    def after(self, place: int, until: int, most: int) -> tuple[Kept, ...]:
        found = [row for at, row in sorted(self.rows.items()) if place < at <= until]
        return tuple(found[:most])

    def at(self, places: Sequence[int]) -> tuple[Kept, ...]:
        return tuple(self.rows[place] for place in sorted(places) if place in self.rows)

    def forget(self, sender: Sender, seq: int, boot: str = BOOT) -> None:
        rows = self.rows.items()
        self.rows = {at: row for at, row in rows if row.boot != boot or row.seq > seq}
        if seq:
            sender.confirmed([Watermark("HD-1", boot, seq)], self.now)

    def store(self, sender: Sender, out: set[int]) -> None:
        """As ingest does that has heard what went out."""
        old = next(place for place in range(1, 999) if place not in out or place > self.began) - 1
        own = next(place for place in range(self.began + 1, 999) if place not in out) - 1
        self.forget(sender, old, OTHER)
        self.forget(sender, own - self.began)


def drain(sender: Sender, now: float, most: int = 10_000) -> list[int]:
    """Sends what is due; its places."""
    sent: list[int] = []
    while len(sent) < most and (row := sender.next(now)) is not None:
        sender.sent(row, now)
        sent.append(row.place)
    return sent


def made(left: int, history: int = 800, fresh: int = 5000, began: int = 0) -> tuple[Shelf, Sender]:
    shelf = Shelf(began)
    shelf.put(left)
    sender = Sender(shelf, began=began, history=history, fresh=fresh, alone=2)
    sender.up(shelf.place)
    return shelf, sender


def test_nothing_goes_out_before_a_connection() -> None:
    shelf = Shelf()
    shelf.put(3)
    assert drain(Sender(shelf), 0) == []


def test_what_was_left_goes_out_in_order() -> None:
    _, sender = made(450)
    assert drain(sender, 0) == list(range(1, 451))
    assert drain(sender, 0) == []


def test_what_is_fresh_goes_before_what_was_left() -> None:
    shelf, sender = made(5)
    drain(sender, 0, most=2)
    shelf.put(2, sender)
    assert drain(sender, 0) == [6, 7, 3, 4, 5]


def test_what_this_boot_left_goes_before_what_older_ones_left() -> None:
    """In a run of kills the fresh waited for the first numbers of their boot, and these behind
    100,000 entries of older boots."""
    shelf, sender = made(5, began=3)
    shelf.put(1, sender)
    assert drain(sender, 0) == [6, 4, 5, 1, 2, 3]
    sender.up(shelf.place)
    assert drain(sender, 0) == [4, 5, 6, 1, 2, 3]
    assert not sender.behind


def test_what_is_fresh_does_not_go_again_while_those_before_it_have_not_gone_once() -> None:
    shelf, sender = made(6, history=2)
    shelf.put(2, sender)
    assert drain(sender, 0) == [7, 8, 1, 2]
    for seq in (2, 4):
        shelf.now += FIRST + 1
        shelf.forget(sender, seq)
        assert drain(sender, shelf.now) == [seq + 1, seq + 2]
    assert drain(sender, shelf.now + FIRST + 1) == [5, 6, 7, 8]


def test_only_so_many_are_under_way_and_the_fresh_find_a_place() -> None:
    shelf, sender = made(20, history=6, fresh=4)
    assert drain(sender, 0) == [1, 2, 3, 4, 5, 6]
    shelf.put(6, sender)
    assert drain(sender, 0) == [21, 22, 23, 24]
    assert sender.in_flight == 10
    shelf.forget(sender, 6)
    assert drain(sender, 0) == [7, 8, 9, 10, 11, 12]


def test_the_fresh_never_take_the_place_of_what_they_wait_for() -> None:
    shelf, sender = made(4, history=2, fresh=3)
    shelf.put(9, sender)
    assert drain(sender, 0) == [5, 6, 7, 1, 2]
    shelf.forget(sender, 2)
    assert drain(sender, 0) == [3, 4]
    shelf.forget(sender, 7)
    assert drain(sender, 0) == [8, 9, 10]


def test_while_a_watermark_moves_an_entry_only_waits_for_those_before_it() -> None:
    shelf, sender = made(3)
    drain(sender, 0)
    shelf.now = FIRST
    shelf.forget(sender, 1)
    assert drain(sender, FIRST + 1) == []
    assert drain(sender, 2 * FIRST + 1) == [2, 3]


def test_while_ingest_says_nothing_little_is_left_to_the_broker() -> None:
    shelf, sender = made(1, fresh=5)
    drain(sender, 0)
    assert drain(sender, FIRST + 1) == [1]
    shelf.put(9, sender)
    assert drain(sender, FIRST + 1.2) == [2, 3]
    shelf.forget(sender, 3)
    assert drain(sender, FIRST + 1.3) == [4, 5, 6, 7, 8]


def test_what_is_not_confirmed_goes_out_again_ever_more_seldom() -> None:
    _, sender = made(3)
    drain(sender, 0)
    assert drain(sender, FIRST) == []
    assert drain(sender, FIRST + 1) == [1, 2, 3]
    assert drain(sender, 3 * FIRST) == []
    assert drain(sender, 3 * FIRST + 2) == [1, 2, 3]


def test_a_watermark_ends_the_waiting_and_what_it_covers_never_goes_again() -> None:
    shelf, sender = made(4)
    drain(sender, 0)
    shelf.forget(sender, 2)
    assert drain(sender, FIRST + 1) == [3, 4]
    shelf.now = FIRST + 2
    shelf.forget(sender, 2)
    assert drain(sender, 2 * FIRST + 3) == [3, 4]


def test_a_new_connection_begins_from_what_is_left() -> None:
    shelf, sender = made(4)
    drain(sender, 0)
    shelf.forget(sender, 2)
    shelf.put(1)
    sender.up(shelf.place)
    assert drain(sender, 0) == [3, 4, 5]


def test_it_is_behind_while_there_is_more_for_an_ingest_that_lives() -> None:
    shelf, sender = made(5, history=3, fresh=1)
    drain(sender, 0)
    assert sender.behind
    shelf.forget(sender, 3)
    assert drain(sender, 0) == [4, 5]
    assert not sender.behind
    shelf.put(2, sender)
    assert drain(sender, 0) == [6]
    assert sender.behind
    drain(sender, FIRST + 1)
    assert not sender.behind


def test_what_is_forgotten_meanwhile_is_not_looked_for_again() -> None:
    shelf, sender = made(3)
    shelf.forget(sender, 3)
    assert drain(sender, 0) == []
    assert not sender.behind


def test_what_is_not_handed_over_is_next_again() -> None:
    _, sender = made(2)
    assert sender.next(0) is sender.next(0)


@given(
    st.lists(st.sampled_from(["put", "send", "store", "up", "wait"]), max_size=40),
    st.sampled_from([0, 4, 7]),
)
@settings(max_examples=150)
def test_whatever_happens_everything_goes_out_in_the_end(steps: list[str], began: int) -> None:
    shelf, sender = made(7, history=3, fresh=2, began=began)
    out = set[int]()
    for step in steps:
        shelf.now += 100 if step == "wait" else 1
        if step == "put":
            shelf.put(3, sender)
        elif step == "up":
            sender.up(shelf.place)
        elif step == "store":
            shelf.store(sender, out)
        elif step == "send":
            out |= set(drain(sender, shelf.now))
        assert sender.in_flight <= 5
    for _ in range(2 * len(shelf.rows) + 2):
        shelf.now += 100
        out |= set(drain(sender, shelf.now))
        shelf.store(sender, out)
    assert shelf.rows == {}
