"""What tests of encryption share: keys made cheaply, an encrypted practice, and a program killed at each step."""

import os
import resource
import signal
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from types import FrameType
from uuid import UUID

from sqlalchemy import Engine, NullPool, create_engine, make_url

from core.errors import SecureBaseError
from core.model.people import PracticeDetails
from core.store import AuditKey, DataKey, FixedClock, KeyHolder, PracticeKeys, clients, open_store
from core.store.cipher import DRIVER, hand_over
from core.store.derivation import Cost
from core.store.key_file import key_path_of
from core.store.sqlite import connect
from tests.store.entries import NOON, client_details, request

CHEAP = Cost(memory_kib=8 * 1024, passes=1, lanes=1)
OWNER = KeyHolder(id=UUID(int=1), name="Dr One")
OTHER = KeyHolder(id=UUID(int=2), name="Dr Two")
OLD = "river candle seven moth plank"
NEW = "violet anchor soup ladder frost"
CANARY = "Canaryzilla Quetzalcoatl"
ENCRYPTED = DataKey(bytes(range(1, 33)))
"""The key of the encrypted files that tests of the whole store run on."""
ROOM = Path(__file__).resolve().parents[2] / "core" / "store"


def key_of(database_url: str) -> DataKey | None:
    """The key of a test's database; the encrypted files among them have the word in their names."""
    return ENCRYPTED if "encrypted" in database_url.rpartition("/")[2] else None


def audit_key() -> AuditKey:
    """What seals the trail of a test's server; files have a key of their own. A store forgets its own on closing."""
    return AuditKey(bytes(range(2, 34)))


def engine_of(database_url: str) -> Engine:
    """A way to the database past the store, without any of its settings."""
    key = key_of(database_url)
    if key is None:
        return create_engine(database_url, poolclass=NullPool)
    path = make_url(database_url).database

    def connect() -> object:
        connection = DRIVER.connect(path)
        hand_over(connection, key)
        return connection

    return create_engine("sqlite://", module=DRIVER, creator=connect, poolclass=NullPool)


def keys_at(database: Path, clock: FixedClock | None = None) -> PracticeKeys:
    return PracticeKeys(key_path_of(database), clock=clock or FixedClock(NOON), cost=CHEAP)


def practice_with_key(path: Path, *, people: int = 50) -> tuple[DataKey, str]:
    """An encrypted database with its key file; its key and recovery code."""
    key, code = keys_at(path).make(OWNER, OLD)
    fill(path, key, people=people)
    return key, code


def fill(path: Path, key: DataKey | None, *, people: int = 50) -> None:
    store = open_store(path, clock=FixedClock(NOON), key=key)
    details = PracticeDetails(name="P", therapist="T", zone="UTC")
    _, actor = store.set_up(details, synthetic=False, therapist_id=OWNER.id)
    with store.writing(actor) as work:
        for number in range(people):
            clients.add(work, client_details(f"{CANARY} {number}"), request())
        work.commit()
    store.close()


def people_in(path: Path, key: DataKey | None) -> int:
    store = open_store(path, clock=FixedClock(NOON), key=key)
    try:
        found = store.practice()
        assert found is not None
        with store.reading(found[1]) as work:
            return len(clients.all(work))
    finally:
        store.close()


@contextmanager
def no_line_in_the_trail(path: Path, key: DataKey) -> Iterator[None]:
    """Let the database itself refuse every further line of the trail, until the end of the block."""
    with closing(connect(path, key=key)) as connection:
        connection.execute("CREATE TRIGGER no_line BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'no line'); END")
        yield
        connection.execute("DROP TRIGGER no_line")


def killed_at_every_line(act: Callable[[], object], modules: tuple[str, ...]) -> Iterator[int]:
    """Run `act` in a child that is killed at its first, second, ... line in these modules of the store, until it ends.

    Yields after each kill, and once more (with 0) after the child that was let through.
    """
    files = {str(ROOM / f"{module}.py") for module in modules}
    step = 0
    while True:
        step += 1
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that other threads are not in the child, which needs none of them
            child = os.fork()
        if child == 0:
            _run_until(act, files, step)
        _, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status):
            yield step
            continue
        assert os.WEXITSTATUS(status) == 0
        yield 0
        return


def _run_until(act: Callable[[], object], files: set[str], step: int) -> None:
    left = step

    def trace(frame: FrameType, event: str, arg: object) -> object:
        nonlocal left
        if frame.f_code.co_filename not in files:
            return None
        if event == "line":
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
        return trace

    code = 1
    try:
        sys.settrace(trace)
        act()
        code = 0
    finally:
        os._exit(code)


def said_on_a_small_disk(act: Callable[[], object], most_bytes: int) -> str:
    """Run `act` in a child that can let no file grow past `most_bytes`; the named error it ended with, or `done`."""
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # as above
        child = os.fork()
    if child == 0:
        said = "something without a name"
        try:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))
            act()
            said = "done"
        except SecureBaseError as error:
            said = str(error)
        finally:
            os.write(writing, said.encode())
            os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    with os.fdopen(reading, "rb") as said_by_child:
        return said_by_child.read().decode()
