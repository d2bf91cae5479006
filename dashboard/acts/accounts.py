"""Keeping accounts: made, given another password, closed, opened, given another role."""

from __future__ import annotations

from dashboard.acts.acting import acting
from dashboard.desk import Actor
from dashboard.rights import Right
from dashboard.site import Site
from db.access.accounts import (
    add_account,
    disable,
    enable,
    find_account,
    plain_name,
    set_password,
    set_role,
)
from db.access.passwords import hashed
from db.access.tokens import one_time_password
from domain.account import Account, Role

_RIGHT = Right.KEEP_ACCOUNTS


def add(site: Site, actor: Actor, name: str, shown: str, role: Role) -> tuple[Account, str]:
    """Makes an account and returns it with its one-time password, which is stored nowhere.
    Raises NotAllowed, DatabaseRefusal."""
    password = one_time_password()
    stored = hashed(password)
    account = Account(plain_name(name), shown.strip() or name.strip(), role, must_change=True)
    with acting(site, actor, _RIGHT, "account.add", account.name) as deed:
        add_account(deed.session, site.center, account, stored, actor.name, deed.now)
        deed.after = account
    return account, password


def reset(site: Site, actor: Actor, name: str) -> str:
    """Gives an account a one-time password and returns it. Raises NotAllowed, DatabaseRefusal."""
    password = one_time_password()
    stored = hashed(password)
    with acting(site, actor, _RIGHT, "account.reset", name) as deed:
        set_password(deed.session, site.center, name, stored, deed.now, must_change=True)
    return password


def close(site: Site, actor: Actor, name: str) -> None:
    """Closes an account; its sign-ins end. Raises NotAllowed, DatabaseRefusal."""
    with acting(site, actor, _RIGHT, "account.disable", name) as deed:
        deed.before = find_account(deed.session, site.center, name)
        disable(deed.session, site.center, name, deed.now)
        deed.after = find_account(deed.session, site.center, name)


def reopen(site: Site, actor: Actor, name: str) -> None:
    """Opens a closed account again. Raises NotAllowed, DatabaseRefusal."""
    with acting(site, actor, _RIGHT, "account.enable", name) as deed:
        deed.before = find_account(deed.session, site.center, name)
        enable(deed.session, site.center, name, deed.now)
        deed.after = find_account(deed.session, site.center, name)


def change_role(site: Site, actor: Actor, name: str, role: Role) -> None:
    """Gives an account another role; its sign-ins end. Raises NotAllowed, DatabaseRefusal."""
    with acting(site, actor, _RIGHT, "account.role", name) as deed:
        deed.before = find_account(deed.session, site.center, name)
        set_role(deed.session, site.center, name, role, deed.now)
        deed.after = find_account(deed.session, site.center, name)
