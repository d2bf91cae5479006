"""Which machines a center has, asked of the center's database without loading its register."""

from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from domain.telemetry import StoreDown

KNOWN_FOR = 5.0
"""Seconds after which it is looked whether the center has other machines now."""
_MACHINES = sa.table("machines", sa.column("center", sa.String()), sa.column("code", sa.String()))
_CENTERS = sa.table("centers", sa.column("code", sa.String()))


def center_of(database: sa.Engine, name: str) -> str | None:
    """The stored center that topics call `name`: the one of that code, or the only one there is.
    `None` if neither can be told."""
    still = database.execution_options(clearshift_reading=True)
    with still.connect() as connection:
        codes = list(connection.scalars(sa.select(_CENTERS.c.code)))
    return name if name in codes else codes[0] if len(codes) == 1 else None


def machine_codes(database: sa.Engine, center: str) -> frozenset[str]:
    """The codes of a stored center's machines. Raises StoreDown if they cannot be read now."""
    still = database.execution_options(clearshift_reading=True)
    try:
        with still.connect() as connection:
            found = connection.scalars(
                sa.select(_MACHINES.c.code).where(_MACHINES.c.center == center)
            )
            return frozenset(found)
    except DBAPIError as error:
        raise StoreDown(f"the center's machines cannot be read: {error.orig}") from error


def remembering(
    database: sa.Engine, center: str, clock: Callable[[], float]
) -> Callable[[], frozenset[str]]:
    """Tells the codes, and asks for them every few seconds by a clock that only goes forward.
    While they cannot be read, what was known holds. Raises StoreDown if nothing was yet."""
    found: frozenset[str] | None = None
    asked = float("-inf")

    def known() -> frozenset[str]:
        nonlocal found, asked
        if found is not None and clock() - asked < KNOWN_FOR:
            return found
        asked = clock()
        try:
            found = machine_codes(database, center)
        except StoreDown:
            if found is None:
                raise
        return found

    return known
