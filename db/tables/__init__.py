"""The tables. A class here only declares: rows are written and read as domain values.

A column is named like the field it holds; a field that is itself a value (`span`, `name`)
becomes one column for each of its parts (`span_first`, `name_en`). Every key begins with the
center, so that one database serves many. Where no field names a row, its `number` does.
"""

from sqlmodel import SQLModel

from db.tables import care, nurses, people, plans, site, web

metadata = SQLModel.metadata
IMMUTABLE = (*plans.IMMUTABLE, *care.APPENDED, *web.APPENDED, *nurses.APPENDED)
"""Tables whose rows are only ever added; triggers see to that."""

__all__ = ["IMMUTABLE", "care", "metadata", "nurses", "people", "plans", "site", "web"]
