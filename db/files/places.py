"""The tables of places and who works there: stations, machines, closures, holds, nurses."""

from __future__ import annotations

from db.files.columns import Column, Table
from db.files.kinds import CODE, CODES, TEXT, code_of, codes_of, whole
from db.files.shared_columns import days_in_force, minutes, reason, shift, station, weekdays, zone
from db.files.vocabulary import MODALITIES
from domain.center import Closure, Hold, Machine, Nurse, Placement, Staffing, Station
from domain.words import Label

_CODE = Label("code", "编号")

STATIONS = Table(
    "stations",
    Label("stations", "机位"),
    Station,
    Label("Chairs and beds; a station stays where it is.", "透析椅和透析床；机位固定不动。"),
    (
        Column("code", _CODE, CODE, Label("Short code of the station.", "机位编号。"), "A01"),
        zone(Label("The zone it belongs to.", "所属分区。")),
        Column("room", Label("room", "房间"), TEXT, Label("The room.", "所在房间。"), "2", ""),
    ),
    keys=(("code",),),
    required=True,
)

MACHINES = Table(
    "machines",
    Label("machines", "透析机"),
    Machine,
    Label("Devices, whether in use or not.", "透析机，无论是否在用。"),
    (
        Column("code", _CODE, CODE, Label("Short code of the machine.", "机器编号。"), "M01"),
        Column(
            "serial",
            Label("serial number", "序列号"),
            TEXT,
            Label("On the type plate.", "铭牌上的序列号。"),
            "7VCA1234",
            "",
        ),
        Column(
            "model",
            Label("model", "型号"),
            TEXT,
            Label("Maker and model.", "厂家和型号。"),
            "Example 4008",
            "",
        ),
        Column(
            "modalities",
            Label("modalities", "透析方式"),
            MODALITIES,
            Label("What it can do: HD, HDF, HF, HP.", "可做的方式：HD、HDF、HF、HP。"),
            "HD,HDF",
        ),
    ),
    keys=(("code",),),
    required=True,
)

PLACEMENTS = Table(
    "placements",
    Label("placements", "机器位置"),
    Placement,
    Label(
        "Which machine stands at which station; a station without a machine is shut.",
        "哪台机器放在哪个机位；没有机器的机位不开放。",
    ),
    (
        Column(
            "machine",
            Label("machine", "透析机"),
            code_of("machines"),
            Label("The machine's code.", "机器编号。"),
            "M01",
        ),
        station(Label("The station's code.", "机位编号。")),
        *days_in_force(),
    ),
    keys=(),
    required=True,
)

CLOSURES = Table(
    "closures",
    Label("closures", "停用"),
    Closure,
    Label(
        "What is shut: everything that the filled cells name; none filled: the whole center.",
        "停用的范围由所填各列共同限定；都不填表示全中心停诊。",
    ),
    (
        *days_in_force(),
        reason("public holiday"),
        shift(Label("Only this shift; empty: all.", "仅此班次；空白表示全部。"), None),
        zone(Label("Only this zone; empty: all.", "仅此分区；空白表示全部。"), None),
        station(Label("Only this station; empty: all.", "仅此机位；空白表示全部。"), None),
    ),
    keys=(("span.first", "span.last", "reason", "shift", "zone", "station"),),
)

HOLDS = Table(
    "holds",
    Label("holds", "预留"),
    Hold,
    Label(
        "Stations kept free for emergencies or promised guests.",
        "为急诊或已约定的外来患者预留的机位。",
    ),
    (
        zone(Label("In which zone.", "所在分区。")),
        Column(
            "stations",
            Label("stations", "机位数"),
            whole(1, 1000),
            Label("How many.", "预留几个机位。"),
            "1",
        ),
        reason("emergency"),
        shift(Label("Only in this shift; empty: in every one.", "仅此班次；空白表示每班。"), None),
        *days_in_force(),
    ),
    keys=(("zone", "stations", "reason", "shift", "span.first", "span.last"),),
)

STAFFING = Table(
    "staffing",
    Label("staffing", "护士人数"),
    Staffing,
    Label(
        "How many nurses care for a zone in a shift; without a row the number is not limited.",
        "每个分区每班的护士人数；没有填写则不作限制。",
    ),
    (
        zone(Label("The zone.", "分区。")),
        shift(Label("The shift.", "班次。")),
        Column(
            "nurses",
            Label("nurses", "护士数"),
            whole(0, 1000),
            Label(
                "How many nurses; rows of the same turn add up.", "护士人数；同一班次的多行相加。"
            ),
            "3",
        ),
        weekdays(Label("On which days.", "适用的星期。")),
        *days_in_force(),
    ),
    keys=(("zone", "shift", "weekdays", "span.first", "span.last"),),
)

NURSES = Table(
    "nurses",
    Label("nurses", "护士"),
    Nurse,
    Label("Who can be rostered.", "可排班的护士。"),
    (
        Column("code", _CODE, CODE, Label("Short code of the nurse.", "护士编号。"), "N01"),
        Column("name", Label("name", "姓名"), TEXT, Label("Full name.", "姓名。"), "李梅"),
        Column(
            "zones",
            Label("zones", "分区"),
            codes_of("zones"),
            Label("Zones where the nurse may work; empty: none.", "可上岗的分区；空白表示没有。"),
            "A,B",
            frozenset(),
        ),
        Column(
            "skills",
            Label("skills", "技能"),
            CODES,
            Label("Skills, one word each.", "技能，每项一个词。"),
            "CRRT,catheter",
            frozenset(),
        ),
        minutes(
            "weekly_minutes",
            Label("week", "每周工时"),
            Label("Working time a week; empty: 2400.", "每周工作时间；空白表示 2400。"),
            "2400",
            2400,
            most=10080,
        ),
    ),
    keys=(("code",),),
)
