"""What is lost is said to be, and what is put aside has a bound.

Books learn from which number on a gateway still holds a boot, and since when it holds nothing of
it; quarantine is weighed by machine.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

COUNT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Adds the columns and weighs what is there."""
    op.add_column("boot", _counted("held_from", sa.BigInteger()))
    op.add_column("boot", sa.Column("gone", sa.BigInteger(), nullable=True))
    op.add_column("boot", _counted("dropped", COUNT))
    op.create_index("quarantine_machine", "quarantine", ["machine", "no"])
    op.create_index("quarantine_age", "quarantine", ["last_seen"])
    op.create_table(
        "put_aside",
        sa.Column("machine", sa.String(), nullable=False),
        *(sa.Column(name, COUNT, nullable=False) for name in ("kept", "bytes", "dropped")),
        sa.PrimaryKeyConstraint("machine"),
    )
    op.execute(
        "INSERT INTO put_aside SELECT machine, count(*), sum(length(payload)), 0"
        " FROM quarantine GROUP BY machine"
    )


def _counted(name: str, kind: sa.types.TypeEngine[int]) -> sa.Column[int]:
    return sa.Column(name, kind, nullable=False, server_default="0")
