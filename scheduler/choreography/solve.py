"""The best times of one scene: first what must not be, then as little waiting as that allows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from math import ceil, isfinite

from ortools.math_opt.python import mathopt
from ortools.util.python.solve_interrupter import SolveInterrupter

from domain.crews import natural
from scheduler.choreography.greedy import first_times
from scheduler.choreography.program import Program, program
from scheduler.choreography.scene import Scene
from scheduler.choreography.strain import NO_STRAIN, Strain, strain

_TRIFLE = 1e-4
"""What floating point may add to a bound."""


class Solver(StrEnum):
    """Who solves; the second is there to be a witness."""

    CP_SAT = "CP-SAT"
    HIGHS = "HiGHS"


@dataclass(frozen=True, slots=True)
class Limits:
    """When a search ends: after so many seconds, so much of the solver's own time (which is
    the same on every machine), or when somebody says stop."""

    seconds: float | None = None
    effort: float | None = None
    seed: int = 1
    stop: SolveInterrupter | None = None


@dataclass(frozen=True, slots=True)
class Times:
    """Delays of a scene's entries in their order, what they cost, and the least that is
    proven, each figure for those before it as they were found."""

    delays: tuple[int, ...]
    cost: Strain
    bound: Strain

    @property
    def proven(self) -> bool:
        """True if there is nothing better."""
        return self.cost == self.bound


def without_search(scene: Scene) -> Times:
    """The times that a nurse would set, and no claim that there are none better."""
    delays = first_times(scene)
    return Times(delays, strain(scene, delays), NO_STRAIN)


def solve(scene: Scene, limits: Limits, by: Solver = Solver.CP_SAT) -> Times:
    """The best times within the limits; at worst those that a nurse would set."""
    first = without_search(scene)
    if first.proven:
        return first
    delays, evils = first.delays, (0, 0, 0)
    asked = _Asked(scene, by, limits)
    if first.cost[:3] != evils:
        weights = _weights(asked.rows, len(scene.entries))
        delays, bound = asked.least(asked.evils(weights), delays)
        evils = _apart(bound, weights, strain(scene, delays))
    asked.allow(strain(scene, delays))
    order = _order(scene)
    weight = 1 + sum(
        place * max(one.delays) for place, one in zip(order, scene.entries, strict=True)
    )
    delays, bound = asked.least(asked.waiting([weight + place for place in order]), delays)
    cost = strain(scene, delays)
    return Times(delays, cost, Strain(*evils, min(bound // weight, cost.waited)))


def _order(scene: Scene) -> list[int]:
    """What a minute of each entry weighs among times that are equally good: the first station
    begins first, so that whoever keeps the chair keeps the time, day after day."""
    stations = sorted({one.row.station for one in scene.entries}, key=natural, reverse=True)
    place = {station: number for number, station in enumerate(stations)}
    return [place[one.row.station] for one in scene.entries]


def _weights(rows: Program, entries: int) -> tuple[int, int]:
    """What a late handover and a person told anew weigh against a crowded minute: more than
    all that comes after them."""
    retold = 1 + sum(crowd.minutes * crowd.most for crowd in rows.crowds)
    return retold * (entries + 1), retold


def _apart(bound: int, weights: tuple[int, int], cost: Strain) -> tuple[int, int, int]:
    """The weighed bound as one for each figure; a figure is bounded where those before it are
    proven."""
    late, rest = divmod(bound, weights[0])
    retold, crowded = divmod(rest, weights[1])
    if late < cost.late:
        return (late, 0, 0)
    if retold < cost.retold:
        return (late, retold, 0)
    return (late, retold, min(crowded, cost.crowded))


class _Asked:
    """The rows in a solver's hands. A class because the solver's model grows between two
    questions."""

    def __init__(self, scene: Scene, by: Solver, limits: Limits) -> None:
        self.rows = program(scene)
        self._scene, self._by, self._limits = scene, by, limits
        self._model = model = mathopt.Model()
        self._taken = [model.add_binary_variable() for _ in self.rows.choices]
        for entry in range(len(scene.entries)):
            choices = (self._taken[one] for one in self.rows.of(entry))
            model.add_linear_constraint(mathopt.fast_sum(choices) == 1.0)
        self._over = []
        for crowd in self.rows.crowds:
            over = model.add_integer_variable(lb=0.0, ub=crowd.most)
            held = mathopt.fast_sum(self._taken[one] for one in crowd.choices)
            model.add_linear_constraint(held - over <= 1.0)
            self._over.append(over)
        self._late = [model.add_binary_variable() for _ in scene.handovers]
        for bar in self.rows.bars:
            both = mathopt.fast_sum(self._taken[one] for one in bar.choices)
            model.add_linear_constraint(both - self._late[bar.handover] <= 1.0)

    def evils(self, weights: tuple[int, int]) -> mathopt.LinearBase:
        """Late handovers, people told anew and crowded minutes, weighed."""
        late, retold = weights
        return late * mathopt.fast_sum(self._late) + retold * self._retold() + self._crowded()

    def waiting(self, weights: list[int]) -> mathopt.LinearBase:
        """Minutes by which sessions begin later than their shifts, weighed by entry."""
        return mathopt.fast_sum(
            weights[entry] * delay * self._taken[one]
            for one, (entry, delay) in enumerate(self.rows.choices)
            if delay
        )

    def allow(self, most: Strain) -> None:
        """No more of the evils from now on."""
        self._model.add_linear_constraint(mathopt.fast_sum(self._late) <= most.late)
        self._model.add_linear_constraint(self._retold() <= most.retold)
        self._model.add_linear_constraint(self._crowded() <= most.crowded)

    def least(
        self, cost: mathopt.LinearBase, start: tuple[int, ...]
    ) -> tuple[tuple[int, ...], int]:
        """The delays that cost least, or those to start from, and the bound on the cost."""
        self._model.minimize(cost)
        hints = mathopt.ModelSolveParameters(solution_hints=[self._hint(start)])
        result = mathopt.solve(
            self._model,
            mathopt.SolverType.CP_SAT if self._by is Solver.CP_SAT else mathopt.SolverType.HIGHS,
            params=_parameters(self._by, self._limits),
            model_params=hints,
            interrupter=self._limits.stop,
        )
        dual = result.dual_bound()
        bound = max(0, ceil(dual - _TRIFLE)) if isfinite(dual) else 0
        if not result.has_primal_feasible_solution():
            return start, bound
        return self._delays(result.variable_values()), bound

    def _retold(self) -> mathopt.LinearBase:
        others = [
            self._taken[one]
            for one, (entry, delay) in enumerate(self.rows.choices)
            if self._scene.entries[entry].told not in {None, delay}
        ]
        return mathopt.fast_sum(others)

    def _crowded(self) -> mathopt.LinearBase:
        pairs = zip(self.rows.crowds, self._over, strict=True)
        return mathopt.fast_sum(crowd.minutes * over for crowd, over in pairs)

    def _hint(self, delays: tuple[int, ...]) -> mathopt.SolutionHint:
        """All of it: a hint with gaps is soon forgotten."""
        taken = [delays[entry] == delay for entry, delay in self.rows.choices]
        begins = [one.start + delay for one, delay in zip(self._scene.entries, delays, strict=True)]
        values = {self._taken[one]: float(it) for one, it in enumerate(taken)}
        for crowd, over in zip(self.rows.crowds, self._over, strict=True):
            values[over] = float(max(0, sum(taken[one] for one in crowd.choices) - 1))
        for link, late in zip(self._scene.handovers, self._late, strict=True):
            values[late] = float(begins[link.then] < begins[link.first] + link.least)
        return mathopt.SolutionHint(variable_values=values)

    def _delays(self, values: Mapping[mathopt.Variable, float]) -> tuple[int, ...]:
        taken = (
            self.rows.choices[one]
            for one, variable in enumerate(self._taken)
            if values[variable] > 0.5
        )
        return tuple(delay for _, delay in taken)


def _parameters(by: Solver, limits: Limits) -> mathopt.SolveParameters:
    parameters = mathopt.SolveParameters(
        random_seed=limits.seed,
        relative_gap_tolerance=0.0,
        absolute_gap_tolerance=0.999,
    )
    if limits.seconds is not None:
        parameters.time_limit = timedelta(seconds=max(0.05, limits.seconds))
    if by is Solver.CP_SAT:
        parameters.threads = 1
        # The rows are nearly whole in the relaxation: a search that leans on it proves in a
        # tenth of a second what the default one does not prove in minutes.
        parameters.cp_sat.subsolvers.append("max_lp")
        parameters.cp_sat.cp_model_probing_level = 0
        parameters.cp_sat.max_presolve_iterations = 1
        parameters.cp_sat.symmetry_level = 0
        if limits.effort is not None:
            parameters.cp_sat.max_deterministic_time = limits.effort
    return parameters
