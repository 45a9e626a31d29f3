"""The tests, or some of them, run on a computer without a network while every connection of every process is counted.

`python -m tests.isolation.outgoing tests/isolation tests/browser -n 2` (Linux, with strace and unshare). What Python's
own hook in `tests/loopback` cannot see is counted here: Chromium, PostgreSQL's library, and whatever starts them.
"""

import os
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Final

TRACED: Final = "trace=connect,sendto,sendmsg,sendmmsg"
SOCKET: Final = re.compile(r"\d+<(?P<kind>\w+)[:\]>]")
ADDRESS: Final = re.compile(r'inet_(?:addr\(|pton\(AF_INET6, )"(?P<host>[^"]+)"')
PORT: Final = re.compile(r"sin6?_port=htons\((\d+)\)")
HERE: Final = re.compile(r"^(127\.|::1$|::ffff:127\.|0\.0\.0\.0$|::$)")
IPV6_PROBE: Final = "UDPv6 2001:4860:4860::8888 port 443"
"""Chromium points a datagram socket there to see whether this computer has IPv6; nothing is sent over it."""


def count(lines: Iterable[str]) -> tuple[Counter[str], Counter[str]]:
    """How often processes turned to this computer by kind of socket, and to others by their address."""
    here: Counter[str] = Counter()
    elsewhere: Counter[str] = Counter()
    for line in lines:
        found, socket = ADDRESS.search(line), SOCKET.search(line)
        kind = socket["kind"] if socket else "unknown"
        if found is None:
            here["Unix" if "AF_UNIX" in line else "no address"] += 1
        elif HERE.match(found["host"]):
            here[kind] += 1
        else:
            port = PORT.search(line)
            elsewhere[f"{kind} {found['host']} port {port[1] if port else '?'}"] += 1
    return here, elsewhere


def main(arguments: list[str]) -> int:
    """Run pytest with these arguments, unplugged and watched; 0 where it passed and nothing turned elsewhere."""
    apart = ["unshare", "--net", *([] if os.geteuid() == 0 else ["--map-root-user"])]
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder) / "calls"
        watched = ["strace", "-f", "-qq", "-yy", "--seccomp-bpf", "-e", TRACED, "-o", str(listed)]
        tests = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments]
        script = 'ip link set lo up && exec "$@"'
        passed = subprocess.run([*apart, "sh", "-c", script, "sh", *watched, *tests], check=False).returncode == 0
        with listed.open(encoding="utf-8", errors="replace") as lines:
            here, elsewhere = count(line for line in lines if " resumed>" not in line)
    print("to this computer: " + ", ".join(f"{kind} {number}" for kind, number in here.most_common()))
    probes = elsewhere.pop(IPV6_PROBE, 0)
    print(f"to other computers: {elsewhere.total()} {dict(elsewhere)}; Chromium's look for IPv6: {probes}")
    return 0 if passed and not elsewhere else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
