"""What became of a simulated treatment: what a machine shows only in part, or never."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from devices.twin.kinetics import e_ktv, sp_ktv
from devices.twin.script import Access, TwinTreatment
from devices.twin.session import Session


@dataclass(frozen=True, slots=True)
class Outcome:
    """One treatment that is over. Seconds and minutes of the twin's own time; `removed_ml`
    has truly gone, the machine counted `counted_ml`; `alarms` are codes in the order in which
    they began; `aborted`: the power was gone too long."""

    treatment: TwinTreatment
    began: float
    ended: float
    treated_min: float
    stopped_min: float
    counted_ml: float
    removed_ml: float
    urea_ratio: float
    sp_ktv: float
    e_ktv: float
    lost_volume_pct: float
    hypotensions: int
    alarms: tuple[str, ...]
    aborted: bool


def outcome(
    session: Session, began: float, ended: float, alarms: Sequence[str], aborted: bool
) -> Outcome:
    """The account of a session that ends now."""
    plan = session.treatment
    ratio = session.urea.outer / plan.person.urea_mmol_l
    hours = session.treated_s / 3600
    single = pooled = 0.0
    if hours > 0.5:
        single = sp_ktv(ratio, hours, session.removed_ml / 1000, plan.person.dry_kg)
        pooled = e_ktv(single, hours, plan.access is not Access.CATHETER)
    return Outcome(
        plan, began, ended, session.treated_s / 60, session.stopped_s / 60, session.uf_ml,
        session.removed_ml, ratio, single, pooled, -session.body.volume.relative_pct,
        len(session.body.episodes), tuple(alarms), aborted,
    )  # fmt: skip
