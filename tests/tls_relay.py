"""TLS in front of the tests' PostgreSQL: the server that comes with them was built without it.

Speaks what PostgreSQL speaks before TLS begins (the eight bytes of an SSLRequest, answered with S or N) and hands
everything else on to the server's socket. The handshake and every check of the certificate are the driver's own.
"""

import datetime as dt
import ipaddress
import socket
import ssl
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

SSL_REQUEST = struct.pack("!II", 8, 80877103)
NAME = "records.example"


@dataclass(frozen=True)
class Authority:
    """Somebody who vouches for servers: `file` holds the certificate by which that is checked."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate
    file: Path


@dataclass
class Relay:
    """Where the relay answers, and how many bytes came in before or without TLS."""

    port: int
    in_clear: int = 0


def authority(folder: Path, name: str) -> Authority:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    certificate = (
        _builder(subject, subject, key)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / f"{name}.crt"
    file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    return Authority(key, certificate, file)


@contextmanager
def relay(socket_file: Path, by: Authority | None, *, host: str = NAME) -> Iterator[Relay]:
    """A relay to the server at `socket_file`, for `host` with a certificate `by` that authority, or without TLS."""
    context = None if by is None else _context(by, host)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.05)
        made, stop = Relay(listener.getsockname()[1]), threading.Event()
        serving = threading.Thread(target=_serve, args=(listener, socket_file, context, made, stop))
        serving.start()
        try:
            yield made
        finally:
            stop.set()
            serving.join()


def _builder(subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey) -> x509.CertificateBuilder:
    now = dt.datetime.now(dt.UTC)
    day = dt.timedelta(days=1)
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key.public_key())
    return builder.serial_number(x509.random_serial_number()).not_valid_before(now - day).not_valid_after(now + day)


def _context(by: Authority, host: str) -> ssl.SSLContext:
    key = ec.generate_private_key(ec.SECP256R1())
    names = x509.SubjectAlternativeName([x509.DNSName(host), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    certificate = _builder(subject, by.certificate.subject, key).add_extension(names, critical=False)
    both = by.file.with_suffix(".server.pem")
    both.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + certificate.sign(by.key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(both)
    return context


def _serve(
    listener: socket.socket, socket_file: Path, context: ssl.SSLContext | None, made: Relay, stop: threading.Event
) -> None:
    answering = []
    while not stop.is_set():
        try:
            client, _ = listener.accept()
        except TimeoutError:
            continue
        client.settimeout(30)
        answering.append(threading.Thread(target=_answer, args=(client, socket_file, context, made)))
        answering[-1].start()
    for each in answering:
        each.join()


def _answer(client: socket.socket, socket_file: Path, context: ssl.SSLContext | None, made: Relay) -> None:
    with suppress(OSError), client:
        first = client.recv(8)
        if first != SSL_REQUEST:
            made.in_clear += len(first)
        elif context is None:
            client.sendall(b"N")
            made.in_clear += len(client.recv(8))
        else:
            client.sendall(b"S")
            with context.wrap_socket(client, server_side=True) as guarded, socket.socket(socket.AF_UNIX) as server:
                server.connect(str(socket_file))
                back = threading.Thread(target=_copy, args=(server, guarded))
                back.start()
                _copy(guarded, server)
                back.join()


def _copy(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(65_536):
            target.sendall(data)
    with suppress(OSError):
        target.shutdown(socket.SHUT_RDWR)
