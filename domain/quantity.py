"""What machines measure: one row a quantity. Its name carries its unit.

Names, UCUM units and MDC codes follow the HL7 v2.6 haemodialysis guide, Rev 4.0; the ranges
say what can be believed, not what is healthy: outside of them a reading is doubted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from domain.words import Words, words


@dataclass(frozen=True, slots=True)
class Quantity:
    """A named value. `low` to `high` is what a sensor can truly show; `jump`, if given, the
    most by which two readings a few seconds apart can truly differ; `counts` marks a total
    that only grows within a treatment. `decimals` is the resolution that is kept.

    `step`, if given, is by how much two such readings differ as a rule (noise, and the digits of
    a display; 0 for what somebody sets), and `grows` by how much more in a minute."""

    name: str
    title: Words
    unit: str
    mdc: int | None
    low: float
    high: float
    decimals: int = 0
    jump: float | None = None
    counts: bool = False
    step: float | None = None
    grows: float = 0.0

    def believable(self, value: float) -> bool:
        """True if a sensor can show it."""
        return self.low <= value <= self.high


QUANTITIES: tuple[Quantity, ...] = (
    Quantity("blood_flow_ml_min", words("blood flow"), "mL/min", 158740, 0, 700, step=5),
    Quantity("blood_flow_set_ml_min", words("blood flow, set"), "mL/min", 16935956, 0, 700, step=0),
    Quantity(
        "arterial_pressure_mmhg", words("arterial pressure"), "mm[Hg]", 158744, -500, 500, step=20
    ),
    Quantity(
        "venous_pressure_mmhg", words("venous pressure"), "mm[Hg]", 158776, -200, 600, step=15
    ),
    Quantity(
        "inlet_pressure_mmhg", words("dialyzer inlet pressure"), "mm[Hg]", 158756, -100, 800,
        step=15,
    ),
    Quantity(
        "dialysate_pressure_mmhg", words("dialysate pressure"), "mm[Hg]", None, -600, 600, step=15
    ),
    Quantity("tmp_mmhg", words("transmembrane pressure"), "mm[Hg]", 158852, -300, 700, step=6),
    Quantity("uf_target_ml", words("fluid to remove"), "mL", 159028, 0, 10_000, step=0),
    Quantity(
        "uf_volume_ml", words("fluid removed"), "mL", 159032, -200, 10_000, jump=200, counts=True,
        step=10, grows=70,
    ),
    Quantity("uf_rate_ml_h", words("ultrafiltration rate"), "mL/h", 159036, 0, 4_000, step=10),
    Quantity(
        "uf_rate_set_ml_h", words("ultrafiltration rate, set"), "mL/h", 16936252, 0, 4_000, step=0
    ),
    Quantity("dialysate_cond_ms_cm", words("conductivity"), "mS/cm", 158788, 0, 25, 2, step=0.1),
    Quantity("dialysate_temp_c", words("dialysate temperature"), "Cel", 158796, 0, 95, 1, step=0.2),
    Quantity("dialysate_flow_ml_min", words("dialysate flow"), "mL/min", 158792, 0, 1_200, step=15),
    Quantity(
        "therapy_time_min", words("time treated"), "min", 158720, 0, 1_500, jump=2, counts=True,
        step=1, grows=1,
    ),
    Quantity("time_remaining_min", words("time left"), "min", 158724, 0, 1_500),
    Quantity("anticoag_rate_ml_h", words("anticoagulant rate"), "mL/h", 158736, 0, 20, 1, step=0),
    Quantity(
        "anticoag_volume_ml", words("anticoagulant given"), "mL", 158728, 0, 100, 1, counts=True,
        step=0.1, grows=0.35,
    ),
    Quantity("blood_processed_l", words("blood processed"), "L", 158772, 0, 300, 1, counts=True),
    Quantity("substitution_target_l", words("substitution, target"), "L", None, 0, 100, 1, step=0),
    Quantity(
        "substitution_volume_l", words("substitution given"), "L", None, 0, 100, 1, counts=True,
        step=0.1, grows=0.5,
    ),
    Quantity("substitution_rate_l_h", words("substitution rate"), "L/h", None, 0, 30, 2, step=0.1),
    Quantity("nibp_sys_mmhg", words("systolic pressure"), "mm[Hg]", 150021, 40, 280),
    Quantity("nibp_dia_mmhg", words("diastolic pressure"), "mm[Hg]", 150022, 20, 200),
    Quantity("nibp_map_mmhg", words("mean arterial pressure"), "mm[Hg]", 150023, 25, 240),
    Quantity("pulse_bpm", words("pulse"), "{beats}/min", 149546, 20, 250),
    Quantity("hct_pct", words("hematocrit"), "%", 160132, 10, 65, 1),
    Quantity("rbv_pct", words("relative blood volume"), "%", 159044, -40, 20, 1),
    Quantity("ktv_sp", words("Kt/V, single pool"), "1", 158988, 0, 4, 2),
    Quantity("clearance_ml_min", words("clearance"), "mL/min", 159016, 0, 400),
)  # fmt: skip
"""In the order in which screens list them; the order is also that of the stored columns."""

QUANTITY: dict[str, Quantity] = {quantity.name: quantity for quantity in QUANTITIES}
BY_NAME = tuple(sorted(QUANTITY))
"""In the order in which a row of `Readings` has them, and a message says them."""
_PLACE = {name: place for place, name in enumerate(BY_NAME)}


class Readings(Mapping[str, float]):
    """Values by quantity, as one row in the order of `BY_NAME` with `None` for what was not said:
    made and stored without looking at each of them by name, since they come by the thousand."""

    __slots__ = ("row",)

    def __init__(self, row: tuple[float | None, ...]) -> None:
        self.row = row

    def __getitem__(self, name: str) -> float:
        value = self.row[_PLACE[name]]
        if value is None:
            raise KeyError(name)
        return value

    def __iter__(self) -> Iterator[str]:
        return (name for name, value in zip(BY_NAME, self.row, strict=True) if value is not None)

    def __len__(self) -> int:
        return len(self.row) - self.row.count(None)

    def __repr__(self) -> str:
        return f"Readings({dict(self)!r})"


def row_of(values: Mapping[str, float]) -> tuple[float | None, ...]:
    """The values of known quantities, in the order of `BY_NAME`."""
    return values.row if isinstance(values, Readings) else tuple(map(values.get, BY_NAME))
