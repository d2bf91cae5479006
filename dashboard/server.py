"""One port, one process: staff screens, plain pages, the stream, and the gate around them all."""

from __future__ import annotations

import gc
import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

from starlette.middleware import Middleware
from starlette.routing import BaseRoute
from streamlit import App

from dashboard.gate.gate import Gate
from dashboard.gate.routes import nothing_else
from dashboard.gate.routes import routes as gate_routes
from dashboard.patient.routes import routes as patient_routes
from dashboard.screens import listed
from dashboard.site import Site, install
from dashboard.wall.hub import Hub
from dashboard.wall.routes import routes as wall_routes

SCRIPT = Path(__file__).with_name("app.py")
LARGEST_UPLOAD_MB = 10
FONT = (
    "system-ui, -apple-system, 'Segoe UI', 'Noto Sans SC', 'Source Han Sans SC', 'PingFang SC',"
    " 'Microsoft YaHei', 'WenQuanYi Micro Hei', sans-serif"
)
"""As in the tokens: what the reader's own computer has, nothing is fetched."""
_log = logging.getLogger(__name__)


def application(site: Site, hosts: tuple[str, ...] = ()) -> App:
    """Everything that a browser can ask for. `hosts` are the names by which the server may be
    addressed, none for any."""
    install(site)
    hub = Hub(site)
    return App(
        SCRIPT,
        routes=_routes(site, hub),
        middleware=[Middleware(Gate, site=site, hosts=hosts)],
        lifespan=_alive(hub),
        on_script_error=_noted,
    )


def serve(site: Site, host: str, port: int, hosts: tuple[str, ...] = ()) -> None:
    """Until it is stopped."""
    application(site, hosts).run(config=configuration(host, port))


def configuration(host: str, port: int) -> Mapping[str, Any]:
    """What Streamlit is told: nothing leaves the house, nothing inside is shown to a stranger,
    and the page looks like ours before the first style sheet has come."""
    return {
        "server.address": host,
        "server.port": port,
        "server.headless": True,
        "server.fileWatcherType": "none",
        "server.runOnSave": False,
        "server.maxUploadSize": LARGEST_UPLOAD_MB,
        "server.enableStaticServing": False,
        "browser.gatherUsageStats": False,
        "logger.hideWelcomeMessage": True,
        "client.showErrorDetails": "none",
        "client.toolbarMode": "minimal",
        "runner.magicEnabled": False,
        "theme.base": "light",
        "theme.primaryColor": "#0b6670",
        "theme.backgroundColor": "#f4f7f8",
        "theme.secondaryBackgroundColor": "#ffffff",
        "theme.textColor": "#14212b",
        "theme.borderColor": "#d9e1e5",
        "theme.showWidgetBorder": True,
        "theme.baseRadius": "6px",
        "theme.baseFontSize": 14,
        "theme.font": FONT,
        "theme.headingFont": FONT,
        "theme.headingFontSizes": ["22px", "18px", "16px", "15px", "14px", "14px"],
        "theme.headingFontWeights": [650, 650, 600, 600, 600, 600],
    }


def _routes(site: Site, hub: Hub) -> list[BaseRoute]:
    return [*gate_routes(site), *wall_routes(site, hub), *patient_routes(site), *nothing_else(site)]


def _alive(hub: Hub) -> Any:
    @asynccontextmanager
    async def lifespan(_app: App) -> AsyncIterator[dict[str, Any]]:
        async with hub:
            _settle()
            yield {}

    made: type[AbstractAsyncContextManager[Any]] | Any = lifespan
    return made


def _settle() -> None:
    """What is loaded by now stays: it is left out of every later collection.

    Streamlit collects all garbage after each run of a screen, and goes through all that the
    libraries have loaded for it: a quarter of a second in which nothing else moves.
    """
    _log.debug("%d screens are loaded", len(listed.SCREENS))
    gc.collect()
    gc.freeze()


def _noted(error: Exception) -> bool:
    """What a screen did not catch itself. The page shows Streamlit's own line without details."""
    _log.error("a screen failed", exc_info=error)
    return False
