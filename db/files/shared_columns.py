"""Columns that several tables have."""

from __future__ import annotations

from db.files.columns import Column, Empty
from db.files.kinds import TEXT, code_of, whole
from db.files.moments import DATE, EVERY_DAY, WEEKDAYS
from db.files.vocabulary import PARITY
from domain.calendar import Parity
from domain.words import Label

MINUTES_OF_A_DAY = 1440


def named(english: str, chinese: str) -> tuple[Column, Column]:
    """A name in both languages, of which one may be left empty."""
    on_english = Label(
        "Name on English papers; one of the two names is needed.",
        "英文表单上的名称；两个名称至少填一个。",
    )
    on_chinese = Label(
        "Name on Chinese papers; one of the two names is needed.",
        "中文表单上的名称；两个名称至少填一个。",
    )
    return (
        Column("name.en", Label("name (English)", "名称（英文）"), TEXT, on_english, english, ""),
        Column("name.zh", Label("name (Chinese)", "名称（中文）"), TEXT, on_chinese, chinese, ""),
    )


def days_in_force() -> tuple[Column, Column]:
    """From which day to which day a row holds."""
    first = Label("First day; empty: since ever.", "第一天；空白表示一直如此。")
    last = Label(
        "Last day, included; empty: until further notice.",
        "最后一天（含当天）；空白表示长期有效。",
    )
    return (
        Column("span.first", Label("from", "开始日期"), DATE, first, "2026-01-05", None),
        Column("span.last", Label("to", "结束日期"), DATE, last, "2026-03-31", None),
    )


def reason(example: str) -> Column:
    """Why the row is there."""
    meaning = Label("Why; shown wherever the row has an effect.", "原因；凡受影响之处都会显示。")
    return Column("reason", Label("reason", "原因"), TEXT, meaning, example, "")


def patient() -> Column:
    """Of whom the row speaks."""
    meaning = Label("The patient's code.", "患者编号。")
    return Column("patient", Label("patient", "患者"), code_of("patients"), meaning, "P001")


def shift(meaning: Label, empty: object = Empty.REFUSED) -> Column:
    """A shift by its code."""
    return Column("shift", Label("shift", "班次"), code_of("shifts"), meaning, "M", empty)


def zone(meaning: Label, empty: object = Empty.REFUSED) -> Column:
    """A zone by its code."""
    return Column("zone", Label("zone", "分区"), code_of("zones"), meaning, "A", empty)


def station(meaning: Label, empty: object = Empty.REFUSED) -> Column:
    """A station by its code."""
    return Column("station", Label("station", "机位"), code_of("stations"), meaning, "A01", empty)


def day() -> Column:
    """The date of one turn."""
    meaning = Label(
        "The day; a night shift belongs to the day on which it starts.",
        "日期；夜班算在开始的那一天。",
    )
    return Column("day", Label("date", "日期"), DATE, meaning, "2026-01-05")


def weekdays(meaning: Label, empty: object = Empty.REFUSED) -> Column:
    """The days of the week on which a row holds."""
    heading = Label("weekdays", "星期")
    return Column("weekdays", heading, WEEKDAYS, meaning, "Mon,Wed,Fri", empty)


def every_day_unless_said() -> Column:
    """Weekdays of which an empty cell means all seven."""
    return weekdays(Label("Which days; empty: every day.", "星期几；空白表示每天。"), EVERY_DAY)


def parity() -> Column:
    """Which weeks of the fortnight a row holds in."""
    meaning = Label(
        "Every week, odd weeks or even weeks; empty: every week.",
        "每周、单周或双周；空白表示每周。",
    )
    return Column("parity", Label("weeks", "单双周"), PARITY, meaning, "every", Parity.EVERY)


def minutes(
    field: str,
    heading: Label,
    meaning: Label,
    example: str,
    empty: object,
    *,
    most: int = MINUTES_OF_A_DAY,
) -> Column:
    """A time in minutes; the heading says so."""
    with_unit = Label(f"{heading.en} (minutes)", f"{heading.zh}（分钟）")
    return Column(field, with_unit, whole(0, most), meaning, example, empty)
