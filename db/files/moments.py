"""How dates, times, weekdays and time zones are read and written."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import available_timezones

from db.files.kinds import Cell, Kind, Language, folded, joined, plain
from domain.words import Label, words

# --- dates ----------------------------------------------------------------------------------

FIRST_DATE = date(1950, 1, 1)
LAST_DATE = date(2199, 12, 31)
_DATE = re.compile(
    r"([0-9]{4})(?:[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})|年([0-9]{1,2})月([0-9]{1,2})日?)"
    r"(?: 0?0:00(?::00)?)?"
)
_DATE_WORDS = words(
    "a date such as 2026-01-05, 2026/1/5 or 2026年1月5日, from {first} to {last}",
    first=FIRST_DATE.isoformat(),
    last=LAST_DATE.isoformat(),
)


def _parse_date(text: str) -> date:
    found = _DATE.fullmatch(plain(text))
    if not found:
        raise ValueError
    year, month, day = (int(part) for part in found.groups() if part)
    parsed = date(year, month, day)
    if not FIRST_DATE <= parsed <= LAST_DATE:
        raise ValueError
    return parsed


def _parse_monday(text: str) -> date:
    parsed = _parse_date(text)
    if parsed.isoweekday() != 1:
        raise ValueError
    return parsed


def _show_date(day: date, _: Language) -> str:
    return day.isoformat()


DATE = Kind(_DATE_WORDS, _parse_date, _show_date, natives=(date,), cell=Cell.DATE)
MONDAY = Kind(
    words("the date of a Monday, such as 2026-01-05"),
    _parse_monday,
    _show_date,
    natives=(date,),
    cell=Cell.DATE,
)

# --- times of the day -----------------------------------------------------------------------

_CLOCK = re.compile(
    r"(上午|下午|早上|晚上)? ?([0-9]{1,2})"
    r"(?:[:.]([0-9]{2})(?::00)?|[时点]([0-9]{1,2})?分?) ?(am|pm)?"
)


def _clock(text: str) -> timedelta:
    found = _CLOCK.fullmatch(folded(text))
    if not found:
        raise ValueError
    before, hour, minute, spoken, after = found.groups()
    half = before or after
    hours, minutes = int(hour), int(minute or spoken or 0)
    if minutes > 59 or hours > (12 if half else 24):
        raise ValueError
    if half:
        hours = hours % 12 + (12 if half in ("下午", "晚上", "pm") else 0)
    return timedelta(hours=hours, minutes=minutes)


def _parse_start(text: str) -> time:
    since = _clock(text)
    if since >= timedelta(days=1):
        raise ValueError
    return (datetime.min + since).time()


def _parse_end(text: str) -> time:
    since = _clock(text)
    if since > timedelta(days=1):
        raise ValueError
    return (datetime.min + since).time()


def _show_start(clock: time, _: Language) -> str:
    return clock.isoformat("minutes")


def _show_end(clock: time, _: Language) -> str:
    return "24:00" if clock == time() else clock.isoformat("minutes")


START = Kind(
    words("a time such as 07:00, before 24:00"),
    _parse_start,
    _show_start,
    natives=(time, timedelta),
    cell=Cell.CLOCK,
)
END = Kind(
    words("a time such as 11:30, at most 24:00"),
    _parse_end,
    _show_end,
    natives=(time, timedelta, datetime),
    cell=Cell.CLOCK,
)

# --- weekdays -------------------------------------------------------------------------------

_ENGLISH = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_CHINESE = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
EVERY_DAY = frozenset(range(1, 8))
_EVERY_DAY = Label("every day", "每天")
_DIGITS = {
    **{sign: index for index, sign in enumerate("一二三四五六日", start=1)},
    **{str(number): number for number in range(1, 8)},
    "天": 7,
}
_NAMES = {
    name: number
    for number, (short, full) in enumerate(
        zip(
            _ENGLISH,
            ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
            strict=True,
        ),
        start=1,
    )
    for name in (short.casefold(), full.casefold())
} | {"tues": 2, "weds": 3, "thur": 4, "thurs": 4}
_SPLIT = re.compile(r"[\s,;、/|.和]+")
_RANGE = re.compile(r"[-–—~至到]")
_PREFIX = re.compile(r"周|星期|礼拜")


def _parse_weekdays(text: str) -> frozenset[int]:
    spoken = re.sub(r"\s*([-–—~至到])\s*", r"\1", folded(text))
    if spoken in ("every day", "daily", "all", "每天", "每日"):
        return EVERY_DAY
    parts = [part for part in _SPLIT.split(spoken) if part]
    found = frozenset(day for part in parts for day in _days_of(part))
    if not found:
        raise ValueError
    return found


def _days_of(part: str) -> list[int]:
    ends = _RANGE.split(part)
    if len(ends) == 1:
        return [_NAMES[part]] if part in _NAMES else _shorthand(part)
    if len(ends) != 2:
        raise ValueError
    first, last = (_weekday(end) for end in ends)
    if first > last:
        raise ValueError
    return list(range(first, last + 1))


def _shorthand(part: str) -> list[int]:
    """135, 一三五 or 周一三五: one sign a day."""
    signs = _PREFIX.sub("", part)
    if not signs or any(sign not in _DIGITS for sign in signs):
        raise ValueError
    return [_DIGITS[sign] for sign in signs]


def _weekday(text: str) -> int:
    days = [_NAMES[text]] if text in _NAMES else _shorthand(text)
    if len(days) != 1:
        raise ValueError
    return days[0]


def _parse_weekday(text: str) -> int:
    return _weekday(folded(text))


def _show_weekdays(days: frozenset[int], language: Language) -> str:
    if days == EVERY_DAY:
        return _EVERY_DAY.zh if language == "zh" else _EVERY_DAY.en
    first, last = min(days), max(days)
    if len(days) > 2 and last - first + 1 == len(days):
        ends = _show_weekday(first, language), _show_weekday(last, language)
        return ("至" if language == "zh" else "-").join(ends)
    return joined([_show_weekday(day, language) for day in sorted(days)], language)


def _show_weekday(day: int, language: Language) -> str:
    return (_CHINESE if language == "zh" else _ENGLISH)[day - 1]


_WEEKDAY_CHOICES = tuple(Label(en, zh) for en, zh in zip(_ENGLISH, _CHINESE, strict=True))
WEEKDAYS = Kind(
    words("weekdays such as Mon,Wed,Fri or Mon-Fri or 周一、周三、周五 or 1,3,5 or every day"),
    _parse_weekdays,
    _show_weekdays,
)
WEEKDAY = Kind(
    words("one weekday such as Mon, 周一 or 1"),
    _parse_weekday,
    _show_weekday,
    choices=_WEEKDAY_CHOICES,
)
WEEKDAY_DIGIT = Kind(
    WEEKDAY.expected,
    lambda text: str(_parse_weekday(text)),
    lambda digit, language: _show_weekday(int(digit), language),
)

# --- time zones -----------------------------------------------------------------------------


@cache
def _timezones() -> frozenset[str]:
    return frozenset(available_timezones())


def _parse_timezone(text: str) -> str:
    name = plain(text)
    if name not in _timezones():
        raise ValueError
    return name


TIMEZONE = Kind(
    words("a time zone such as Asia/Shanghai"), _parse_timezone, lambda name, _: name, natives=()
)
