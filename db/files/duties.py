"""The tables of the ward's duties: which kinds there are, and how many nurses zones ask for."""

from __future__ import annotations

from db.files.columns import Column, Table
from db.files.kinds import CODE, TEXT, codes_of, whole
from db.files.moments import END, EVERY_DAY, START
from db.files.shared_columns import days_in_force, minutes, named, shift, weekdays, zone
from domain.nurse_terms import DAY_MINUTES, CrewRule, DutyKind
from domain.words import Label

DUTY_KINDS = Table(
    "duty_kinds",
    Label("duties", "班种"),
    DutyKind,
    Label(
        "The ward's kinds of duty; without any there is one for each shift.",
        "病区的护士班种；不填写则每个透析班次对应一种。",
    ),
    (
        Column(
            "code",
            Label("mark", "代号"),
            CODE,
            Label("As it stands in the roster.", "排班表上所写的代号。"),
            "早",
        ),
        *named("early", "早班"),
        Column(
            "shifts",
            Label("shifts", "透析班次"),
            codes_of("shifts"),
            Label(
                "In which the nurse cares for patients; empty: none, such as the treatment room.",
                "护理患者的透析班次；空白表示不护理患者，例如治疗室。",
            ),
            "M",
            frozenset(),
        ),
        Column(
            "start",
            Label("start", "开始"),
            START,
            Label("When the nurse comes.", "上班时间。"),
            "06:30",
        ),
        Column(
            "end",
            Label("end", "结束"),
            END,
            Label(
                "When the nurse goes; at or before the start: on the next day.",
                "下班时间；不晚于上班时间表示次日。",
            ),
            "14:30",
        ),
        minutes(
            "minutes",
            Label("counts", "计工时"),
            Label("Working time that it counts; 480 are a day.", "计入的工时；480 为一天。"),
            "480",
            DAY_MINUTES,
        ),
        Column(
            "nurses",
            Label("nurses", "护士数"),
            whole(0, 1000),
            Label(
                "For a duty without shifts: how many nurses it needs.",
                "用于不护理患者的班种：需要几名护士。",
            ),
            "1",
            0,
        ),
        weekdays(
            Label("For a duty without shifts: on which days.", "用于不护理患者的班种：星期几。"),
            EVERY_DAY,
        ),
    ),
    keys=(("code",),),
)

CREW_RULES = Table(
    "crew_rules",
    Label("crews", "护士配置"),
    CrewRule,
    Label(
        "What a zone asks of its nurses beyond the rule of one nurse to five patients.",
        "各分区在一名护士最多五名患者之外的护士配置要求。",
    ),
    (
        zone(Label("The zone; empty: the whole center.", "分区；空白表示全中心。"), None),
        shift(Label("Only this shift; empty: each.", "仅此班次；空白表示每班。"), None),
        Column(
            "patients",
            Label("patients a nurse", "每名护士患者数"),
            whole(1, 100),
            Label("At most so many; empty: not counted.", "最多几名；空白表示不按人数。"),
            "4",
            None,
        ),
        Column(
            "nurses",
            Label("at least", "最少护士数"),
            whole(0, 1000),
            Label("If anybody sits there.", "只要有患者，最少几名。"),
            "1",
            0,
        ),
        Column(
            "skill",
            Label("skill", "技能"),
            TEXT,
            Label(
                "Only nurses with this skill count; empty: all.",
                "只计有此技能的护士；空白表示不限。",
            ),
            "catheter",
            "",
        ),
        *days_in_force(),
    ),
    keys=(("zone", "shift", "skill", "span.first", "span.last"),),
)
