"""Displays and patients' links: opened by their secrets, revoked, over in time."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from db.access.displays import add_display, find_display, list_displays, revoke_display
from db.access.patient_links import LASTS, add_link, find_link, list_links, revoke_link
from db.connection import reading, writing
from db.refusal import DatabaseRefusal
from db.tables import metadata
from domain.account import Display, DisplayKind, PatientLink
from tests.db.access.world import CENTER, NOW

DAY = timedelta(days=1)


def test_a_display_opens_by_its_secret_until_it_is_revoked(center: sa.Engine) -> None:
    corridor = Display("Corridor", DisplayKind.CORRIDOR, "Wu", NOW, None, None)
    with writing(center) as session:
        secret = add_display(session, CENTER, " Corridor ", DisplayKind.CORRIDOR, "Wu", NOW)
        assert find_display(session, CENTER, secret, NOW + 1000 * DAY) == corridor
        assert find_display(session, CENTER, "guess", NOW) is None
        ((key, listed),) = list_displays(session, CENTER)
        assert listed == corridor
        revoke_display(session, CENTER, key, NOW + DAY)
        assert find_display(session, CENTER, secret, NOW + DAY) is None
        ((_, listed),) = list_displays(session, CENTER)
        assert listed.revoked_at == NOW + DAY
        with pytest.raises(DatabaseRefusal, match="revoked already"):
            revoke_display(session, CENTER, key, NOW)


def test_a_display_may_end_by_itself_and_needs_a_title(center: sa.Engine) -> None:
    with writing(center) as session:
        secret = add_display(session, CENTER, "Ward", DisplayKind.STATION, "Wu", NOW, NOW + DAY)
        assert find_display(session, CENTER, secret, NOW + DAY - timedelta(seconds=1)) is not None
        assert find_display(session, CENTER, secret, NOW + DAY) is None
        with pytest.raises(DatabaseRefusal, match="needs a title"):
            add_display(session, CENTER, "  ", DisplayKind.STATION, "Wu", NOW)


def test_a_patients_link_opens_for_a_year_unless_it_is_revoked(center: sa.Engine) -> None:
    link = PatientLink("P1", "Li", NOW, NOW + LASTS, None)
    with writing(center) as session:
        secret = add_link(session, CENTER, "P1", "Li", NOW)
        other = add_link(session, CENTER, "P2", "Li", NOW, NOW + DAY)
        assert find_link(session, CENTER, secret, NOW + LASTS - DAY) == link
        assert find_link(session, CENTER, secret, NOW + LASTS) is None
        assert find_link(session, CENTER, other, NOW + DAY) is None
        ((key, _),) = list_links(session, CENTER, "P1")
        revoke_link(session, CENTER, key, NOW)
        assert find_link(session, CENTER, secret, NOW) is None
        assert find_link(session, CENTER, other, NOW) is not None
        assert len(list_links(session, CENTER)) == 2
        with pytest.raises(DatabaseRefusal, match="revoked already"):
            revoke_link(session, CENTER, key, NOW)


def test_no_secret_of_an_address_is_stored(center: sa.Engine) -> None:
    with writing(center) as session:
        display = add_display(session, CENTER, "Ward", DisplayKind.STATION, "Wu", NOW)
        link = add_link(session, CENTER, "P1", "Li", NOW)
    with reading(center) as session:
        for table in ("displays", "patient_links"):
            (row,) = session.execute(sa.select(metadata.tables[table])).all()
            assert display not in row
            assert link not in row
