"""What keeps the tests on this computer: each way out is refused and counted, and the ways inside stay open."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.isolation.outgoing import IPV6_PROBE, count
from tests.loopback.sitecustomize import LIST, is_here

CONNECT = "import socket; socket.create_connection(({host!r}, {port}), 5)"
DATAGRAM = "import socket; socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ({host!r}, {port}))"
LOOKUP = "import socket; socket.gethostbyname({host!r})"


def run(program: str, listed: Path, **values: object) -> "subprocess.CompletedProcess[str]":
    """A Python process of the tests, with a list of its own."""
    command = [sys.executable, "-c", program.format(**values)]
    return subprocess.run(
        command, env={**os.environ, LIST: str(listed)}, capture_output=True, text=True, timeout=60, check=False
    )


@pytest.mark.parametrize(
    ("program", "host"),
    [(CONNECT, "192.0.2.1"), (CONNECT, "pictures.example"), (DATAGRAM, "192.0.2.1"), (LOOKUP, "pictures.example")],
    ids=["connection", "connection by name", "datagram", "look-up"],
)
def test_process_that_turns_to_another_computer_is_refused_and_counted(tmp_path: Path, program: str, host: str) -> None:
    listed = tmp_path / "list"
    done = run(program, listed, host=host, port=9)
    assert done.returncode == 1
    assert "The tests reach no other computer" in done.stderr
    assert host in listed.read_text("utf-8")


def test_this_process_is_watched_as_well() -> None:
    assert Path(os.environ[LIST]).is_file()
    done = run("import sitecustomize; print(sitecustomize.__file__)", Path(os.environ[LIST]))
    assert Path(done.stdout.strip()).parent.name == "loopback"


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "::1", b"127.0.0.8", "", None, "0.0.0.0"])
def test_this_computer_is_reached_by_all_of_its_names(host: object) -> None:
    assert is_here(host)


@pytest.mark.parametrize("host", ["10.0.0.1", "192.168.1.1", "fe80::1%eth0", "example.org", b"localhost.example.org"])
def test_neighbour_in_the_network_is_another_computer(host: object) -> None:
    assert not is_here(host)


def test_calls_of_processes_are_told_apart_by_where_they_turn() -> None:
    here, elsewhere = count(
        [
            '7 connect(3<TCP:[11]>, {sa_family=AF_INET, sin_port=htons(80), sin_addr=inet_addr("127.0.0.1")}, 16)',
            '7 connect(4<UNIX-STREAM:[12]>, {sa_family=AF_UNIX, sun_path="/run/x"}, 110)',
            '7 connect(5<TCP:[13]>, {sa_family=AF_INET, sin_port=htons(443), sin_addr=inet_addr("192.0.2.1")}, 16)',
            '7 sendto(6<UDP:[14]>, "x", 1, 0, {sin_port=htons(53), sin_addr=inet_addr("192.0.2.2")}, 16)',
            '7 connect(5<UDPv6:[13]>, {sin6_port=htons(443), inet_pton(AF_INET6, "2001:4860:4860::8888", &sin6_addr)})',
        ]
    )
    assert here == {"TCP": 1, "Unix": 1}
    assert elsewhere == {"TCP 192.0.2.1 port 443": 1, "UDP 192.0.2.2 port 53": 1, IPV6_PROBE: 1}
