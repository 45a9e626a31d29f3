"""Nobody's screen shows somebody else's client, over real sockets; a leak planted in a server is caught."""

from collections.abc import Iterator

import pytest

from tests.isolation.canaries import LEAKING, all_at_once
from tests.isolation.practices import Peopled, peopled
from tests.isolation.window import Window


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Peopled]:
    made = peopled(tmp_path_factory.mktemp("canaries"), users=4)
    yield made
    made.server.stop()


def test_everybody_sees_the_own_client_and_nobody_elses(practice: Peopled) -> None:
    seen = all_at_once([practice], [], renders=40)
    assert seen.renders.total() == 40
    assert (seen.without_own, seen.foreign) == (0, 0)
    assert b"Canary" not in practice.server.log.read_bytes()


def test_leak_planted_in_the_server_is_caught(practice: Peopled) -> None:
    practice.server.program = LEAKING
    practice.server.restart()
    assert Window(practice.server).sign_in().status == 303
    seen = all_at_once([practice], [], renders=12)
    assert seen.foreign > 0
    assert seen.without_own > 0
