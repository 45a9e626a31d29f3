"""A program in a process of its own that does one thing with a practice while its disk fails, and what came of it.

It is told by a socket when to begin, so that whoever hurts it can take hold of it just before; a socket is also what
it answers on, so that its answers are none of the writes that are made to fail.
"""

import os
import resource
import shutil
import signal
import socket
import traceback
import warnings
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Self
from uuid import UUID, uuid4

from sqlalchemy import select

from core.errors import SecureBaseError
from core.model.calendar import EventDetails
from core.services import backups
from core.services.calendar import add_event
from core.services.check_ins import record_check_in
from core.store import DataKey, KeyHolder, PracticeKeys, Store, SystemClock, UnitOfWork, backup, check_ins, key_file
from core.store import record_tables as records
from core.store.key_file import key_path_of
from core.store.passphrases import as_bytes
from core.store.tables import client
from core.store.unit_of_work import mine, read
from core.store.whole_files import DRAFT_MARK
from tests.bench.measure import TODAY
from tests.browser.server import PASSPHRASE, THERAPIST
from tests.faults.killed_writers import meant
from tests.faults.practices import Practice, half_saves
from tests.store.encrypted import CHEAP
from tests.store.encrypted import OLD as ANOTHER

DONE = "done"
REQUEST = UUID(int=4_711)
AT = (0, 0, 0)
SAVE, SAVE_AND_TIDY, BACKUP, PASSPHRASE_CHANGE = "save", "save that tidies the log", "backup", "passphrase change"
ACTS = (SAVE, SAVE_AND_TIDY, BACKUP, PASSPHRASE_CHANGE)


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What came of one fault: what the program said, how things stand, what the next save said, what checks say."""

    said: str
    state: str
    next_said: str
    problems: tuple[str, ...]

    @property
    def wrong(self) -> str:
        """What must not be; empty when all is as it has to be."""
        if self.problems:
            return "; ".join(self.problems)
        if self.said == DONE and self.state != "new":
            return "it said that it was done, and it was not"
        if self.next_said != DONE:
            return f"the next save did not succeed: {self.next_said}"
        return "" if self.said and self.state in ("old", "new") else f"it said {self.said!r}, and stands {self.state}"


class Program:
    """A child that has the practice open and waits to be told; `pid` is who is to be hurt."""

    def __init__(self, practice: Practice, act: str) -> None:
        self.practice, self.act = practice, act
        self._here, there = socket.socketpair()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that other threads are not in the child, which needs none of them
            self.pid = os.fork()
        if self.pid == 0:
            self._here.close()
            _serve(practice, act, there)
        there.close()
        self._here.recv(1_000)  # it says so when it is ready

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._here.close()
        os.waitpid(self.pid, 0)

    def tell(self, command: str) -> str:
        """Tell it to do something; what it says, which is nothing when it died."""
        self._here.send(command.encode())
        return self._here.recv(10_000).decode()

    def outcome(self, said: str, next_said: str) -> Outcome:
        """How things stand, once it has closed the practice."""
        closed = self.tell("close")
        problems = [] if closed == DONE else [f"it could not close: {closed}"]
        with self.practice.opened() as store:
            problems += self.practice.problems(store)
            with store.reading(self.practice.actor) as work:
                problems += half_saves(work)
                state = _STATES[self.act](self.practice, work)
        return Outcome(said=said, state=state, next_said=next_said, problems=tuple(problems))


def copied(practice: Practice, folder: Path) -> Practice:
    """The same practice in another folder, where it can be hurt."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(practice.folder, folder)
    return replace(practice, folder=folder)


def _serve(practice: Practice, act: str, told_by: socket.socket) -> None:
    """What the child does until it is told to close; an error without a name ends it."""
    code = 1
    try:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        with practice.opened() as store:
            prepared = _prepared(practice, store, act)
            told_by.send(b"ready")
            while (command := told_by.recv(1_000).decode()) != "close":
                told_by.send(_said(prepared, command, store).encode())
        told_by.send(DONE.encode())
        code = 0
    except BaseException:
        traceback.print_exc()
        raise
    finally:
        os._exit(code)


def _said(prepared: Callable[[], object], command: str, store: Store) -> str:
    verb, _, number = command.partition(" ")
    if verb == "limit":
        hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(number) if number else hard, hard))
        return DONE
    try:
        prepared() if verb == "act" else _save_an_event(store)
    except SecureBaseError as error:
        return f"{type(error).__name__}: {error}"
    return DONE


def _prepared(practice: Practice, store: Store, act: str) -> Callable[[], object]:
    """The act, with everything opened that is open in a program which has been running for a while."""
    _save_an_event(store)
    if act == BACKUP:
        return lambda: backups.back_up(store, practice.actor, _backups(practice), how=backups.BY_HAND)
    if act == PASSPHRASE_CHANGE:
        keys = PracticeKeys(key_path_of(practice.path), clock=SystemClock(), cost=CHEAP)
        holder = KeyHolder(id=practice.actor.id, name=THERAPIST)
        return lambda: keys.set_passphrase(DataKey(practice.key), holder, ANOTHER)
    if act == SAVE_AND_TIDY:
        with store.writing(practice.actor) as work:
            assert work._connection is not None
            work._connection.exec_driver_sql("PRAGMA wal_autocheckpoint=1")  # as after a thousand pages
    return lambda: _save(practice, store)


def _save(practice: Practice, store: Store) -> None:
    with store.writing(practice.actor) as work:
        record_check_in(work, practice.client_id, meant(AT)[0], REQUEST)
        work.commit()


def _save_an_event(store: Store) -> None:
    found = store.practice()
    assert found is not None
    with store.writing(found[1]) as work:
        (client_id,) = {row.id for row in read(work, select(client.c.id).where(mine(work, client)))}
        add_event(work, client_id, EventDetails(day=TODAY, words="Moved house"), uuid4())
        work.commit()


def _backups(practice: Practice) -> Path:
    return practice.data / backups.USUAL_FOLDER


def _state_of_save(practice: Practice, work: UnitOfWork) -> str:
    saved = records.check_in.c
    rows = read(work, select(saved.id).where(mine(work, records.check_in), saved.request_id == REQUEST))
    if not rows:
        return "old"
    return "new" if check_ins.get(work, rows[0].id).content == meant(AT)[0] else "in part"


def _state_of_backup(practice: Practice, _: UnitOfWork) -> str:
    """`new` with one backup that passes every check; none may be named as one otherwise, and no draft may stay."""
    folder = _backups(practice)
    if list(folder.glob(f"*{DRAFT_MARK}*")):
        return "a draft was left"
    found = backup.backups_of(practice.path, folder)
    for each in found:
        backup.check(each.path, DataKey(practice.key))
        key_file.read(key_path_of(each.path))
    return "new" if found else "old"


def _state_of_passphrase(practice: Practice, _: UnitOfWork) -> str:
    """Which passphrase opens it."""
    slots = key_file.read(key_path_of(practice.path)).slots
    opens = {
        state
        for state, words in (("old", PASSPHRASE), ("new", ANOTHER))
        for each in slots
        if each.name == THERAPIST and each.slot.open(as_bytes(words)) is not None
    }
    return "neither" if len(opens) != 1 else opens.pop()


_STATES: dict[str, Callable[[Practice, UnitOfWork], str]] = {
    SAVE: _state_of_save,
    SAVE_AND_TIDY: _state_of_save,
    BACKUP: _state_of_backup,
    PASSPHRASE_CHANGE: _state_of_passphrase,
}
