"""The file that the Java program reads says the same as the timetable."""

from collections import Counter
from collections.abc import Iterator

from benchmarks.measure.judged import judged, sessions_of
from benchmarks.peers.timefold import problem_lines
from db.sample.center import make_center
from db.sample.named import NAMED
from db.sample.spec import FIRST_MONDAY
from domain.problem import Problem
from scheduler.greedy import greedy
from scheduler.planner import build_model
from scheduler.timetable import build_timetable

TIERS = 3


def cost_in_file(lines: Iterator[str]) -> tuple[int, int, list[int]]:
    """Of the plan to start from: excess that may not be, excess that is paid, costs by tier."""
    numbers = iter([int(one) for line in lines for one in line.split()])
    patients, rows, _ = (next(numbers) for _ in range(3))
    limit, most = ([next(numbers) for _ in range(rows)] for _ in range(2))
    price = [[next(numbers) for _ in range(TIERS)] for _ in range(rows)]
    used: Counter[int] = Counter()
    cost = [0] * TIERS
    for _ in range(patients):
        count, start = next(numbers), next(numbers)
        for _ in range(count):
            column, _ = next(numbers), next(numbers)
            mine = [next(numbers) for _ in range(TIERS)]
            uses = [(next(numbers), next(numbers)) for _ in range(next(numbers))]
            if column == start:
                cost = [a + b for a, b in zip(cost, mine, strict=True)]
                for row, amount in uses:
                    used[row] += amount
    assert list(numbers) == []
    over = [max(0, used[row] - limit[row]) for row in range(rows)]
    paid = [min(a, b) for a, b in zip(over, most, strict=True)]
    for row in range(rows):
        cost = [a + paid[row] * b for a, b in zip(cost, price[row], strict=True)]
    return sum(over) - sum(paid), sum(paid), cost


def test_the_file_prices_a_plan_as_the_check_does() -> None:
    problem = Problem(make_center(NAMED["workshop"], 1), FIRST_MONDAY)
    model = build_model(problem)
    timetable = build_timetable(model)
    start = greedy(timetable, frozenset(problem.history))
    expected = judged(model, timetable, sessions_of(timetable, start))
    assert expected.legal
    misfit, paid, cost = cost_in_file(problem_lines(timetable, start))
    assert (misfit, cost) == (0, [0, *expected.cost])
    assert paid > 0
