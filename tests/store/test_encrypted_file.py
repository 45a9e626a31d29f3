"""The encrypted file: nothing readable on the disk, every changed bit found, and four sentences for what is wrong."""

import logging
import random
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from core.errors import AlreadyOpen, BusyDatabase, DamagedDatabase, StoreError, UnusableDatabase, WrongKey
from core.store import DataKey, FixedClock, clients, open_store
from core.store.cipher import PAGE_BYTES, damaged_places
from core.store.key_file import key_path_of
from core.store.sqlite import connect
from tests.store.encrypted import CANARY, OLD, fill, keys_at, people_in, practice_with_key
from tests.store.entries import NOON, client_details, request

CLOCK = FixedClock(NOON)
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "practice.db"


def refuse(path: Path, key: DataKey | None, error: type[UnusableDatabase], match: str) -> UnusableDatabase:
    """Opening is refused, the database and its key file are as they were, and the key is not in the error."""
    before = contents(path.parent)
    with pytest.raises(UnusableDatabase, match=match) as refused:
        open_store(path, clock=CLOCK, key=key)
    assert type(refused.value) is error
    assert contents(path.parent) == before
    assert refused.value.__cause__ is refused.value.__context__ is None
    assert key is None or key.raw().hex() not in str(refused.value)
    return refused.value


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file() and file.suffix != ".lock"}


def test_what_was_saved_is_there_with_the_key_that_the_passphrase_opens(path):
    practice_with_key(path)
    assert people_in(path, keys_at(path).unlock("Dr One", OLD).key) == 50
    assert sorted(file.name for file in path.parent.iterdir()) == [
        "practice.db",
        "practice.db.lock",
        "practice.key",
        "practice.key.lock",
    ]
    assert path.stat().st_mode & 0o777 == 0o600


def test_state_says_that_it_is_encrypted_and_sound(path):
    key, _ = practice_with_key(path)
    store = open_store(path, clock=CLOCK, key=key)
    state = store.state()
    assert (state.encrypted, state.sound, state.damaged_pages) == (True, True, ())
    store.close()


def test_nothing_readable_reaches_the_disk(path, tmp_path, monkeypatch, caplog):
    """Database, log and shared memory while open and after a crash, copies and the temporary folder."""
    temp = tmp_path / "temp"
    temp.mkdir()
    for name in ("TMPDIR", "SQLITE_TMPDIR"):
        monkeypatch.setenv(name, str(temp))
    caplog.set_level(logging.DEBUG)
    key, _ = practice_with_key(path)
    store = open_store(path, clock=CLOCK, key=key)
    _, actor = store.practice()
    with store.writing(actor) as work:
        for number in range(300):
            clients.add(work, client_details(f"{CANARY} again {number}"), request())
        work.commit()
    with store.reading(actor) as work:
        assert len(clients.all(work)) == 350
    store.back_up(tmp_path / "backups")
    found = {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()}
    assert {"practice.db-wal", "practice.db-shm"} <= {file.name for file in found}
    store.close()
    canaries = [
        form for word in (CANARY, "Canaryzilla", "she/her") for form in (word.encode(), word.encode("utf-16-le"))
    ]
    canaries += [key.raw(), key.raw().hex().encode(), b"SQLite format 3", b"CREATE TABLE"]
    hits = [(file.name, canary) for file, content in found.items() for canary in canaries if canary in content]
    assert hits == []
    assert list(temp.iterdir()) == []
    assert key.raw().hex() not in caplog.text
    assert CANARY not in caplog.text


def test_the_same_practice_under_two_keys_shares_no_block(tmp_path):
    for name in ("one", "two"):
        fill(tmp_path / f"{name}.db", DataKey.random(), people=20)
    one, two = ((tmp_path / f"{name}.db").read_bytes() for name in ("one", "two"))
    blocks = [{content[at : at + 16] for at in range(0, len(content), 16)} for content in (one, two)]
    assert blocks[0] & blocks[1] == set()


def test_wrong_key_has_its_own_sentence(path):
    practice_with_key(path)
    refuse(path, DataKey.random(), WrongKey, "another key")


def test_no_key_has_its_own_sentence(path):
    practice_with_key(path)
    refuse(path, None, WrongKey, "no key was given")
    connection = sqlite3.connect(path)
    with pytest.raises(sqlite3.DatabaseError, match="not a database"):
        connection.execute("SELECT * FROM client")
    connection.close()


def test_file_that_is_not_ours_has_its_own_sentence(path):
    key, _ = practice_with_key(path)
    path.write_bytes(random.Random(1).randbytes(10 * PAGE_BYTES))
    refuse(path, key, UnusableDatabase, "not the database that this key belongs to")
    path.write_text("name,score\nAna,7\n" * 1000)
    refuse(path, key, UnusableDatabase, "not the database that this key belongs to")


def test_database_of_another_practice_is_not_ours(path, tmp_path):
    key, _ = practice_with_key(path)
    practice_with_key(tmp_path / "other.db")
    path.write_bytes((tmp_path / "other.db").read_bytes())
    refuse(path, key, UnusableDatabase, "not the database that this key belongs to")


def test_readable_file_is_never_taken_for_the_encrypted_one(path):
    fill(path, None)
    refuse(path, DataKey.random(), UnusableDatabase, "is not encrypted")


