"""What a center can set: `config.toml`, overridden by environment variables.

One field here is one commented line in `config.toml`. This module imports nothing of ours,
so any layer can be handed its part; it names faults without choosing a language, and the
command line says them in words.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
)

PREFIX = "CLEARSHIFT_"
DEFAULT_FILE = Path("config.toml")


_NAME = r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$"
_ADDRESS = r"^(https?://[^/\s]+)?$"
_CLAIM = r"^\S*$"


class Section(BaseModel):
    """A table of `config.toml`. Each refuses unknown keys itself: pydantic's `extra` of an
    outer model does not reach the inner ones."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class DatabaseSettings(Section):
    """Where the center's data lives."""

    url: str = Field(default="sqlite:///clearshift.db", min_length=1)


class PlanSettings(Section):
    """How long and how hard to search."""

    seconds: int = Field(default=60, ge=1)
    workers: int = Field(default=0, ge=0)
    seed: int = Field(default=1, ge=0, le=2**31 - 1)
    deterministic: bool = False
    history_weeks: int = Field(default=13, ge=0, le=104)


class FlowSettings(Section):
    """How closely nurses' tasks may follow each other at the begin and end of sessions."""

    apart_minutes: int = Field(default=10, ge=1, le=120)
    latest_minutes: int = Field(default=90, ge=0, le=240)


class OutputSettings(Section):
    """Where papers go and in which language the program speaks."""

    folder: Path = Path("out")
    language: Literal["auto", "en", "zh"] = "auto"


class BrokerSettings(Section):
    """Through which broker gateways and ingest speak; secrets come from the environment."""

    url: str = Field(default="mqtt://127.0.0.1:1883", min_length=1)
    user: str = ""
    password: str = ""
    authority: str = ""
    certificate: str = ""
    private_key: str = ""


class GatewaySettings(Section):
    """What a gateway is called, and its files."""

    center: str = Field(default="center", pattern=_NAME)
    name: str = Field(default="gateway", pattern=_NAME)
    lines: Path = Path("lines.toml")
    spool: Path = Path("spool.db")


class TelemetrySettings(Section):
    """Where what machines said is kept, and for how long in full."""

    url: str = Field(default="sqlite:///telemetry.db", min_length=1)
    keep_days: int = Field(default=90, ge=1, le=3650)


class AlarmSettings(Section):
    """After how long an alarm that nobody has seen comes back to the top."""

    high_seconds: int = Field(default=60, ge=5)
    medium_seconds: int = Field(default=180, ge=5)


class WebSettings(Section):
    """Where the screens are served, the address that links and QR codes name, and what the
    hospital's identity provider calls an account; without it nobody signs in that way."""

    host: str = Field(default="127.0.0.1", min_length=1)
    port: int = Field(default=8501, ge=1, le=65535)
    address: str = Field(default="", pattern=_ADDRESS)
    single_sign_on: str = Field(default="", pattern=_CLAIM)


class LogSettings(Section):
    """How much is logged and where; an empty file is the terminal."""

    level: Literal["debug", "info", "warning", "error"] = "warning"
    file: str = ""


class Settings(BaseSettings):
    """Every setting. Made by `load`, which says where a wrong value stands."""

    model_config = SettingsConfigDict(
        extra="forbid", frozen=True, env_prefix=PREFIX, env_nested_delimiter="__"
    )

    database: DatabaseSettings = DatabaseSettings()
    plan: PlanSettings = PlanSettings()
    flow: FlowSettings = FlowSettings()
    output: OutputSettings = OutputSettings()
    broker: BrokerSettings = BrokerSettings()
    gateway: GatewaySettings = GatewaySettings()
    telemetry: TelemetrySettings = TelemetrySettings()
    alarms: AlarmSettings = AlarmSettings()
    web: WebSettings = WebSettings()
    log: LogSettings = LogSettings()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment before the file, and no other source."""
        del settings_cls, dotenv_settings, file_secret_settings
        return (env_settings, init_settings)


class Expected(StrEnum):
    """What should have stood in the place of a fault."""

    KNOWN_KEY = "a known key"
    TABLE = "a table"
    WHOLE_NUMBER = "a whole number"
    AT_LEAST = "a number of at least the limit"
    AT_MOST = "a number of at most the limit"
    TRUTH = "true or false"
    TEXT = "text"
    CHOICE = "one of the choices"
    NAME = "a name as topics can hold"
    ADDRESS = "the beginning of a web address"
    FILE = "a file that can be read"
    TOML = "TOML"


@dataclass(frozen=True, slots=True)
class Fault:
    """One wrong setting: the file or variable it stands in, its key, the value found, what
    was expected, and the limit, choices or reason that belong to the expectation."""

    source: str
    key: str
    value: str
    expected: Expected
    detail: str = ""


class WrongSettings(Exception):
    """Settings that cannot be used; carries every fault at once."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("; ".join(f"{f.source}: {f.key}: {f.expected} {f.detail}" for f in faults))
        self.faults = faults


