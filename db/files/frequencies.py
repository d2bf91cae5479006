"""How often a patient is treated, as a head nurse writes it."""

from __future__ import annotations

import re

from db.files.kinds import Kind, Language, folded
from domain.patient import Frequency
from domain.words import words

_EVERY_OTHER = Frequency(4, 3, every_other_day=True)
_EVERY_OTHER_WORDS = ("everyotherday", "qod", "隔日", "隔天", "隔日一次", "隔天一次")
_COUNT = r"([0-9一二两三四五六七八九十]{1,2})"
_WEEKLY = (
    re.compile(rf"{_COUNT}(?:x|times)?(?:/|per|a)(?:week|wk|w)"),
    re.compile(rf"(?:每|一)?周{_COUNT}次"),
    re.compile(rf"{_COUNT}次/(?:每|一)?周"),
)
_SPLIT_WEEKS = (
    re.compile(rf"{_COUNT}\+{_COUNT}/(?:fortnight|2weeks)"),
    re.compile(rf"每?(?:两|2|二)周{_COUNT}\+{_COUNT}次"),
    re.compile(rf"单周{_COUNT}次?双周{_COUNT}次"),
)
_FORTNIGHTLY = (
    re.compile(rf"{_COUNT}(?:x|times)?(?:/|per|a)(?:fortnight|2weeks)"),
    re.compile(rf"每?(?:两|2|二)周{_COUNT}次"),
    re.compile(rf"{_COUNT}次/(?:两|2|二)周"),
)
_HANZI = {sign: number for number, sign in enumerate("一二三四五六七八九十", start=1)} | {"两": 2}


def _parse_frequency(text: str) -> Frequency:
    spoken = re.sub(r"[\s,，;]", "", folded(text))
    if spoken in _EVERY_OTHER_WORDS:
        return _EVERY_OTHER
    odd, even = _weeks(spoken)
    if not (0 <= odd <= 7 and 0 <= even <= 7 and odd + even):
        raise ValueError
    return Frequency(odd, even)


def _weeks(spoken: str) -> tuple[int, int]:
    for pattern in _WEEKLY:
        if found := pattern.fullmatch(spoken):
            return _count(found[1]), _count(found[1])
    for pattern in _SPLIT_WEEKS:
        if found := pattern.fullmatch(spoken):
            return _count(found[1]), _count(found[2])
    for pattern in _FORTNIGHTLY:
        if found := pattern.fullmatch(spoken):
            total = _count(found[1])
            return total - total // 2, total // 2
    raise ValueError


def _count(sign: str) -> int:
    return _HANZI[sign] if sign in _HANZI else int(sign)


def _show_frequency(frequency: Frequency, language: Language) -> str:
    odd, even = frequency.odd, frequency.even
    if frequency.every_other_day:
        return "隔日" if language == "zh" else "every other day"
    if odd == even:
        return f"每周{odd}次" if language == "zh" else f"{odd}/week"
    return f"两周{odd}+{even}次" if language == "zh" else f"{odd}+{even}/fortnight"


FREQUENCY = Kind(
    words("a frequency such as 3/week, 3+2/fortnight, every other day, 每周3次, 两周3+2次 or 隔日"),
    _parse_frequency,
    _show_frequency,
    natives=(),
)
