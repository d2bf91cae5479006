"""What a center's mosquitto needs to be told: its configuration, who may do what, and the
passwords. Texts only; `mosquitto_process` runs one.

Persistence is off on purpose: nothing rests on the broker's disk, since gateways forget only
what ingest has confirmed stored.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import pbkdf2_hmac
from pathlib import Path

from devices.mqtt.broker import BrokerRefusal
from devices.wire.topics import NAME, ROOT, Kind, MachineTopic, gateway_status, stored
from domain.words import words

IN_FLIGHT, QUEUED, LARGEST_BYTES = 1_000, 10_000, 65_536
"""Unconfirmed messages a client may have; messages kept for one that is away; bytes of one."""
ROUNDS = 10_000
"""Of PBKDF2-SHA512; mosquitto's own tool takes 101."""
VARIABLE = "CLEARSHIFT_MOSQUITTO__"
"""Before a user's name in capitals, with `_` for what no variable may contain: its password."""


@dataclass(frozen=True, slots=True)
class Identities:
    """Users of a center's broker. `gateways` names each one's machines; none named means any
    of the center's. `ingests` store, `readers` (dashboards) only look."""

    center: str
    gateways: Mapping[str, tuple[str, ...]]
    ingests: tuple[str, ...] = ("ingest",)
    readers: tuple[str, ...] = ("dashboard",)

    @property
    def users(self) -> tuple[str, ...]:
        """Everyone, gateways first."""
        return (*self.gateways, *self.ingests, *self.readers)


@dataclass(frozen=True, slots=True)
class Secured:
    """The encrypted listener, for whoever is not on the broker's own computer. PEM files.
    With `certificates_required`, a client needs one of the authority besides its password."""

    authority: Path
    certificate: Path
    private_key: Path
    port: int = 8883
    certificates_required: bool = False


def access_list(identities: Identities) -> str:
    """Who may publish and read what; everything else is denied. Raises BrokerRefusal."""
    refuse_names(identities)
    center = identities.center
    parts = [
        *(_gateway(center, name, machines) for name, machines in identities.gateways.items()),
        *(_ingest(center, name) for name in identities.ingests),
        *(f"user {name}\ntopic read {ROOT}/{center}/#\n" for name in identities.readers),
    ]
    return "\n".join(parts)


def _gateway(center: str, name: str, machines: tuple[str, ...]) -> str:
    topics = [
        str(MachineTopic(center, machine, kind)) for machine in machines or ("+",) for kind in Kind
    ]
    written = [*topics, gateway_status(center, name)]
    lines = [f"topic write {topic}" for topic in written]
    return "\n".join([f"user {name}", *lines, f"topic read {stored(center, name)}", ""])


def _ingest(center: str, name: str) -> str:
    return (
        f"user {name}\n"
        f"topic read {ROOT}/{center}/m/#\n"
        f"topic read {gateway_status(center, '+')}\n"
        f"topic write {stored(center, '+')}\n"
    )


def refuse_names(identities: Identities) -> None:
    """A name with a space, a `+` or a `/` in it would open more than it says. Raises
    BrokerRefusal."""
    machines = tuple(one for some in identities.gateways.values() for one in some)
    wrong = [
        words("{name} cannot be the name of a center, machine or user of the broker", name=name)
        for name in (identities.center, *identities.users, *machines)
        if not NAME.fullmatch(name)
    ]
    twice = {one for one in identities.users if identities.users.count(one) > 1}
    wrong += [words("Two users of the broker are called {name}", name=one) for one in sorted(twice)]
    if wrong:
        raise BrokerRefusal(*wrong)


def configuration(folder: Path, *, port: int = 1883, secured: Secured | None = None) -> str:
    """A mosquitto that knows its users: `passwords` and `access` lie in the folder, readable
    by the user that it runs as (`mosquitto`, when it is started by root). The plain listener
    is for this computer only; over the encrypted one the client id is the user's name, so that
    nobody throws out another."""
    lines = [
        "per_listener_settings false",
        "allow_anonymous false",
        f"password_file {folder / 'passwords'}",
        f"acl_file {folder / 'access'}",
        *_limits(),
        f"listener {port} 127.0.0.1",
    ]
    if secured is not None:
        lines += [
            f"listener {secured.port}",
            "use_username_as_clientid true",
            f"cafile {secured.authority}",
            f"certfile {secured.certificate}",
            f"keyfile {secured.private_key}",
            "tls_version tlsv1.2",
            f"require_certificate {str(secured.certificates_required).lower()}",
        ]
    return "\n".join(lines) + "\n"


def open_configuration(port: int) -> str:
    """For tests and demonstrations: anyone on this computer, nobody from elsewhere."""
    return "\n".join(["allow_anonymous true", *_limits(), f"listener {port} 127.0.0.1", ""])


def _limits() -> list[str]:
    return [
        "persistence false",
        f"max_inflight_messages {IN_FLIGHT}",
        f"max_queued_messages {QUEUED}",
        f"message_size_limit {LARGEST_BYTES}",
        "persistent_client_expiration 7d",
        "set_tcp_nodelay true",
        "log_type error",
        "log_type warning",
        "log_type notice",
    ]


def passwords_of(identities: Identities, environment: Mapping[str, str]) -> dict[str, str]:
    """Every user's password from the environment. Raises BrokerRefusal naming each variable
    that is missing."""
    names = {user: variable(user) for user in identities.users}
    missing = [
        words("The password of {user} is missing: set {variable}", user=user, variable=name)
        for user, name in names.items()
        if not environment.get(name)
    ]
    if missing:
        raise BrokerRefusal(*missing)
    return {user: environment[name] for user, name in names.items()}


def variable(user: str) -> str:
    """Where a user's password is looked for."""
    return VARIABLE + "".join(letter if letter.isalnum() else "_" for letter in user.upper())


def password_file(passwords: Mapping[str, str], salts: Mapping[str, bytes]) -> str:
    """The file of hashed passwords, as mosquitto 2 reads it; twelve random bytes of salt for
    each user."""
    return "".join(
        f"{user}:{_hashed(password, salts[user])}\n" for user, password in passwords.items()
    )


def _hashed(password: str, salt: bytes) -> str:
    digest = pbkdf2_hmac("sha512", password.encode(), salt, ROUNDS)
    return f"$7${ROUNDS}${b64encode(salt).decode()}${b64encode(digest).decode()}"
