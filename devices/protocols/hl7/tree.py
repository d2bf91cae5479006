"""How a simulated machine lays its measurements out: the guide's containment tree, written
from its tables and examples and never from the driver's. Units are spelled as the guide's own
examples spell them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from devices.twin.truth import Truth
from domain.telemetry import Mode

ML_MIN, ML_H, ML, LITRE = "ml/min", "ml/h", "ml", "L"
MMHG, CEL, MIN, PERCENT = "mm[Hg]", "Cel", "min", "%"
MANUAL = "MSET^manual-setting^MDC"


@dataclass(frozen=True, slots=True)
class Item:
    """A metric: its identifier, the truth it shows, unit, decimals, and one of our units in
    the machine's. `spot` is measured now and then and carries its own time."""

    identifier: str
    quantity: str
    unit: str
    decimals: int = 0
    factor: float = 1.0
    method: str = ""
    spot: bool = False


@dataclass(frozen=True, slots=True)
class Channel:
    """A node of the tree with what hangs on it: metrics, event flags by the alarm they stand
    for, and words that never change."""

    place: str
    identifier: str
    items: tuple[Item, ...] = ()
    flags: tuple[tuple[str, str], ...] = ()
    fixed: tuple[tuple[str, str], ...] = ()
    parent: tuple[str, str] = ("", "")


_H = "MDC_HDIALY_"
_E = "MDC_EVT_HDIALY_"

