"""A throw-away certificate authority, made by the `openssl` command for one test."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Pair:
    certificate: Path
    private_key: Path


def _openssl(*arguments: str) -> None:
    assert shutil.which("openssl"), "openssl is needed: apt-get install openssl"
    subprocess.run(["openssl", *arguments], check=True, capture_output=True)


def authority(folder: Path, name: str) -> Pair:
    made = Pair(folder / f"{name}.pem", folder / f"{name}.key")
    _openssl(
        "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
        "-keyout", str(made.private_key), "-out", str(made.certificate), "-days", "2",
        "-subj", f"/CN={name}", "-addext", "basicConstraints=critical,CA:TRUE",
        "-addext", "keyUsage=critical,keyCertSign",
    )  # fmt: skip
    return made


def signed(folder: Path, name: str, by: Pair, *, host: str = "127.0.0.1") -> Pair:
    made = Pair(folder / f"{name}.pem", folder / f"{name}.key")
    request, details = folder / f"{name}.csr", folder / f"{name}.ext"
    kind = "IP" if host[0].isdigit() else "DNS"
    details.write_text(
        f"subjectAltName={kind}:{host}\nextendedKeyUsage=serverAuth,clientAuth\n"
        "authorityKeyIdentifier=keyid\nbasicConstraints=CA:FALSE\n"
    )
    _openssl(
        "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
        "-keyout", str(made.private_key), "-out", str(request), "-subj", f"/CN={name}",
    )  # fmt: skip
    _openssl(
        "x509", "-req", "-in", str(request), "-CA", str(by.certificate), "-CAkey",
        str(by.private_key), "-CAcreateserial", "-out", str(made.certificate), "-days", "2",
        "-extfile", str(details),
    )  # fmt: skip
    return made
