"""What holds for all tests: the tester's own settings and language stay outside."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis.configuration import set_hypothesis_home_dir

# Shared, busy machines make single examples slow now and then; that is no fault of the code.
settings.register_profile("house", deadline=None, print_blob=True)
set_hypothesis_home_dir(Path(__file__).parents[1] / ".cache" / "hypothesis")


def pytest_configure(config: pytest.Config) -> None:
    del config
    settings.load_profile("house")
    for name in list(os.environ):
        if name in ("CLEARSHIFT_CONFIG", "CLEARSHIFT_LANG") or (
            name.startswith("CLEARSHIFT_") and "__" in name
        ):
            del os.environ[name]
    os.environ["LC_ALL"] = "C.UTF-8"
