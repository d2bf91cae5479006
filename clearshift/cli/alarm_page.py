"""Alarms as lines and as data: the machine's side and ours, side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta, tzinfo

from rich.console import RenderableType

from clearshift.cli.board_cells import age
from clearshift.cli.board_page import PRIORITY_SIGNS
from clearshift.cli.pages import Cell, heading, table
from clearshift.i18n import Say
from dashboard.machine.alarm_words import ACT_WORDS, eyes, machine_side, what
from dashboard.machine_words import STATE_WORDS, condition
from domain.alarm_life import Act, AlarmLife, AlarmRecord
from domain.words import words


def alarm_document(life: AlarmLife, now: datetime) -> dict[str, object]:
    """An alarm for scripts, without its records."""
    return {
        "machine": life.machine,
        "number": life.number,
        "code": life.code,
        "what": condition(life.code, life.direction),
        "generation": life.generation,
        "priority": life.priority,
        "state": life.state,
        "last_said": life.last_said,
        "inactivation": life.inactivation,
        "times": life.times,
        "first": life.first,
        "began": life.began,
        "age_seconds": _age(life, now).total_seconds(),
        "seen_by": life.seen_by,
        "seen_at": life.seen_at,
        "holder": life.holder,
        "escalated_at": life.escalated_at,
        "closed_at": life.closed_at,
    }


def open_table(lives: Iterable[AlarmLife], now: datetime, say: Say) -> RenderableType:
    """Open alarms, each with both its lives."""
    headings = (
        words("priority"), words("machine"), words("no."), words("alarm"),
        words("at the machine"), words("age"), words("seen by"), words("in hand of"),
    )  # fmt: skip
    return table(say, headings, (_row(life, now) for life in lives), (2, 5))


def history(life: AlarmLife, zone: tzinfo | None, say: Say) -> Iterator[RenderableType]:
    """How an alarm stands, and everything that happened to it."""
    yield heading(
        say,
        words(
            "{machine}, alarm {number}: {what}",
            machine=life.machine, number=life.number, what=condition(life.code, life.direction),
        ),
    )  # fmt: skip
    headings = (
        words("when"), words("what"), words("by whom"), words("words"), words("at the machine"),
    )  # fmt: skip
    yield table(say, headings, (_record(one, zone) for one in life.records))


def _row(life: AlarmLife, now: datetime) -> tuple[Cell, ...]:
    sign, _ = PRIORITY_SIGNS[life.priority]
    return (
        sign.strip(), life.machine, life.number, what(life), machine_side(life),
        age(_age(life, now)), eyes(life), life.holder,
    )  # fmt: skip


def _record(one: AlarmRecord, zone: tzinfo | None) -> tuple[Cell, ...]:
    told = one.act is Act.HANDED_OVER
    text = words("to {who}", who=one.text) if told else one.text
    return (one.at.astimezone(zone), ACT_WORDS[one.act], one.who, text, STATE_WORDS[one.state])


def _age(life: AlarmLife, now: datetime) -> timedelta:
    return max(timedelta(), now - life.began)
