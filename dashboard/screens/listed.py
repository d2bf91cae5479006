"""Every screen, in the order of the menu. Who may open which is told by its right."""

from __future__ import annotations

from dashboard.screens import (
    accounts,
    audit,
    bad_day,
    books,
    compare,
    displays,
    due,
    exchange,
    links,
    machine,
    make_up,
    master,
    papers,
    plan,
    repair,
    requests,
    roster,
    unmet,
    wall,
    week,
    what_if,
    why_not,
)
from dashboard.screens.screen import Screen

SCREENS: tuple[Screen, ...] = (
    week.SCREEN,
    plan.SCREEN,
    compare.SCREEN,
    unmet.SCREEN,
    why_not.SCREEN,
    repair.SCREEN,
    make_up.SCREEN,
    bad_day.SCREEN,
    what_if.SCREEN,
    roster.SCREEN,
    requests.SCREEN,
    links.SCREEN,
    papers.SCREEN,
    wall.SCREEN,
    machine.SCREEN,
    due.SCREEN,
    books.SCREEN,
    master.SCREEN,
    exchange.SCREEN,
    displays.SCREEN,
    accounts.SCREEN,
    audit.SCREEN,
)
