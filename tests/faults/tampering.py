"""Tampers with real encrypted files in seven ways, and puts old pages back; counts how often a check says so.

`python -m tests.faults.tampering [how many of each kind]` prints the figures; 200 without a number.
"""

import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from random import Random
from uuid import UUID

from sqlalchemy.exc import DatabaseError

from core.model.audit import Action, Subject, TrailHead
from core.model.calendar import EventDetails
from core.model.people import Actor, PracticeDetails
from core.store import DataKey, FixedClock, SeededIds, Store, audit, check_ins, clients, events, notes, open_store
from core.store import responses as response_store
from core.store import sessions as session_store
from core.store.chain import START, AuditKey, link
from core.store.cipher import literal
from core.store.sqlite import connect, make_engine
from core.store.tables import audit as audit_table
from core.store.trail_check import check_trail
from tests.store.entries import DAY, NOON, client_details, full_check_in, gad7, note_content, request, session_details

PAGE_BYTES = 4_096
LONG = 200
STAGES = 6
ROUNDS = 4

Raw = sqlite3.Connection
Tamper = Callable[["Practice", Path, Random], str]


@dataclass(frozen=True, kw_only=True)
class Practice:
    """A closed encrypted practice, with copies of how it was at earlier times, and the head kept outside."""

    key: DataKey
    path: Path
    earlier: tuple[Path, ...]
    practice_id: UUID
    head: TrailHead

    def problems(self, path: Path) -> tuple[str, ...]:
        """What a check says of a file; a file that cannot even be read says so too."""
        engine = make_engine(path, begin="BEGIN DEFERRED", key=self.key, read_only=True)
        try:
            with engine.connect() as connection:
                found = check_trail(connection, AuditKey.of(self.key), self.practice_id, self.head).problems
                sound = connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
            return found if sound else (*found, "integrity")
        except DatabaseError:
            return ("unreadable",)
        finally:
            engine.dispose()


def make_practice(folder: Path) -> Practice:
    """A practice of a few hundred records, written in stages."""
    key, path, clock = DataKey(bytes(range(5, 37))), folder / "practice.db", FixedClock(NOON)
    earlier = []
    for stage in range(STAGES):
        store = open_store(path, clock=clock, ids=SeededIds(stage), key=key)
        found = store.practice()
        details = PracticeDetails(name="P", therapist="Dr One", zone="UTC")
        practice, actor = found or store.set_up(details, synthetic=False)
        for _ in range(ROUNDS):
            _write(store, actor, stage)
        head = store.trail.head(practice.id)
        store.close()
        earlier.append(folder / f"stage{stage}.db")
        shutil.copyfile(path, earlier[-1])
    assert head is not None
    return Practice(key=key, path=path, earlier=tuple(earlier[:-1]), practice_id=practice.id, head=head)


def _write(store: Store, actor: Actor, stage: int) -> None:
    """Something of every kind, and changes of what stands already."""
    with store.writing(actor) as work:
        for older in clients.all(work)[:5]:
            clients.edit(work, older.id, client_details(f"Ana M. {stage} {older.revision}"), older.revision)
        made = clients.add(work, client_details("Ana M."), request())
        for _ in range(3):
            recorded = check_ins.add(work, made.id, full_check_in(), request())
        check_ins.add_version(work, recorded.ref, full_check_in(), "misheard")
        response_store.add(work, made.id, gad7(), request())
        events.add(work, made.id, EventDetails(day=DAY, words=f"Moved house {stage}"), request())
        session = session_store.add(work, made.id, session_details(), request())
        note = notes.start(work, made.id, session.id, note_content(), request())
        notes.sign(work, note.id, note.revision, "a" * 64)
        audit.record(work, Action.LOOK, Subject.CLIENT, made.id, detail="review")
        work.commit()


def lines_of(raw: Raw) -> int:
    return int(raw.execute("SELECT count(*) FROM audit").fetchone()[0])


def a_line_changed(practice: Practice, path: Path, chance: Random) -> str:
    with _past_the_guards(practice, path) as raw:
        line = chance.randint(1, lines_of(raw))
        column, value = chance.choice(
            [
                ("at", "'2026-05-20 09:00:00.000000'"),
                ("action", "'withdraw'"),
                ("record_id", "'" + "c" * 32 + "'"),
                ("version", "version + 1"),
                ("detail", "'profile'"),
                ("record_seals", "NULL" if line > 1 else "'[]'"),
                ("seal", "'" + "0" * 64 + "'"),
            ]
        )
        if column == "record_seals":
            line = raw.execute(
                "SELECT sequence FROM audit WHERE record_seals IS NOT NULL AND sequence >= ? ORDER BY 1", (line,)
            ).fetchone()
            line = line[0] if line else 1
        raw.execute(f"UPDATE audit SET {column} = {value} WHERE sequence = ?", (line,))
    return f"Line {line} "


