"""PCD-01 read: the guide's examples with its misprints, units, and what is missing."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from devices.protocols.example import Example
from devices.protocols.hl7.driver import Hl7Driver
from devices.protocols.hl7.examples import EXAMPLES, IDLE, TREATING
from devices.protocols.protocol import Refused
from domain.alarm import EdgePhase
from domain.quantity import QUANTITY
from domain.telemetry import Mode, Phase, Validity
from tests.devices.protocols.hl7_words import PATIENT, alarm, frame_of, read, status, told

VENOUS = "158776^MDC_HDIALY_BLD_PUMP_PRESS_VEN^MDC"
REMOVED = "159032^MDC_HDIALY_UF_ACTUAL_REMOVED_VOL^MDC"


def venous(value: str, unit: str = "mm[Hg]^mm[Hg]^UCUM", rest: str = "|||||F") -> str:
    """An OBX of the venous pressure."""
    return f"NM|{VENOUS}|1.1.3.15|{value}|{unit}{rest}"


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_the_guide_s_messages_say_what_is_written_beside_them(example: Example) -> None:
    report = Hl7Driver().interpret(frame_of(example.raw))
    assert dict(report.values) == pytest.approx(dict(example.values))
    assert report.unparsed == b""
    raised = {edge.code for edge in report.edges if edge.phase is not EdgePhase.END}
    assert raised == (example.alarms or set())
    assert report.serial == "SC678932"
    assert PATIENT not in repr(report)


def test_an_idle_machine_has_a_mode_and_no_values() -> None:
    report = Hl7Driver().interpret(frame_of(IDLE.raw))
    assert (report.complete, report.mode, report.phase) == (True, Mode.IDLE, Phase.IDLE)
    assert (report.values, report.quality, report.bypass) == ({}, {}, None)
    assert report.device_time == datetime(2019, 10, 3, 9, 20, 5, tzinfo=UTC)


def test_a_machine_in_treatment_has_a_cuff_measurement_with_its_own_time() -> None:
    report = Hl7Driver().interpret(frame_of(TREATING.raw))
    assert (report.mode, report.bypass) == (Mode.TREATMENT, False)
    assert report.blood_pressure is not None
    assert report.blood_pressure.taken == "20191003085024+0000"
    assert report.blood_pressure.values == {"nibp_sys_mmhg": 120, "nibp_dia_mmhg": 80}


def test_a_cuff_without_a_time_is_no_new_measurement() -> None:
    report = told("NM|150021^MDC_PRESS_BLD_NONINV_SYS^MDC|1.2.1.6|120|mm[Hg]|||||F")
    assert report.values == {"nibp_sys_mmhg": 120}
    assert report.blood_pressure is None


def test_values_of_two_cuffs_are_no_measurement() -> None:
    report = told(
        "NM|150021^MDC_PRESS_BLD_NONINV_SYS^MDC|1|120|mm[Hg]|||||F|||20191003085024+0000",
        "NM|150022^MDC_PRESS_BLD_NONINV_DIA^MDC|1|80|mm[Hg]|||||F|||20191003082024+0000",
    )
    assert report.blood_pressure is None


def test_a_pulse_may_have_been_counted_at_another_time() -> None:
    report = told(
        "NM|150021^MDC_PRESS_BLD_NONINV_SYS^MDC|1|120|mm[Hg]|||||F|||20191003085024+0000",
        "NM|149546^MDC_PULS_RATE_NON_INV^MDC|1|70|/min|||||F|||20191003090000+0000",
    )
    assert report.blood_pressure is not None
    assert report.blood_pressure.values == {"nibp_sys_mmhg": 120}


@pytest.mark.parametrize("value", ["", '""', "NA", " "])
def test_a_value_that_was_left_out_is_missing_and_not_0(value: str) -> None:
    report = told(venous(value))
    assert report.values == {}
    assert report.quality == {"venous_pressure_mmhg": Validity.NOT_AVAILABLE}


def test_the_value_type_na_is_a_missing_value() -> None:
    report = told(venous("12").replace("NM|", "NA|"))
    assert (report.values, set(report.quality.values())) == ({}, {Validity.NOT_AVAILABLE})


@pytest.mark.parametrize("value", ["FOO", "1e3", "NaN", "inf", "12,5", "0x10", "1 2", "9" * 40])
def test_what_is_no_number_is_invalid(value: str) -> None:
    report = told(venous(value))
    assert report.values == {}
    assert report.quality == {"venous_pressure_mmhg": Validity.INVALID}


@pytest.mark.parametrize(
    ("text", "value"), [("+12", 12), ("-.5", -0.5), ("12.", 12), (" 7 ", 7), ("-0", 0)]
)
def test_numbers_as_hl7_writes_them(text: str, value: float) -> None:
    assert told(venous(text)).values == {"venous_pressure_mmhg": value}


@pytest.mark.parametrize(
    ("identifier", "text", "unit", "name", "value"),
    [
        (REMOVED, "0.555", "L^L^UCUM", "uf_volume_ml", 555),
        (REMOVED, "555", "ML^^UCUM", "uf_volume_ml", 555),
        (REMOVED, "555", "^ml^UCUM", "uf_volume_ml", 555),
        ("159036^MDC_HDIALY_UF_RATE^MDC", "0.8", "l/hr", "uf_rate_ml_h", 800),
        ("159036^MDC_HDIALY_UF_RATE^MDC", "10", "mL/min", "uf_rate_ml_h", 600),
        (VENOUS, "12", "kPa", "venous_pressure_mmhg", 90.0073),
        (VENOUS, "90", "ml[Hg]", "venous_pressure_mmhg", 90),
        ("158720^MDC_HDIALY_MACH_THERAPY_TIME^MDC", "1.5", "h", "therapy_time_min", 90),
        ("160132^MDC_CONC_HCT_GEN^MDC", "0.45", "%{vol}", "hct_pct", 45),
        ("160132^MDC_CONC_HCT_GEN^MDC", "34.5", "%", "hct_pct", 34.5),
        ("149546^MDC_PULS_RATE_NON_INV^MDC", "70", "{Beats}/min", "pulse_bpm", 70),
        ("158988^^MDC", "1.42", "%", "ktv_sp", 1.42),
        ("158796^^", "36.5", "\u00b0C", "dialysate_temp_c", 36.5),
    ],
)
def test_units_are_brought_to_ours(
    identifier: str, text: str, unit: str, name: str, value: float
) -> None:
    report = told(f"NM|{identifier}|1.1.9|{text}|{unit}|||||F")
    assert dict(report.values) == {name: pytest.approx(value, abs=1e-4)}
    assert report.quality == {}


@pytest.mark.parametrize("unit", ["", "mm", "mL", "cm[H2O]", "mm[Hg", "%"])
def test_a_unit_of_another_thing_gives_no_value(unit: str) -> None:
    report = told(venous("120", unit))
    assert report.values == {}
    assert report.quality == {"venous_pressure_mmhg": Validity.INVALID}


def test_a_setting_is_never_taken_for_what_is_measured() -> None:
    report = told(
        "NM|16935956^MDC_HDIALY_BLD_PUMP_BLOOD_FLOW_RATE_SETTING^MDC|1|250|ml/min|||||F",
        "NM|16936004^MDC_HDIALY_DIALYSATE_COND_SETTING^MDC|1|13.8|mS/cm|||||F",
        "NM|158743^MDC_HDIALY_BLD_PUMP_BLOOD_FLOW_RATE_MEAN^MDC|1|240|ml/min|||||F",
    )
    assert report.values == {"blood_flow_set_ml_min": 250}
    assert report.unparsed == b""


def test_an_observation_is_known_by_its_identifier_and_not_by_its_place() -> None:
    report = told(venous("120").replace("1.1.3.15", "1.1.9.2"), venous("120"))
    assert report.values == {"venous_pressure_mmhg": 120}
    assert report.quality == {}


@pytest.mark.parametrize(
    "identifier", ["0^MDC_HDIALY_BLD_PUMP_PRESS_VEN^MDC", "^mdc_hdialy_bld_pump_press_ven"]
)
def test_without_a_code_the_reference_id_decides(identifier: str) -> None:
    report = told(f"NM|{identifier}|1|120|mm[Hg]|||||F")
    assert report.values == {"venous_pressure_mmhg": 120}


@pytest.mark.parametrize(
    ("identifier", "shown"),
    [
        ("158776^MDC_HDIALY_BLD_PRESS_ART^MDC", b"158776^BLD_PRESS_ART"),  # two things at once
        ("192513^MDC_HDIALY_BLD_PUMP_PRESS_VEN^MDC", b"192513^BLD_PUMP_PRESS_VEN"),  # private
        ("999999^MDC_SOMETHING^MDC", b"999999^SOMETHING"),
        ("^Li Ming^L", b"0^"),
        ("", b"0^"),
    ],
)
def test_a_strange_observation_is_left_out_and_counted(identifier: str, shown: bytes) -> None:
    report = told(f"NM|{identifier}|1|120|mm[Hg]|||||F", venous("100"))
    assert report.values == {"venous_pressure_mmhg": 100}
    assert report.unparsed == shown


def test_two_answers_to_one_question_are_both_doubted() -> None:
    report = told(venous("120"), venous("90"))
    assert report.values == {"venous_pressure_mmhg": 120}
    assert report.quality == {"venous_pressure_mmhg": Validity.QUESTIONABLE}


def test_fluid_before_and_after_the_filter_is_one_rate() -> None:
    post = "NM|158892^MDC_HDIALY_RF_POST_FILTER_FLOW_RATE^MDC|1|60|ml/min|||||F"
    pre = "NM|158940^MDC_HDIALY_RF_PRE_FILTER_FLOW_RATE^MDC|1|{}|ml/min|||||F"
    assert told(post, pre.format(40)).values == {"substitution_rate_l_h": pytest.approx(6.0)}
    half = told(post, pre.format(""))
    assert half.quality == {"substitution_rate_l_h": Validity.QUESTIONABLE}
    assert told(pre.format(""), post).quality == half.quality


@pytest.mark.parametrize(
    ("rest", "validity"),
    [
        ("||INV|||F", Validity.INVALID),
        ("||QUES|||F", Validity.QUESTIONABLE),
        ("||NAV|||F", Validity.NOT_AVAILABLE),
        ("|||||X", Validity.NOT_AVAILABLE),
        ("|||||W", Validity.INVALID),
    ],
)
def test_the_machine_s_own_doubt_is_kept(rest: str, validity: Validity) -> None:
    report = told(venous("120", rest=rest))
    assert report.quality == {"venous_pressure_mmhg": validity}
    assert bool(report.values) is (validity is Validity.QUESTIONABLE)


@pytest.mark.parametrize(
    ("mode", "phase"),
    [
        ("PRETX", None),
        ("TX", Phase.TREATMENT),
        ("POSTTX", None),
        ("DIS", Phase.DISINFECTION),
        ("IDL", Phase.IDLE),
        ("SVC", Phase.SERVICE),
    ],
)
def test_the_phase_is_told_as_finely_as_the_mode_does(mode: str, phase: Phase | None) -> None:
    report = told(f"ST|158594^MDC_HDIALY_MACH_MODE_OF_OPERATION^MDC|1.1.1.3|{mode}||||||F")
    assert (report.mode, report.phase) == (Mode(mode), phase)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("ST|158594^MDC_HDIALY_MACH_MODE_OF_OPERATION^MDC|1|DANCING||||||F", "a word"),
        ("ST|158597^MDC_HDIALY_MACH_TX_FLUID_BYPASS^MDC|1|perhaps||||||F", "a word"),
        ("ST|198244^MDC_EVT_HDIALY_BLOOD_LEAK^MDC|1|Q||||||F", "a word"),
        (f"NM|{VENOUS}|1.1.3.15|120|mm[Hg]^mm[Hg]^UCUM", "cut off"),
        (f"NM|{VENOUS}|1.1.3.15|120|mm[Hg]|||||q", "no status"),
        (f"NO|{VENOUS}|1.1.3.15|120|mm[Hg]|||||F", "no type"),
        ("NM|158776^MDC_HDIALY_PRESS_\ufffdEN^MDC|1|120|mm[Hg]|||||F", "characters"),
        ("ST|158608^MDC_HDIALY_DIALYSATE_NAME^MDC|1|Acid A||||||F\r35 B||||||F", "a name"),
    ],
)
def test_what_no_machine_can_mean_spoils_the_whole_message(row: str, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        told(venous("100"), row)


def test_an_event_whose_code_and_name_speak_of_two_things_is_no_flag() -> None:
    report = told("ST|198262^MDC_EVT_HDIALY_BLOOD_LEAK^MDC|1|T||||||F")
    assert (report.edges, report.cleared) == ((), frozenset())
    assert report.unparsed == b"198262^EVT_HDIALY_BLOOD_LEAK"


def test_every_quantity_of_ours_with_a_code_can_be_read_by_that_code() -> None:
    for quantity in QUANTITY.values():
        if quantity.mdc is not None:
            value = (quantity.low + quantity.high) / 2
            report = told(f"NM|{quantity.mdc}|1|{value:.2f}|{quantity.unit}|||||F")
            assert dict(report.values) == {quantity.name: pytest.approx(value, abs=0.006)}


def flag(word: str, code: str = "198262^MDC_EVT_HDIALY_SAFETY_VEN_AIR_DETECT^MDC") -> bytes:
    """A status with one event flag."""
    return status(f"ST|{code}|1.1.7.5|{word}||||||F")


def said(driver: Hl7Driver, *messages: bytes) -> list[tuple[str, EdgePhase]]:
    """The edges of several messages."""
    return [(edge.code, edge.phase) for raw in messages for edge in read(raw, driver).edges]


def test_flags_tell_the_beginning_and_the_end_of_an_alarm() -> None:
    driver = Hl7Driver()
    assert said(driver, flag("F"), flag("T"), flag("T"), flag("F"), flag("F")) == [
        ("air", EdgePhase.START),
        ("air", EdgePhase.CONTINUE),
        ("air", EdgePhase.END),
    ]


def test_a_flag_that_does_not_stand_says_so_though_nothing_has_ended() -> None:
    report = read(flag("F"), Hl7Driver())
    assert (report.edges, report.cleared) == ((), frozenset({"air"}))
    assert read(flag("T"), Hl7Driver()).cleared == frozenset()


def test_a_flag_that_stands_when_it_is_first_seen_goes_on() -> None:
    assert said(Hl7Driver(), flag("T")) == [("air", EdgePhase.CONTINUE)]


def test_flags_may_say_start_continue_and_end() -> None:
    driver = Hl7Driver()
    messages = (flag("start"), flag("Continue"), flag("END"), flag("end"))
    assert [phase for _, phase in said(driver, *messages)] == list(EdgePhase)


def test_two_flags_of_one_kind_are_one_alarm() -> None:
    arterial = "198252^MDC_EVT_HDIALY_SAFETY_ART_AIR_DETECT^MDC"
    both = status(
        f"ST|{arterial}|1|T||||||F",
        "ST|198262^MDC_EVT_HDIALY_SAFETY_VEN_AIR_DETECT^MDC|1|F||||||F",
    )
    assert said(Hl7Driver(), flag("F"), both) == [("air", EdgePhase.START)]


def test_a_flag_is_silent_where_an_alarm_message_has_spoken() -> None:
    driver = Hl7Driver()
    read(
        alarm(
            "CWE|196616^MDC_EVT_ALARM^MDC|1|198262^MDC_EVT_HDIALY_SAFETY_VEN_AIR_DETECT^MDC"
            "|||PH~ST|||F",
            "ST|68481^MDC_ATTR_EVENT_PHASE^MDC|1|start||||||F",
        ),
        driver,
    )
    assert said(driver, flag("T"), flag("F")) == []
