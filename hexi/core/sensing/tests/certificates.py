"""A certification authority of a test's own, and a certificate of it for this machine."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.x509.oid import NameOID


def certified(folder: Path) -> tuple[Path, Path, Path]:
    """The files of the authority, of the certificate for addresses of this machine, and of its key, all PEM."""
    own, key = generate_private_key(SECP256R1()), generate_private_key(SECP256R1())
    root = _signed("test authority", own, "test authority", own, x509.BasicConstraints(ca=True, path_length=0))
    here = x509.SubjectAlternativeName([x509.IPAddress(ip_address(f"127.0.0.{n}")) for n in range(1, 4)])
    leaf = _signed("broker", key, "test authority", own, here)
    secret = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    files = {"ca.pem": _pem(root), "cert.pem": _pem(leaf), "key.pem": secret}
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder / "ca.pem", folder / "cert.pem", folder / "key.pem"


def _signed(
    name: str, key: EllipticCurvePrivateKey, issuer: str, by: EllipticCurvePrivateKey, extension: x509.ExtensionType
) -> x509.Certificate:
    now = datetime.now(UTC)
    critical = isinstance(extension, x509.BasicConstraints)
    made = x509.CertificateBuilder().subject_name(_name(name)).issuer_name(_name(issuer)).public_key(key.public_key())
    made = made.serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(hours=1)).not_valid_after(now + timedelta(days=1))
    return made.add_extension(extension, critical=critical).sign(by, hashes.SHA256())


def _name(said: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, said)])


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)