def a_line_deleted_in_the_middle(practice: Practice, path: Path, chance: Random) -> str:
    with _past_the_guards(practice, path) as raw:
        line = chance.randint(1, lines_of(raw) - 1)
        raw.execute("DELETE FROM audit WHERE sequence = ?", (line,))
        if chance.random() < 0.5:  # and the numbers after it closed up, so that no gap is left
            raw.execute("UPDATE audit SET sequence = -sequence WHERE sequence > ?", (line,))
            raw.execute("UPDATE audit SET sequence = -sequence - 1 WHERE sequence < 0")
    return f"Line {line} "


def a_line_put_in(practice: Practice, path: Path, chance: Random) -> str:
    with _past_the_guards(practice, path) as raw:
        line = chance.randint(2, lines_of(raw))
        raw.execute("UPDATE audit SET sequence = -sequence WHERE sequence >= ?", (line,))
        raw.execute("UPDATE audit SET sequence = -sequence + 1 WHERE sequence < 0")
        columns = "practice_id, at, actor_id, action, subject, record_id, version, detail, record_seals, seal"
        raw.execute(
            f"INSERT INTO audit (sequence, {columns}) SELECT ?, {columns} FROM audit WHERE sequence = ?",
            (line, chance.randint(1, line - 1)),
        )
    return f"Line {line} "


def two_lines_swapped(practice: Practice, path: Path, chance: Random) -> str:
    with _past_the_guards(practice, path) as raw:
        first, second = sorted(chance.sample(range(1, lines_of(raw) + 1), 2))
        raw.execute("UPDATE audit SET sequence = -1 WHERE sequence = ?", (first,))
        raw.execute("UPDATE audit SET sequence = ? WHERE sequence = ?", (first, second))
        raw.execute("UPDATE audit SET sequence = ? WHERE sequence = -1", (second,))
    return f"Line {first} "


def the_tail_cut(practice: Practice, path: Path, chance: Random) -> str:
    with _past_the_guards(practice, path) as raw:
        raw.execute("DELETE FROM audit WHERE sequence > ?", (lines_of(raw) - chance.randint(1, 20),))
    return "cut off"


def the_tail_rewritten_without_the_key(practice: Practice, path: Path, chance: Random) -> str:
    other = AuditKey(chance.randbytes(32))
    engine = make_engine(path, begin="BEGIN IMMEDIATE", key=practice.key)
    with engine.begin() as connection:
        _drop_guards(connection.connection.driver_connection)  # type: ignore[arg-type] - the driver's own connection
        rows = connection.execute(audit_table.select().order_by(audit_table.c.sequence)).all()
        line = chance.randint(1, len(rows))
        before = bytes.fromhex(rows[line - 2].seal) if line > 1 else START
        for row in rows[line - 1 :]:
            values = row._asdict()
            if row.sequence == line:
                values["version"] += 1
            before = link(other, before, practice.practice_id, values)
            change = audit_table.update().where(audit_table.c.sequence == row.sequence)
            connection.execute(change.values(version=values["version"], seal=before.hex()))
    engine.dispose()
    return f"Line {line} "


CLINICAL = {
    "client": ("name", "'Somebody else'"),
    "session": ("minutes", "minutes + 1"),
    "event": ("words", "words || '.'"),
    "check_in_version": ("anxiety_average", "1 - coalesce(anxiety_average, 0) % 2"),
    "episode": ("relief", "(coalesce(relief, 0) + 1) % 10"),
    "mark": ("value", "coalesce(value, 0) + 1"),
    "response_version": ("day", "'2026-05-01'"),
    "answer": ("value", "(coalesce(value, 0) + 1) % 4"),
    "note": ("signed_name", "signed_name || '.'"),
    "therapist": ("name", "name || '.'"),
}


def an_older_row_or_page_put_back(practice: Practice, path: Path, chance: Random) -> str:
    return chance.choice([_a_row_changed, _a_row_deleted, _an_older_row_put_back, an_older_page_put_back])(
        practice, path, chance
    )


def _a_row_changed(practice: Practice, path: Path, chance: Random) -> str:
    with _past_the_guards(practice, path) as raw:
        table = chance.choice(list(CLINICAL))
        column, value = CLINICAL[table]
        rows = [row[0] for row in raw.execute(f"SELECT rowid FROM {table}").fetchall()]
        raw.execute(f"UPDATE {table} SET {column} = {value} WHERE rowid = ?", (chance.choice(rows),))
    return "is not what line"


