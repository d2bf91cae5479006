"""A plan as JSON, for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from db.files.natives import Native, Unusable
from db.files.problems import FileProblem
from db.files.sheets import Line, Place, Sheet
from db.sheets.plan_rows import FIELDS, MAX_BYTES, PlanRefused, plan_of
from domain.plan import Plan
from domain.problem import Problem
from domain.words import words

FORMAT = "clearshift plan 1"
_TEXT = words("text in quotation marks")
_OBJECT = words("an object with the keys {keys}", keys=FIELDS)


def write_plan_json(plan: Plan, center: str) -> bytes:
    """The plan with the center's code, one session a line."""
    head = {
        "format": FORMAT,
        "center": center,
        "first_day": plan.first_day.isoformat(),
        "weeks": plan.weeks,
    }
    rows = [
        json.dumps(
            dict(
                zip(FIELDS, (row.day.isoformat(), row.shift, row.station, row.patient), strict=True)
            ),
            ensure_ascii=False,
        )
        for row in plan.assignments
    ]
    start = json.dumps(head, ensure_ascii=False, indent=1).removesuffix("\n}")
    inside = ",\n  ".join(rows)
    body = f"[\n  {inside}\n ]" if rows else "[]"
    return f'{start},\n "assignments": {body}\n}}\n'.encode()


def read_plan_json(data: bytes, problem: Problem, file: str = "plan.json") -> Plan:
    """The plan of a JSON file. Rows are counted from 1 in `assignments`. Raises PlanRefused."""
    place = Place(file)
    found = _document(place, data)
    problems = list(_head(place, found, problem))
    rows = found.get("assignments")
    if not isinstance(rows, list):
        expected = words("a list of sessions")
        raise PlanRefused([*problems, place.problem_at(expected, None, "assignments", _said(rows))])
    lines = [Line(0, FIELDS)]
    for number, row in enumerate(rows, start=1):
        problems += _keys(place, number, row)
        cells = row if isinstance(row, dict) else {}
        lines.append(Line(number, tuple(_native(cells.get(field)) for field in FIELDS)))
    return plan_of(Sheet(place, tuple(lines)), problem, problems)


def _document(place: Place, data: bytes) -> Mapping[str, object]:
    if len(data) > MAX_BYTES:
        expected = words("a file of at most {most} kilobytes", most=MAX_BYTES // 1024)
        raise PlanRefused([place.problem(expected)])
    try:
        found = json.loads(data, object_pairs_hook=_once)
    except json.JSONDecodeError as error:
        line = error.lineno
        raise PlanRefused(
            [place.problem(words("valid JSON: {why}", why=error.msg), line)]
        ) from error
    except _Twice as error:
        expected = words("each key once; {key} is there twice", key=str(error))
        raise PlanRefused([place.problem(expected)]) from error
    except (RecursionError, ValueError) as error:
        raise PlanRefused([place.problem(words("JSON in UTF-8"))]) from error
    if not isinstance(found, dict):
        raise PlanRefused([place.problem(words("one object"), None, _said(found))])
    return found


class _Twice(ValueError):
    """A key that stands twice in one object."""


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise _Twice(key)
        found[key] = value
    return found


def _head(place: Place, found: Mapping[str, object], problem: Problem) -> Iterator[FileProblem]:
    wanted: Mapping[str, object] = {
        "format": FORMAT,
        "center": problem.register.center.code,
        "first_day": problem.first_day.isoformat(),
        "weeks": problem.weeks,
    }
    for key, value in wanted.items():
        if found.get(key) != value or isinstance(found.get(key), bool):
            expected = words("{value}", value=str(value))
            yield place.problem_at(expected, None, key, _said(found.get(key)))
    for key in found.keys() - wanted.keys() - {"assignments"}:
        yield place.problem_at(words("no such key"), None, key)


def _keys(place: Place, number: int, row: object) -> Iterator[FileProblem]:
    if not isinstance(row, dict) or not any(_said(row.get(field)).strip('" ') for field in FIELDS):
        yield place.problem(_OBJECT, number, _said(row))
        return
    for key in sorted(set(row) - set(FIELDS)):
        yield place.problem_at(words("no such key"), number, key)


def _native(value: object) -> Native:
    if value is None or isinstance(value, str):
        return value
    return Unusable(_said(value), _TEXT)


def _said(value: object) -> str:
    return "" if value is None else json.dumps(value, ensure_ascii=False)
