"""Trends of a machine: any treatment of the last weeks, or what has been of late."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import streamlit as st

from dashboard.desk import Desk
from dashboard.machine.chart import chart
from dashboard.machine.course import Course, course
from dashboard.machine.stretches import Stretch, stretch_words, treatments
from db.telemetry.read import events, reading
from domain.words import Words, words

_WEEKS = timedelta(days=14)
LONGEST = timedelta(hours=24)
SPANS: Mapping[int, Words] = {
    30: words("last 30 minutes"),
    240: words("last 4 hours"),
    1440: words("last 24 hours"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to show, and what it is called."""

    first: datetime
    end: datetime
    title: Words
    key: str


def trend_tab(desk: Desk, code: str) -> None:
    """A choice of stretches, and the curves of the one that is chosen."""
    say = desk.say
    what, day, again = st.columns([5, 3, 2], vertical_alignment="bottom")
    until = day.date_input(
        say(words("Treatments up to")), value=desk.now.date(), max_value=desk.now.date(),
        format="YYYY-MM-DD", key=f"trend-day-{code}",
    )  # fmt: skip
    choices = {one.key: one for one in _choices(desk, code, until)}
    if not choices:
        st.info(
            say(words("No treatment was heard in these two weeks.")), icon=":material/timeline:"
        )
        return
    chosen = what.selectbox(
        say(words("Show")), list(choices), format_func=lambda key: say(choices[key].title),
        key=f"trend-what-{code}",
    )  # fmt: skip
    again.button(say(words("Read again")), icon=":material/refresh:", key=f"trend-again-{code}",
                 width="stretch")  # fmt: skip
    _draw(desk, code, choices[chosen])


def _draw(desk: Desk, code: str, choice: Choice) -> None:
    say = desk.say
    with reading(desk.site.here.telemetry) as connection:
        found = course(connection, code, choice.first, choice.end)
    if found.empty:
        st.info(say(words("Nothing was heard of the machine in this time.")),
                icon=":material/sensors_off:")  # fmt: skip
        return
    st.vega_lite_chart(chart(found, say, desk.now), width="stretch", theme=None,
                       key=f"trend-{code}-{choice.key}")  # fmt: skip
    st.caption(say(_legend(found, desk.now)))


def _legend(found: Course, now: datetime) -> Words:
    until = min(found.end, now).astimezone(now.tzinfo)
    if found.fine:
        return words(
            "Every reading up to {until}. A gap is a gap: nothing was heard. Grey ground: the wire"
            " was lost.",
            until=until,
        )
    return words(
        "Means of minutes up to {until}; the shade goes from the least to the most of each. A gap"
        " is a gap: nothing was heard. Grey ground: the wire was lost.",
        until=until,
    )


def _choices(desk: Desk, code: str, until: object) -> tuple[Choice, ...]:
    """What goes on first, then spans, then what has been."""
    day = until if isinstance(until, date) else desk.now.date()
    end = datetime.combine(day + timedelta(days=1), datetime.min.time(), desk.zone)
    with reading(desk.site.here.telemetry) as connection:
        said = events(connection, code, end - _WEEKS, min(end, desk.now + timedelta(minutes=5)))
    found = treatments(one.event for one in said)
    today = day == desk.now.date()
    running = [_treatment(desk, one) for one in found if one.end is None and today]
    past = [_treatment(desk, one) for one in found if one.end is not None]
    spans = [
        Choice(desk.now - timedelta(minutes=minutes), desk.now, title, f"span-{minutes}")
        for minutes, title in SPANS.items()
    ]
    return (*running, *(spans if today else ()), *past)


def _treatment(desk: Desk, one: Stretch) -> Choice:
    first, end = one.span(desk.now)
    title = stretch_words(one, desk.now)
    return Choice(first, min(end, first + LONGEST), title, f"treatment-{one.first.isoformat()}")
