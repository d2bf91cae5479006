"""The tables of the nurses: contracts, days away and wishes, balances brought along."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from db.files.columns import Column, Table
from db.files.kinds import TEXT, Kind, Language, code_of, codes_of, plain, whole
from db.files.moments import DATE
from db.files.shared_columns import days_in_force, reason, shift
from db.files.vocabulary import NURSE_BURDEN, NURSE_DAY
from domain.nurse_terms import (
    DAY_MINUTES,
    STEP_MINUTES,
    Contract,
    NurseBalance,
    NurseBurden,
    NurseDay,
)
from domain.words import Label, words

_MOST_DAYS = 200


def _parse_days(text: str) -> int:
    """Days such as 3.5 or -1 as minutes."""
    try:
        found = Decimal(plain(text).replace("−", "-")) * DAY_MINUTES
    except InvalidOperation as error:
        raise ValueError from error
    if not found.is_finite() or abs(found) > _MOST_DAYS * DAY_MINUTES or found % STEP_MINUTES:
        raise ValueError
    return int(found)


def _show_days(value: int, _: Language) -> str:
    return f"{Decimal(value) / DAY_MINUTES:f}"


_DAYS = Kind(words("days, such as 3.5, 0 or -1"), _parse_days, _show_days)
_TIMES = whole(0, 100_000)


def nurse() -> Column:
    """Of whom the row speaks."""
    meaning = Label("The nurse's code.", "护士编号。")
    return Column("nurse", Label("nurse", "护士"), code_of("nurses"), meaning, "N01")


CONTRACTS = Table(
    "contracts",
    Label("contracts", "护士约定"),
    Contract,
    Label(
        "What is agreed with a nurse; without a row all shifts and the usual limits.",
        "与护士的约定；没有填写则可排所有班次，按一般限值。",
    ),
    (
        nurse(),
        Column(
            "shifts",
            Label("shifts", "透析班次"),
            codes_of("shifts"),
            Label(
                "One: fixed; several: among these; empty: all.", "一个为固定班；空白表示所有班次。"
            ),
            "M",
            frozenset(),
        ),
        Column(
            "most_days",
            Label("days a week", "每周天数"),
            whole(0, 7),
            Label("At most; empty: 6.", "最多几天；空白表示 6。"),
            "6",
            6,
        ),
        Column(
            "most_in_row",
            Label("days in a row", "连续天数"),
            whole(1, 14),
            Label("At most; empty: 6.", "最多连续几天；空白表示 6。"),
            "6",
            6,
        ),
        Column(
            "most_nights",
            Label("nights in a row", "连续夜班"),
            whole(0, 14),
            Label("At most; empty: 3.", "最多连续几个夜班；空白表示 3。"),
            "3",
            3,
        ),
        Column(
            "most_weekends",
            Label("weekends", "周末"),
            whole(0, 5),
            Label(
                "Worked in four weeks, at most; empty: 4.", "四周内最多几个周末上班；空白表示 4。"
            ),
            "3",
            4,
        ),
        *days_in_force(),
    ),
    keys=(("nurse", "span.first"),),
)

NURSE_DAYS = Table(
    "nurse_days",
    Label("nurses' days", "护士请假与意愿"),
    NurseDay,
    Label(
        "Days on which a nurse is away (leave, training, ill) or wants something.",
        "护士不在的日期（请假、培训、病假），或想要的安排。",
    ),
    (
        nurse(),
        Column(
            "kind",
            Label("what", "事由"),
            NURSE_DAY,
            Label(
                "leave, training, ill; wishes: off, shift, not shift.",
                "请假、培训、病假；意愿：要休、要班次、不要班次。",
            ),
            "leave",
        ),
        *days_in_force(),
        shift(Label("For a wish of a shift: which.", "用于班次意愿：哪个班次。"), None),
        Column(
            "strength",
            Label("strength", "强度"),
            whole(1, 3),
            Label(
                "1 would like, 2 wants, 3 badly wants; empty: 1.",
                "1 希望、2 想要、3 非常想要；空白表示 1。",
            ),
            "1",
            1,
        ),
        reason("annual leave"),
    ),
    keys=(("nurse", "kind", "span.first", "span.last", "shift"),),
)

NURSE_LEDGER = Table(
    "nurse_ledger",
    Label("nurses' balances", "护士结余"),
    NurseBalance,
    Label(
        "What nurses bring along: rest owed in days; nights, late duties and weekends so far.",
        "护士的结余：欠休天数；迄今的夜班、晚班和周末次数。",
    ),
    (
        nurse(),
        Column(
            "burden",
            Label("what", "项目"),
            NURSE_BURDEN,
            Label("rest owed, night, late or weekend.", "欠休、夜班、晚班或周末。"),
            "rest owed",
        ),
        Column(
            "amount",
            Label("how much", "数量"),
            TEXT,
            Label(
                "Days of rest owed, less than 0 if taken in advance; or how many times.",
                "欠休天数，预休为负数；或次数。",
            ),
            "3.5",
            by="burden",
            kinds={
                NurseBurden.REST: _DAYS,
                NurseBurden.NIGHT: _TIMES,
                NurseBurden.LATE: _TIMES,
                NurseBurden.WEEKEND: _TIMES,
            },
        ),
        Column(
            "day",
            Label("as of", "截至"),
            DATE,
            Label(
                "Rosters from this day on come on top; empty: all that are stored.",
                "此日起的班表另计；空白表示所有已存的班表另计。",
            ),
            "2026-03-02",
            None,
        ),
    ),
    keys=(("nurse", "burden"),),
)
