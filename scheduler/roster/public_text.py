"""The public text format of nurse rostering instances by Curtois and Qu: text to shape.

Eight sections of comma-separated lines. A block of work or of days off that touches either end
of the days may be shorter than the least length; weekends are Saturday and Sunday, day 0 is a
Monday. Source: T. Curtois and R. Qu, "Computational results on new staff scheduling benchmark
instances", 2014.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from domain.words import Words, words
from scheduler.roster.shape import (
    OFF,
    Cover,
    Kind,
    Person,
    Roster,
    Run,
    Shape,
    Sum,
    Weekends,
    Wish,
)

HORIZON, SHIFTS, STAFF = "SECTION_HORIZON", "SECTION_SHIFTS", "SECTION_STAFF"
DAYS_OFF, ON, NOT_ON = (
    "SECTION_DAYS_OFF",
    "SECTION_SHIFT_ON_REQUESTS",
    "SECTION_SHIFT_OFF_REQUESTS",
)
COVER = "SECTION_COVER"
_SECTIONS = (HORIZON, SHIFTS, STAFF, DAYS_OFF, ON, NOT_ON, COVER)
_REQUIRED = (HORIZON, SHIFTS, STAFF)
_FIELDS = {HORIZON: 1, SHIFTS: 3, STAFF: 8, ON: 4, NOT_ON: 4, COVER: 5}
"""How many fields a line has; days off have at least one."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a text: where, counted from 1, and what."""

    line: int
    words: Words


