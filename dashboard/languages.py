"""The languages of the screens, each in its own letters."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

NAMES: Mapping[str, str] = MappingProxyType({"en": "English", "zh": "中文"})
OTHER: Mapping[str, str] = MappingProxyType({"en": "zh", "zh": "en"})
"""The one to change to."""
