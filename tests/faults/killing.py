"""`kill -9` in the middle of saves by eight writers, counted: confirmed saves that are missing, and half-saves.

`python -m tests.faults.killing` kills the real server and a program of writing threads 200 times each on an encrypted
file, and with `--postgresql URL` on a server's database too; `--database 200` kills a PostgreSQL server itself. The
suite has a short version.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

from sqlalchemy import create_engine, text

from core.store.derivation import USUAL_COST, Cost
from tests.browser.server import Server
from tests.faults.killed_database import own_database
from tests.faults.killed_server import kill_server, make_notes
from tests.faults.killed_writers import Left, kill_writers
from tests.faults.practices import make_practice
from tests.store.encrypted import CHEAP

LONG = 200
FRESH_EVERY = 25
"""Kills until a practice is made anew, so that the check of the whole trail after each stays quick."""


def server_kills(folder: Path, times: int, *, url: str | None = None, seed: int = 1) -> Iterator[Left]:
    """Kill the server so often on one practice; what each kill left."""
    practice, chance = make_practice(folder, url), Random(seed)
    make_notes(practice)
    server = Server(data_dir=practice.data, log=folder / "server.log", variables=practice.environment)
    for _ in range(times):
        yield kill_server(practice, server, chance)


def writer_kills(
    folder: Path, times: int, *, url: str | None = None, seed: int = 1, cost: Cost = USUAL_COST
) -> Iterator[Left]:
    """Kill a program of eight writing threads so often on one practice; what each kill left."""
    practice, chance = make_practice(folder, url, cost=cost), Random(seed)
    for trial in range(times):
        yield kill_writers(practice, trial, chance)


def database_kills(folder: Path, times: int, *, url: str | None = None, seed: int = 1) -> Iterator[Left]:
    """Kill a PostgreSQL server of our own so often under eight writing threads; `url` is not taken."""
    assert url is None
    chance = Random(seed)
    with own_database(folder / "server") as database:
        practice = make_practice(folder / "practice", database.url, cost=CHEAP)
        for trial in range(times):
            yield kill_writers(practice, trial, chance, database=database)


def main() -> int:
    """Run what the arguments name and print the figures; 0 where nothing was lost and nothing half saved."""
    asked = argparse.ArgumentParser(description="kill -9 in the middle of saves by eight writers.")
    asked.add_argument("--postgresql", metavar="URL", help="a database whose tables may be dropped, instead of a file")
    asked.add_argument("--server", type=int, default=LONG, metavar="TIMES")
    asked.add_argument("--writers", type=int, default=LONG, metavar="TIMES")
    asked.add_argument("--database", type=int, default=0, metavar="TIMES", help="kill a PostgreSQL server of our own")
    given = asked.parse_args()
    where = "encrypted file" if given.postgresql is None else "PostgreSQL"
    kinds: dict[str, tuple[Callable[..., Iterator[Left]], int]] = {
        f"program of eight threads, {where}": (writer_kills, given.writers),
        f"server with eight windows, {where}": (server_kills, given.server),
    }
    if given.database:
        kinds = {"PostgreSQL server under eight threads": (database_kills, given.database)}
    whole = [_count(kind, kills, times, given.postgresql) for kind, (kills, times) in kinds.items()]
    return 0 if all(whole) else 1


def _count(kind: str, kills: Callable[..., Iterator[Left]], times: int, url: str | None) -> bool:
    """Kill so often, on a practice made anew now and then; print one line in between and one for all."""
    left: list[Left] = []
    begun = time.monotonic()
    while len(left) < times:
        with tempfile.TemporaryDirectory(prefix="secure-base-faults-") as name:
            if url is not None:
                _empty(url)
            left += kills(Path(name), min(FRESH_EVERY, times - len(left)), url=url, seed=1 + len(left))
        print(f"  {summary(left)}; {time.monotonic() - begun:.0f} s", flush=True)
    print(f"{kind}: {summary(left)}", flush=True)
    return not any(each.missing or each.half or each.problems for each in left)


def summary(left: list[Left]) -> str:
    """The figures of some kills in one line."""
    first = [words for each in left for words in (*each.missing, *each.half, *each.problems)][:3]
    return (
        f"{len(left)} kills; {sum(each.confirmed for each in left)} saves confirmed, "
        f"{sum(len(each.missing) for each in left)} of them missing; {sum(each.unsaid for each in left)} kept whole "
        f"whose answer was cut off; {sum(len(each.half) for each in left)} half-saves; "
        f"{sum(bool(each.problems) for each in left)} times a check said something"
        + "".join(f"; {each}" for each in first)
    )


def _empty(url: str) -> None:
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()


if __name__ == "__main__":
    sys.exit(main())
