"""How single cells are understood and written."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from db.files.columns import Column, Table
from db.files.frequencies import FREQUENCY
from db.files.kinds import CODE, CODES, TEXT, Kind, whole
from db.files.moments import DATE, END, MONDAY, START, TIMEZONE, WEEKDAY, WEEKDAYS
from db.files.natives import Native, text_of
from db.files.readme_sheet import example_of
from db.files.tables import TABLES
from db.files.vocabulary import (
    ACCESS,
    INFECTIONS,
    LONG_GAP,
    MARKER,
    MODALITIES,
    NIGHT,
    RESULT,
    WISH,
    YES_NO,
)
from domain.center import Infection, Modality
from domain.patient import AccessKind, Frequency, Marker, Night, WishKind

EVERY_OTHER = Frequency(4, 3, every_other_day=True)

READ: list[tuple[Kind, str, object]] = [
    (TEXT, "  王 芳\t", "王 芳"),
    (TEXT, "one\r\ntwo", "one\ntwo"),
    (CODE, " Ａ０１ ", "A01"),
    (CODES, "A、B, C；D", frozenset("ABCD")),
    (whole(0, 300), " ２４０ ", 240),
    (DATE, "2026-01-05", date(2026, 1, 5)),
    (DATE, "2026/1/5", date(2026, 1, 5)),
    (DATE, "2026.1.5", date(2026, 1, 5)),
    (DATE, "2026年1月5日", date(2026, 1, 5)),
    (DATE, "２０２６－１－５", date(2026, 1, 5)),
    (DATE, "2026-01-05 00:00:00", date(2026, 1, 5)),
    (MONDAY, "2026-01-05", date(2026, 1, 5)),
    (START, "7:00", time(7)),
    (START, "07：30", time(7, 30)),
    (START, "07:00:00", time(7)),
    (START, "7:30 PM", time(19, 30)),
    (START, "12:15 am", time(0, 15)),
    (START, "上午7:05", time(7, 5)),
    (START, "下午1点", time(13)),
    (START, "7点30分", time(7, 30)),
    (END, "24:00", time(0)),
    (END, "00:00", time(0)),
    (WEEKDAYS, "Mon,Wed,Fri", frozenset({1, 3, 5})),
    (WEEKDAYS, "Mon-Sat", frozenset(range(1, 7))),
    (WEEKDAYS, "周一、周三、周五", frozenset({1, 3, 5})),
    (WEEKDAYS, "周一至周六", frozenset(range(1, 7))),
    (WEEKDAYS, "星期二 星期四", frozenset({2, 4})),
    (WEEKDAYS, "周一三五", frozenset({1, 3, 5})),
    (WEEKDAYS, "二四六", frozenset({2, 4, 6})),
    (WEEKDAYS, "1,3,5", frozenset({1, 3, 5})),
    (WEEKDAYS, "135", frozenset({1, 3, 5})),
    (WEEKDAYS, "周日，周天", frozenset({7})),
    (WEEKDAYS, "every day", frozenset(range(1, 8))),
    (WEEKDAYS, "每天", frozenset(range(1, 8))),
    (WEEKDAY, "星期天", 7),
    (WEEKDAY, "Thursday", 4),
    (FREQUENCY, "3/week", Frequency(3, 3)),
    (FREQUENCY, "3 x / week", Frequency(3, 3)),
    (FREQUENCY, "每周３次", Frequency(3, 3)),
    (FREQUENCY, "每周三次", Frequency(3, 3)),
    (FREQUENCY, "3次/周", Frequency(3, 3)),
    (FREQUENCY, "3+2/fortnight", Frequency(3, 2)),
    (FREQUENCY, "5/fortnight", Frequency(3, 2)),
    (FREQUENCY, "2+3/fortnight", Frequency(2, 3)),
    (FREQUENCY, "两周5次", Frequency(3, 2)),
    (FREQUENCY, "两周2+3次", Frequency(2, 3)),
    (FREQUENCY, "单周3次，双周2次", Frequency(3, 2)),
    (FREQUENCY, "1/fortnight", Frequency(1, 0)),
    (FREQUENCY, "every other day", EVERY_OTHER),
    (FREQUENCY, "隔日", EVERY_OTHER),
    (YES_NO, "是", True),
    (YES_NO, "No", False),
    (INFECTIONS, "阴性、转阴", frozenset({Infection.NEGATIVE, Infection.CLEARED})),
    (INFECTIONS, "hbv", frozenset({Infection.HBV})),
    (MODALITIES, "HD/HDF", frozenset({Modality.HD, Modality.HDF})),
    (ACCESS, "自体动静脉内瘘", AccessKind.AVF),
    (NIGHT, "自愿", Night.VOLUNTEERS),
    (MARKER, "ＨＢｓＡｇ", Marker.HBSAG),
    (RESULT, "阳性", True),
    (RESULT, "－", False),
    (WISH, "不要班次", WishKind.NOT_SHIFT),
    (LONG_GAP, "weekend", "saturday"),
    (LONG_GAP, "周一", "monday"),
    (TIMEZONE, "Asia/Shanghai", "Asia/Shanghai"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "text", "value"), READ)
def test_a_cell_is_understood(kind: Kind, text: str, value: object) -> None:
    assert kind.parse(text) == value


REFUSED: list[tuple[Kind, str]] = [
    (TEXT, "a\x00b"),
    (TEXT, "x" * 2001),
    (CODE, "A 1"),
    (CODE, "A,1"),
    (CODE, "x" * 41),
    (CODES, ",,"),
    (whole(0, 300), "-1"),
    (whole(0, 300), "301"),
    (whole(0, 300), "240 min"),
    (whole(0, 300), "9" * 5000),
    (DATE, "05.01.2026"),
    (DATE, "2026-02-30"),
    (DATE, "26-01-05"),
    (DATE, "2206-01-05"),
    (DATE, "2026-01-05 07:00"),
    (DATE, "46027"),
    (MONDAY, "2026-01-06"),
    (START, "24:00"),
    (START, "7"),
    (START, "7:60"),
    (START, "13:00 PM"),
    (END, "24:01"),
    (WEEKDAYS, "8"),
    (WEEKDAYS, "Sun-Mon"),
    (WEEKDAYS, "Mo"),
    (WEEKDAYS, "every"),
    (WEEKDAY, "1,2"),
    (FREQUENCY, "3"),
    (FREQUENCY, "0/week"),
    (FREQUENCY, "8/week"),
    (FREQUENCY, "15/fortnight"),
    (YES_NO, "maybe"),
    (INFECTIONS, "阴性、?"),
    (TIMEZONE, "../etc/passwd"),
    (TIMEZONE, "Asia"),
]


@pytest.mark.parametrize(("kind", "text"), REFUSED)
def test_a_cell_that_could_mean_anything_is_refused(kind: Kind, text: str) -> None:
    assert not understood(kind, text)


def understood(kind: Kind, text: str) -> bool:
    try:
        kind.parse(text)
    except ValueError:
        return False
    return True


WRITTEN: list[tuple[Kind, object, str, str]] = [
    (WEEKDAYS, frozenset({1, 3, 5}), "Mon,Wed,Fri", "周一、周三、周五"),
    (WEEKDAYS, frozenset({2, 3, 4, 5}), "Tue-Fri", "周二至周五"),
    (WEEKDAYS, frozenset({6, 7}), "Sat,Sun", "周六、周日"),
    (WEEKDAYS, frozenset(range(1, 8)), "every day", "每天"),
    (FREQUENCY, Frequency(3, 3), "3/week", "每周3次"),
    (FREQUENCY, Frequency(3, 2), "3+2/fortnight", "两周3+2次"),
    (FREQUENCY, EVERY_OTHER, "every other day", "隔日"),
    (END, time(0), "24:00", "24:00"),
    (YES_NO, True, "yes", "是"),
    (INFECTIONS, frozenset({Infection.HBV, Infection.NEGATIVE}), "negative,HBV", "阴性、乙肝"),
]


@pytest.mark.parametrize(("kind", "value", "english", "chinese"), WRITTEN)
def test_a_value_is_written_in_the_language_of_the_file(
    kind: Kind, value: object, english: str, chinese: str
) -> None:
    assert (kind.show(value, "en"), kind.show(value, "zh")) == (english, chinese)


NATIVE: list[tuple[Native, str]] = [
    (None, ""),
    (240, "240"),
    (240.0, "240"),
    (2.5, "2.5"),
    (True, "yes"),
    (date(2026, 1, 5), "2026-01-05"),
    (datetime(2026, 1, 5), "2026-01-05"),
    (datetime(2026, 1, 5, 7, 30), "2026-01-05 07:30:00"),
    (time(7, 0), "07:00"),
    (time(6, 59, 59, 999_999), "07:00"),
    (time(7, 0, 30), "07:00:30"),
    (timedelta(hours=24), "24:00"),
    (datetime(1900, 1, 1), "24:00"),
]


@pytest.mark.parametrize(("native", "text"), NATIVE)
def test_what_excel_holds_is_read_as_a_person_would_type_it(native: Native, text: str) -> None:
    assert text_of(native) == text


COLUMNS = [column for table in TABLES for column in table.columns]


@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: column.field)
def test_the_example_of_a_column_is_one(column: Column) -> None:
    example = column.example
    if example:
        parse = column.kind.parse
        assert parse(example) == parse(example_of(column, "zh"))


def test_everything_that_people_read_is_there_in_both_languages() -> None:
    labels = [label for table in TABLES for label in (table.title, table.about)]
    labels += [
        label
        for column in COLUMNS
        for label in (column.heading, column.meaning, *column.kind.choices)
    ]
    assert [label for label in labels if not (label.en and label.zh)] == []


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_no_two_columns_of_a_table_answer_to_the_same_name(table: Table) -> None:
    names = [name for one in table.columns for name in {one.heading.en, one.heading.zh, one.key}]
    assert len(names) == len(set(names))


def test_a_drop_down_is_short_enough_for_excel() -> None:
    lists = [
        [getattr(label, language) for label in column.kind.choices]
        for column in COLUMNS
        for language in ("en", "zh")
        if column.field != "rule"
    ]
    assert max(len(",".join(one)) for one in lists) <= 255
