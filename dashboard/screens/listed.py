"""Every screen, in the order of the menu. Who may open which is told by its right."""

from __future__ import annotations

from dashboard.screens import (
    accounts,
    audit,
    books,
    compare,
    displays,
    due,
    exchange,
    links,
    machine,
    master,
    papers,
    plan,
    requests,
    unmet,
    wall,
    week,
)
from dashboard.screens.screen import Screen

SCREENS: tuple[Screen, ...] = (
    week.SCREEN,
    plan.SCREEN,
    compare.SCREEN,
    unmet.SCREEN,
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