MACHINE = Channel(
    "1.1.1",
    "70939^MDC_DEV_HDIALY_MACH_CONFIG_CHAN^MDC",
    (
        Item(f"158720^{_H}MACH_THERAPY_TIME^MDC", "therapy_time_min", MIN),
        Item(f"158724^{_H}MACH_TIME_REMAIN^MDC", "time_remaining_min", MIN),
    ),
)
CHANNELS: tuple[Channel, ...] = (
    Channel(
        "1.1.2",
        "70943^MDC_DEV_HDIALY_ANTICOAG_PUMP_CHAN^MDC",
        (
            Item(f"158736^{_H}ANTICOAG_INFUS_RATE^MDC", "anticoag_rate_ml_h", "ml/hr", 1),
            Item(f"158728^{_H}ANTICOAG_ACCUM_DELIV^MDC", "anticoag_volume_ml", ML, 1),
        ),
        ((f"198238^{_E}ANTICOAG_SYRINGE_EMPTY^MDC", "syringe"),),
        ((f"158600^{_H}ANTICOAG_MODE^MDC", "CON"),),
    ),
    Channel(
        "1.1.3",
        "70947^MDC_DEV_HDIALY_BLOOD_PUMP_CHAN^MDC",
        (
            Item(f"158740^{_H}BLD_PUMP_BLOOD_FLOW_RATE^MDC", "blood_flow_ml_min", ML_MIN),
            Item(
                f"16935956^{_H}BLD_PUMP_BLOOD_FLOW_RATE_SETTING^MDC",
                "blood_flow_set_ml_min", ML_MIN, method=MANUAL,
            ),
            Item(f"158744^{_H}BLD_PRESS_ART^MDC", "arterial_pressure_mmhg", MMHG),
            Item(f"158756^{_H}BLD_PUMP_PRESS_ART_POST_PUMP^MDC", "inlet_pressure_mmhg", MMHG),
            Item(f"158772^{_H}BLD_PUMP_BLOOD_PROCESSED_TOTAL^MDC", "blood_processed_l", LITRE, 2),
            Item(f"158776^{_H}BLD_PUMP_PRESS_VEN^MDC", "venous_pressure_mmhg", MMHG),
        ),
        ((f"198242^{_E}BLD_PUMP_STOP^MDC", "blood_pump_stop"),),
        ((f"158604^{_H}BLD_PUMP_MODE^MDC", "2N"),),
    ),
    Channel(
        "1.1.4",
        "70951^MDC_DEV_HDIALY_FLUID_CHAN^MDC",
        (
            Item(f"158792^{_H}DIALYSATE_FLOW_RATE^MDC", "dialysate_flow_ml_min", ML_MIN),
            Item(f"158788^{_H}DIALYSATE_COND^MDC", "dialysate_cond_ms_cm", "mS/cm", 2),
            Item(f"158796^{_H}DIALYSATE_TEMP^MDC", "dialysate_temp_c", CEL, 1),
        ),
        ((f"198244^{_E}BLOOD_LEAK^MDC", "blood_leak"),),
        ((f"158606^{_H}DIALYSATE_FLOW_MODE^MDC", "CONST"),),
    ),
    Channel(
        "1.1.5",
        "70955^MDC_DEV_HDIALY_FILTER_CHAN^MDC",
        (Item(f"158852^{_H}FILTER_TRANSMEMBRANE_PRESS^MDC", "tmp_mmhg", MMHG),),
    ),
    Channel(
        "1.1.6",
        "70959^MDC_DEV_HDIALY_CONVECTIVE_CHAN^MDC",
        (
            Item(
                f"158892^{_H}RF_POST_FILTER_FLOW_RATE^MDC",
                "substitution_rate_l_h", ML_MIN, 2, 1000 / 60,
            ),
            Item(f"158900^{_H}RF_POST_FILTER_VOL^MDC", "substitution_volume_l", LITRE, 2),
            Item(
                f"16936116^{_H}RF_POST_FILTER_VOL_SETTING^MDC",
                "substitution_target_l", LITRE, 2, method=MANUAL,
            ),
        ),
    ),
    Channel(
        "1.1.7",
        "70963^MDC_DEV_HDIALY_SAFETY_SYSTEMS_CHAN^MDC",
        (),
        (
            (f"198262^{_E}SAFETY_VEN_AIR_DETECT^MDC", "air"),
            (f"198258^{_E}SAFETY_SYSTEM_GENERAL^MDC", "machine"),
            ("198216^MDC_EVT_SELFTEST_FAILURE^MDC", "self_test"),
        ),
    ),
    Channel(
        "1.1.8",
        "70967^MDC_DEV_HDIALY_THERAPY_OUTCOMES_CHAN^MDC",
        (
            Item(f"158988^{_H}THERAPY_RATIO_SPKT_OVER_V_DELIVERED^MDC", "ktv_sp", PERCENT, 2),
            Item(f"159016^{_H}THERAPY_UREA_CLEARANCE^MDC", "clearance_ml_min", ""),
        ),
        fixed=((f"158618^{_H}THERAPY_COMPLETE_METHOD^MDC", "UF"),),
    ),
    Channel(
        "1.1.9",
        "70971^MDC_DEV_HDIALY_UF_CHAN^MDC",
        (
            Item(f"159028^{_H}UF_TARGET_VOL_TO_REMOVE^MDC", "uf_target_ml", ML),
            Item(f"159032^{_H}UF_ACTUAL_REMOVED_VOL^MDC", "uf_volume_ml", ML),
            Item(f"159036^{_H}UF_RATE^MDC", "uf_rate_ml_h", ML_H),
            Item(f"16936252^{_H}UF_RATE_SETTING^MDC", "uf_rate_set_ml_h", ML_H, method=MANUAL),
        ),
        (
            (f"198276^{_E}UF_RATE_RANGE^MDC", "uf_deviation"),
            (f"198278^{_E}UF_GOAL_MET^MDC", "uf_goal"),
        ),
        ((f"158619^{_H}UF_MODE^MDC", "CONST-WT"),),
    ),
    Channel(
        "1.2.1",
        "70687^MDC_DEV_PRESS_BLD_NONINV_CHAN^MDC",
        (
            Item("150022^MDC_PRESS_BLD_NONINV_DIA^MDC", "nibp_dia_mmhg", MMHG, spot=True),
            Item("149546^MDC_PULS_RATE_NON_INV^MDC", "pulse_bpm", "{beats}/min", spot=True),
            Item("150023^MDC_PRESS_BLD_NONINV_MEAN^MDC", "nibp_map_mmhg", MMHG, spot=True),
            Item("150021^MDC_PRESS_BLD_NONINV_SYS^MDC", "nibp_sys_mmhg", MMHG, spot=True),
        ),
        parent=("1.2", "70686^MDC_DEV_PRESS_BLD_NONINV_VMD^MDC"),
    ),
    Channel(
        "1.4.1",
        "70975^MDC_DEV_BLOOD_CHEM_CHAN^MDC",
        (
            Item("160132^MDC_CONC_HCT_GEN^MDC", "hct_pct", "%{vol}", 1),
            Item(f"159044^{_H}REL_BLOOD_VOL^MDC", "rbv_pct", PERCENT, 1),
        ),
        parent=("1.4", "70974^MDC_DEV_BLOOD_CHEM_VMD^MDC"),
    ),
)  # fmt: skip
SHOWN = frozenset(item.quantity for one in (MACHINE, *CHANNELS) for item in one.items)
"""Every quantity that the tree has a place for."""


def branches(truth: Truth) -> Iterator[Channel]:
    """The channels there are now: an idle machine or one in service shows its own alone, and
    one in treatment those that have something to say."""
    if truth.mode in {Mode.IDLE, Mode.SERVICE}:
        return
    treating = truth.mode is Mode.TREATMENT
    for channel in CHANNELS:
        if any(item.quantity in truth.values for item in channel.items) or (
            treating and channel.flags
        ):
            yield channel


def number(item: Item, truth: Truth) -> str:
    """The value at the machine's resolution; empty where there is none."""
    value = truth.values.get(item.quantity)
    if value is None:
        return ""
    rounded = round(value * item.factor, item.decimals) or 0.0
    return f"{rounded:.{item.decimals}f}"
