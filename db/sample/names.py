"""Names that nobody chose: surnames and given-name characters put together by chance.

Some characters are rare on purpose. They are in real people's names and outside of what many
fonts and old encodings hold, so whoever prints or exports a sample meets them.
"""

from __future__ import annotations

from random import Random

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
    "苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史"
)
DOUBLE_SURNAMES = ("欧阳", "司马", "上官", "诸葛", "夏侯")
GIVEN = (
    "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂兰玉梅建国志红文辉云春燕海波宁琴华林"
    "凤珍荣学义德福贵庆成立新民安康永长生光东振宏祥俊峰凯浩宇晨雪莲香翠素淑慧巧月美"
)
RARE = "㛃䶮𠅤喆堃犇赟昱珺翀淼垚"
RARE_SHARE = 0.03

_ENGLISH_GIVEN = (
    "Ada", "Alan", "Beth", "Carl", "Clara", "Dora", "Edwin", "Ella", "Frank", "Grace", "Hugh",
    "Iris", "Jack", "June", "Karen", "Leo", "Mabel", "Neil", "Olive", "Paul", "Rosa", "Simon",
    "Tessa", "Victor", "Wendy",
)  # fmt: skip
_ENGLISH_SURNAMES = (
    "Ashdown", "Barlow", "Crane", "Dunmore", "Eastwick", "Fenner", "Garside", "Holloway", "Ives",
    "Jessop", "Kettle", "Langley", "Marlow", "Norbury", "Oakes", "Penrose", "Quill", "Redfern",
    "Sowerby", "Thorne", "Underhill", "Vane", "Whitlock", "Yardley",
)  # fmt: skip


def chinese_name(rng: Random) -> str:
    """Surname and one or two characters, now and then a rare one."""
    surname = rng.choice(DOUBLE_SURNAMES) if rng.random() < 0.01 else rng.choice(SURNAMES)
    given = [rng.choice(GIVEN) for _ in range(1 if rng.random() < 0.2 else 2)]
    if rng.random() < RARE_SHARE:
        given[-1] = rng.choice(RARE)
    return surname + "".join(given)


def english_name(rng: Random) -> str:
    """Given name and surname."""
    return f"{rng.choice(_ENGLISH_GIVEN)} {rng.choice(_ENGLISH_SURNAMES)}"
