"""The words for the domain's enumerations in a center's files, each once, in both languages.

What a head nurse types into a cell. `also` holds what else nurses write; it is understood on
reading and never written.
"""

from __future__ import annotations

from db.files.kinds import Kind, Word, choice, choices_of, code_of
from db.files.moments import WEEKDAY_DIGIT
from domain.calendar import Parity
from domain.center import Infection, Modality
from domain.nurse_rulebook import NURSE_RULE_NAMES
from domain.nurse_terms import NurseBurden, NurseDayKind
from domain.patient import AccessKind, Burden, Marker, Night, Priority, WishKind
from domain.rulebook import STANDARD_ROWS

YES_NO = choice(
    Word(True, "yes", "是", ("y", "true", "1", "对", "有", "√", "✓")),
    Word(False, "no", "否", ("n", "false", "0", "不", "无", "×", "x")),
    natives=(bool, int, float),
)

INFECTIONS = choices_of(
    Word(Infection.NEGATIVE, "negative", "阴性"),
    Word(Infection.UNKNOWN, "unknown", "未知", ("未查", "待查", "过期")),
    Word(Infection.CLEARED, "cleared", "转阴"),
    Word(Infection.HBV, "HBV", "乙肝", ("hepatitisb",)),
    Word(Infection.HCV, "HCV", "丙肝", ("hepatitisc",)),
    Word(Infection.SYPHILIS, "syphilis", "梅毒"),
    Word(Infection.HIV, "HIV", "艾滋", ("艾滋病",)),
)

_MODALITIES = (
    Word(Modality.HD, "HD", "HD", ("血液透析", "血透")),
    Word(Modality.HDF, "HDF", "HDF", ("血液透析滤过",)),
    Word(Modality.HF, "HF", "HF", ("血液滤过",)),
    Word(Modality.HP, "HP", "HP", ("血液灌流",)),
)
MODALITY = choice(*_MODALITIES, natives=())
MODALITIES = choices_of(*_MODALITIES)

ACCESS = choice(
    Word(AccessKind.AVF, "AVF", "AVF", ("自体动静脉内瘘", "内瘘", "自体内瘘")),
    Word(AccessKind.AVG, "AVG", "AVG", ("移植物动静脉内瘘", "移植血管内瘘", "人工血管")),
    Word(AccessKind.TCC, "TCC", "TCC", ("带隧道带涤纶套导管", "长期导管", "半永久导管")),
    Word(AccessKind.NCC, "NCC", "NCC", ("无隧道无涤纶套导管", "临时导管")),
    natives=(),
)

NIGHT = choice(
    Word(Night.NEVER, "never", "不接受", ("no", "否", "不")),
    Word(Night.ACCEPTS, "accepts", "可接受", ("接受",)),
    Word(Night.VOLUNTEERS, "volunteers", "自愿"),
    natives=(),
)

PRIORITY = choice(
    Word(Priority.NORMAL, "normal", "普通", ("一般",)),
    Word(Priority.HIGH, "high", "优先"),
    Word(Priority.URGENT, "urgent", "紧急", ("危急",)),
    natives=(),
)

MARKER = choice(
    Word(Marker.HBSAG, "HBsAg", "HBsAg", ("乙肝表面抗原",)),
    Word(Marker.HBV_DNA, "HBV-DNA", "HBV-DNA", ("hbv dna", "乙肝dna")),
    Word(Marker.ANTI_HCV, "anti-HCV", "抗HCV", ("抗-hcv", "丙肝抗体", "hcv-ab", "hcvab")),
    Word(Marker.HCV_RNA, "HCV-RNA", "HCV-RNA", ("hcv rna", "丙肝rna")),
    Word(Marker.SYPHILIS, "syphilis", "梅毒", ("梅毒螺旋体抗体", "tppa")),
    Word(Marker.HIV, "HIV", "HIV", ("hiv抗体", "抗-hiv", "艾滋", "艾滋病")),
    natives=(),
)

RESULT = choice(
    Word(True, "positive", "阳性", ("+", "阳", "(+)", "pos")),
    Word(False, "negative", "阴性", ("-", "阴", "(-)", "neg")),
    natives=(),
)

PARITY = choice(
    Word(Parity.EVERY, "every", "每周", ("every week",)),
    Word(Parity.ODD, "odd", "单周", ("odd week",)),
    Word(Parity.EVEN, "even", "双周", ("even week",)),
    natives=(),
)

BURDEN = choice(
    Word(Burden.NIGHT, "night", "夜班"),
    Word(Burden.EARLY, "early", "早班"),
    Word(Burden.SUNDAY, "Sunday", "周日", ("星期日", "星期天")),
    natives=(),
)

NURSE_DAY = choice(
    Word(NurseDayKind.LEAVE, "leave", "请假", ("△", "年假", "holiday")),
    Word(NurseDayKind.TRAINING, "training", "培训", ("学", "学习")),
    Word(NurseDayKind.ILL, "ill", "病假", ("sick",)),
    Word(NurseDayKind.OFF, "off", "要休", ("休", "想休")),
    Word(NurseDayKind.SHIFT, "shift", "要班次", ("班次",)),
    Word(NurseDayKind.NOT_SHIFT, "not shift", "不要班次"),
    natives=(),
)

NURSE_BURDEN = choice(
    Word(NurseBurden.REST, "rest owed", "欠休"),
    Word(NurseBurden.NIGHT, "night", "夜班"),
    Word(NurseBurden.LATE, "late", "晚班"),
    Word(NurseBurden.WEEKEND, "weekend", "周末"),
    natives=(),
)

SPEECH = choice(
    Word("zh", "Chinese", "中文", ("zh", "汉语")),
    Word("en", "English", "英文", ("en", "英语")),
    natives=(),
)

RULE_NAMES = (*(row.rule for row in STANDARD_ROWS), *NURSE_RULE_NAMES)
RULE = choice(*(Word(name, name, name) for name in RULE_NAMES), natives=())

WISH = choice(
    Word(WishKind.SHIFT, "shift", "要班次", ("班次",)),
    Word(WishKind.NOT_SHIFT, "not shift", "不要班次"),
    Word(WishKind.WEEKDAY, "weekday", "要星期", ("星期",)),
    Word(WishKind.NOT_WEEKDAY, "not weekday", "不要星期"),
    Word(WishKind.LONG_GAP, "long gap", "长间隔"),
    Word(WishKind.COMPANION, "companion", "同伴", ("同行",)),
    natives=(),
)

LONG_GAP = choice(
    Word("saturday", "Saturday", "周六", ("sat", "weekend", "星期六", "周末")),
    Word("monday", "Monday", "周一", ("mon", "after", "星期一")),
    natives=(),
)
"""Which day the long gap of the week is wanted to hold: Saturday is off for who comes until
Friday and from Sunday or Monday on, Monday for who comes until Saturday and from Tuesday on."""

WISH_VALUES: dict[WishKind, Kind] = {
    WishKind.SHIFT: code_of("shifts"),
    WishKind.NOT_SHIFT: code_of("shifts"),
    WishKind.WEEKDAY: WEEKDAY_DIGIT,
    WishKind.NOT_WEEKDAY: WEEKDAY_DIGIT,
    WishKind.LONG_GAP: LONG_GAP,
    WishKind.COMPANION: code_of("patients"),
}
"""What the value of a wish must be, by the kind of wish."""