def load(file: Path | None = None) -> Settings:
    """The settings of a file (by default `CLEARSHIFT_CONFIG`, else `config.toml` if there is
    one) with the environment over them. Raises WrongSettings with every fault."""
    path = chosen_file(file)
    table = _read(path) if path else {}
    faults = {fault.source: fault for fault in _stray_variables()}
    try:
        settings = Settings(**table)
    except ValidationError as error:
        found = [_fault(detail, str(path or DEFAULT_FILE)) for detail in error.errors()]
        others = tuple(fault for fault in found if fault.source not in faults)
        raise WrongSettings((*faults.values(), *others)) from None
    except SettingsError:  # a variable holds a whole section, which is stray already
        raise WrongSettings(tuple(faults.values())) from None
    if faults:
        raise WrongSettings(tuple(faults.values()))
    return settings


def environment_of(settings: Settings) -> dict[str, str]:
    """The variables by which another process of ours, wherever it runs, sees these settings
    and no others."""
    sections = settings.model_dump(mode="json")
    return {
        f"{PREFIX}{section}__{key}".upper(): str(value)
        for section, keys in sections.items()
        for key, value in keys.items()
    }


def chosen_file(file: Path | None) -> Path | None:
    """The file that `load` reads; `None` where nothing was named and none lies here."""
    named = file or os.environ.get(f"{PREFIX}CONFIG")
    if named:
        return Path(named)
    return DEFAULT_FILE if DEFAULT_FILE.is_file() else None


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise WrongSettings((Fault(str(path), "", "", Expected.FILE, reason),)) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise WrongSettings((Fault(str(path), "", "", Expected.TOML, str(error)),)) from None


def _stray_variables() -> Iterator[Fault]:
    """Variables that look like settings of ours but name no section: typing mistakes that
    would otherwise be passed over in silence."""
    for name, value in sorted(os.environ.items()):
        section, nested, _ = name.upper().removeprefix(PREFIX).partition("__")
        known = section.lower() in Settings.model_fields
        if name.upper().startswith(PREFIX) and bool(nested) != known:
            yield Fault(name, section.lower(), value, Expected.KNOWN_KEY)


_EXPECTED = {
    "extra_forbidden": Expected.KNOWN_KEY,
    "model_type": Expected.TABLE,
    "int_parsing": Expected.WHOLE_NUMBER,
    "int_from_float": Expected.WHOLE_NUMBER,
    "int_type": Expected.WHOLE_NUMBER,
    "greater_than_equal": Expected.AT_LEAST,
    "less_than_equal": Expected.AT_MOST,
    "bool_parsing": Expected.TRUTH,
    "bool_type": Expected.TRUTH,
    "literal_error": Expected.CHOICE,
}
_SHAPES = {_NAME: Expected.NAME, _ADDRESS: Expected.ADDRESS}


def _fault(error: ErrorDetails, file: str) -> Fault:
    key = ".".join(str(part) for part in error["loc"])
    variable = PREFIX + "__".join(str(part) for part in error["loc"]).upper()
    inherited = any(name.upper() == variable for name in os.environ)
    limits = error.get("ctx", {})
    detail = next((str(limits[name]) for name in ("ge", "le", "expected") if name in limits), "")
    shape = _SHAPES.get(limits.get("pattern", ""), Expected.TEXT)
    expected = _EXPECTED.get(error["type"], shape)
    return Fault(variable if inherited else file, key, str(error["input"]), expected, detail)
