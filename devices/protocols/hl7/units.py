"""Units of UCUM as machines write them, and the numbers that stand before them.

Compared without case, because the guide itself writes `mL/h`, `ml/h` and `ml/hr`, and once
`ml[Hg]` for a pressure. A unit that is not listed, or is one of another dimension, gives no
value: litres are never taken for millilitres.
"""

from __future__ import annotations

import re
from fractions import Fraction

from domain.quantity import Quantity

_HOUR = Fraction(1, 60)
_DIMENSIONS: tuple[dict[str, Fraction], ...] = (
    {"ml": Fraction(1), "l": Fraction(1000)},
    {
        "ml/min": Fraction(1), "l/min": Fraction(1000),
        "ml/h": _HOUR, "ml/hr": _HOUR, "l/h": 1000 * _HOUR, "l/hr": 1000 * _HOUR,
    },
    {
        "mm[hg]": Fraction(1), "mmhg": Fraction(1), "ml[hg]": Fraction(1),
        "kpa": 1 / Fraction("0.133322387415"),
    },
    {"ms/cm": Fraction(1)},
    {"cel": Fraction(1), "degc": Fraction(1), "\N{DEGREE SIGN}c": Fraction(1)},
    {"min": Fraction(1), "h": Fraction(60), "hr": Fraction(60), "s": _HOUR},
    {"{beats}/min": Fraction(1), "/min": Fraction(1), "1/min": Fraction(1), "bpm": Fraction(1)},
    {"%": Fraction(1), "%{vol}": Fraction(1)},
)  # fmt: skip
_FACTORS = {unit: (kind, factor) for kind in _DIMENSIONS for unit, factor in kind.items()}
_AS_PRINTED = {"ktv_sp": frozenset({"", "1", "%"}), "clearance_ml_min": frozenset({""})}
"""Units to be passed over: the guide prints Kt/V as `1.1 %` in the format X.XX, which is the
ratio, and gives clearances none."""

_NUMBER = re.compile(r"[+-]?(?:\d{1,12}(?:\.\d{0,12})?|\.\d{1,12})")


def number(text: str) -> Fraction | None:
    """The number of an NM field; `None` if it is none, or has more digits than any sensor."""
    found = _NUMBER.fullmatch(text.strip())
    return Fraction(found.group()) if found else None


def converted(value: Fraction, unit: str, quantity: Quantity) -> float | None:
    """The value in the quantity's own unit; `None` if its unit is another thing's."""
    written = unit.strip().lower()
    if written in _AS_PRINTED.get(quantity.name, ()):
        return float(value)
    said, wanted = _FACTORS.get(written), _FACTORS.get(quantity.unit.lower())
    if said is None or wanted is None or said[0] is not wanted[0]:
        return None
    value = value * said[1] / wanted[1]
    if quantity.name == "hct_pct" and value < 1:
        value *= 100  # the guide prints 0.45 with the unit %{vol}; no patient lives below 1 %
    return float(value)
