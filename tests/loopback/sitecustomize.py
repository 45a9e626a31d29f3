"""Loaded by every Python process of the tests: another computer is not reached, and that one was tried is written down.

Python loads a module of this name by itself when it starts; `tests/conftest.py` puts this folder on the way to it.
"""

import os
import sys
from ipaddress import ip_address
from pathlib import Path
from typing import Any

LIST = "TESTS_WENT_OUT"
"""The variable that names the file in which each attempt is a line."""
NAMES = ("", "localhost", "localhost.localdomain", "ip6-localhost")
WITH_ADDRESS = ("socket.connect", "socket.sendto", "socket.sendmsg")
LOOKUPS = ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr")


def is_here(host: object) -> bool:
    """Whether a host's name or number is this computer; what is neither, such as a path, is no host."""
    if not isinstance(host, (str, bytes)):
        return True
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else host
    if name.lower() in NAMES:
        return True
    try:
        number = ip_address(name.partition("%")[0])
    except ValueError:
        return False
    return number.is_loopback or number.is_unspecified


def watch(event: str, given: tuple[Any, ...]) -> None:
    """Refuse what leaves this computer; Python calls this before each connection and each look-up of a name."""
    if event in WITH_ADDRESS:
        address = given[1]
        host = address[0] if isinstance(address, tuple) else None
    elif event in LOOKUPS:
        host = given[0]
    else:
        return
    if not is_here(host):
        with Path(os.environ[LIST]).open("a", encoding="utf-8") as listed:
            listed.write(f"{event} {host!r} by {' '.join(sys.argv)[:200]}\n")
        raise ConnectionRefusedError(f"The tests reach no other computer; {host!r} was asked for.")


def install() -> None:
    """Watch this process from now on; there is no way back, as audit hooks are meant."""
    sys.addaudithook(watch)


if __name__ == "sitecustomize" and LIST in os.environ:
    install()
