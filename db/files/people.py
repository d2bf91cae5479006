"""The tables of patients: who they are and what is prescribed and tested."""

from __future__ import annotations

from db.files.columns import Column, Empty, Table
from db.files.frequencies import FREQUENCY
from db.files.kinds import CODE, TEXT, whole
from db.files.moments import DATE
from db.files.shared_columns import days_in_force, minutes, patient
from db.files.vocabulary import ACCESS, MARKER, MODALITY, NIGHT, PRIORITY, RESULT, SPEECH
from domain.center import Modality
from domain.patient import AccessKind, Night, Patient, Prescription, Priority, Serology
from domain.words import Label

PATIENTS = Table(
    "patients",
    Label("patients", "患者"),
    Patient,
    Label(
        "Everybody who belongs to the center; each needs a prescription.",
        "本中心的全部患者；每人都要有透析处方。",
    ),
    (
        Column(
            "code",
            Label("code", "编号"),
            CODE,
            Label("The center's own number.", "本中心的患者编号。"),
            "P001",
        ),
        Column("name", Label("name", "姓名"), TEXT, Label("Full name.", "姓名。"), "王芳"),
        Column(
            "night",
            Label("night sessions", "夜间透析"),
            NIGHT,
            Label(
                "never, accepts or volunteers; empty: never.",
                "不接受、可接受或自愿；空白表示不接受。",
            ),
            "never",
            Night.NEVER,
        ),
        Column(
            "priority",
            Label("priority", "优先级"),
            PRIORITY,
            Label(
                "Set by the doctor, for when places are short; empty: normal.",
                "机位不足时由医生确定；空白表示普通。",
            ),
            "normal",
            Priority.NORMAL,
        ),
        Column(
            "access",
            Label("access", "血管通路"),
            ACCESS,
            Label(
                "AVF fistula, AVG graft, TCC tunneled and NCC temporary catheter; empty: AVF.",
                "AVF 自体内瘘、AVG 移植物内瘘、TCC 长期导管、NCC 临时导管；空白表示 AVF。",
            ),
            "AVF",
            AccessKind.AVF,
        ),
        minutes(
            "travel_minutes",
            Label("travel", "路程"),
            Label("One way between home and center.", "家到中心的单程时间。"),
            "25",
            Empty.REFUSED,
        ),
        minutes(
            "recovery_minutes",
            Label("recovery", "恢复"),
            Label(
                "The patient's own answer: how long until able to work again; empty: 120.",
                "患者自述：透析后多久能恢复工作；空白表示 120。",
            ),
            "120",
            120,
            most=2880,
        ),
        *days_in_force(),
        Column(
            "phone",
            Label("phone", "电话"),
            TEXT,
            Label("For calls about a changed session.", "用于通知透析变动。"),
            "",
            "",
        ),
        Column(
            "language",
            Label("language", "语言"),
            SPEECH,
            Label(
                "Language of slips and calendar; empty: Chinese.",
                "通知单和日历的语言；空白表示中文。",
            ),
            "Chinese",
            "zh",
        ),
    ),
    keys=(("code",),),
    required=True,
)

PRESCRIPTIONS = Table(
    "prescriptions",
    Label("prescriptions", "透析处方"),
    Prescription,
    Label(
        "What is to be done and how often; a patient's rows must not overlap in time.",
        "做什么、多久一次；同一患者的处方日期不得重叠。",
    ),
    (
        patient(),
        Column(
            "frequency",
            Label("frequency", "频次"),
            FREQUENCY,
            Label(
                "3/week; 3+2/fortnight (odd week + even week); 5/fortnight (the same as 3+2); "
                "every other day.",
                "每周3次；两周3+2次（单周+双周）；两周5次（等于3+2）；隔日。",
            ),
            "3/week",
        ),
        Column(
            "minutes",
            Label("session (minutes)", "每次时长（分钟）"),
            whole(30, 1440),
            Label("From the start of a session to its end.", "每次透析从开始到结束的时间。"),
            "240",
        ),
        Column(
            "modality",
            Label("modality", "透析方式"),
            MODALITY,
            Label("HD, HDF, HF or HP; empty: HD.", "HD、HDF、HF 或 HP；空白表示 HD。"),
            "HD",
            Modality.HD,
        ),
        *days_in_force(),
    ),
    keys=(),
    required=True,
)

SEROLOGY = Table(
    "serology",
    Label("serology", "血清学"),
    Serology,
    Label(
        "Virus reports, one a row; what is missing or expired counts as unknown, never negative.",
        "病毒学检验报告，每项一行；缺失或过期按未知处理，不视为阴性。",
    ),
    (
        patient(),
        Column(
            "marker",
            Label("test", "项目"),
            MARKER,
            Label(
                "HBsAg, HBV-DNA, anti-HCV, HCV-RNA, syphilis or HIV.",
                "HBsAg、HBV-DNA、抗HCV、HCV-RNA、梅毒或 HIV。",
            ),
            "HBsAg",
        ),
        Column(
            "positive",
            Label("result", "结果"),
            RESULT,
            Label("positive or negative.", "阳性或阴性。"),
            "negative",
        ),
        Column(
            "day",
            Label("sample date", "采血日期"),
            DATE,
            Label("Day on which the blood was taken.", "采血的日期。"),
            "2025-12-01",
        ),
        Column(
            "laboratory",
            Label("laboratory", "检验机构"),
            TEXT,
            Label("Who tested.", "出具报告的机构。"),
            "County hospital",
            "",
        ),
    ),
    keys=(("patient", "marker", "positive", "day", "laboratory"),),
)
