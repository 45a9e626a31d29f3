"""An attempt on somebody else's session is given nothing; `python -m tests.isolation.taking_over` makes many more."""

from collections.abc import Iterator

import pytest

from tests.isolation.practices import peopled
from tests.isolation.taking_over import KINDS, OFFERING, Attempt, Given, Target, foreign_bytes, target_of, tried

TIMES = 1
ALLOWED = {
    "foreign_session_id_in_the_socket": {"one of its own"},
    "foreign_session_id_in_the_upload": {"401", "403"},
    "no_cookie": {"303", "403"},
    "signed_out_cookie": {"303", "401", "403"},
    "expired_cookie": {"303", "401", "403"},
    "cookie_of_a_locked_screen": {"303", "423", "a socket"},
    "made_up_cookie": {"303", "401", "403"},
    "foreign_host": {"403"},
    "foreign_origin": {"403"},
    "no_origin": {"403"},
    "download_without_its_cookie": {"401", "404", "423"},
}


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    practice = peopled(tmp_path_factory.mktemp("target"), users=2, program=OFFERING)
    yield target_of(practice)
    practice.server.stop()


@pytest.mark.parametrize("attempt", KINDS, ids=lambda attempt: attempt.__name__)
def test_attempt_is_given_not_one_byte_of_the_record(target: Target, attempt: Attempt) -> None:
    answers, leaked = tried(target, attempt, TIMES)
    assert leaked == 0
    assert set(answers) <= ALLOWED[attempt.__name__]
    assert answers.total() >= TIMES


def test_what_the_victim_sees_would_be_counted(target: Target) -> None:
    own = target.victim.window.get(target.media)
    assert foreign_bytes(target, Given(answer="200", raw=own.body)) > 0