def _a_row_deleted(practice: Practice, path: Path, chance: Random) -> str:
    with _past_the_guards(practice, path) as raw:
        table = chance.choice(["episode", "event", "mark", "answer"])
        rows = [row[0] for row in raw.execute(f"SELECT rowid FROM {table}").fetchall()]
        raw.execute(f"DELETE FROM {table} WHERE rowid = ?", (chance.choice(rows),))
    return "says"


def _an_older_row_put_back(practice: Practice, path: Path, chance: Random) -> str:
    with _past_the_guards(practice, path) as raw:
        earlier = str(chance.choice(practice.earlier))
        raw.execute("ATTACH DATABASE ? AS earlier KEY ?", (earlier, literal(practice.key).strip('"')))
        changed = raw.execute(
            "SELECT was.id, was.name, was.revision FROM earlier.client was JOIN main.client now ON now.id = was.id "
            "WHERE now.revision <> was.revision"
        ).fetchall()
        one, name, revision = chance.choice(changed)
        raw.execute("UPDATE main.client SET name = ?, revision = ? WHERE id = ?", (name, revision, one))
    return "is not what line"


def an_older_page_put_back(practice: Practice, path: Path, chance: Random) -> str:
    now = path.read_bytes()
    while True:
        then = chance.choice(practice.earlier).read_bytes()
        page = chance.randrange(1, len(then) // PAGE_BYTES) * PAGE_BYTES
        old = then[page : page + PAGE_BYTES]
        if old != now[page : page + PAGE_BYTES]:
            break
    path.write_bytes(now[:page] + old + now[page + PAGE_BYTES :])
    return ""


KINDS: tuple[Tamper, ...] = (
    a_line_changed,
    a_line_deleted_in_the_middle,
    a_line_put_in,
    two_lines_swapped,
    the_tail_cut,
    the_tail_rewritten_without_the_key,
    an_older_row_or_page_put_back,
)


@dataclass(frozen=True, kw_only=True)
class Count:
    """How many of one kind were found, and how many were named as they should be."""

    kind: str
    tried: int
    found: int
    named: int
    missed: tuple[str, ...]


def count(practice: Practice, kind: Tamper, times: int, folder: Path, seed: int = 1) -> Count:
    """Tamper `times` times with fresh copies, each time in another place."""
    chance, found, named, missed = Random(f"{seed} {kind.__name__}"), 0, 0, []
    for number in range(times):
        copy = folder / f"{kind.__name__}.db"
        shutil.copyfile(practice.path, copy)
        sign = kind(practice, copy, chance)
        problems = practice.problems(copy)
        found += bool(problems)
        named += any(sign in problem for problem in problems)
        if not problems or not any(sign in problem for problem in problems):
            missed.append(f"{number}: {sign!r} not in {problems[:2]}")
        for left in folder.glob(f"{copy.name}*"):
            left.unlink()
    return Count(kind=kind.__name__, tried=times, found=found, named=named, missed=tuple(missed))


def false_alarms(practice: Practice, times: int, folder: Path) -> int:
    """How many untouched copies were said not to fit."""
    alarms = 0
    for _ in range(times):
        copy = folder / "untouched.db"
        shutil.copyfile(practice.path, copy)
        alarms += bool(practice.problems(copy))
    return alarms


class _past_the_guards:  # noqa: N801 - read as a word of the sentence it stands in
    """A connection without the guards of rows that never change, committed at the end."""

    def __init__(self, practice: Practice, path: Path) -> None:
        self._connection = connect(path, key=practice.key, foreign_keys=False)

    def __enter__(self) -> Raw:
        self._connection.execute("PRAGMA ignore_check_constraints=ON")
        _drop_guards(self._connection)
        return self._connection

    def __exit__(self, *_: object) -> None:
        self._connection.close()


def _drop_guards(raw: Raw) -> None:
    for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        raw.execute(f"DROP TRIGGER {name}")


def main(times: int) -> int:
    """Print a line for each kind; 0 where all were found and nothing untouched was said not to fit."""
    with tempfile.TemporaryDirectory() as name:
        folder, begun = Path(name), time.monotonic()
        practice = make_practice(folder)
        counts = [count(practice, kind, times, folder) for kind in (*KINDS, an_older_page_put_back)]
        for each in counts:
            print(f"{each.kind.replace('_', ' ')}: {each.found} of {each.tried} found, {each.named} named")
            for missed in each.missed[:5]:
                print(f"   {missed}")
        alarms = false_alarms(practice, times, folder)
        print(f"untouched: {alarms} of {times} said not to fit; {time.monotonic() - begun:.0f} s in all")
        with closing(connect(practice.path, key=practice.key)) as raw:
            print(f"lines in the trail: {lines_of(raw)}")
    return 0 if alarms == 0 and all(each.found == each.tried for each in counts) else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else LONG))
