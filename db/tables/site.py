"""Tables of the site: zones, shifts, stations, machines, closures, staff and rules."""

from __future__ import annotations

from datetime import date, time
from typing import ClassVar

from sqlmodel import Field, SQLModel

from db.tables.columns import (
    CenterKey,
    ChoiceText,
    Key,
    Names,
    Number,
    Weekdays,
    chosen_from,
    filled,
    in_order,
    named,
    refers,
    weekday_digits,
    within,
)
from domain.center import Infection, Modality


class CenterTable(SQLModel, table=True):
    """One row for each center."""

    __tablename__: ClassVar[str] = "centers"
    __table_args__ = (
        filled("code"),
        named(),
        within("arrive_before_minutes", 0),
        within("leave_after_minutes", 0),
    )

    code: Key
    name_en: str
    name_zh: str
    timezone: str
    odd_monday: date
    phone: str
    address_en: str
    address_zh: str
    arrive_before_minutes: int
    leave_after_minutes: int
    partial_weeks: bool


class ZoneTable(SQLModel, table=True):
    """Stations under one infection rule."""

    __tablename__: ClassVar[str] = "zones"
    __table_args__ = (filled("code"), named(), chosen_from("admits", Infection))

    center: CenterKey
    code: Key
    name_en: str
    name_zh: str
    admits: frozenset[Infection] = Field(sa_type=ChoiceText(Infection))


class ShiftTable(SQLModel, table=True):
    """Turns of the day."""

    __tablename__: ClassVar[str] = "shifts"
    __table_args__ = (filled("code"), named(), weekday_digits(), within("turnover_minutes", 0))

    center: CenterKey
    code: Key
    name_en: str
    name_zh: str
    start: time
    end: time
    weekdays: Weekdays
    turnover_minutes: int
    night: bool
    early: bool


class RuleTable(SQLModel, table=True):
    """The center's own rule rows, each from a day on."""

    __tablename__: ClassVar[str] = "rules"
    __table_args__ = (filled("rule"), within("limit", 0), within("tier", 1), within("weight", 0))

    center: CenterKey
    rule: Key
    valid_from: date = Field(primary_key=True)
    enabled: bool
    limit: int | None
    tier: int | None
    weight: int | None
    source: str


class StationTable(SQLModel, table=True):
    """Chairs and beds."""

    __tablename__: ClassVar[str] = "stations"
    __table_args__ = (filled("code"), refers("zones", "zone"))

    center: CenterKey
    code: Key
    zone: str
    room: str


class MachineTable(SQLModel, table=True):
    """Devices."""

    __tablename__: ClassVar[str] = "machines"
    __table_args__ = (filled("code"), chosen_from("modalities", Modality))

    center: CenterKey
    code: Key
    serial: str
    model: str
    modalities: frozenset[Modality] = Field(sa_type=ChoiceText(Modality))


class PlacementTable(SQLModel, table=True):
    """Which machine stands where, from when to when."""

    __tablename__: ClassVar[str] = "placements"
    __table_args__ = (refers("machines", "machine"), refers("stations", "station"), in_order())

    center: CenterKey
    number: Number
    machine: str
    station: str
    span_first: date | None
    span_last: date | None


class ClosureTable(SQLModel, table=True):
    """What is shut."""

    __tablename__: ClassVar[str] = "closures"
    __table_args__ = (
        refers("shifts", "shift"),
        refers("zones", "zone"),
        refers("stations", "station"),
        in_order(),
    )

    center: CenterKey
    number: Number
    span_first: date | None
    span_last: date | None
    reason: str
    shift: str | None
    zone: str | None
    station: str | None


class HoldTable(SQLModel, table=True):
    """Stations kept free."""

    __tablename__: ClassVar[str] = "holds"
    __table_args__ = (
        refers("zones", "zone"),
        refers("shifts", "shift"),
        within("stations", 0),
        in_order(),
    )

    center: CenterKey
    number: Number
    zone: str
    stations: int
    reason: str
    shift: str | None
    span_first: date | None
    span_last: date | None


class StaffingTable(SQLModel, table=True):
    """Nurses for the patients of a zone on a shift."""

    __tablename__: ClassVar[str] = "staffing"
    __table_args__ = (
        refers("zones", "zone"),
        refers("shifts", "shift"),
        within("nurses", 0),
        weekday_digits(),
        in_order(),
    )

    center: CenterKey
    number: Number
    zone: str
    shift: str
    nurses: int
    weekdays: Weekdays
    span_first: date | None
    span_last: date | None


class NurseTable(SQLModel, table=True):
    """Who can be rostered. That the zones exist is checked by the import, not in here."""

    __tablename__: ClassVar[str] = "nurses"
    __table_args__ = (filled("code"), within("weekly_minutes", 0))

    center: CenterKey
    code: Key
    name: str
    zones: Names
    skills: Names
    weekly_minutes: int
