"""The search on the planning screen: followed while it runs, shown when it is done."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import streamlit as st

from dashboard.acts.drafts import Sheet
from dashboard.acts.jobs import stop
from dashboard.acts.publishing import publish_version
from dashboard.desk import Desk
from dashboard.planning.chart_component import course
from dashboard.planning.choices import week_words
from dashboard.planning.costs import CostRow
from dashboard.planning.live import best_words, clock_words, drawn, elapsed, status_words
from dashboard.planning.markup import Cell, figure, figures, links, listed, note, table
from dashboard.planning.result import Result, result_of
from dashboard.rights import Right
from dashboard.screens.planning_frame import kept
from dashboard.screens.tries import tried
from db.connection import reading
from db.plan_jobs import find_job
from db.plans import PlanState, list_plans
from db.refusal import DatabaseRefusal
from domain.plan_job import JobState, PlanJob
from domain.problem import Problem
from domain.words import Words, words
from scheduler.claims import claims
from scheduler.scratch import from_scratch
from scheduler.tier_names import tier_names

SECOND = "1s"
_BROKEN = 8
_TONES: Mapping[JobState, str] = {
    JobState.DONE: "good",
    JobState.FAILED: "bad",
    JobState.LOST: "bad",
}


def follow(desk: Desk, job: PlanJob, problem: Problem) -> None:
    """A search under way, drawn again every second."""
    names = tier_names(from_scratch(problem) if job.scratch else problem)
    with st.container(border=True):
        _watched(desk, job.job, names)


@st.fragment(run_every=SECOND)
def _watched(desk: Desk, number: int, names: Mapping[int, Words]) -> None:
    try:
        with reading(desk.site.here.database) as session:
            job = find_job(session, desk.site.center, number, desk.site.clock())
    except DatabaseRefusal as refused:
        st.warning(" ".join(map(desk.say, refused.reasons)))
        return
    if not job.open:
        st.rerun()
    _under_way(desk, job, names)


def _under_way(desk: Desk, job: PlanJob, names: Mapping[int, Words]) -> None:
    say, now = desk.say, desk.site.clock()
    spent = elapsed(job, now)
    text, button = st.columns([4, 1.4], vertical_alignment="center")
    text.html(
        f'<div class="pl-strong">{say(status_words(job))}</div>'
        f'<div class="pl-faint">{_escaped(desk, job)}</div>'
    )
    if button.button(
        say(words("Stop and keep the best")), icon=":material/stop_circle:", width="stretch",
        disabled=job.stopping, key="plan-stop",
    ):  # fmt: skip
        tried(lambda: stop(desk.site, desk.actor, job.job))
    said = words(
        "{spent} since it was ordered; it searches {most} at most",
        spent=clock_words(spent),
        most=clock_words(job.seconds),
    )
    st.progress(min(1.0, spent / job.seconds), text=say(said))
    if job.traces:
        st.html(note(say(best_words(job, names)), "info"))
    course(drawn(job, names, say), key="plan-course")


def _escaped(desk: Desk, job: PlanJob) -> str:
    return escape(
        desk.say(
            words("{week}, ordered by {who}", week=week_words(job.first_day, job.weeks),
                  who=job.who)
        )
    )  # fmt: skip


def ended(desk: Desk, job: PlanJob) -> None:
    """What came of the last search of the week."""
    with st.container(border=True):
        if job.number is None:
            _nothing(desk, job)
            return
        with reading(desk.site.here.database) as session:
            versions = list_plans(session, desk.site.center, job.first_day)
        number, latest = job.number, versions[-1].number

        def made() -> Result:
            site = desk.site
            with (
                st.spinner(desk.say(words("Judging the plan ..."))),
                reading(site.here.database) as session,
            ):
                return result_of(
                    session, site.center, job.first_day, number, site.history_weeks, desk.now
                )

        result = kept(desk, "result", (job.first_day, job.number), made)
        _result(desk, job, result, latest)


def _nothing(desk: Desk, job: PlanJob) -> None:
    say = desk.say
    said = words(
        "{week}: {status}.",
        week=week_words(job.first_day, job.weeks),
        status=status_words(job),
    )
    st.html(note(say(said), _TONES[job.state]))
    if job.remark is not None:
        st.html(listed([say(job.remark)]))
    if job.state is JobState.LOST:
        st.caption(say(words("Nothing of it was stored. It can be ordered again.")))


def _result(desk: Desk, job: PlanJob, result: Result, latest: int) -> None:
    say, version = desk.say, result.stored.version
    head, button = st.columns([4, 1.4], vertical_alignment="center")
    head.subheader(
        say(
            words("{week}: version {number}", week=week_words(job.first_day, job.weeks),
                  number=version.number)
        )
    )  # fmt: skip
    with button:
        _publish(desk, result, latest)
    if result.stored.run is not None:
        st.html(
            "".join(
                note(say(one.words), "good" if one.proven else "warn")
                for one in claims(result.stored.run)
            )
        )
    if job.remark is not None:
        st.html(note(say(job.remark), "warn"))
    _verdict(desk, result)
    st.html(_figures(desk, result))
    st.html(_costs(desk, result))
    week = job.first_day.isoformat()
    compare = f"/compare?week={week}&b={version.number}"
    ways = [
        ("/", words("Week board")),
        (compare, words("Compare with another version")),
        (f"/unmet?week={week}", words("Unplaced and unmet")),
    ]
    st.html(links((address, say(text)) for address, text in ways))


def _verdict(desk: Desk, result: Result) -> None:
    say, broken = desk.say, result.verdict.broken
    if not broken:
        return
    st.html(note(say(words("It breaks hard rules {count} times.", count=len(broken))), "bad"))
    st.html(listed(say(one.words) for one in broken[:_BROKEN]))


def _figures(desk: Desk, result: Result) -> str:
    say = desk.say
    planned, short = len(result.plan.assignments), len(result.short)
    missing = max(0, result.wanted - planned)
    return figures(
        (
            figure(f"{planned} / {result.wanted}", say(words("sessions planned")),
                   "bad" if missing else "good"),
            figure(str(short), say(words("patients short of sessions")), "bad" if short else ""),
            figure(f"{result.wishes.wholly} / {result.wishes.patients}",
                   say(words("patients with all wishes met"))),
            figure(str(len(result.verdict.broken)), say(words("hard rules broken")),
                   "bad" if result.verdict.broken else ""),
        )
    )  # fmt: skip


def _costs(desk: Desk, result: Result) -> str:
    say = desk.say
    if not result.costs:
        return note(say(words("No soft rule costs anything.")), "good")
    heads = (words("this plan"), words("last week"), words("difference"))
    rows = [_cost(desk, row) for row in result.costs]
    return table(
        (
            Cell(say(words("rule"))),
            *(Cell(say(head), number=True) for head in heads),
            Cell(say(words("what is counted"))),
        ),
        rows,
        say(words("What the plan costs")),
    )


def _cost(desk: Desk, row: CostRow) -> tuple[Cell, ...]:
    more = row.more
    tone = "" if not more else "bad" if more > 0 else "good"
    return (
        Cell(desk.say(row.title)),
        Cell(_number(row.second), number=True),
        Cell(_number(row.first), number=True, tone="" if row.first is not None else "faint"),
        Cell("–" if more is None else f"{more:+d}" if more else "0", number=True, tone=tone),
        Cell(desk.say(row.unit), tone="faint"),
    )


def _number(value: int | None) -> str:
    return "–" if value is None else str(value)


def _publish(desk: Desk, result: Result, latest: int) -> None:
    say, version = desk.say, result.stored.version
    if version.state is PlanState.PUBLISHED:
        st.badge(say(words("in force")), icon=":material/verified:", color="green")
        return
    if version.number != latest:
        st.badge(say(words("there is a later version")), color="gray")
        return
    with st.popover(say(words("Publish")), icon=":material/publish:", width="stretch",
                    disabled=not desk.actor.may(Right.PUBLISH)):  # fmt: skip
        name = desk.actor.shown or desk.actor.name
        st.markdown(
            say(words("It will be in force under your name, {name}, from this moment.", name=name))
        )
        if st.button(say(words("Publish this version")), type="primary", key="plan-publish"):
            sheet = Sheet(version.first_day, version.number)
            tried(lambda: publish_version(desk.site, desk.actor, sheet))