def test_encrypted_database_of_another_program_is_refused(path):
    key, _ = practice_with_key(path)
    connection = connect(path, key=key)
    connection.execute("PRAGMA application_id=7")
    connection.close()
    refuse(path, key, UnusableDatabase, "another program")


def test_empty_file_is_not_taken_for_a_new_one(path):
    key, _ = practice_with_key(path)
    path.write_bytes(b"")
    refuse(path, key, UnusableDatabase, "empty")


def test_log_without_its_file_is_refused(path):
    key, _ = practice_with_key(path)
    path.rename(path.with_name("practice.db-wal"))
    refuse(path, key, UnusableDatabase, "is missing")


@pytest.mark.parametrize("keep", [-1, -100, -PAGE_BYTES, -3 * PAGE_BYTES, PAGE_BYTES])
def test_file_cut_short_is_damaged(keep, path):
    key, _ = practice_with_key(path)
    path.write_bytes(path.read_bytes()[:keep])
    refuse(path, key, DamagedDatabase, "damaged")


@pytest.mark.parametrize("at", [0, 15, 16, 100, PAGE_BYTES - 1])
def test_damage_on_the_first_page_is_told_from_a_wrong_key(at, path):
    key, _ = practice_with_key(path)
    whole = bytearray(path.read_bytes())
    whole[at] ^= 1
    path.write_bytes(whole)
    assert refuse(path, key, DamagedDatabase, "page 1 fails its check").pages == (1,)


def test_two_hundred_flipped_bits_are_all_found_and_the_page_is_named(path):
    key, _ = practice_with_key(path)
    whole, chance = path.read_bytes(), random.Random(200)
    for _ in range(200):
        at = chance.randrange(len(whole))
        flipped = bytearray(whole)
        flipped[at] ^= 1 << chance.randrange(8)
        path.write_bytes(flipped)
        assert damaged_places(path, key) == (at // PAGE_BYTES + 1,)
    path.write_bytes(whole)
    assert damaged_places(path, key) == ()


def pages_that_fail(path: Path, key: DataKey) -> tuple[int, ...]:
    """What opening the file refuses or, where it can be opened, what its state names."""
    try:
        store = open_store(path, clock=CLOCK, key=key)
    except DamagedDatabase as refused:
        return refused.pages
    state = store.state()
    store.close()
    return () if state.sound else state.damaged_pages


def test_flipped_bit_further_in_is_found_by_state_and_never_read(path):
    key, _ = practice_with_key(path)
    for page in range(2, path.stat().st_size // PAGE_BYTES + 1):
        whole = bytearray(path.read_bytes())
        whole[(page - 1) * PAGE_BYTES + 77] ^= 1
        path.write_bytes(whole)
        assert pages_that_fail(path, key) == (page,)
        whole[(page - 1) * PAGE_BYTES + 77] ^= 1
        path.write_bytes(whole)
    assert people_in(path, key) == 50


def test_second_window_is_told_that_it_is_open_already(path):
    key, _ = practice_with_key(path)
    store = open_store(path, clock=CLOCK, key=key)
    with pytest.raises(AlreadyOpen, match="already open"):
        open_store(path, clock=CLOCK, key=key)
    assert issubclass(AlreadyOpen, BusyDatabase)
    assert store.practice() is not None
    store.close()
    assert people_in(path, key) == 50


def test_lock_of_a_killed_program_is_gone_with_it(path):
    key, _ = practice_with_key(path)
    code = (
        "import sys; from pathlib import Path; from core.store.whole_files import take_lock\n"
        "release = take_lock(Path(sys.argv[1])); print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(path)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(AlreadyOpen):
            open_store(path, clock=CLOCK, key=key)
        holder.kill()
    assert people_in(path, key) == 50


def test_link_to_a_database_that_is_open_is_open_too(path, tmp_path):
    key, _ = practice_with_key(path)
    (tmp_path / "link.db").symlink_to(path)
    store = open_store(path, clock=CLOCK, key=key)
    with pytest.raises(AlreadyOpen):
        open_store(tmp_path / "link.db", clock=CLOCK, key=key)
    store.close()


def test_refused_opening_lets_go_of_the_lock(path):
    key, _ = practice_with_key(path)
    for _ in range(2):
        refuse(path, DataKey.random(), WrongKey, "another key")
    assert people_in(path, key) == 50


def test_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(UnusableDatabase, match="cannot be made"):
        open_store(tmp_path / "file" / "deeper" / "p.db", clock=CLOCK, key=DataKey.random())
    with pytest.raises(UnusableDatabase, match="for one program alone"):
        open_store(tmp_path / "file" / "p.db", clock=CLOCK, key=DataKey.random())


def test_forgotten_key_opens_no_further_connection(path):
    key, _ = practice_with_key(path)
    store = open_store(path, clock=CLOCK, key=key)
    key.forget()
    with pytest.raises(StoreError, match="locked"):
        store.practice()
    store.close()


def test_wrong_key_writes_nothing_on_the_terminal(path):
    practice_with_key(path)
    code = (
        "import sys; from pathlib import Path; from core.store import *\nfrom core.errors import WrongKey\n"
        "try: open_store(Path(sys.argv[1]), clock=SystemClock(), key=DataKey.random())\n"
        "except WrongKey: print('refused')"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], cwd=ROOT, capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("refused\n", "")


def test_key_file_stands_beside_its_database(path):
    assert key_path_of(path) == path.with_name("practice.key")
