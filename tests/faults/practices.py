"""A practice that a proof hurts and opens again, on either database, and what must be true of it each time."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Table, select

from core.catalogue import Catalogue, load_catalogue
from core.model.audit import Action, Subject
from core.model.people import Actor
from core.services.audit_trail import HeadPlace, head_problems, kept_head
from core.services.clients import add_client
from core.services.practices import practice_details
from core.store import DataKey, PracticeKeys, Store, SystemClock, UnitOfWork, audit, open_store
from core.store import record_tables as records
from core.store.audit_key_file import make_audit_key, read_audit_key
from core.store.derivation import USUAL_COST, Cost
from core.store.head_places import HeadFile, KeyFileHead, head_path_of
from core.store.key_file import key_path_of
from core.store.tables import event
from core.store.unit_of_work import mine, read
from dashboard.door import OWN_FILE
from dashboard.practice_file import PracticeFile
from dashboard.practice_server import PracticeServer
from tests.bench.review import write_lists
from tests.browser.server import PASSPHRASE, THERAPIST
from tests.services.entries import details, form

VERSIONED = (
    (Subject.CHECK_IN, records.check_in_version, ((records.episode, "check_in_id"), (records.mark, "check_in_id"))),
    (
        Subject.RESPONSE,
        records.response_version,
        ((records.answer, "response_id"), (records.entered_total, "response_id")),
    ),
)
WRITES = (Action.ADD, Action.CORRECT, Action.WITHDRAW)
CATALOGUE: Catalogue = load_catalogue()


@dataclass(frozen=True, kw_only=True)
class Practice:
    """A practice with one client in `folder`: an encrypted file, or on the server at `url` with its audit key file."""

    folder: Path
    actor: Actor
    client_id: UUID
    key: bytes = b""
    url: str | None = None

    @property
    def data(self) -> Path:
        """The data folder."""
        return self.folder / "data"

    @property
    def path(self) -> Path:
        """The file of a practice that lies in one."""
        return self.data / OWN_FILE

    @property
    def environment(self) -> dict[str, str]:
        """What a dashboard needs to be told beside its data folder."""
        if self.url is None:
            return {}
        return {"DATABASE_URL": self.url, "SECURE_BASE_AUDIT_KEY": str(_audit_key_path(self.folder))}

    @contextmanager
    def opened(self) -> Iterator[Store]:
        """The practice in this process; nobody else may have the file open."""
        if self.url is None:
            store = open_store(self.path, clock=SystemClock(), key=DataKey(self.key))
        else:
            seals = read_audit_key(_audit_key_path(self.folder))
            store = open_store(self.url, clock=SystemClock(), audit_key=seals)
        try:
            yield store
        finally:
            store.close()

    def head_place(self) -> HeadPlace:
        """Where the end of the trail is kept outside the database."""
        if self.url is None:
            return KeyFileHead(PracticeKeys(key_path_of(self.path), clock=SystemClock()), DataKey(self.key))
        seals = read_audit_key(_audit_key_path(self.folder))
        assert seals is not None
        return HeadFile(head_path_of(_audit_key_path(self.folder)), seals)

    def problems(self, store: Store) -> list[str]:
        """What the checks of the database, of every page, of the chain and of its kept end say; empty when all is well.

        The chain's check holds every record against the line that tells of it, in both directions.
        """
        kept = kept_head(self.actor.practice_id, self.head_place())
        sound = [] if store.state().sound else ["the database's own check fails"]
        chain = store.trail.check(self.actor.practice_id, kept).problems
        return [*sound, *chain, *head_problems(store, self.actor.practice_id, self.head_place())]


def make_practice(folder: Path, url: str | None = None, *, cost: Cost = USUAL_COST) -> Practice:
    """Set a practice up the way the first page does, with a client whose lists full check-ins can name."""
    (folder / "data").mkdir(parents=True, mode=0o700)
    asked = practice_details("River Practice", THERAPIST, "Europe/Berlin")
    if url is None:
        behind = PracticeFile(folder / "data" / OWN_FILE, clock=SystemClock(), cost=cost)
        opened, _ = behind.set_up(asked, PASSPHRASE)
    else:
        make_audit_key(_audit_key_path(folder))
        seals = read_audit_key(_audit_key_path(folder))
        server = PracticeServer(lambda: open_store(url, clock=SystemClock(), audit_key=seals), cost=cost)
        opened, _ = server.set_up(asked, PASSPHRASE)
    key = b"" if opened.key is None else opened.key.raw()
    with opened.store.writing(opened.actor) as work:
        client = add_client(work, details(), form())
        write_lists(work, CATALOGUE, client.id)
        work.commit()
    opened.store.close()
    return Practice(folder=folder, actor=opened.actor, client_id=client.id, key=key, url=url)


def half_saves(work: UnitOfWork) -> list[str]:
    """Records without their line, lines without their record, and child rows without their version.

    Told from the rows alone, apart from the chain's own check.
    """
    lines = Counter((each.subject, each.record_id, each.version) for each in audit.all(work) if each.action in WRITES)
    found = [f"{times} lines for one save of a {key[0]}" for key, times in lines.items() if times != 1]
    for subject, versions, parts in VERSIONED:
        there = {(row.id, row.version) for row in _rows(work, versions)}
        found += _unlike(subject, there, {key[1:] for key in lines if key[0] == subject})
        for part, key in parts:
            alone = {(row._mapping[key], row.version) for row in _rows(work, part)} - there
            found += [f"rows of {part.name} without their version"] * len(alone)
    events = {(row.id, 1) for row in _rows(work, event)}
    return [*found, *_unlike(Subject.EVENT, events, {key[1:] for key in lines if key[0] == Subject.EVENT})]


def half_saved_words(work: UnitOfWork) -> list[str]:
    """Drafts whose saves are not as many as their lines in the trail.

    Each save must come from a window of its own, since the trail has one line for a window and note in 15 minutes.
    """
    told = Counter(each.record_id for each in audit.all(work) if each.action is Action.SAVE_DRAFT)
    saves: Counter[UUID] = Counter()
    for row in _rows(work, records.draft_words):
        saves[row.note_id] += row.revision
    return [
        f"{told[each]} lines for {saves[each]} saves of a draft" for each in told | saves if told[each] != saves[each]
    ]


def _unlike(subject: Subject, there: set[tuple[UUID, int]], told: set[tuple[UUID, int]]) -> list[str]:
    without = [f"a {subject} without its line"] * len(there - told)
    return without + [f"a line without its {subject}"] * len(told - there)


def _rows(work: UnitOfWork, table: Table) -> Sequence[Row[Any]]:
    return read(work, select(table).where(mine(work, table)))


def _audit_key_path(folder: Path) -> Path:
    return folder / "audit.key"
