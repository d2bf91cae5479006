"""Any order of words, lost wires and people's acts keeps what must hold of every alarm."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.alarm import EdgePhase, MachineState, Priority
from domain.alarm_book import AlarmBook, taken
from domain.alarm_life import Act, AlarmLife
from domain.alarm_response import CareRefused, closed, handed_over, seen
from domain.telemetry import Event, LinkStatus
from tests.domain.alarms import BOOT_A, BOOT_B, at, edge, event

START, CONTINUE, END = EdgePhase
KEY = ("HD-01", "venous_pressure")


def only(book: AlarmBook) -> AlarmLife:
    return book.lives[KEY]


def test_one_condition_is_one_open_alarm_however_often_it_is_said() -> None:
    book = taken(AlarmBook(), [event(n, edge(START if n == 1 else CONTINUE)) for n in range(1, 9)])
    assert (len(book.lives), only(book).times, len(only(book).records)) == (1, 1, 1)


def test_what_begins_again_unseen_is_counted_in_the_same_alarm() -> None:
    said = [event(1, edge()), event(2, edge(END)), event(3, edge()), event(4, edge(END))]
    life = only(taken(AlarmBook(), said))
    assert (life.number, life.times, life.open) == (1, 2, True)


def test_what_begins_again_after_it_was_over_is_another_alarm() -> None:
    book = taken(AlarmBook(), [event(1, edge()), event(2, edge(END))])
    book = taken(book.with_life(seen(only(book), "Li", at(3))), [event(4, edge())])
    assert (only(book).number, only(book).times, only(book).fresh) == (2, 1, True)


def test_an_end_without_a_begin_opens_nothing() -> None:
    assert taken(AlarmBook(), [event(1, edge(END))]).lives == {}


def test_an_alarm_that_was_there_before_we_listened_is_opened_by_its_continuing() -> None:
    assert only(taken(AlarmBook(), [event(7, edge(CONTINUE))])).open


def test_every_state_of_the_wire_but_online_makes_alarms_unknown() -> None:
    for status in LinkStatus:
        life = only(taken(AlarmBook(), [event(1, edge()), event(2, status.value)]))
        unknown = life.state is MachineState.UNKNOWN
        assert unknown is (status is not LinkStatus.ONLINE)


def test_a_wire_speaks_for_its_own_machine_only() -> None:
    said = [event(1, edge()), event(1, edge(), "HD-02"), event(2, "offline", "HD-02")]
    book = taken(AlarmBook(), said)
    assert only(book).state is MachineState.ACTIVE
    assert book.lives["HD-02", "venous_pressure"].state is MachineState.UNKNOWN


def test_an_older_word_of_the_wire_does_not_undo_a_newer() -> None:
    said = [event(1, edge()), event(3, "online"), event(2, "offline")]
    assert only(taken(AlarmBook(), said)).state is MachineState.ACTIVE


def test_an_end_that_another_boot_said_earlier_does_not_end_what_is_there_now() -> None:
    book = taken(AlarmBook(), [event(1, edge(), boot=BOOT_B, minutes=30)])
    book = taken(book, [event(9, edge(END), boot=BOOT_A, minutes=9)])
    assert only(book).state is MachineState.ACTIVE


def test_a_begin_of_a_gateway_whose_clock_has_jumped_back_is_believed() -> None:
    book = taken(AlarmBook(), [event(1, edge(), minutes=600), event(2, edge(END), minutes=601)])
    book = book.with_life(seen(only(book), "Li", at(602)))
    book = taken(book, [event(1, edge(), boot=BOOT_B, minutes=1)])
    assert (only(book).number, only(book).state) == (2, MachineState.ACTIVE)
    assert only(taken(book, [event(2, edge(END), boot=BOOT_B, minutes=2)])).ended


def test_a_begin_that_comes_after_its_end_is_kept_as_late() -> None:
    book = taken(AlarmBook(), [event(1, edge()), event(5, edge(END)), event(3, edge())])
    assert only(book).ended
    assert [record.act for record in only(book).records] == [Act.RAISED, Act.ENDED, Act.LATE]


def test_a_begin_that_comes_late_and_alone_is_open_and_unknown() -> None:
    book = taken(AlarmBook(), [event(5, edge(END)), event(3, edge())])
    assert (only(book).open, only(book).state) == (True, MachineState.UNKNOWN)


# --- any order --------------------------------------------------------------------------------

Step = Callable[[AlarmBook, int], AlarmBook]


def _machine(phase: EdgePhase, state: MachineState, priority: Priority, boot: str) -> Step:
    said = edge(phase, state, priority)
    return lambda book, n: taken(book, [event(n, said, boot=boot)])


def _wire(status: LinkStatus) -> Step:
    return lambda book, n: taken(book, [event(n, status.value)])


def _person(act: Callable[[AlarmLife, int], AlarmLife]) -> Step:
    def step(book: AlarmBook, n: int) -> AlarmBook:
        if KEY not in book.lives:
            return book
        try:
            return book.with_life(act(only(book), n))
        except CareRefused:
            return book

    return step


STEPS = st.one_of(
    st.builds(
        _machine,
        st.sampled_from(EdgePhase),
        st.sampled_from(MachineState),
        st.sampled_from(Priority),
        st.sampled_from([BOOT_A, BOOT_B]),
    ),
    st.builds(_wire, st.sampled_from(LinkStatus)),
    st.sampled_from(
        [
            _person(lambda life, n: seen(life, "Li", at(n))),
            _person(lambda life, n: handed_over(life, "Li", at(n), "Wu")),
            _person(lambda life, n: closed(life, "Li", at(n), "known")),
        ]
    ),
)


def _must_hold(before: AlarmLife | None, after: AlarmLife) -> None:
    if before is not None and before.number == after.number:
        assert after.records[: len(before.records)] == before.records, "a record was taken back"
    elif before is not None:
        assert (before.open, after.number) == (False, before.number + 1)
    assert after.open or after.state in (MachineState.INACTIVE, MachineState.UNKNOWN)
    assert after.open or not after.fresh, "closed, and nobody has seen it"
    assert after.times == sum(r.act in (Act.RAISED, Act.AGAIN) for r in after.records)
    if after.seen_at is not None:
        assert any(r.who == after.seen_by and r.at == after.seen_at for r in after.records)
    if after.state is not MachineState.UNKNOWN:
        assert after.state is after.last_said


@settings(max_examples=150)
@given(steps=st.lists(STEPS, max_size=25))
def test_any_order_of_words_lost_wires_and_acts_keeps_what_must_hold(steps: list[Step]) -> None:
    book = AlarmBook()
    for n, step in enumerate(steps, 1):
        before = book.lives.get(KEY)
        book = step(book, n)
        if KEY in book.lives:
            _must_hold(before, only(book))


EVENTS = st.lists(
    st.builds(
        lambda phase, state, status, boot: (
            status.value if status is not None else edge(phase, state),
            boot,
        ),
        st.sampled_from(EdgePhase),
        st.sampled_from([MachineState.ACTIVE, MachineState.LATCHED]),
        st.one_of(st.none(), st.sampled_from([LinkStatus.ONLINE, LinkStatus.OFFLINE])),
        st.sampled_from([BOOT_A, BOOT_B]),
    ),
    max_size=15,
).map(lambda rows: [event(n, said, boot=boot) for n, (said, boot) in enumerate(rows, 1)])


@settings(max_examples=100)
@given(events=EVENTS)
def test_events_taken_again_change_nothing(events: list[Event]) -> None:
    book = taken(AlarmBook(), events)
    assert taken(book, events).lives == book.lives
    for n in range(len(events)):
        assert taken(taken(AlarmBook(), events[: n + 1]), events).lives == book.lives


@pytest.mark.parametrize("status", [s for s in LinkStatus if s is not LinkStatus.ONLINE])
def test_a_lost_wire_never_closes(status: LinkStatus) -> None:
    book = taken(AlarmBook(), [event(1, edge())])
    book = book.with_life(seen(only(book), "Li", at(2)))
    assert only(taken(book, [event(3, status.value)])).open
