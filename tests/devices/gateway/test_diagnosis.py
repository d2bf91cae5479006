"""A verdict on what arrives."""

from __future__ import annotations

import pytest

from devices.gateway.diagnosis import Diagnosis, Verdict
from devices.protocols.jsdt3.examples import FULL
from devices.protocols.jsdt4.examples import EXAMPLES as PUSHING
from devices.protocols.listed import PROTOCOL, PROTOCOLS

POLL = b"K\r\n"


def seen(*replies: bytes, name: str = "jsdt3") -> Diagnosis:
    """What is thought of a machine that replies so, once a second after a quarter."""
    others = tuple(one for one in PROTOCOLS if one.name != name)
    made = Diagnosis(PROTOCOL[name], others)
    for now, reply in enumerate(replies):
        made.polled(now)
        made.feed(reply, now + 0.25)
    made.ended(len(replies))
    return made


@pytest.mark.parametrize(
    ("replies", "verdict", "said"),
    [
        ((FULL.raw,) * 2, Verdict.GOOD, "All is well"),
        ((FULL.raw, b"", b"", FULL.raw), Verdict.LOSSES, "something is lost"),
        ((b"\x00" + FULL.raw,), Verdict.LOSSES, "something is lost"),
        ((b"", b""), Verdict.NOTHING, "the machine's communication is off"),
        ((POLL, POLL), Verdict.ECHO, "Only our own poll comes back"),
        ((b"\xf8\x00\x80\xff" * 9,), Verdict.SPEED, "wrong speed or parity"),
        ((b"hello world\r\n",), Verdict.PROTOCOL, "another protocol, or"),
        ((FULL.raw.replace(b"H00128", b"H00129"),), Verdict.NOISE, "every check fails"),
        ((PUSHING[0].raw,), Verdict.OTHER_PROTOCOL, "JSDT common dialysis protocol, version 4"),
        ((b"K3003ZZZ1f\r\n",), Verdict.CONTENT, "cannot be understood"),
    ],
)
def test_the_verdict_says_what_is_most_likely(
    replies: tuple[bytes, ...], verdict: Verdict, said: str
) -> None:
    made = seen(*replies)
    assert (made.verdict, said in str(made.words())) == (verdict, True)


def test_who_speaks_unasked_is_not_asked() -> None:
    made = Diagnosis(PROTOCOL["jsdt4"])
    assert made.poll == b""
    assert "speaks unasked" in str(made.words())
    made.feed(PUSHING[0].raw, 1)
    assert (made.verdict, made.reply_seconds) == (Verdict.GOOD, None)


def test_a_port_that_cannot_be_opened_is_said_first() -> None:
    made = seen(FULL.raw)
    made.port_error = "busy"
    assert str(made.words()) == "The port cannot be opened: busy"


def test_everything_that_arrived_is_counted() -> None:
    made = seen(FULL.raw, b"xx", FULL.raw.replace(b"H00128", b"H00129"))
    assert (made.asked, made.frames, made.check_failures) == (3, 1, 1)
    assert made.received == 2 * len(FULL.raw) + 2
    assert made.values["uf_volume_ml"] == 1030
    assert made.reply_seconds == (0.25, 0.25)
