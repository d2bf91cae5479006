"""The JSDT common protocol, version 4, against messages typed by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.protocols.example import Example
from devices.protocols.jsdt4.codec import codec
from devices.protocols.jsdt4.driver import Driver
from devices.protocols.jsdt4.examples import (
    ALARM,
    ALARM_REFUSED,
    CUFF,
    EXAMPLES,
    NARROW_CUFF,
    OPERATION,
    STATUS,
    STATUS_ACCEPTED,
)
from devices.protocols.jsdt4.private import without_patient
from devices.protocols.jsdt4.twin import PERIOD, Face, framed
from devices.protocols.protocol import Fault, Frame, Garbage, Refused, Report
from devices.twin.truth import TrueAlarm, Truth
from domain.alarm import Priority
from domain.telemetry import Mode, Phase, Validity

AT = datetime(2026, 3, 2, 2, 15, tzinfo=UTC)
CLOCK = datetime(2026, 3, 2, 10, 15, 12)
PATIENT = "0000123456"
CUFF_VALUES = {"nibp_sys_mmhg": 132.0, "nibp_dia_mmhg": 78.0, "pulse_bpm": 76.0}


def frame_of(raw: bytes) -> Frame:
    """The one frame in these bytes."""
    (piece,) = codec().feed(raw)
    assert isinstance(piece, Frame)
    return piece


def sent(kind: bytes, items: bytes, patient: bytes = b"  0000123456") -> bytes:
    """A right frame around any class and items."""
    head = b"S4%03d" % (2 + len(items)) + patient + kind + items
    return head + b"%02X\r\n" % (sum(head) % 256)


def read(kind: bytes, items: bytes) -> Report:
    """What the driver makes of it."""
    return Driver().interpret(frame_of(sent(kind, items)))


def truth(seconds: float = 0.0, **values: float) -> Truth:
    """A treatment that shows these."""
    return Truth(seconds, "SN-1", "twin", True, Phase.TREATMENT, CLOCK, values, patient=PATIENT)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_a_message_typed_by_hand_is_read(example: Example) -> None:
    frame = frame_of(example.raw)
    assert frame == Frame(example.name[:2], example.raw)
    report = Driver().interpret(frame)
    assert report.values == example.values
    codes = None if report.levels is None else {level.code for level in report.levels}
    assert codes == example.alarms
    assert PATIENT not in repr(report)


def test_the_status_typed_by_hand_has_a_mode_and_is_a_whole_sample() -> None:
    report = Driver().interpret(frame_of(STATUS.raw))
    assert (report.mode, report.phase) == (Mode.TREATMENT, Phase.TREATMENT)
    assert report.complete
    assert report.quality == {}


@pytest.mark.parametrize(
    ("example", "taken"), [(CUFF, "20260302101500"), (NARROW_CUFF, "20260302235959")]
)
def test_a_blood_pressure_is_read_whatever_its_fields_are_wide(
    example: Example, taken: str
) -> None:
    report = Driver().interpret(frame_of(example.raw))
    assert report.blood_pressure is not None
    assert report.blood_pressure.taken == taken
    assert report.blood_pressure.values == CUFF_VALUES
    assert not report.complete


def test_the_machine_writes_the_blood_pressure_typed_by_hand() -> None:
    cuff = replace(truth(**CUFF_VALUES), nibp_at=datetime(2026, 3, 2, 10, 15))
    assert Face("SN-1").speak(cuff).startswith(CUFF.raw)


def test_the_machine_writes_the_alarm_typed_by_hand() -> None:
    alarm = TrueAlarm("venous_pressure", Priority.HIGH, 0.0)
    ringing = replace(truth(), alarms=(alarm,), clock=datetime(2026, 3, 2, 10, 17, 1))
    assert Face("SN-1").speak(ringing).startswith(ALARM.raw)


def test_the_machine_writes_the_status_typed_by_hand() -> None:
    assert Face("SN-1").speak(truth(**STATUS.values)) == STATUS.raw


def test_the_id_is_not_counted_and_stands_right() -> None:
    assert framed("77", "BP", b"").startswith(b"S4002          77BP")


def test_one_identifier_means_another_thing_in_another_class() -> None:
    assert read(b"MS", b"DD0.64").values == {"uf_rate_ml_h": 640}
    cuff = read(b"BP", b"DA20260302101500DD0076").blood_pressure
    assert cuff is not None
    assert cuff.values == {"pulse_bpm": 76}
    levels = read(b"AL", b"DD1").levels
    assert levels is not None
    assert {level.code for level in levels} == {"dialysate_pressure"}


def test_liters_are_milliliters_wherever_the_point_is() -> None:
    values = read(b"MS", b"CA10.2CB-.03CC1.25DD 0.6CP012.").values
    assert values == {
        "uf_target_ml": 10_200,
        "uf_volume_ml": -30,
        "uf_rate_set_ml_h": 1250,
        "uf_rate_ml_h": 600,
        "substitution_volume_l": 12,
    }


def test_blank_and_no_number_are_not_0() -> None:
    report = read(b"MS", b"CH    CJ----")
    assert report.values == {}
    assert report.quality["venous_pressure_mmhg"] is Validity.NOT_AVAILABLE
    assert report.quality["tmp_mmhg"] is Validity.INVALID


@pytest.mark.parametrize("clock", [b"20260302101512", b" " * 14, b"2026023010151x"])
def test_a_clock_without_a_zone_is_no_moment(clock: bytes) -> None:
    report = read(b"MS", b"CM1DA" + clock)
    assert report.device_time is None
    assert report.mode is Mode.TREATMENT


@pytest.mark.parametrize(
    ("kind", "items"),
    [(b"TC", b"CM1"), (b"CM", b"CM1"), (b"DT", b"DA20260302101500"), (b"\xff\xfe", b""),
     (b"MS", b""), (b"MS", b"CM1CM0"), (b"BP", b"DB0132"), (b"BP", b"DA20260302DB0132")],
)  # fmt: skip
def test_what_no_machine_says_is_refused(kind: bytes, items: bytes) -> None:
    with pytest.raises(Refused) as refused:
        read(kind, items)
    assert "123456" not in str(refused.value)


def test_an_operation_log_is_told_of_and_its_bytes_are_left() -> None:
    report = Driver().interpret(frame_of(OPERATION.raw))
    assert report.operation == "operation log, not read"
    assert report.unparsed == b"DA20260302102000XA0240"


def test_the_words_of_an_alarm_are_read_from_shift_jis() -> None:
    assert Driver().interpret(frame_of(ALARM.raw)).operation == "静脈圧異常"


@pytest.mark.parametrize(
    ("words", "kept"),
    [("透析太郎様 脱血", ""), ("ID123456 漏血", "ID****** 漏血"), ("番号 987654", "番号 ***"),
     ("E12 液温", "E12 液温")],
)  # fmt: skip
def test_names_and_numbers_of_a_patient_are_taken_out_of_the_words(words: str, kept: str) -> None:
    text = words.encode("shift_jis").ljust(50)
    assert read(b"AL", b"DB0" + b"02" + text).operation == kept


def test_what_could_not_be_read_does_not_carry_the_id() -> None:
    assert read(b"MS", b"CM1ZZ0000123456").unparsed == b"ZZ**********"
    assert read(b"OL", b"ZZ123456").unparsed == b"ZZ******"


def test_raw_bytes_can_be_shown_without_the_patient() -> None:
    raw = sent(b"OL", b"ZZ0000123456")
    assert b"123456" not in without_patient(raw)
    assert len(without_patient(raw)) == len(raw)


def test_acknowledgements_are_those_typed_by_hand() -> None:
    driver = Driver()
    assert driver.poll() == b""
    assert driver.answer(frame_of(STATUS.raw), AT, accepted=True) == STATUS_ACCEPTED
    assert driver.answer(frame_of(ALARM.raw), AT, accepted=False) == ALARM_REFUSED


def test_an_id_that_is_no_text_is_not_echoed() -> None:
    frame = frame_of(sent(b"MS", b"CM1", patient=b"  00001\xff3456"))
    assert Driver().answer(frame, AT, accepted=True) == b""


@pytest.mark.parametrize(
    ("raw", "fault"),
    [
        (STATUS.raw.replace(b"S4144", b"S4143"), Fault.LENGTH),
        (STATUS.raw.replace(b"S4144", b"S4145"), Fault.TRUNCATED),
        (STATUS.raw.replace(b"S4144", b"S4001"), Fault.LENGTH),
        (STATUS.raw.replace(b"CH0128", b"CH0129"), Fault.CHECK),
        (STATUS_ACCEPTED, Fault.NOISE),
    ],
)
def test_a_damaged_message_is_garbage_and_the_next_is_read(raw: bytes, fault: Fault) -> None:
    assert codec().feed(raw + CUFF.raw) == (Garbage(fault, raw), Frame("BP", CUFF.raw))


def test_a_status_comes_once_a_period_and_needs_no_poll() -> None:
    face = Face("SN-1")
    said = [len(face.speak(truth(at, tmp_mmhg=92))) > 0 for at in (0, PERIOD - 1, PERIOD, PERIOD)]
    assert said == [True, False, True, False]
    assert face.hear(b"K\r\n", truth()) == b""


def test_an_alarm_is_said_at_once_and_again_until_it_is_acknowledged() -> None:
    face = Face("SN-1")
    face.speak(truth())
    alarm = TrueAlarm("air", Priority.HIGH, 0.0)
    kinds = [spoken(face, replace(truth(at), alarms=(alarm,))) for at in (1, 2, PERIOD)]
    assert kinds == [["AL"], [], ["AL", "MS"]]
    accepted = Driver().answer(frame_of(ALARM.raw), AT, accepted=True)
    for at in range(0, len(accepted), 5):
        face.hear(accepted[at : at + 5], truth())
    assert spoken(face, replace(truth(2 * PERIOD), alarms=(alarm,))) == ["MS"]


def spoken(face: Face, now: Truth) -> list[str]:
    """Classes of what the machine says."""
    return [piece.kind for piece in codec().feed(face.speak(now)) if isinstance(piece, Frame)]


def test_a_notice_is_no_alarm_of_a_kind_it_is_not() -> None:
    goal = replace(truth(), alarms=(TrueAlarm("uf_goal", Priority.LOW, 0.0),))
    said = codec().feed(Face("SN-1").speak(goal))
    notice = next(one for one in said if isinstance(one, Frame) and one.kind == "AL")
    levels = Driver().interpret(notice).levels
    assert levels is not None
    assert {level.code for level in levels} == {"notice"}


@given(kind=st.sampled_from([b"MS", b"BP", b"AL", b"OL"]), items=st.binary(max_size=160))
@settings(max_examples=300)
def test_any_items_are_read_or_refused(kind: bytes, items: bytes) -> None:
    try:
        report = Driver().interpret(Frame("", sent(kind, items)))
    except Refused:
        return
    assert set(report.values).isdisjoint(report.quality)


def test_a_shape_tells_that_it_is_another_patient_but_not_which() -> None:
    driver = Driver()
    one, other = b"  0000123456", b"  0000123457"
    said = [sent(b"MS", b"CM1", patient) for patient in (one, other, one)]
    assert [driver.interpret(frame_of(raw)).shape for raw in said] == [
        "MS:1:CM1", "MS:2:CM1", "MS:1:CM1",
    ]  # fmt: skip


def test_ids_are_not_remembered_without_end() -> None:
    driver = Driver()
    for number in range(1000):
        driver.interpret(frame_of(sent(b"MS", b"CM1", b"%12d" % number)))
    assert len(driver._met) <= 16


def test_the_words_of_an_alarm_are_no_part_of_its_shape() -> None:
    flags = b"DA20260302101701DB0DC1"
    shapes = {read(b"AL", flags + words).shape for words in (b"", b"02" + b" " * 50)}
    assert shapes == {"AL:1:DA##############DB#DC#02"}
