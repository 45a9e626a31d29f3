"""A program that is killed in the middle loses nothing that it said was saved."""

import subprocess
import sys
from pathlib import Path

import pytest

from core.store import FixedClock, audit, clients, events, open_store
from tests.store.encrypted import ENCRYPTED
from tests.store.entries import NOON

ROOT = Path(__file__).resolve().parents[2]

WRITER = """
import sys
from core.model.calendar import EventDetails
from core.model.people import PracticeDetails
from core.store import DataKey, SystemClock, clients, events, open_store
from tests.store.entries import DAY, client_details, request

key = DataKey(bytes.fromhex(sys.argv[2])) if sys.argv[2] else None
store = open_store(sys.argv[1], clock=SystemClock(), key=key)
_, actor = store.set_up(PracticeDetails(name="P", therapist="T", zone="UTC"), synthetic=False)
with store.writing(actor) as work:
    client = clients.add(work, client_details(), request())
    work.commit()
while True:
    with store.writing(actor) as work:
        saved = events.add(work, client.id, EventDetails(day=DAY, words="Moved house"), request())
        work.commit()
    print(saved.number, flush=True)
"""


@pytest.mark.parametrize("key", [None, ENCRYPTED], ids=["readable", "encrypted"])
def test_what_was_said_to_be_saved_survives_a_kill(key, tmp_path):
    path = tmp_path / "p.db"
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), key.raw().hex() if key else ""],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    ) as writer:
        assert writer.stdout is not None
        for line in writer.stdout:
            said = int(line)
            if said == 40:
                writer.kill()
                break
        said = max([said, *(int(line) for line in writer.stdout if line.endswith("\n"))])
    store = open_store(path, clock=FixedClock(NOON), key=key)
    _, actor = store.practice()
    with store.reading(actor) as work:
        (client,) = clients.all(work)
        numbers = [each.number for each in events.of_client(work, client.id)]
        trail = [entry.sequence for entry in audit.all(work)]
    assert store.state().sound
    assert store.trail.check(actor.practice_id, None).problems == ()
    store.close()
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) in {said, said + 1}
    assert trail == list(range(1, len(numbers) + 3))
