"""Every rule of the roster, in the order in which findings are listed."""

from __future__ import annotations

from scheduler.ward.rules.after_nights import AfterNights
from scheduler.ward.rules.aim import Aim
from scheduler.ward.rules.away import Away
from scheduler.ward.rules.balance import Balance
from scheduler.ward.rules.cover import Cover
from scheduler.ward.rules.days_in_row import DaysInRow
from scheduler.ward.rules.fair_duty import fair_late, fair_nights
from scheduler.ward.rules.fair_weekends import FairWeekends
from scheduler.ward.rules.free_weekends import FreeWeekends
from scheduler.ward.rules.hours import Hours
from scheduler.ward.rules.lead import Lead
from scheduler.ward.rules.nights import Nights
from scheduler.ward.rules.one_duty import OneDuty
from scheduler.ward.rules.place import Place
from scheduler.ward.rules.rest import RestBetween
from scheduler.ward.rules.rule import NurseRule
from scheduler.ward.rules.skills import Skills
from scheduler.ward.rules.wishes import Wishes

NURSE_RULES: tuple[NurseRule, ...] = (
    OneDuty(),
    Place(),
    Lead(),
    Away(),
    RestBetween(),
    DaysInRow(),
    Nights(),
    AfterNights(),
    Hours(),
    FreeWeekends(),
    Cover(),
    Skills(),
    Aim(),
    Balance(),
    fair_nights(),
    fair_late(),
    FairWeekends(),
    Wishes(),
)
