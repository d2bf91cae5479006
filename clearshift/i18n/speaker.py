"""Saying `Words` in a language: sentence from the catalog, gaps in the language's own forms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from importlib.resources import files

from babel.dates import format_date, format_datetime
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from domain.words import Gap, Label, Say, Words

LANGUAGES = ("en", "zh")


@dataclass(frozen=True, slots=True)
class _Forms:
    """How a language writes what stands in a gap; patterns are Unicode (CLDR) ones."""

    locale: str
    day: str
    day_and_year: str
    clock: str
    comma: str


_FORMS = {
    "en": _Forms("en_GB", "EEE d MMM", "EEE d MMM y", "HH:mm", ", "),
    "zh": _Forms("zh_CN", "M月d日 EEE", "y年M月d日 EEE", "HH:mm", "、"),
}


def speaker(lang: str, year: int | None = None) -> Say:
    """What says words in English ("en") or Chinese ("zh").

    Dates carry their year unless it is `year`, the one that goes without saying on a paper
    that has it in its title. A sentence the catalog lacks is said in English. Raises
    ValueError for another language.
    """
    if lang not in LANGUAGES:
        raise ValueError(f"{lang!r} is not one of {LANGUAGES}")
    forms = _FORMS[lang]
    catalog = _catalog() if lang == "zh" else {}

    def say(words: Words) -> str:
        filled = {name: fill(value) for name, value in words.gaps}
        return catalog.get(words.text, words.text).format(**filled)

    def fill(value: Gap | Words | tuple[Gap | Words, ...]) -> str:
        match value:
            case Words():
                return say(value)
            case tuple():
                return forms.comma.join(fill(part) for part in value)
            case Label():
                return (value.zh or value.en) if lang == "zh" else (value.en or value.zh)
            case _:
                return _plain(value, forms, year)

    return say


def both(words: Words, year: int | None = None) -> str:
    """English / 中文 for papers that both read; once only where the two are the same."""
    said = dict.fromkeys(speaker(lang, year)(words) for lang in LANGUAGES)
    return " / ".join(said)


def _plain(value: str | float | date | time, forms: _Forms, year: int | None) -> str:
    match value:
        case datetime():
            pattern = f"{_day_pattern(value, forms, year)} {forms.clock}"
            return format_datetime(value, pattern, locale=forms.locale)
        case date():
            return format_date(value, _day_pattern(value, forms, year), locale=forms.locale)
        case time():
            return value.strftime("%H:%M")
        case float():
            return format_decimal(value, "0.###", locale=forms.locale)
        case _:
            return str(value)


def _day_pattern(day: date, forms: _Forms, year: int | None) -> str:
    return forms.day if day.year == year else forms.day_and_year


@cache
def _catalog() -> Mapping[str, str]:
    with files("clearshift.i18n").joinpath("zh_CN.po").open("rb") as file:
        return {
            message.id: message.string
            for message in read_po(file, locale="zh_CN")
            if isinstance(message.id, str) and isinstance(message.string, str)
            if message.string and not message.fuzzy
        }
