"""Which account a provider's words name, and which words name none."""

from __future__ import annotations

from dashboard.gate.hospital import account_name


def test_a_letter_that_turns_into_another_makes_no_name() -> None:
    assert "\N{KELVIN SIGN}ate".lower() == "kate"
    assert account_name({"name": "\N{KELVIN SIGN}ate"}, "name") == ""
    assert account_name({"name": "Kate"}, "name") == "kate"
    assert account_name(None, "name") == ""


def test_an_address_counts_only_if_it_is_confirmed() -> None:
    address = "li.na@hospital.example"
    assert account_name({"email": address}, "email") == address
    assert account_name({"email": address, "email_verified": True}, "email") == address
    for doubt in (False, None, "false", 0):
        assert account_name({"email": address, "email_verified": doubt}, "email") == ""
