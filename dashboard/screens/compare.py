"""Two versions of a week side by side: who moves, what each costs, whose wishes are met."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import streamlit as st

from dashboard.desk import Desk
from dashboard.planning.choices import version_words, week_words
from dashboard.planning.compared import CHANGE_WORDS, Compared, place_words
from dashboard.planning.costs import CostRow
from dashboard.planning.markup import Cell, figure, figures, note, table
from dashboard.planning.result import known_part
from dashboard.rights import Right
from dashboard.screens.planning_frame import asked_number, asked_week, kept, styled, tall
from dashboard.screens.screen import Screen
from db.connection import reading
from db.history import load_problem
from db.plans import PlanState, PlanVersion, StoredPlan, list_plans, load_plan
from domain.calendar import monday_of
from domain.plan import Change, ChangeKind
from domain.words import words

_TALLEST = 520


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two versions of one Monday."""

    first: PlanVersion
    second: PlanVersion


def show(desk: Desk) -> None:
    """The two versions chosen, then figures, costs, moves and people."""
    styled()
    say = desk.say
    st.title(say(words("Compare versions")))
    with reading(desk.site.here.database) as session:
        versions = list_plans(session, desk.site.center)
    if not versions:
        st.info(say(words("No week is planned yet.")), icon=":material/calendar_add_on:")
        return
    pair = _chosen(desk, versions)
    if pair is None:
        st.info(
            say(words("There is only one version of this week; nothing to compare with yet.")),
            icon=":material/compare_arrows:",
        )
        return
    compared = _compared(desk, pair)
    if pair.first.number == pair.second.number:
        st.html(note(say(words("This is the same version twice.")), "info"))
    elif not compared.changes:
        st.html(note(say(words("Both versions have the same sessions.")), "info"))
    _figures(desk, compared)
    names = {one.code: one.name for one in compared.problem.register.patients}
    patient = _patient(desk, compared, names)
    costs, moves = st.columns([1, 1], gap="medium")
    with costs, st.container(border=True):
        st.subheader(say(words("What each costs")))
        st.html(_costs(desk, compared, pair))
    with moves, st.container(border=True):
        _moves(desk, compared, names, patient)
    with st.container(border=True):
        _people(desk, compared, names, patient)


SCREEN = Screen(
    "compare", words("Compare versions"), "compare_arrows", words("Plan"), Right.SEE_WEEK, show
)


# --- which two ------------------------------------------------------------------------------------


def _chosen(desk: Desk, versions: tuple[PlanVersion, ...]) -> _Pair | None:
    say = desk.say
    mondays = tuple(sorted({one.first_day for one in versions}, reverse=True))
    week, first, second = st.columns([2, 3, 3])
    shown = asked_week(mondays, _usual(desk, mondays))
    monday = week.selectbox(
        say(words("Which week")), mondays, index=mondays.index(shown),
        format_func=lambda one: say(week_words(one)), key="compare-week",
    )  # fmt: skip
    mine = {one.number: one for one in versions if one.first_day == monday}
    if len(mine) < 2:
        return None
    numbers = sorted(mine, reverse=True)
    b = _known(asked_number("b"), numbers, numbers[0])
    force = next((n for n in numbers if mine[n].state is PlanState.PUBLISHED and n != b), None)
    a = _known(asked_number("a"), numbers, force or next(n for n in numbers if n != b))
    left = first.selectbox(
        say(words("First version")), numbers, index=numbers.index(a),
        format_func=lambda n: say(version_words(mine[n])), key=f"compare-a-{monday}",
    )  # fmt: skip
    right = second.selectbox(
        say(words("Second version")), numbers, index=numbers.index(b),
        format_func=lambda n: say(version_words(mine[n])), key=f"compare-b-{monday}",
    )  # fmt: skip
    return _Pair(mine[left], mine[right])


def _usual(desk: Desk, mondays: tuple[date, ...]) -> date:
    this = monday_of(desk.now.date())
    ahead = [one for one in mondays if one >= this]
    return ahead[0] if ahead else mondays[0]


def _known(asked: int | None, numbers: list[int], otherwise: int) -> int:
    return asked if asked in numbers else otherwise


def _compared(desk: Desk, pair: _Pair) -> Compared:
    def made() -> Compared:
        site = desk.site
        with (
            st.spinner(desk.say(words("Judging both versions ..."))),
            reading(site.here.database) as session,
        ):
            plans: list[StoredPlan] = [
                load_plan(session, site.center, one.first_day, one.number)
                for one in (pair.first, pair.second)
            ]
            weeks = max(one.plan.weeks for one in plans)
            problem = load_problem(
                session, site.center, pair.first.first_day, weeks, site.history_weeks
            )
        return Compared(problem, *(known_part(problem, one.plan) for one in plans))

    key = (pair.first.first_day, pair.first.number, pair.second.number)
    return kept(desk, "compared", key, made)


# --- what is shown --------------------------------------------------------------------------------


