"""Which of a page's messages are somebody's doing, and which it sends by itself.

A page that refreshes itself would otherwise keep a sign-in alive that nobody sits at.
"""

from __future__ import annotations

from google.protobuf.message import DecodeError
from streamlit.proto.BackMsg_pb2 import BackMsg


def is_a_click(message: bytes) -> bool:
    """True if a message of Streamlit's page asks for a run that no timer asked for."""
    told = BackMsg()
    try:
        told.ParseFromString(message)
    except DecodeError:
        return False
    return told.HasField("rerun_script") and not told.rerun_script.is_auto_rerun
