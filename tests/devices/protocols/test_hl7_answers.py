"""What we answer, read by the library that hospitals use."""

from __future__ import annotations

import pytest
from hl7apy.consts import VALIDATION_LEVEL
from hl7apy.parser import parse_message

from devices.protocols.example import Example
from devices.protocols.hl7.driver import Hl7Driver
from devices.protocols.hl7.examples import EXAMPLES, IDLE, VENOUS_LOW
from devices.protocols.protocol import Frame, Refused
from tests.devices.protocols.hl7_words import (
    AT,
    OBR,
    PATIENT,
    PID,
    SENDER,
    alarm,
    frame_of,
    framed,
    header,
    read,
    status,
)

OBX = "OBX|1|ST|158594^MDC_HDIALY_MACH_MODE_OF_OPERATION^MDC|1|TX||||||F"


def answer(raw: bytes, accepted: bool = True) -> str:
    """Our answer's text without its frame."""
    sent = Hl7Driver().answer(frame_of(raw), AT, accepted)
    assert sent.startswith(b"\x0b")
    assert sent.endswith(b"\r\x1c\r")
    return sent[1:-2].decode("utf-8")


def rows(text: str) -> dict[str, list[str]]:
    """Segments by name, cut at the bar."""
    return {line[:3]: line.split("|") for line in text.split("\r") if line}


def test_an_accepted_status_is_answered_word_for_word() -> None:
    sent = rows(answer(status("ST|1^X^L|1|y||||||F", control="abc-17")))
    assert sent["MSH"][:9] == [
        "MSH", "^~\\&", "CLEARSHIFT", "", SENDER, "", "20260302021500+0000", "", "ACK^R01^ACK",
    ]  # fmt: skip
    assert sent["MSH"][10:] == ["P", "2.6", "", "", "NE", "NE"]
    assert 20 <= len(sent["MSH"][9]) <= 50
    assert sent["MSA"] == ["MSA", "AA", "abc-17"]
    assert "ERR" not in sent


def test_an_accepted_alarm_is_answered_as_alarms_are() -> None:
    sent = rows(answer(VENOUS_LOW.raw))
    assert sent["MSH"][8] == "ORA^R41^ORA_R41"
    assert sent["MSA"] == ["MSA", "AA", "20191003092024"]


def test_the_applications_change_places() -> None:
    raw = IDLE.raw.replace(b"EUI-64||||2019", b"EUI-64|WARD|EMR|SITE|2019", 1)
    assert rows(answer(raw))["MSH"][2:6] == [
        "EMR", "SITE", "ACME_Machine^080019FFFE3ED02D^EUI-64", "WARD",
    ]  # fmt: skip


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
@pytest.mark.parametrize("accepted", [True, False])
def test_the_answers_are_whole_messages_to_another_s_eyes(example: Example, accepted: bool) -> None:
    text = answer(example.raw, accepted).replace("|2.6|", "|2.8|")  # 2.6 has no ORA_R41 there
    message = parse_message(text, validation_level=VALIDATION_LEVEL.TOLERANT)
    assert message.msa.msa_2.value == rows(text)["MSA"][2]
    assert message.msa.msa_1.value == ("AA" if accepted else "AR")
    assert message.name in {"ACK", "ORA_R41"}


def refused(raw: bytes) -> list[str]:
    """The verdict, the place and the condition of a message that cannot be."""
    with pytest.raises(Refused):
        read(raw)
    sent = rows(answer(raw, accepted=False))
    assert sent["ERR"][4] == "E"
    return [sent["MSA"][1], sent["ERR"][2], sent["ERR"][3]]


