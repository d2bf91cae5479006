"""Papers of a stored week: PDF and Excel, made when somebody asks for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import streamlit as st

from dashboard.board.opened import Opened, opened, planned_weeks
from dashboard.desk import Desk
from dashboard.languages import NAMES
from dashboard.rights import Right
from dashboard.screens.screen import Screen
from db.access.audit import head
from db.connection import reading
from db.sheets.day_sheets import day_sheets
from db.sheets.edition import Edition, Imprint, UnprintablePlan, Voice
from db.sheets.lists import change_list, unplaced_list
from db.sheets.nurse_sheets import nurse_sheets
from db.sheets.paper import Paper
from db.sheets.slips import slips
from db.sheets.wall import wall, workers
from db.sheets.week import zone_weeks
from db.sheets.week_book import week_book
from db.sheets.week_paper import week_paper
from db.sheets.write_all import missing_names
from domain.changes import since_last_week
from domain.words import Words, words
from scheduler.missing import missing


@dataclass(frozen=True, slots=True)
class _Print:
    """One file to take: what it is, its name, and what makes it."""

    title: Words
    name: str
    make: Callable[[], bytes]


def show(desk: Desk) -> None:
    """Choose the week, the language and the paper."""
    say, site = desk.say, desk.site
    st.title(say(words("Papers")))
    with reading(site.here.database) as session:
        weeks = planned_weeks(session, site.center)
    if not weeks:
        st.info(say(words("There is no stored plan yet.")), icon=":material/print_disabled:")
        return
    left, right, _ = st.columns([2, 2, 4])
    week = left.selectbox(
        say(words("Week")), weeks,
        format_func=lambda one: say(words("Week of {week}", week=one)), key="papers-week",
    )  # fmt: skip
    language = right.radio(
        say(words("Language of the papers")), tuple(NAMES),
        index=tuple(NAMES).index(desk.voice.language),
        format_func=NAMES.__getitem__,
        horizontal=True, key="papers-language",
    )  # fmt: skip
    with reading(site.here.database) as session:
        there = opened(session, site, week, None, desk.now)
        number, digest = head(session, site.center)
    if there is None:
        return
    st.caption(_version(desk, there))
    _times_missing(desk, there)
    anchor = f"{number}:{digest[:16]}" if number else ""
    try:
        edition = _edition(desk, there, anchor)
    except UnprintablePlan as refused:
        for reason in refused.reasons:
            st.error(say(reason), icon=":material/print_disabled:")
        return
    for one in missing_names(edition):
        st.warning(say(one.words), icon=":material/font_download_off:")
    voices = {name: Voice(name, site.speak(name, week.year)) for name in NAMES}
    for title, prints in _groups(edition, voices, language):
        _group(desk, title, prints)


def _times_missing(desk: Desk, there: Opened) -> None:
    if untimed(there):
        st.info(
            desk.say(
                words("Not everybody has a time of their own yet: who has none is told to come for"
                      " the shift's begin. Times are set when the version is put in force.")
            ),
            icon=":material/schedule:",
        )  # fmt: skip


def untimed(there: Opened) -> bool:
    """True if papers printed now may say another time than the version once it is in force."""
    cues = there.problem.choreography.by_session
    rows = filter(there.knows, there.stored.plan.assignments)
    return any((row.patient, row.turn) not in cues for row in rows)


def _version(desk: Desk, there: Opened) -> str:
    version = there.version
    return desk.say(
        words(
            "Version {number} by {author} of {at}",
            number=version.number,
            author=version.author,
            at=version.created_at.astimezone(desk.zone),
        )
    )


def _edition(desk: Desk, there: Opened, anchor: str) -> Edition:
    """The stored version, not what somebody is changing on it."""
    problem, plan = there.problem, there.stored.plan
    imprint = Imprint(
        desk.now.replace(tzinfo=None), there.version.number, there.version.author, anchor
    )
    short = missing(problem, plan, there.verdict, there.outages)
    unplaced = tuple((one.patient, one.reason) for one in short)
    return Edition(problem, plan, imprint, since_last_week(problem, plan), unplaced)


def _groups(
    edition: Edition, voices: dict[str, Voice], language: str
) -> Iterator[tuple[Words, list[_Print]]]:
    house, monday = voices[language], edition.plan.first_day
    book = partial(week_book, edition, monday, house)
    yield (
        words("The week"),
        [
            _Print(words("Excel, to edit and read back"), f"week-{monday}.xlsx", book),
            *(
                _pdf(
                    words("{zone}, A3", zone=week.zone.name),
                    f"week-{monday}-{week.zone.code}",
                    partial(week_paper, edition, week, house),
                )
                for week in zone_weeks(edition, monday)
            ),
        ],
    )
    days = [day for day in edition.problem.days if edition.turns_on(day)]
    yield (
        words("Day sheets"),
        [
            _pdf(words("{day}", day=day), f"day-{day}", partial(day_sheets, edition, day, house))
            for day in days
        ],
    )
    yield (
        words("Nurse sheets"),
        [
            _pdf(
                words("{day}", day=day), f"nurses-{day}", partial(nurse_sheets, edition, day, house)
            )
            for day in days
        ],
    )
    yield words("For patients and the desk"), list(_lists(edition, voices, house))


def _lists(edition: Edition, voices: dict[str, Voice], house: Voice) -> Iterator[_Print]:
    monday = edition.plan.first_day
    if edition.plan.assignments:
        yield _pdf(words("Slips, A6"), f"slips-{monday}", partial(slips, edition, voices, house))
    yield _pdf(words("Changes"), f"changes-{monday}", partial(change_list, edition, house))
    yield _pdf(
        words("Without a place"), f"unplaced-{monday}", partial(unplaced_list, edition, house)
    )
    if workers(edition, monday):
        yield _pdf(
            words("Workshop wall"), f"workshop-{monday}", partial(wall, edition, monday, house)
        )


def _pdf(title: Words, name: str, make: Callable[[], Paper]) -> _Print:
    return _Print(title, f"{name}.pdf", lambda: make().pdf)


def _group(desk: Desk, title: Words, prints: list[_Print]) -> None:
    """Buttons, four in a row; a file is made when its button is pressed."""
    st.subheader(desk.say(title))
    for first in range(0, len(prints), 4):
        for column, one in zip(st.columns(4), prints[first : first + 4], strict=False):
            column.download_button(
                desk.say(one.title),
                one.make,
                file_name=one.name,
                icon=":material/table:" if one.name.endswith(".xlsx") else ":material/print:",
                on_click="ignore",
                width="stretch",
                key=f"paper-{one.name}",
            )


SCREEN = Screen("papers", words("Papers"), "print", words("Plan"), Right.PRINT, show)