class Refused(Exception):
    """The text is not such an instance; carries every problem found in it."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("; ".join(f"{one.line}: {one.words}" for one in problems))
        self.problems = problems


@dataclass(slots=True)
class _Reader:
    """What has been read so far, and what was wrong with it."""

    problems: list[Problem] = field(default_factory=list)
    days: int = 0
    kinds: list[Kind] = field(default_factory=lambda: [Kind("-", 0)])
    followers: list[tuple[int, int, str]] = field(default_factory=list)
    people: dict[str, Person] = field(default_factory=dict)
    wishes: defaultdict[str, list[Wish]] = field(default_factory=lambda: defaultdict(list))
    off: defaultdict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    covers: list[Cover] = field(default_factory=list)

    def wrong(self, line: int, what: Words) -> None:
        self.problems.append(Problem(line, what))

    def number(self, line: int, text: str) -> int:
        """A whole number from 0 on; 0 and a problem if it is none."""
        if text.isascii() and text.isdigit():
            return int(text)
        self.wrong(line, words("{text} is not a whole number from 0 on", text=text))
        return 0

    def day(self, line: int, text: str) -> int:
        day = self.number(line, text)
        if self.days and day >= self.days:
            self.wrong(line, words("there is no day {day} among {days}", day=day, days=self.days))
        return day

    def kind(self, line: int, code: str) -> int:
        """The number of a shift; that of a day off, and a problem, if there is none such."""
        for number, kind in enumerate(self.kinds[1:], 1):
            if kind.code == code:
                return number
        self.wrong(line, words("there is no shift {code}", code=code))
        return OFF

    def person(self, line: int, name: str) -> str:
        if name not in self.people:
            self.wrong(line, words("there is nobody called {name}", name=name))
        return name


_Line = tuple[int, list[str]]


def read_public_text(text: str) -> Shape:
    """The instance as a shape. Raises `Refused` with all problems at once."""
    reader = _Reader()
    sections = _sections(text, reader)
    for name in _SECTIONS:
        for line, fields in sections.get(name, ()):
            if _FIELDS.get(name, len(fields)) == len(fields):
                _TAKE[name](reader, line, fields)
            else:
                expected, found = _FIELDS[name], len(fields)
                what = words("{expected} fields are expected, {found} found",
                             expected=expected, found=found)  # fmt: skip
                reader.wrong(line, what)
    shape = _shape(reader)
    if reader.problems:
        raise Refused(tuple(sorted(reader.problems, key=lambda one: one.line)))
    return shape


def _sections(text: str, reader: _Reader) -> dict[str, list[_Line]]:
    found: dict[str, list[_Line]] = {}
    current: list[_Line] | None = None
    for line, raw in enumerate(text.splitlines(), 1):
        content = raw.strip()
        if not content or content.startswith("#"):
            continue
        if content.startswith("SECTION_"):
            if content not in _SECTIONS:
                reader.wrong(line, words("there is no section {name}", name=content))
            current = found.setdefault(content, [])
        elif current is None:
            reader.wrong(line, words("a section is expected before the first line"))
        else:
            current.append((line, [part.strip() for part in content.split(",")]))
    for name in _REQUIRED:
        if not found.get(name):
            reader.wrong(0, words("section {name} is missing or empty", name=name))
    return found


def _take_horizon(reader: _Reader, line: int, fields: list[str]) -> None:
    reader.days = reader.number(line, fields[0])
    if not reader.days:
        reader.wrong(line, words("at least one day is expected"))


def _take_shift(reader: _Reader, line: int, fields: list[str]) -> None:
    code, minutes, barred = fields
    if any(kind.code == code for kind in reader.kinds):
        reader.wrong(line, words("shift {code} is there twice", code=code))
    number = len(reader.kinds)
    reader.kinds.append(Kind(code, reader.number(line, minutes)))
    reader.followers.extend((line, number, other) for other in barred.split("|") if other)


def _take_person(reader: _Reader, line: int, fields: list[str]) -> None:
    name, shifts, *numbers = fields
    most_minutes, least_minutes, most_row, least_row, least_off, weekends = (
        reader.number(line, one) for one in numbers
    )
    if name in reader.people:
        reader.wrong(line, words("{name} is there twice", name=name))
    working = frozenset(range(1, len(reader.kinds)))
    reader.people[name] = Person(
        name,
        sums=(
            Sum(working, least_minutes, most_minutes, minutes=True),
            *_most_shifts(reader, line, shifts),
        ),
        runs=(Run(working, least_row, most_row), Run(frozenset({OFF}), least_off)),
        weekends=(Weekends(working, weekends),),
    )


def _most_shifts(reader: _Reader, line: int, text: str) -> Iterator[Sum]:
    for part in text.split("|"):
        code, equals, most = part.partition("=")
        if equals:
            yield Sum(frozenset({reader.kind(line, code)}), most=reader.number(line, most))
        else:
            reader.wrong(line, words("{text} is not a shift and its number", text=part))


def _take_days_off(reader: _Reader, line: int, fields: list[str]) -> None:
    name = reader.person(line, fields[0])
    reader.off[name].update(reader.day(line, one) for one in fields[1:])


def _take_wish(reader: _Reader, line: int, fields: list[str], *, wanted: bool) -> None:
    name, day, code, weight = fields
    kinds = frozenset({reader.kind(line, code)})
    wish = Wish(reader.day(line, day), kinds, reader.number(line, weight), wanted)
    reader.wishes[reader.person(line, name)].append(wish)


def _take_cover(reader: _Reader, line: int, fields: list[str]) -> None:
    day, code, need, under, over = fields
    number = reader.number
    reader.covers.append(
        Cover(
            reader.day(line, day),
            frozenset({reader.kind(line, code)}),
            number(line, need),
            number(line, under),
            number(line, over),
        )
    )


_TAKE: dict[str, Callable[[_Reader, int, list[str]], None]] = {
    HORIZON: _take_horizon,
    SHIFTS: _take_shift,
    STAFF: _take_person,
    DAYS_OFF: _take_days_off,
    ON: lambda reader, line, fields: _take_wish(reader, line, fields, wanted=True),
    NOT_ON: lambda reader, line, fields: _take_wish(reader, line, fields, wanted=False),
    COVER: _take_cover,
}


def _shape(reader: _Reader) -> Shape:
    barred = frozenset((before, reader.kind(line, code)) for line, before, code in reader.followers)
    everything = range(len(reader.kinds))
    people = tuple(
        replace(
            person,
            wishes=tuple(reader.wishes[name]),
            barred=frozenset((d, k) for d in reader.off[name] for k in everything if k != OFF),
        )
        for name, person in reader.people.items()
    )
    weekends = (frozenset(d for d in (a, a + 1) if d < reader.days)
                for a in range(5, reader.days, 7))  # fmt: skip
    kinds = tuple(reader.kinds)
    return Shape(reader.days, kinds, people, tuple(reader.covers), barred, tuple(weekends))


def write_roster(shape: Shape, roster: Roster) -> str:
    """A roster as text: a line a person, a tab-separated shift a day, nothing on a day off."""
    codes = ["", *(kind.code for kind in shape.kinds[1:])]
    return "".join("\t".join(codes[kind] for kind in row) + "\n" for row in roster)
