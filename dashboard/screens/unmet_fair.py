"""Who has borne nights, early starts and Sundays, over months and in this plan; and choosing
somebody in a list."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import streamlit as st

from dashboard.desk import Desk
from dashboard.planning.fairness import Borne, spread
from dashboard.planning.markup import note
from dashboard.planning.unmet import Unmet
from dashboard.screens.planning_frame import tall
from domain.patient import Burden
from domain.words import Words, words

TALLEST = 480
_BURDENS: Mapping[Burden, Words] = {
    Burden.NIGHT: words("Nights"),
    Burden.EARLY: words("Early starts"),
    Burden.SUNDAY: words("Sundays"),
}


def fair_tab(desk: Desk, found: Unmet, names: Mapping[str, str]) -> None:
    """Burdens by patient, those who bear most first."""
    say = desk.say
    there = [one for one in Burden if spread(found.borne, one) is not None]
    if not there:
        st.html(note(say(words("Nobody has nights, early starts or Sundays to share.")), "info"))
        return
    left, right = st.columns([2, 3], vertical_alignment="bottom")
    with left:
        burden = st.segmented_control(
            say(words("What is counted")), there, default=there[0],
            format_func=lambda one: say(_BURDENS[one]), key="unmet-burden",
        ) or there[0]  # fmt: skip
    mine = sorted(
        (row for row in found.borne if row.burden is burden),
        key=lambda row: (-row.total, row.patient),
    )
    with right:
        chosen = search(desk, names, [row.patient for row in mine], "unmet-fair")
    low, high = spread(found.borne, burden) or (0, 0)
    st.caption(
        say(
            words("{count} patients share them; the fewest {low}, the most {high}.",
                  count=len(mine), low=low, high=high)
        )
    )  # fmt: skip
    mine = [row for row in mine if chosen in (None, row.patient)]
    _fair_table(desk, found, names, mine, high)


def _fair_table(
    desk: Desk, found: Unmet, names: Mapping[str, str], rows: list[Borne], high: int
) -> None:
    say = desk.say
    patient, total, earlier, here, course = (
        say(one)
        for one in (
            words("Patient"), words("Together"), words("Brought along"), words("In this plan"),
            words("By month"),
        )
    )  # fmt: skip
    months = [desk.say(_month(one)) for one in found.months]
    table_rows = [
        {
            patient: called(names, row.patient),
            total: row.total,
            here: row.here,
            earlier: row.earlier,
            **dict(zip(months, row.months, strict=True)),
            **({course: [*row.months, row.here]} if months else {}),
        }
        for row in rows
    ]
    most = max([high, 1])
    st.dataframe(
        table_rows, hide_index=True, width="stretch",
        height=tall(len(rows), TALLEST), key="unmet-borne",
        column_config={
            total: st.column_config.ProgressColumn(
                format="%d", min_value=0, max_value=most, width="medium"
            ),
            course: st.column_config.BarChartColumn(y_min=0, width="small"),
        },
    )  # fmt: skip
    st.caption(say(words("A click on a heading sorts by it.")))


def _month(day: date) -> Words:
    return words("{year}-{month}", year=day.year, month=f"{day.month:02d}")


def search(desk: Desk, names: Mapping[str, str], known: list[str], key: str) -> str | None:
    """Somebody chosen among those of a list; `None` for all of them."""
    everybody = desk.say(words("Everybody"))
    return st.selectbox(
        desk.say(words("Patient")),
        [None, *sorted(dict.fromkeys(known), key=lambda code: (names.get(code, code), code))],
        format_func=lambda code: called(names, code) if code else everybody,
        key=key,
        width=360,
    )


def called(names: Mapping[str, str], code: str) -> str:
    """Name and code."""
    return f"{names.get(code, code)} · {code}"
