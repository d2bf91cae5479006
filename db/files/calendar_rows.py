"""The tables of patients' days: habits, wishes, times away, work, locks and past sessions."""

from __future__ import annotations

from db.files.columns import Column, Empty, Table
from db.files.kinds import TEXT, whole
from db.files.moments import END, START, WEEKDAY
from db.files.shared_columns import (
    day,
    days_in_force,
    every_day_unless_said,
    minutes,
    parity,
    patient,
    reason,
    shift,
    station,
    weekdays,
)
from db.files.vocabulary import BURDEN, WISH, WISH_VALUES, YES_NO
from domain.patient import Absence, Ledger, Pattern, Wish, WorkShift
from domain.plan import Assignment, Lock
from domain.words import Label

PATTERNS = Table(
    "patterns",
    Label("patterns", "固定班"),
    Pattern,
    Label("A patient's standing turns: habit, not need.", "患者的固定班：习惯，而非医疗需要。"),
    (
        patient(),
        Column(
            "weekday",
            Label("weekday", "星期"),
            WEEKDAY,
            Label("One day; a row for each.", "一行填一天。"),
            "Mon",
        ),
        shift(Label("The shift.", "班次。")),
        station(Label("The usual station; empty: any.", "固定机位；空白表示不限。"), None),
        parity(),
    ),
    keys=(("patient", "weekday", "parity"),),
)

WISHES = Table(
    "wishes",
    Label("wishes", "意愿"),
    Wish,
    Label("What patients ask for.", "患者提出的意愿。"),
    (
        patient(),
        Column(
            "kind",
            Label("wish", "意愿"),
            WISH,
            Label(
                "shift, not shift, weekday, not weekday, long gap or companion.",
                "要班次、不要班次、要星期、不要星期、长间隔或同伴。",
            ),
            "shift",
        ),
        Column(
            "value",
            Label("which", "内容"),
            TEXT,
            Label(
                "The shift's code; the weekday; for a long gap Saturday (off from Friday to "
                "Monday) or Monday (off from Saturday to Tuesday); the companion's code.",
                "班次编号；星期几；长间隔填周六（周五透析后到周一）或周一（周六透析后到周二）；"
                "同伴的患者编号。",
            ),
            "M",
            by="kind",
            kinds=WISH_VALUES,
        ),
        Column(
            "strength",
            Label("strength", "强度"),
            whole(1, 3),
            Label(
                "1 would like, 2 wants, 3 badly wants; empty: 1.",
                "1 希望、2 想要、3 非常想要；空白表示 1。",
            ),
            "1",
            1,
        ),
    ),
    keys=(("patient", "kind", "value"),),
)

ABSENCES = Table(
    "absences",
    Label("absences", "请假"),
    Absence,
    Label("Days, or hours of days, on which a patient cannot come.", "患者不能来的日期或时段。"),
    (
        patient(),
        *days_in_force(),
        reason("family visit"),
        every_day_unless_said(),
        Column(
            "start",
            Label("start", "开始"),
            START,
            Label("Empty: from the start of the day.", "空白表示从当天零点开始。"),
            "13:00",
            None,
        ),
        Column(
            "end",
            Label("end", "结束"),
            END,
            Label("Empty: to the end of the day.", "空白表示到当天结束。"),
            "18:00",
            None,
        ),
    ),
    keys=(("patient", "span.first", "span.last", "reason", "weekdays", "start", "end"),),
)

WORK_SHIFTS = Table(
    "work_shifts",
    Label("work shifts", "工班"),
    WorkShift,
    Label("Hours at an employer's or in the center's workshop.", "在单位或中心工坊的上班时间。"),
    (
        patient(),
        weekdays(
            Label(
                "Working days; a night's work belongs to the day it starts.",
                "上班的星期；夜班算在开始的那一天。",
            )
        ),
        Column(
            "start", Label("start", "开始"), START, Label("Work starts.", "上班时间。"), "08:00"
        ),
        Column(
            "end",
            Label("end", "结束"),
            END,
            Label(
                "Work ends; at or before the start: on the next day.",
                "下班时间；不晚于上班时间表示次日。",
            ),
            "17:00",
        ),
        minutes(
            "travel_minutes",
            Label("travel", "路程"),
            Label("One way between work and center.", "单位到中心的单程时间。"),
            "15",
            Empty.REFUSED,
        ),
        minutes(
            "changing_minutes",
            Label("changing", "更衣"),
            Label("Before and after, for hands and clothes.", "上班前后洗手更衣的时间。"),
            "10",
            Empty.REFUSED,
        ),
        *days_in_force(),
        parity(),
        Column(
            "workshop",
            Label("workshop", "工坊"),
            YES_NO,
            Label(
                "Yes: in the center's own workshop; empty: no.",
                "是：在中心自己的工坊；空白表示否。",
            ),
            "no",
            False,
        ),
    ),
    keys=(
        (
            "patient",
            "weekdays",
            "start",
            "end",
            "travel_minutes",
            "changing_minutes",
            "span.first",
            "span.last",
            "parity",
            "workshop",
        ),
    ),
)

LEDGER = Table(
    "ledger",
    Label("ledger", "负担账"),
    Ledger,
    Label(
        "Turns that nobody likes and that a patient has borne so far.",
        "患者迄今承担的不受欢迎的班次数。",
    ),
    (
        patient(),
        Column(
            "burden",
            Label("burden", "负担"),
            BURDEN,
            Label("night, early or Sunday.", "夜班、早班或周日。"),
            "night",
        ),
        Column(
            "turns",
            Label("turns", "次数"),
            whole(0, 100_000),
            Label("How many.", "多少次。"),
            "4",
        ),
    ),
    keys=(("patient", "burden"),),
)

LOCKS = Table(
    "locks",
    Label("locks", "锁定"),
    Lock,
    Label("Promises that planning must keep.", "排班必须遵守的承诺。"),
    (
        patient(),
        day(),
        shift(Label("The shift.", "班次。")),
        station(Label("Empty: any legal station.", "空白表示任何合适的机位。"), None),
    ),
    keys=(("patient", "day"),),
)

SESSIONS = Table(
    "sessions",
    Label("sessions", "已排班"),
    Assignment,
    Label(
        "Known sessions, last week's plan at least: gaps are counted from them.",
        "已知的透析安排，至少包括上周：间隔由此计算。",
    ),
    (
        day(),
        shift(Label("The shift.", "班次。")),
        station(Label("The station.", "机位。")),
        patient(),
    ),
    keys=(("day", "shift", "station"), ("patient", "day")),
)
