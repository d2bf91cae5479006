"""The text of a message: separators, escapes, encodings, dates, and what stays private."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.protocols.hl7.er7 import (
    LONGEST_CODED,
    Separators,
    Unfit,
    moment,
    parts,
    plain,
    read,
)
from devices.protocols.hl7.private import without_patient
from devices.protocols.hl7.twin import escaped
from tests.devices.protocols.hl7_words import PATIENT, PID, framed, header, status, told
from tests.devices.protocols.hl7_words import read as report_of

USUAL = Separators("|", "^", "~", "\\", "&")
MODE = "OBX|1|ST|158594^MDC_HDIALY_MACH_MODE_OF_OPERATION^MDC|1|{}||||||F"
NAME = "透析科九号|^"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (r"a\F\b\S\c\T\d\R\e\E\f", "a|b^c&d~e\\f"),
        (r"\X41\\X4243\x", "ABCx"),
        (r"\Xzz\ \Z1\ \H\bold\N\ ", r"\Xzz\ \Z1\ \H\bold\N\ "),
        (r"one\.br\two", "one\ntwo"),
        ("\\", "\\"),
        (r"\E\F\E" + "\\", r"\F" + "\\"),
        ("", ""),
    ],
)
def test_escapes_are_undone(text: str, shown: str) -> None:
    assert plain(text, USUAL) == shown


@given(st.text())
@settings(max_examples=200)
def test_what_the_machine_escapes_comes_back(text: str) -> None:
    printable = "".join(char for char in text if char.isprintable())
    assert plain(escaped(text), USUAL) == printable


def test_a_coded_field_is_cut_into_its_parts() -> None:
    assert parts("158776^MDC_X&y^MDC", USUAL) == ("158776", "MDC_X", "MDC")
    assert parts(r"a\S\b^^c", USUAL) == ("a^b", "", "c")
    assert parts("", USUAL) == ("",)
    assert parts("^", USUAL) == ("", "")


def test_what_is_no_code_is_not_taken_apart() -> None:
    long, manifold = "a^" * LONGEST_CODED, "^" * 40
    assert parts(long, USUAL) == (long[:LONGEST_CODED],)
    wide = "1^" + "b" * LONGEST_CODED
    assert parts(wide, USUAL) == (wide[:LONGEST_CODED],)
    assert parts(manifold, USUAL) == (manifold,)


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n", "\r\r", "\n\n"])
def test_segments_may_end_in_any_way(end: str) -> None:
    assert report_of(framed(header(), MODE.format("TX"), end=end)).mode == "TX"


@pytest.mark.parametrize("before", ["\r\n", "  ", "\n\n"])
def test_blanks_before_the_header_do_no_harm(before: str) -> None:
    assert report_of(framed(before + header(), MODE.format("TX"))).mode == "TX"


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [
        ("UNICODE UTF-8", "utf-8"),
        ("GB 18030-2000", "gb18030"),
        ("8859/1", "latin-1"),
        ("", "utf-8"),
        ("UNICODE UTF-8~GB 18030-2000", "utf-8"),
    ],
)
def test_the_message_says_how_it_is_encoded(charset: str, encoding: str) -> None:
    name = "Grün" if encoding == "latin-1" else "透析科九号"
    raw = framed(
        header(tail=f"||||||{charset}"), f"PID|||{name}/S-{name}^^^^U", MODE.format("TX"),
        encoding=encoding,
    )  # fmt: skip
    assert (report_of(raw).serial, report_of(raw).mode) == (f"S-{name}", "TX")


def test_two_bytes_of_which_one_looks_like_a_separator_are_one_character() -> None:
    raw = framed(
        header(tail="||||||GB 18030-2000"), "PID|||M/\u4e04\u8c7c^^^^U", MODE.format("TX"),
        encoding="gb18030",
    )  # fmt: skip
    assert b"|^" in raw
    assert report_of(raw).serial == "\u4e04\u8c7c"


def test_an_undeclared_encoding_spoils_its_own_field_and_no_value() -> None:
    raw = framed(
        header(),
        "OBX|1|ST|158608^MDC_HDIALY_DIALYSATE_NAME^MDC|1|豌豆||||||F",
        "OBX|2|NM|158776^MDC_HDIALY_BLD_PUMP_PRESS_VEN^MDC|1|120|mm[Hg]|||||F",
        encoding="gb18030",
    )
    assert report_of(raw).values == {"venous_pressure_mmhg": 120}


@pytest.mark.parametrize("head", ["MSH|^~", "MSH|^~\\&\x01", "MSH\x07^~\\&\x07", "MSH |~\\& "])
def test_a_header_that_cannot_be_cut_is_unfit(head: str) -> None:
    with pytest.raises(Unfit):
        read(framed(head))


def test_a_message_of_too_many_segments_is_unfit() -> None:
    with pytest.raises(Unfit, match="too many"):
        read(framed(header(), *["OBX"] * 1000))


@pytest.mark.parametrize(
    ("text", "zone_of", "when"),
    [
        ("20191003092005+0000", "", datetime(2019, 10, 3, 9, 20, 5, tzinfo=UTC)),
        ("20191003092005.250+0800", "", datetime(2019, 10, 3, 1, 20, 5, 250_000, tzinfo=UTC)),
        ("20191003092005-0330", "", datetime(2019, 10, 3, 12, 50, 5, tzinfo=UTC)),
        ("20191003092005", "20191003092006+0800", datetime(2019, 10, 3, 1, 20, 5, tzinfo=UTC)),
        ("20191003", "+0000", datetime(2019, 10, 3, tzinfo=UTC)),
        ("20191003092005", "", None),
        ("20191303092005+0000", "", None),
        ("00010101000000+1400", "", None),
        ("now+0000", "", None),
        ("2019" * 20 + "+0000", "", None),
    ],
)
def test_a_time_is_one_only_with_a_zone(text: str, zone_of: str, when: datetime | None) -> None:
    assert moment(text, zone_of) == when


def test_raw_bytes_are_shown_without_the_patient() -> None:
    raw = status("NM|1^X^L|1|7||||||F").replace(b"\x1c", b"NTE|1||Li Ming slept\r\x1c")
    shown = without_patient(raw)
    assert PATIENT.encode() in raw
    for secret in (PATIENT, "Li", "Ming", "slept"):
        assert secret.encode() not in shown
    assert b"\rPID\r" in shown
    assert b"OBX|1|NM|1^X^L|1|7" in shown


@pytest.mark.parametrize("end", ["\r", "\n"])
def test_the_patient_is_masked_whatever_ends_the_segments(end: str) -> None:
    assert without_patient(framed(header(), PID, end=end)).count(b"PID") == 1
    assert b"Ming" not in without_patient(framed(header(), PID, end=end))


def test_a_name_in_the_serial_s_place_is_only_taken_from_the_machine_s_own_id() -> None:
    assert told("ST|531972^MDC_ID_PROD_SPEC_SERIAL^MDC|1|OTHER||||||F").serial == "SC678932"
    without = framed(header(), f"PID|||{PATIENT}^^^^MR", MODE.format("TX"))
    assert report_of(without).serial == ""
