"""Which broker, who we are to it, and how it is reached. Knows no MQTT library."""

from __future__ import annotations

from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import SplitResult, parse_qs, urlsplit

from domain.words import Words, words

EMBEDDED = "embedded"
PORTS = {"mqtt": 1883, "mqtts": 8883, EMBEDDED: 1883}
VERSIONS = {"5": True, "3.1.1": False}


class BrokerRefusal(Exception):
    """A broker that cannot be meant like this; every reason at once."""

    def __init__(self, *reasons: Words) -> None:
        super().__init__("; ".join(str(reason) for reason in reasons))
        self.reasons = reasons


@dataclass(frozen=True, slots=True)
class Broker:
    """Where to connect and with which identity. Paths of PEM files; an empty text is none."""

    host: str
    port: int
    tls: bool = False
    user: str = ""
    password: str = field(default="", repr=False)
    authority: str = ""
    certificate: str = ""
    private_key: str = ""
    mqtt5: bool = True
    embedded: bool = False

    @classmethod
    def of(
        cls,
        url: str,
        *,
        user: str = "",
        password: str = "",
        authority: str = "",
        certificate: str = "",
        private_key: str = "",
    ) -> Broker:
        """`mqtt://host:1883`, `mqtts://host:8883` or `embedded://127.0.0.1:1883`; a plain
        `embedded` is the last. `?version=3.1.1` after the first two speaks the older MQTT, at
        half the cost, where nothing of MQTT 5 is needed. Raises BrokerRefusal."""
        parts = _split(f"{url}://127.0.0.1" if url == EMBEDDED else url)
        found = cls(
            (parts.hostname or ""),
            _port(parts) or 0,
            parts.scheme == "mqtts",
            user,
            password,
            authority,
            certificate,
            private_key,
            parts.scheme != EMBEDDED and VERSIONS.get(_version(parts), True),
            parts.scheme == EMBEDDED,
        )
        reasons = (*_wrong_address(url, parts), *_wrong_identity(found))
        if reasons:
            raise BrokerRefusal(*reasons)
        return found

    @property
    def address(self) -> str:
        """For logs and screens; holds no secret."""
        scheme = EMBEDDED if self.embedded else "mqtts" if self.tls else "mqtt"
        return f"{scheme}://{self.host}:{self.port}"


def _split(url: str) -> SplitResult:
    """The address taken apart; one that cannot be has no scheme."""
    try:
        return urlsplit(url)
    except ValueError:
        return SplitResult("", "", url, "", "")


def _port(parts: SplitResult) -> int | None:
    """The port, by default that of the scheme; `None` if it is no number of a port."""
    try:
        return parts.port or PORTS.get(parts.scheme)
    except ValueError:
        return None


def _version(parts: SplitResult) -> str:
    return parse_qs(parts.query).get("version", ["5"])[-1]


def _wrong_address(url: str, parts: SplitResult) -> tuple[Words, ...]:
    shown = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
    if parts.scheme not in PORTS:
        return (
            words(
                "The broker {url} is none: mqtt://, mqtts:// or embedded was expected", url=shown
            ),
        )
    found = []
    if "@" in parts.netloc:
        found.append(
            words(
                "The broker {url} has a user or password in its address: both are settings of"
                " their own and come from the environment",
                url=shown,
            )
        )
    if not parts.hostname:
        found.append(words("The broker {url} has no host", url=url))
    elif parts.scheme == EMBEDDED and not _loopback(parts.hostname):
        found.append(
            words(
                "The embedded broker is for this computer only, not for {host}", host=parts.hostname
            )
        )
    if _port(parts) is None:
        found.append(words("The broker {url} has a port that is none", url=shown))
    if parts.path not in ("", "/") or set(parse_qs(parts.query)) - {"version"}:
        found.append(words("The broker {url} has something behind its port", url=shown))
    if _version(parts) not in VERSIONS:
        found.append(
            words(
                "The broker {url} asks for an MQTT version that is neither 5 nor 3.1.1", url=shown
            )
        )
    return tuple(found)


def _wrong_identity(broker: Broker) -> tuple[Words, ...]:
    files = {
        "authority": broker.authority,
        "certificate": broker.certificate,
        "private_key": broker.private_key,
    }
    found = [
        words("The broker's {setting} is not a file that can be read: {file}", setting=s, file=f)
        for s, f in files.items()
        if f and not Path(f).is_file()
    ]
    if any(files.values()) and not broker.tls:
        found.append(words("Certificates need an address with mqtts://"))
    if bool(broker.certificate) != bool(broker.private_key):
        found.append(words("A certificate needs its private key, and the key its certificate"))
    if broker.password and not broker.user:
        found.append(words("The broker has a password but no user"))
    if broker.password and not broker.tls and not _loopback(broker.host):
        found.append(
            words(
                "The password would go to {host} for anyone to read: use mqtts://", host=broker.host
            )
        )
    return tuple(found)


def _loopback(host: str) -> bool:
    """True for this computer itself; a name is not looked up."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
