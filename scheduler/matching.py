"""One turn's patients to stations at least cost, by OR-Tools' minimum-cost flow."""

from __future__ import annotations

import numpy as np
from ortools.graph.python import min_cost_flow

from scheduler.program import Ints


def match(cost: Ints, never: int) -> list[int] | None:
    """A station for every patient, all different; `cost` has a line for each patient. `None`
    if they cannot all be seated at stations cheaper than `never`."""
    patients, stations = cost.shape
    who, where = np.nonzero(cost < never)
    source, sink = patients + stations, patients + stations + 1
    flow = min_cost_flow.SimpleMinCostFlow()
    seats = flow.add_arcs_with_capacity_and_unit_cost(
        who, patients + where, np.ones(len(who), np.int64), cost[who, where]
    )
    everyone, every_station = np.arange(patients), np.arange(stations) + patients
    for tails, heads in ((source, everyone), (every_station, sink)):
        size = max(np.size(tails), np.size(heads))
        flow.add_arcs_with_capacity_and_unit_cost(
            np.broadcast_to(tails, size),
            np.broadcast_to(heads, size),
            np.ones(size, np.int64),
            np.zeros(size, np.int64),
        )
    flow.set_node_supply(source, patients)
    flow.set_node_supply(sink, -patients)
    if flow.solve() != flow.OPTIMAL:
        return None
    used = flow.flows(seats) > 0
    seated = dict(zip(who[used].tolist(), where[used].tolist(), strict=True))
    return [seated[patient] for patient in range(patients)]
