"""Every rule, in the order in which violations are listed. Adding a rule is a file and a line."""

from __future__ import annotations

from domain.patient import Burden
from scheduler.rules.availability import Availability
from scheduler.rules.change_over import ChangeOver
from scheduler.rules.cleared_last_shift import ClearedLastShift
from scheduler.rules.companions import Companions
from scheduler.rules.daily_load import DailyLoad
from scheduler.rules.every_other_day import EveryOtherDay
from scheduler.rules.everyone_placed import EveryonePlaced
from scheduler.rules.fair_share import FairShare
from scheduler.rules.few_moves import FewMoves
from scheduler.rules.fits_shift import FitsShift
from scheduler.rules.held_back import HeldBack
from scheduler.rules.level_load import LevelLoad
from scheduler.rules.locked import Locked
from scheduler.rules.long_gap_side import LongGapSide
from scheduler.rules.longest_gap import LongestGap
from scheduler.rules.modality import Modality
from scheduler.rules.night_eligible import NightEligible
from scheduler.rules.night_rest import NightRest
from scheduler.rules.nurse_ratio import NurseRatio
from scheduler.rules.one_a_day import OneADay
from scheduler.rules.one_per_station import OnePerStation
from scheduler.rules.one_shift import OneShift
from scheduler.rules.one_station import OneStation
from scheduler.rules.one_zone import OneZone
from scheduler.rules.open_station import OpenStation
from scheduler.rules.prescribed_sessions import PrescribedSessions
from scheduler.rules.regular_days import RegularDays
from scheduler.rules.rest_day import RestDay
from scheduler.rules.rule import Rule
from scheduler.rules.same_station import SameStation
from scheduler.rules.standing_pattern import StandingPattern
from scheduler.rules.wishes import Wishes
from scheduler.rules.work_overlap import WorkOverlap
from scheduler.rules.work_recovery import WorkRecovery
from scheduler.rules.zone_serology import ZoneSerology

RULES: tuple[Rule, ...] = (
    OneADay(),
    PrescribedSessions(),
    RestDay(),
    LongestGap(),
    EveryOtherDay(),
    FitsShift(),
    Availability(),
    WorkOverlap(),
    WorkRecovery(),
    DailyLoad(),
    NightEligible(),
    NightRest(),
    ZoneSerology(),
    OneZone(),
    ClearedLastShift(),
    Modality(),
    OpenStation(),
    OnePerStation(),
    NurseRatio(),
    HeldBack(),
    Locked(),
    EveryonePlaced(),
    FewMoves(),
    StandingPattern(),
    OneShift(),
    RegularDays(),
    Wishes(),
    LongGapSide(),
    FairShare("fair_nights", Burden.NIGHT),
    FairShare("fair_early", Burden.EARLY),
    FairShare("fair_sundays", Burden.SUNDAY),
    Companions(),
    LevelLoad(),
    ChangeOver(),
    SameStation(),
    OneStation(),
)