@pytest.mark.parametrize(
    ("raw", "verdict"),
    [
        (
            framed(header("QBP^D01^QBP_D01"), OBX),
            ["AR", "MSH^1^9", "200^Unsupported message type^HL70357"],
        ),
        (framed(header("ORU^R30"), OBX), ["AR", "MSH^1^9", "201^Unsupported event code^HL70357"]),
        (
            framed(header().replace("|P|", "|T|"), OBX),
            ["AR", "MSH^1^11", "202^Unsupported processing id^HL70357"],
        ),
        (
            framed(header().replace("|2.6", "|3.0"), OBX),
            ["AR", "MSH^1^12", "203^Unsupported version id^HL70357"],
        ),
        (framed(header(), PID, OBR), ["AE", "OBX^1", "100^Segment sequence error^HL70357"]),
        (
            framed(header(), *[OBX] * 1000),
            ["AE", "", "102^Data type error^HL70357"],
        ),
        (
            alarm("ST|68481^MDC_ATTR_EVENT_PHASE^MDC|1|start||||||F"),
            ["AE", "OBX^1^3", "101^Required field missing^HL70357"],
        ),
        (
            alarm(
                "CWE|196616^MDC_EVT_ALARM^MDC|1|198244^X^MDC||||||F",
                "ST|68481^MDC_ATTR_EVENT_PHASE^MDC|1|soon||||||F",
            ),
            ["AE", "OBX^3^5", "103^Table value not found^HL70357"],
        ),
    ],
)
def test_a_message_that_cannot_be_is_refused_with_the_place(raw: bytes, verdict: list[str]) -> None:
    assert refused(raw) == verdict


def test_what_we_could_not_keep_is_not_accepted() -> None:
    sent = rows(answer(IDLE.raw, accepted=False))
    assert (sent["MSA"][1], sent["ERR"][3]) == ("AR", "207^Application internal error^HL70357")


@pytest.mark.parametrize(
    "raw",
    [
        framed("no header at all"),
        framed("MSH"),
        framed("MSH|^^^^|x"),
        framed("MSHa^~\\&a1a2a3a4a5a6aORU^R01a8aPa2.6"),
        framed("PID|1", OBX),
        framed(header("ACK^R01^ACK"), "MSA|AA|1"),
        framed(header("ORA^R41^ORA_R41"), "MSA|AA|1"),
        framed(header(control=""), OBX),
        framed(header(control="a" * 500), OBX),
        framed(header(control="a\x07b"), OBX),
    ],
)
@pytest.mark.parametrize("accepted", [True, False])
def test_nobody_is_answered_who_could_not_be_named(raw: bytes, accepted: bool) -> None:
    assert Hl7Driver().answer(frame_of(raw), AT, accepted) == b""


def test_an_answer_from_the_machine_says_nothing() -> None:
    report = read(framed(header("ACK^R01^ACK"), "MSA|AA|1"))
    assert (report.complete, report.values, report.edges) == (False, {}, ())


def test_the_answer_is_written_with_the_machine_s_separators() -> None:
    raw = framed("MSH!*%/#!ACME!!!!20191003092006!!ORU*R01!id*7!P!2.6", OBX.replace("|", "!"))
    sent = answer(raw, accepted=False).split("\r")
    assert sent[0].startswith("MSH!*%/#!CLEARSHIFT!!ACME!!")
    assert sent[1:3] == ["MSA!AR!id*7", "ERR!!!207*Application internal error*HL70357!E"]


def test_a_message_sent_again_is_accepted_again_and_kept_once() -> None:
    driver = Hl7Driver()
    frame = frame_of(status("ST|1^X^L|1|y||||||F"))
    assert driver.interpret(frame).complete
    assert b"MSA|AR|" in driver.answer(frame, AT, False)
    assert driver.interpret(frame).complete
    assert b"MSA|AA|" in driver.answer(frame, AT, True)
    again = driver.interpret(frame)
    assert (again.complete, again.serial) == (False, "SC678932")
    assert b"MSA|AA|" in driver.answer(frame, AT, False)


def test_two_answers_of_one_instant_have_two_ids() -> None:
    ids = {rows(answer(status("NM|1", control=name)))["MSH"][9] for name in ("1", "2")}
    assert len(ids) == 2


def test_no_answer_speaks_of_the_patient() -> None:
    for accepted in (True, False):
        for raw in (status("NM|1"), alarm("NM|1")):
            assert PATIENT not in answer(raw, accepted)


def test_what_was_refused_is_not_repeated_in_the_reason() -> None:
    with pytest.raises(Refused) as told:
        Hl7Driver().interpret(Frame("ORU^R01", framed(header("ORU^LI "), PID)))
    assert "LI" not in str(told.value)
