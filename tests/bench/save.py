"""How long a durable save of one check-in takes through the whole stack, beside one plain durable insert.

Run by hand: `.venv/bin/python -m tests.bench.save`. The save is a service in a unit of work of its own, its audit row
included; the insert is one row of three columns into a file with the same journal and the same promise to the disk.
Budget: at most three times the insert.
"""

import sqlite3
import tempfile
import time
from pathlib import Path
from random import Random
from statistics import median
from uuid import UUID

from core.catalogue import load_catalogue
from core.model.people import ClientDetails
from core.services.check_ins import record_check_in
from core.services.clients import add_client
from core.services.practices import practice_details, set_up_practice
from core.store import FixedClock, SeededIds, open_store
from tests.bench.measure import NOON, TODAY, WEEK
from tests.bench.review import SEED, Answers, full, short, write_lists

SAVES = 300
BUDGET = 3.0


def compared(folder: Path, answers: Answers) -> tuple[float, float]:
    """The middle times of a save and of a plain insert, in milliseconds, one after the other each time."""
    catalogue, chance = load_catalogue(), Random(SEED)
    store = open_store(folder / "practice.db", clock=FixedClock(NOON), ids=SeededIds(SEED))
    _, actor = set_up_practice(store, practice_details("A practice", "Dr One", "Europe/Berlin"))
    with store.writing(actor) as work:
        client = add_client(work, ClientDetails(name="Ana M.", started_on=TODAY - 400 * WEEK), UUID(int=2))
        write_lists(work, catalogue, client.id)
        work.commit()
    plain = sqlite3.connect(folder / "plain.db", isolation_level=None)
    for statement in ("PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL", "CREATE TABLE row (a, b, c)"):
        plain.execute(statement)
    saves, inserts = [], []
    for at in range(SAVES):
        content = answers(chance, catalogue, TODAY - at * WEEK, 7)
        begun = time.perf_counter()
        with store.writing(actor) as work:
            record_check_in(work, client.id, content, UUID(int=1_000 + at))
            work.commit()
        saved = time.perf_counter()
        plain.execute("BEGIN IMMEDIATE")
        plain.execute("INSERT INTO row VALUES (?, ?, ?)", (at, "a few words", 7))
        plain.execute("COMMIT")
        saves.append((saved - begun) * 1_000)
        inserts.append((time.perf_counter() - saved) * 1_000)
    plain.close()
    store.close()
    return median(saves), median(inserts)


def main() -> None:
    """Print a line for a short and for a full check-in."""
    for name, answers in (("short", short), ("full", full)):
        with tempfile.TemporaryDirectory() as folder:
            save, insert = compared(Path(folder), answers)
        over = "" if save <= BUDGET * insert else " (over)"
        print(f"{name:6} save {save:.2f} ms, plain insert {insert:.2f} ms: {save / insert:.1f} times, budget 3{over}")


if __name__ == "__main__":
    main()
