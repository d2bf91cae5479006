"""An address as a square that a telephone or television reads."""

from __future__ import annotations

import io

import segno


def qr_svg(address: str) -> str:
    """The square as SVG, black on white with the quiet border that readers need."""
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        out, kind="svg", scale=5, border=4, dark="#000000", light="#ffffff", xmldecl=False
    )
    return out.getvalue().decode("utf-8")
