"""Nothing typed is lost: edits at the same moment, forms sent twice, and typing that is interrupted, counted.

`python -m tests.faults.typing` runs all of it at full length and prints the figures; the suite has a short version.
"""

import argparse
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Barrier
from typing import Any
from uuid import UUID, uuid4

from core.catalogue import Catalogue, load_catalogue
from core.model.calendar import Session
from core.model.notes import Note, TypedWords
from core.model.people import Actor
from core.services.calendar import add_session
from core.services.check_ins import check_ins_of, record_check_in
from core.services.clients import add_client
from core.services.practices import practice_details, set_up_practice
from core.services.session_notes import add_addendum, notes_of, open_note, save_words, sign_note, start_note
from core.store import Store, SystemClock, open_store
from core.store.draft_words import ChangedElsewhere
from tests.builders import check_in
from tests.services.entries import DAY, details, form, session_on
from tests.store.encrypted import audit_key

PAIRS, FORMS, INTERRUPTIONS = 500, 200, 100


@dataclass(frozen=True, kw_only=True)
class Pairs:
    """What came of two windows that saved the same section at the same moment, over and over."""

    told: int
    silent_overwrites: int


def run(store: Store, actor: Actor, service: Callable[..., Any], *args: Any) -> Any:
    """Run a service in a unit of work of its own, and commit."""
    with store.writing(actor) as work:
        result = service(work, *args)
        work.commit()
    return result


def edit_pairs(store: Store, actor: Actor, catalogue: Catalogue, session: Session, *, pairs: int) -> Pairs:
    """Have two windows save one section from the same base at once.

    Exactly one of the two must be stored and the other told, with the stored text in its hands.
    """
    note: Note = run(store, actor, start_note, catalogue, session, "soap", uuid4())
    base, told, silent = 0, 0, 0
    with ThreadPoolExecutor(2) as both:
        for number in range(pairs):
            at_once = Barrier(2)
            texts = [f"{number}: from window {name}" for name in "ab"]
            sending = [both.submit(_send, store, actor, catalogue, _typed(note, text, base), at_once) for text in texts]
            answers = [each.result() for each in sending]
            with store.reading(actor) as work:
                stored = open_note(work, catalogue, note.id).note
            kept = stored.content.words["plan"]
            refused = [text for text, answer in zip(texts, answers, strict=True) if answer is not None]
            seen = [answer for answer in answers if answer is not None]
            told += len(refused)
            silent += not (kept in texts and refused == [text for text in texts if text != kept] and seen == [kept])
            base = stored.words_revision("plan")
    return Pairs(told=told, silent_overwrites=silent)


def send_twice(store: Store, actor: Actor, catalogue: Catalogue, session: Session, *, forms: int) -> tuple[int, int]:
    """Send each form twice at once, a third of them check-ins, notes and addenda; give forms and records."""
    note = run(store, actor, start_note, catalogue, session, "soap", uuid4())
    run(store, actor, save_words, catalogue, _typed(note, "Own words.", 0))
    signed = run(store, actor, sign_note, note.id, note.revision)
    before = _records(store, actor, catalogue, session.client_id, signed.id)
    with ThreadPoolExecutor(2) as both:
        for number in range(forms):
            request, at_once = uuid4(), Barrier(2)
            deeds: list[tuple[Callable[..., Any], tuple[Any, ...]]] = [
                (record_check_in, (session.client_id, check_in(DAY, anxiety=number % 11), request)),
                (start_note, (catalogue, session, "soap", request)),
                (add_addendum, (signed.id, f"Addendum {number}.", "left out", request)),
            ]
            service, args = deeds[number % 3]
            for each in [both.submit(_twice, store, actor, service, args, at_once) for _ in range(2)]:
                each.result()
    return forms, _records(store, actor, catalogue, session.client_id, signed.id) - before


def _records(store: Store, actor: Actor, catalogue: Catalogue, client_id: UUID, signed: UUID) -> int:
    with store.reading(actor) as work:
        recorded: tuple[Any, ...] = check_ins_of(work, client_id)
        addenda = open_note(work, catalogue, signed).note.addenda
        return len(recorded) + len(notes_of(work, client_id)) + len(addenda)


def _twice(store: Store, actor: Actor, service: Callable[..., Any], args: tuple[Any, ...], at_once: Barrier) -> None:
    at_once.wait()
    run(store, actor, service, *args)


def _typed(note: Note, text: str, base: int) -> TypedWords:
    return TypedWords(note_id=note.id, section="plan", text=text, base=base, window=uuid4(), sent=1)


def _send(store: Store, actor: Actor, catalogue: Catalogue, typed: TypedWords, at_once: Barrier) -> str | None:
    """Save; `None` when it was stored, else the other window's text."""
    at_once.wait()
    try:
        run(store, actor, save_words, catalogue, typed)
    except ChangedElsewhere as refusal:
        return refusal.theirs.text
    return None


@contextmanager
def practice_on(address: str | Path) -> Iterator[tuple[Store, Actor, Session]]:
    """A practice with one client and one session, on a database that is empty."""
    store = open_store(address, clock=SystemClock(), audit_key=audit_key())
    try:
        actor = set_up_practice(store, practice_details("A practice", "Dr One", "Europe/Berlin"))[1]
        client = run(store, actor, add_client, details(), form())
        yield store, actor, run(store, actor, add_session, client.id, session_on(), form())
    finally:
        store.close()


def main() -> None:
    """Run what the arguments name, at full length, and print the figures."""
    asked = argparse.ArgumentParser(description="Nothing typed is lost, counted at full length.")
    asked.add_argument("--postgresql", metavar="URL", help="an empty database, for the same on PostgreSQL")
    asked.add_argument("--pairs", type=int, default=PAIRS)
    asked.add_argument("--forms", type=int, default=FORMS)
    asked.add_argument("--interruptions", type=int, default=INTERRUPTIONS)
    given = asked.parse_args()
    catalogue = load_catalogue()
    with tempfile.TemporaryDirectory() as folder:
        for address in filter(None, (Path(folder) / "practice.db", given.postgresql)):
            kind = "SQLite" if isinstance(address, Path) else "PostgreSQL"
            with practice_on(address) as (store, actor, session):
                pairs = edit_pairs(store, actor, catalogue, session, pairs=given.pairs)
                print(f"{kind}: {given.pairs} pairs of edits, {pairs.told} told, {pairs.silent_overwrites} overwritten")
                sent, kept = send_twice(store, actor, catalogue, session, forms=given.forms)
                print(f"{kind}: {sent} forms sent twice, {kept} records", flush=True)
    if given.interruptions:
        from tests.faults.interrupted import report

        report(given.interruptions)


if __name__ == "__main__":
    main()
