"""The tables that set the frame: center, zones, shifts and the center's own rule rows."""

from __future__ import annotations

from db.files.columns import Column, Empty, Table
from db.files.kinds import CODE, TEXT, whole
from db.files.moments import DATE, END, MONDAY, START, TIMEZONE
from db.files.shared_columns import minutes, named, weekdays
from db.files.vocabulary import INFECTIONS, RULE, YES_NO
from domain.center import Center, Shift, Zone
from domain.rulebook import RuleRow
from domain.words import Label

_CODE = Label("code", "编号")
_LARGEST = 1_000_000

CENTER = Table(
    "center",
    Label("center", "中心"),
    Center,
    Label("The center itself; exactly one row.", "透析中心本身；只有一行。"),
    (
        Column("code", _CODE, CODE, Label("Short code of the center.", "中心的简短编号。"), "HC"),
        *named("Lakeside Dialysis", "湖滨血透中心"),
        Column(
            "timezone",
            Label("time zone", "时区"),
            TIMEZONE,
            Label("Name of the time zone.", "时区名称。"),
            "Asia/Shanghai",
        ),
        Column(
            "odd_monday",
            Label("Monday of an odd week", "某个单周的周一"),
            MONDAY,
            Label(
                "Any Monday that begins an odd week; odd and even weeks are counted from it.",
                "任意一个单周的周一；单双周由此推算。",
            ),
            "2026-01-05",
        ),
        Column(
            "phone",
            Label("phone", "电话"),
            TEXT,
            Label("Printed on the patients' slips.", "印在患者通知单上。"),
            "0000-1234567",
            "",
        ),
        Column(
            "address.en",
            Label("address (English)", "地址（英文）"),
            TEXT,
            Label("Printed on English papers.", "印在英文表单上。"),
            "1 Lake Road",
            "",
        ),
        Column(
            "address.zh",
            Label("address (Chinese)", "地址（中文）"),
            TEXT,
            Label("Printed on Chinese papers.", "印在中文表单上。"),
            "湖滨路1号",
            "",
        ),
        minutes(
            "arrive_before_minutes",
            Label("arrive before", "提前到达"),
            Label(
                "How long before the shift's start patients come.", "患者比班次开始提前多久到达。"
            ),
            "30",
            30,
        ),
        minutes(
            "leave_after_minutes",
            Label("leave after", "透后停留"),
            Label("How long after the session patients leave.", "透析结束后多久离开。"),
            "20",
            20,
        ),
        Column(
            "partial_weeks",
            Label("partial weeks", "允许部分安排"),
            YES_NO,
            Label(
                "Yes: a patient may get fewer sessions than prescribed when places are short.",
                "是：机位不足时，患者的安排次数可以少于处方次数。",
            ),
            "no",
            False,
        ),
    ),
    keys=(),
    home="toml",
    required=True,
)

ZONES = Table(
    "zones",
    Label("zones", "分区"),
    Zone,
    Label("Stations under one infection rule.", "执行同一感染隔离规定的机位。"),
    (
        Column("code", _CODE, CODE, Label("Short code of the zone.", "分区的简短编号。"), "A"),
        *named("Main ward", "普通区"),
        Column(
            "admits",
            Label("admits", "收治"),
            INFECTIONS,
            Label(
                "Which serological status may sit here: negative, unknown (also expired), "
                "cleared, HBV, HCV, syphilis, HIV.",
                "可收治的血清学状态：阴性、未知（含过期）、转阴、乙肝、丙肝、梅毒、艾滋。",
            ),
            "negative,cleared",
        ),
    ),
    keys=(("code",),),
    home="toml",
    required=True,
)

SHIFTS = Table(
    "shifts",
    Label("shifts", "班次"),
    Shift,
    Label("The turns of the day.", "一天中的透析班次。"),
    (
        Column("code", _CODE, CODE, Label("Short code of the shift.", "班次的简短编号。"), "M"),
        *named("morning", "早班"),
        Column(
            "start",
            Label("start", "开始"),
            START,
            Label("When sessions start.", "透析开始的时间。"),
            "07:00",
        ),
        Column(
            "end",
            Label("end", "结束"),
            END,
            Label(
                "When the stations are ready for the next shift; at or before the start: "
                "on the next day.",
                "机位可供下一班使用的时间；不晚于开始时间表示次日。",
            ),
            "11:30",
        ),
        weekdays(Label("Days on which the shift runs.", "开班的星期。")),
        minutes(
            "turnover_minutes",
            Label("turnover", "周转"),
            Label(
                "Disinfection and set-up after a session, inside the shift.",
                "透析后消毒、准备的时间，包括在班次之内。",
            ),
            "30",
            Empty.REFUSED,
        ),
        Column(
            "night",
            Label("night", "夜班"),
            YES_NO,
            Label("Yes: only for patients who accept nights.", "是：只安排接受夜班的患者。"),
            "no",
            False,
        ),
        Column(
            "early",
            Label("early", "早起"),
            YES_NO,
            Label(
                "Yes: counts as an early start that is shared fairly.",
                "是：算作需要公平分担的早班。",
            ),
            "no",
            False,
        ),
    ),
    keys=(("code",),),
    home="toml",
    required=True,
)

RULES = Table(
    "rules",
    Label("rules", "规则"),
    RuleRow,
    Label(
        "The center's own limits and weights; without a row the standard one holds.",
        "本中心自定的规则参数；没有填写的规则按标准执行。",
    ),
    (
        Column(
            "rule",
            Label("rule", "规则"),
            RULE,
            Label("Name of the rule, as in the rules page.", "规则名称，见规则说明。"),
            "nurse_ratio",
        ),
        Column(
            "valid_from",
            Label("valid from", "生效日期"),
            DATE,
            Label("First day on which the row holds.", "开始生效的日期。"),
            "2026-01-05",
        ),
        Column(
            "enabled",
            Label("enabled", "启用"),
            YES_NO,
            Label("No: the rule is switched off.", "否：停用该规则。"),
            "yes",
        ),
        Column(
            "limit",
            Label("limit", "限值"),
            whole(0, _LARGEST),
            Label(
                "In the rule's own unit; empty: the standard limit.",
                "单位因规则而异；空白表示用标准值。",
            ),
            "5",
            None,
        ),
        Column(
            "tier",
            Label("tier", "层级"),
            whole(1, _LARGEST),
            Label("For a wish-like rule: 1 is settled first.", "用于软规则：1 最先满足。"),
            "2",
            None,
        ),
        Column(
            "weight",
            Label("weight", "权重"),
            whole(0, _LARGEST),
            Label("For a wish-like rule: cost of one unit.", "用于软规则：每单位的代价。"),
            "4",
            None,
        ),
        Column(
            "source",
            Label("source", "依据"),
            TEXT,
            Label("Where the figure comes from.", "数值的依据。"),
            "Decision of the ward, 2026-01",
            "",
        ),
    ),
    keys=(("rule", "valid_from"),),
    home="toml",
)
