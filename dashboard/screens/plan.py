"""Planning: a week chosen, its capacity at once, a search ordered and followed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import streamlit as st

from dashboard.acts.jobs import start
from dashboard.desk import Desk
from dashboard.planning.choices import planned_mondays, standing_words, week_words, weeks_to_plan
from dashboard.planning.counted import Counted, Ledge, Part, count, ledges
from dashboard.planning.markup import Cell, listed, note, table
from dashboard.rights import Right
from dashboard.screens.plan_locks import locks_card
from dashboard.screens.plan_search import ended, follow
from dashboard.screens.planning_frame import asked_week, kept, styled
from dashboard.screens.screen import Screen
from dashboard.screens.tries import faults, tried
from db.connection import reading
from db.drafts import steps_of
from db.load import load_register
from db.plan_jobs import Wanted, list_jobs
from db.plans import PlanVersion, list_plans
from domain.calendar import WEEK
from domain.outage import outage_words
from domain.plan_job import PlanJob
from domain.words import Words, words
from scheduler.capacity_words import balance_words

_LONGEST = 3600
_MOST_WEEKS = 4
_CLASHES = 12
_PROOFS = 8


@dataclass(frozen=True, slots=True)
class _Around:
    """What is known before a week is chosen."""

    versions: tuple[PlanVersion, ...]
    mondays: tuple[date, ...]
    following: date
    jobs: tuple[PlanJob, ...]


def show(desk: Desk) -> None:
    """Controls, the search, and what is known of the week."""
    styled()
    st.title(desk.say(words("Plan a week")))
    faults(desk)
    around = _around(desk)
    wanted = _controls(desk, around)
    job = next((one for one in around.jobs if one.covers(wanted.first_day, wanted.weeks)), None)
    counted = _counted(desk, wanted)
    if job is not None and job.open:
        follow(desk, job, counted.weeks.problem)
    elif job is not None:
        ended(desk, job)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        _capacity(desk, counted)
    with right:
        _warnings(desk, counted)
        locks_card(desk, counted.weeks)


SCREEN = Screen("plan", words("Plan a week"), "auto_awesome", words("Plan"), Right.PLAN, show)


def _around(desk: Desk) -> _Around:
    site, today = desk.site, desk.now.date()
    with reading(site.here.database) as session:
        versions = list_plans(session, site.center)
        sessions = load_register(session, site.center).sessions
        jobs = list_jobs(session, site.center, site.clock())
    last = max((row.day for row in sessions), default=None)
    mondays, following = weeks_to_plan(today, last, planned_mondays(versions))
    return _Around(versions, mondays, following, jobs)


# --- what is ordered ----------------------------------------------------------------------------


def _controls(desk: Desk, around: _Around) -> Wanted:
    say = desk.say
    with st.container(border=True):
        places = st.columns([3, 1.6, 1.6, 2.6, 1.8], vertical_alignment="bottom")
        shown = asked_week(around.mondays, around.following)
        monday = places[0].selectbox(
            say(words("First week")),
            around.mondays,
            index=around.mondays.index(shown),
            format_func=lambda one: say(week_words(one)),
            key="plan-week",
        )
        weeks = places[1].selectbox(
            say(words("Weeks together")), range(1, _MOST_WEEKS + 1), key="plan-weeks"
        )
        seconds = places[2].number_input(
            say(words("Seconds at most")), 1, _LONGEST, desk.site.plan_seconds, 10,
            key="plan-seconds",
        )  # fmt: skip
        habits = places[3].selectbox(
            say(words("Begin from")), (False, True), key="plan-scratch",
            format_func=lambda scratch: say(_begin_words(scratch=scratch)),
            help=say(words("From scratch: as if nobody had standing turns or a last week's seat.")),
        )  # fmt: skip
        wanted = Wanted(monday, weeks, int(seconds), habits)
        _start(desk, around, wanted, places[4])
        _remarks(desk, around, wanted)
    return wanted


def _begin_words(*, scratch: bool) -> Words:
    return words("from scratch") if scratch else words("standing turns and last week")


def _start(
    desk: Desk, around: _Around, wanted: Wanted, place: st.delta_generator.DeltaGenerator
) -> None:
    busy = any(one.open and one.covers(wanted.first_day, wanted.weeks) for one in around.jobs)
    if place.button(
        desk.say(words("Start the search")), icon=":material/play_arrow:", type="primary",
        width="stretch", disabled=busy, key="plan-start",
    ):  # fmt: skip
        tried(lambda: start(desk.site, desk.actor, wanted))


def _remarks(desk: Desk, around: _Around, wanted: Wanted) -> None:
    """What a new version would leave behind, and what it cannot touch."""
    first, last = wanted.first_day, wanted.first_day + WEEK * (wanted.weeks - 1)
    st.caption(desk.say(standing_words(first, around.versions)))
    mine = [one for one in around.versions if one.first_day == first]
    if mine:
        version = mine[-1]
        with reading(desk.site.here.database) as session:
            steps = steps_of(session, desk.site.center, first, version.number)
        unsaved = sum(not step.undone for step in steps)
        if unsaved:
            st.html(note(desk.say(_unsaved_words(unsaved, version.number)), "warn"))
    today = desk.now.date()
    published = any(one.published and one.covers(first) for one in around.versions)
    if published and first <= today < last + WEEK:
        said = words("What was published and has begun stays as it is; the rest is planned anew.")
        st.caption(desk.say(said))


def _unsaved_words(count: int, number: int) -> Words:
    if count == 1:
        return words(
            "One change on version {number} is not saved; a new version does not have it."
            " Save it on the board first, or lock what it moved.",
            number=number,
        )
    return words(
        "{count} changes on version {number} are not saved; a new version does not have them."
        " Save them on the board first, or lock what they moved.",
        count=count,
        number=number,
    )


# --- what is known of the week --------------------------------------------------------------------


def _counted(desk: Desk, wanted: Wanted) -> Counted:
    def made() -> Counted:
        site = desk.site
        with (
            st.spinner(desk.say(words("Counting seats and sessions ..."))),
            reading(site.here.database) as session,
        ):
            return count(
                session, site.center, wanted.first_day, wanted.weeks, site.history_weeks, desk.now
            )

    return kept(desk, "counted", (wanted.first_day, wanted.weeks), made)


def _capacity(desk: Desk, counted: Counted) -> None:
    say, found = desk.say, counted.capacity
    with st.container(border=True):
        st.subheader(say(words("Capacity")))
        st.html(note(say(balance_words(found)), "bad" if found.short else "good"))
        proofs = [say(one.words) for one in found.total.shortfalls]
        if proofs:
            st.html(listed(proofs[:_PROOFS]))
        if len(proofs) > _PROOFS:
            with st.expander(say(words("{count} more", count=len(proofs) - _PROOFS))):
                st.html(listed(proofs[_PROOFS:]))
        cuts = ledges(counted.weeks.problem, found)
        for tab, cut in zip(st.tabs([say(cut.title) for cut in cuts]), cuts, strict=True):
            with tab:
                st.html(_ledge(desk, cut))
        st.caption(
            say(
                words(
                    "only here: sessions that can be nowhere else; could be: if everybody came"
                    " who can"
                )
            )
        )


def _ledge(desk: Desk, cut: Ledge) -> str:
    say, open_ = desk.say, any(part.most is not None for part in cut.parts)
    heads = (
        words("part"),
        words("only here") if open_ else words("wanted"),
        *((words("could be"),) if open_ else ()),
        words("stations"),
        words("held"),
        words("no nurse"),
        words("possible"),
        words("short"),
    )
    first, *rest = (say(head) for head in heads)
    rows = [list(_part(desk, part)) for part in cut.parts]
    return table((Cell(first), *(Cell(one, number=True) for one in rest)), rows, say(cut.title))


def _part(desk: Desk, part: Part) -> Iterator[Cell]:
    yield Cell(desk.say(part.name))
    yield Cell(str(part.wanted), number=True, share=part.full)
    if part.most is not None:
        yield Cell(str(part.most), number=True)
    yield Cell(str(part.stations), number=True)
    yield Cell(str(part.held or "–"), number=True, tone="" if part.held else "faint")
    yield Cell(str(part.unstaffed or "–"), number=True, tone="" if part.unstaffed else "faint")
    yield Cell(str(part.possible), number=True)
    yield Cell(str(part.short or "–"), number=True, tone="bad" if part.short else "faint")


def _warnings(desk: Desk, counted: Counted) -> None:
    say = desk.say
    out, clashing = counted.weeks.outages, counted.clashes
    with st.container(border=True):
        st.subheader(say(words("Machines out of use")))
        if out:
            st.html(listed(say(outage_words(one)) for one in out))
        else:
            st.caption(say(words("None: every station with a machine is counted.")))
        st.subheader(say(words("Data that clash")))
        if not clashing:
            st.caption(say(words("None: everybody has at least one legal week.")))
            return
        st.html(listed(say(one.words) for one in clashing[:_CLASHES]))
        if len(clashing) > _CLASHES:
            with st.expander(say(words("{count} more", count=len(clashing) - _CLASHES))):
                st.html(listed(say(one.words) for one in clashing[_CLASHES:]))