def _figures(desk: Desk, compared: Compared) -> None:
    say, kinds = desk.say, compared.kinds
    met = compared.met
    broken = [len(verdict.broken) for verdict in compared.verdicts]
    parts = (
        figure(str(len(compared.moved)), say(words("patients with changes"))),
        figure(str(kinds.get(ChangeKind.TURN, 0)), say(words("sessions at another time"))),
        figure(str(kinds.get(ChangeKind.STATION, 0)), say(words("sessions at another station"))),
        figure(
            f"{kinds.get(ChangeKind.ADDED, 0)} / {kinds.get(ChangeKind.REMOVED, 0)}",
            say(words("sessions more / fewer")),
        ),
        figure(f"{met[0].wholly} → {met[1].wholly}",
               say(words("of {count} patients with all wishes met", count=met[1].patients))),
        figure(f"{compared.nights[0]} → {compared.nights[1]}", say(words("nights"))),
        figure(f"{broken[0]} → {broken[1]}", say(words("hard rules broken")),
               "bad" if broken[1] else ""),
    )  # fmt: skip
    st.html(figures(parts))


def _patient(desk: Desk, compared: Compared, names: Mapping[str, str]) -> str | None:
    known = {*compared.moved, *(row.patient for row in compared.people)}
    everybody = desk.say(words("Everybody"))
    return st.selectbox(
        desk.say(words("Patient")),
        [None, *sorted(known, key=lambda code: (names.get(code, code), code))],
        format_func=lambda code: f"{names.get(code, code)} · {code}" if code else everybody,
        key="compare-patient",
        width=360,
    )


def _costs(desk: Desk, compared: Compared, pair: _Pair) -> str:
    say = desk.say
    if not compared.costs:
        return note(say(words("Neither version costs anything by the soft rules.")), "good")
    heads = (
        words("version {number}", number=pair.first.number),
        words("version {number}", number=pair.second.number),
        words("difference"),
    )
    return table(
        (Cell(say(words("rule"))), *(Cell(say(head), number=True) for head in heads)),
        [_cost(desk, row) for row in compared.costs],
        say(words("What each costs")),
    )


def _cost(desk: Desk, row: CostRow) -> tuple[Cell, ...]:
    more = row.more or 0
    tone = "bad" if more > 0 else "good" if more < 0 else "faint"
    return (
        Cell(desk.say(row.title)),
        Cell(str(row.first), number=True),
        Cell(str(row.second), number=True),
        Cell(f"{more:+d}" if more else "0", number=True, tone=tone),
    )


def _moves(desk: Desk, compared: Compared, names: Mapping[str, str], patient: str | None) -> None:
    say = desk.say
    found = [one for one in compared.changes if patient in (None, one.patient)]
    st.subheader(say(words("Who moves: {count}", count=len(found))))
    if not found:
        st.caption(say(words("Nobody sits elsewhere or at another time.")))
        return
    rows = [dict(_move(desk, compared, names, one)) for one in found]
    st.dataframe(
        rows, hide_index=True, width="stretch", height=tall(len(rows), _TALLEST),
        key="compare-moves",
    )  # fmt: skip


def _move(
    desk: Desk, compared: Compared, names: Mapping[str, str], one: Change
) -> Iterator[tuple[str, str]]:
    say = desk.say
    before = place_words(compared.problem, one.before)
    after = place_words(compared.problem, one.after)
    yield say(words("Patient")), f"{names.get(one.patient, one.patient)} · {one.patient}"
    yield say(words("Kind of change")), say(CHANGE_WORDS[one.kind])
    yield say(words("Before")), say(before) if before else "–"
    yield say(words("After")), say(after) if after else "–"


def _people(desk: Desk, compared: Compared, names: Mapping[str, str], patient: str | None) -> None:
    say = desk.say
    st.subheader(say(words("Wishes and nights, patient by patient")))
    found = [row for row in compared.people if patient in (None, row.patient)]
    only = st.toggle(
        say(words("Only where the versions differ")),
        value=any(row.differs for row in found), key="compare-differ",
    )  # fmt: skip
    found = [row for row in found if row.differs or not only]
    if not found:
        st.caption(say(words("Nobody's wishes, nights or number of sessions differ.")))
        return
    heads = [
        say(words("Patient")),
        say(words("Wishes broken before")), say(words("Wishes broken after")),
        say(words("Nights before")), say(words("Nights after")),
        say(words("Sessions before")), say(words("Sessions after")),
    ]  # fmt: skip
    rows = [
        dict(
            zip(
                heads,
                (
                    f"{names.get(row.patient, row.patient)} · {row.patient}",
                    *row.wishes, *row.nights, *row.sessions,
                ),
                strict=True,
            )
        )
        for row in found
    ]  # fmt: skip
    st.dataframe(
        rows, hide_index=True, width="stretch", height=tall(len(rows), _TALLEST),
        key="compare-people",
    )  # fmt: skip
    st.caption(say(words("Wishes are counted by their strength, 1 to 3 for each session.")))
