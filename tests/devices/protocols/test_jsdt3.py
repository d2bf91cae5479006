"""The JSDT common protocol, version 3, against frames typed by hand."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.protocols.example import Example
from devices.protocols.jsdt3.codec import codec
from devices.protocols.jsdt3.driver import Driver
from devices.protocols.jsdt3.examples import EARLY, EXAMPLES, FULL, TROUBLE, UNKNOWN_ITEM
from devices.protocols.jsdt3.twin import Face, reply
from devices.protocols.protocol import AlarmLevel, Fault, Frame, Garbage, Refused, Report
from devices.twin.truth import TrueAlarm, Truth
from domain.alarm import Direction, MachineState, Priority
from domain.telemetry import Mode, Phase, Validity

CLOCK = datetime(2026, 3, 2, 10, 16, 40)
POLL = b"K\r\n"


def framed(items: bytes) -> bytes:
    """A right frame around any items."""
    head = b"K3%03d" % len(items) + items
    return head + b"%02X\r\n" % (sum(head) % 256)


def read(items: bytes) -> Report:
    """What the driver makes of a reply with these items."""
    (frame,) = codec().feed(framed(items))
    assert isinstance(frame, Frame)
    return Driver().interpret(frame)


def truth(**values: float) -> Truth:
    """A treatment that shows these."""
    return Truth(0.0, "SN-1", "twin", True, Phase.TREATMENT, CLOCK, values)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_a_frame_typed_by_hand_is_read(example: Example) -> None:
    (frame,) = codec().feed(example.raw)
    assert frame == Frame("K3", example.raw)
    report = Driver().interpret(frame)
    assert report.values == example.values
    codes = None if report.levels is None else {level.code for level in report.levels}
    assert codes == example.alarms


def test_the_machine_writes_the_frame_typed_by_hand() -> None:
    full = truth(**FULL.values, nibp_sys_mmhg=132, nibp_dia_mmhg=78, pulse_bpm=76)
    at_quarter_past = Truth(
        0.0, "SN-1", "twin", True, Phase.TREATMENT, CLOCK, full.values,
        nibp_at=datetime(2026, 3, 2, 10, 15),
    )  # fmt: skip
    assert reply(at_quarter_past) == FULL.raw


def test_firmware_with_few_items_writes_the_short_frame_typed_by_hand() -> None:
    assert reply(truth(**EARLY.values), "MKABCDEFGHIJL") == EARLY.raw


def test_a_blood_pressure_comes_with_the_time_it_was_taken() -> None:
    (frame,) = codec().feed(FULL.raw)
    assert isinstance(frame, Frame)
    cuff = Driver().interpret(frame).blood_pressure
    assert cuff is not None
    assert cuff.taken == "101500"
    assert cuff.values == {"nibp_sys_mmhg": 132, "nibp_dia_mmhg": 78, "pulse_bpm": 76}


@pytest.mark.parametrize("never", [b"------", b"      ", b"999999", b"240000", b"106000"])
def test_without_a_time_there_was_no_blood_pressure(never: bytes) -> None:
    assert read(b"S" + never + b"T00000U00000V00000").blood_pressure is None


def test_midnight_is_a_time_like_any_other_and_no_date_is_invented() -> None:
    before, after = (read(b"S%sT00132U00078" % at) for at in (b"235930", b"000000"))
    assert before.blood_pressure is not None
    assert after.blood_pressure is not None
    assert (before.blood_pressure.taken, after.blood_pressure.taken) == ("235930", "000000")
    assert before.device_time is after.device_time is None


def test_a_cuff_value_that_is_old_is_no_value_of_this_moment() -> None:
    assert read(b"M1S101500T00132U00078V00076").values == {}


def test_blank_is_not_available_and_no_number_is_invalid_and_neither_is_0() -> None:
    report = read(TROUBLE.raw[5:-4])
    assert "uf_rate_ml_h" not in report.values
    assert "anticoag_rate_ml_h" not in report.values
    assert report.quality["uf_rate_ml_h"] is Validity.NOT_AVAILABLE
    assert report.quality["anticoag_rate_ml_h"] is Validity.INVALID
    assert report.values["blood_flow_ml_min"] == 0


@pytest.mark.parametrize(
    "text", [b"1e003", b"  nan", b"00-30", b"1 200", b"0x120", b"1_000", b"-----", b"  +  "]
)
def test_only_plain_numbers_are_numbers(text: bytes) -> None:
    report = read(b"H" + text)
    assert report.values == {}
    assert report.quality["venous_pressure_mmhg"] is Validity.INVALID


@pytest.mark.parametrize(
    ("text", "value"),
    [(b"-0030", -30), (b"-30  ", -30), (b"  128", 128), (b"+0128", 128), (b"128.0", 128),
     (b".5000", 0.5), (b"0128.", 128)],
)  # fmt: skip
def test_sign_blanks_and_point_may_be_anywhere(text: bytes, value: float) -> None:
    assert read(b"H" + text).values == {"venous_pressure_mmhg": value}


def test_liters_are_milliliters() -> None:
    values = read(b"A02.60B01.03C00.65O012.5P003.1Q03.00").values
    assert values == {
        "uf_target_ml": 2600,
        "uf_volume_ml": 1030,
        "uf_rate_ml_h": 650,
        "substitution_target_l": 12.5,
        "substitution_volume_l": 3.1,
        "substitution_rate_l_h": 3.0,
    }


def test_a_total_that_starts_again_is_reported_as_it_is() -> None:
    assert read(b"M1B02.50").values["uf_volume_ml"] == 2500
    assert read(b"M1B00.00").values["uf_volume_ml"] == 0


def test_behind_an_unknown_item_nothing_is_read() -> None:
    report = read(UNKNOWN_ITEM.raw[5:-4])
    assert report.values == {"venous_pressure_mmhg": 128}
    assert report.unparsed == b"X12345D00240"


def test_an_item_that_is_cut_off_is_left() -> None:
    report = read(b"H00128J001")
    assert report.values == {"venous_pressure_mmhg": 128}
    assert report.unparsed == b"J001"


@pytest.mark.parametrize("items", [b"H00128H00128", b"x1", b"123"])
def test_what_no_reply_can_hold_is_refused(items: bytes) -> None:
    with pytest.raises(Refused):
        read(items)


def test_the_sum_is_read_in_either_case() -> None:
    lower, upper = FULL.raw, FULL.raw[:-4] + b"EB\r\n"
    assert FULL.raw.endswith(b"eb\r\n")
    assert [piece.raw for piece in codec().feed(lower + upper)] == [lower, upper]


@pytest.mark.parametrize(
    ("raw", "fault"),
    [
        (FULL.raw.replace(b"K3149", b"K3148"), Fault.LENGTH),
        (FULL.raw.replace(b"K3149", b"K3150"), Fault.TRUNCATED),
        (FULL.raw.replace(b"K3149", b"K3x49"), Fault.LENGTH),
        (FULL.raw.replace(b"H00128", b"H00129"), Fault.CHECK),
        (FULL.raw.replace(b"eb\r\n", b"+b\r\n"), Fault.CHECK),
        (FULL.raw[:60] + b"\r\n", Fault.TRUNCATED),
        (b"Q3" + FULL.raw[2:], Fault.NOISE),
    ],
)
def test_a_damaged_frame_is_one_piece_of_garbage_and_the_next_is_read(
    raw: bytes, fault: Fault
) -> None:
    assert codec().feed(raw + EARLY.raw) == (Garbage(fault, raw), Frame("K3", EARLY.raw))


def test_digits_that_changed_places_pass_the_sum_and_must_be_doubted_elsewhere() -> None:
    swapped = FULL.raw.replace(b"H00128", b"H00821")
    (frame,) = codec().feed(swapped)
    assert isinstance(frame, Frame)
    assert Driver().interpret(frame).values["venous_pressure_mmhg"] == 821


@pytest.mark.parametrize(
    ("items", "level"),
    [
        (b"M1D00240H00260c1", AlarmLevel("venous_pressure", Direction.HIGH, True)),
        (b"M1D00240H00015c1", AlarmLevel("venous_pressure", Direction.LOW, True)),
        (b"M1D00240H00128c1", AlarmLevel("venous_pressure")),
        (b"M1D00000H00015c1", AlarmLevel("venous_pressure")),
        (b"M0D00240F080.0a1", AlarmLevel("temperature")),
        (b"M1D00240G012.9b1", AlarmLevel("conductivity", Direction.LOW, True)),
        (b"M1D00240h1", AlarmLevel("machine")),
    ],
)
def test_the_side_of_an_alarm_is_only_inferred_where_the_value_gives_it_away(
    items: bytes, level: AlarmLevel
) -> None:
    assert read(items).levels == frozenset({level})


def test_without_alarm_flags_nothing_is_said_of_alarms() -> None:
    assert read(b"M0F036.4").levels is None


def test_a_flag_that_is_no_flag_ends_no_alarm() -> None:
    assert read(b"M1a0b0c?").levels is None
    assert read(b"M1a0b0c ").levels == frozenset()


def test_in_treatment_or_not_is_all_that_is_known_of_the_phase() -> None:
    assert (read(b"M1").mode, read(b"M1").phase) == (Mode.TREATMENT, Phase.TREATMENT)
    for items in (b"M0", b"M ", b"D00240"):
        assert (read(items).mode, read(items).phase) == (None, None)


@pytest.mark.parametrize(
    "heard", [b"k\r\n", b"K\n", b"K3\r\n", b"S3004xxxx00\r\n", b"\r\n", b"K", b"KK\r"]
)
def test_the_machine_answers_to_nothing_but_a_poll(heard: bytes) -> None:
    assert Face("SN-1").hear(heard, truth(tmp_mmhg=1)) == b""


def test_a_poll_may_arrive_in_pieces_and_behind_noise() -> None:
    face, now = Face("SN-1"), truth(tmp_mmhg=92)
    said = [face.hear(piece, now) for piece in (b"\x00\xffK", b"\r", b"\n", b"\n")]
    assert said == [b"", b"", reply(now), b""]
    assert face.speak(now) == b""


def test_a_latched_alarm_is_shown_until_it_is_reset() -> None:
    states = (MachineState.ACTIVE, MachineState.LATCHED, MachineState.INACTIVE, MachineState.OFF)
    alarms = tuple(
        TrueAlarm(code, Priority.HIGH, 0.0, state=state)
        for code, state in zip(("air", "blood_leak", "tmp", "conductivity"), states, strict=True)
    )
    now = Truth(0.0, "SN-1", "twin", True, Phase.TREATMENT, CLOCK, {}, alarms=alarms)
    assert b"a0b0c0d0e0f1g1h0i0" in reply(now)


def test_an_alarm_without_a_flag_of_its_own_raises_the_one_for_others() -> None:
    alarms = (TrueAlarm("arterial_pressure", Priority.HIGH, 0.0),)
    now = Truth(0.0, "SN-1", "twin", True, Phase.TREATMENT, CLOCK, {}, alarms=alarms)
    assert b"f0g0h1i0" in reply(now)


def test_values_are_rounded_to_the_display_and_no_zero_has_a_sign() -> None:
    said = reply(truth(uf_volume_ml=1034.9, dialysate_pressure_mmhg=-30.4, tmp_mmhg=-0.2))
    assert b"B01.03" in said
    assert b"I-0030" in said
    assert b"J00000" in said


@given(items=st.binary(max_size=160))
@settings(max_examples=200)
def test_any_items_are_read_or_refused(items: bytes) -> None:
    try:
        report = Driver().interpret(Frame("K3", framed(items)))
    except Refused:
        return
    assert set(report.values).isdisjoint(report.quality)


def test_a_reply_is_not_acknowledged() -> None:
    driver = Driver()
    assert driver.poll() == POLL
    at = datetime(2026, 3, 2, 2, 15, tzinfo=UTC)
    assert driver.answer(Frame("K3", FULL.raw), at, accepted=True) == b""


def test_a_shape_is_the_items_and_their_points_and_not_what_they_measure() -> None:
    usual = read(b"M1H00128F036.5I-0030").shape
    assert usual == "K3::M1H#####F###.#I#####"
    assert read(b"M1H00131F036.6I00012").shape == usual
    for other in (
        b"M1H00128F03.65I-0030", b"M1F036.5H00128I-0030", b"M1H00128F036.5I-0030x",
        b"M0H00128F036.5I-0030",
    ):  # fmt: skip
        assert read(other).shape != usual
