"""A program with eight threads that save through the services, killed in the middle, and what it left behind.

What a thread was told to be saved it writes to a pipe, after the commit: nothing that came through may be missing.
"""

import os
import signal
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import count
from random import Random
from threading import Event, Thread
from uuid import UUID, uuid5

from sqlalchemy import select

from core.errors import SecureBaseError
from core.model.calendar import EventDetails
from core.model.check_in import CheckIn
from core.model.records import Recorded
from core.model.responses import Response
from core.services.calendar import add_event
from core.services.check_ins import correct_check_in, record_check_in
from core.services.questionnaires import record_response
from core.store import Store, UnitOfWork, check_ins, responses
from core.store import record_tables as records
from core.store.tables import event
from core.store.unit_of_work import mine, read
from tests.bench.measure import TODAY
from tests.bench.review import full
from tests.faults.killed_database import Database
from tests.faults.practices import CATALOGUE, Practice, half_saves
from tests.services.entries import gad7_answers

WRITERS = 8
NAMES = UUID(int=77)
KINDS = ("check-in", "correction", "response", "event")
LONGEST_SECONDS = 0.4


@dataclass(kw_only=True)
class Left:
    """What one kill left: confirmed saves, those of them that are missing, and everything that is not whole."""

    confirmed: int = 0
    unsaid: int = 0
    """Saves that were kept and whose answer the kill cut off: they are whole, and nobody was told yet."""

    missing: list[str] = field(default_factory=list)
    half: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def kill_writers(practice: Practice, trial: int, chance: Random, *, database: Database | None = None) -> Left:
    """Let eight threads save, kill their program at a random moment, and look at what is there.

    With `database` it is that server which is killed and started again; the program is told, and ends by itself.
    """
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that other threads are not in the child, which needs none of them
        child = os.fork()
    if child == 0:
        os.close(reading)
        _write_on(practice, trial, writing)
    os.close(writing)
    said = _until_killed(child, reading, chance, database)
    with practice.opened() as store:
        with store.reading(practice.actor) as work:
            left = look(work, practice, trial, said)
        left.problems = practice.problems(store)
    return left


def _write_on(practice: Practice, trial: int, writing: int) -> None:
    """What the child does until it is killed."""
    os.setsid()
    try:
        with practice.opened() as store:
            threads = [
                Thread(target=_writer, args=(store, practice, (trial, each), writing)) for each in range(WRITERS)
            ]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
    finally:
        os._exit(1)


def _writer(store: Store, practice: Practice, who: tuple[int, int], writing: int) -> None:
    number = 0
    while True:
        for kind, act in saves_of(practice, (*who, number)).items():
            try:
                with store.writing(practice.actor) as work:
                    act(work)
                    work.commit()
            except SecureBaseError as error:
                os.write(writing, f"refused {kind}: {type(error).__name__}\n".encode())
                os._exit(1)
            os.write(writing, f"{kind} {who[1]} {number}\n".encode())
        number += 1


def saves_of(practice: Practice, at: tuple[int, int, int]) -> Mapping[str, Callable[[UnitOfWork], object]]:
    """One round of a writer: a check-in with all its child rows, its correction, a questionnaire and an event."""
    first, second = meant(at)
    client, request = practice.client_id, _request(at)
    corrected: list[Recorded[CheckIn]] = []
    return {
        "check-in": lambda work: corrected.append(record_check_in(work, client, first, request)),
        "correction": lambda work: correct_check_in(work, corrected[0].ref, second, "misheard"),
        "response": lambda work: record_response(
            work, client, CATALOGUE.questionnaires["gad7"], answers_of(at), request
        ),
        "event": lambda work: add_event(work, client, EventDetails(day=TODAY, words=str(at)), request),
    }


def _request(at: tuple[int, int, int]) -> UUID:
    return uuid5(NAMES, str(at))


def meant(at: tuple[int, int, int]) -> tuple[CheckIn, CheckIn]:
    """The check-in of a round and its correction."""
    return full(Random(f"{at} 1"), CATALOGUE, TODAY, 7), full(Random(f"{at} 2"), CATALOGUE, TODAY, 7)


def answers_of(at: tuple[int, int, int]) -> Response:
    """The questionnaire of a round."""
    return gad7_answers(TODAY, at[2] % 4)


def at_a_random_moment(chance: Random) -> None:
    """Come back then; nothing is waited for, since the moment itself is what is tried."""
    Event().wait(chance.uniform(0.0, LONGEST_SECONDS))


def _until_killed(child: int, reading: int, chance: Random, database: Database | None) -> set[str]:
    """Every line that came through whole; the kill comes at a random moment after the first."""
    with os.fdopen(reading, encoding="ascii") as said_by_child:
        first = said_by_child.readline()
        at_a_random_moment(chance)
        if database is None:
            os.killpg(child, signal.SIGKILL)
        else:
            database.kill()
        lines = [first, *said_by_child]
        os.waitpid(child, 0)
    if database is not None:
        database.start()
    refused = [line for line in lines if line.startswith("refused")]
    if not first or bool(refused) is (database is None):
        raise AssertionError(f"The writers were not killed in their work: {refused}")
    return {line.strip() for line in lines if line.endswith("\n") and line not in refused}


def look(work: UnitOfWork, practice: Practice, trial: int, said: set[str]) -> Left:
    """Put what is stored beside what each writer meant to store and what it was told."""
    left, ids = Left(confirmed=len(said), half=half_saves(work)), _ids_by_request(work)
    for writer in range(WRITERS):
        for number in count():
            at = (trial, writer, number)
            stored, differing = _stored(work, at, {kind: known.get(_request(at)) for kind, known in ids.items()})
            names = {f"{kind} {writer} {number}" for kind in KINDS}
            here = {f"{kind} {writer} {number}" for kind in stored}
            left.missing += sorted((said & names) - here)
            left.unsaid += len(here - said)
            left.half += [f"{kind} of {at} is not what was saved" for kind in differing]
            if not here and not said & names:
                break
    return left


def _ids_by_request(work: UnitOfWork) -> dict[str, dict[UUID, UUID]]:
    tables = {"check-in": records.check_in, "response": records.response, "event": event}
    return {
        kind: {row.request_id: row.id for row in read(work, select(table).where(mine(work, table)))}
        for kind, table in tables.items()
    }


def _stored(work: UnitOfWork, at: tuple[int, int, int], ids: Mapping[str, UUID | None]) -> tuple[list[str], list[str]]:
    """Which of a round's four saves are there, and which of them hold something else than was meant."""
    first, second = meant(at)
    there: dict[str, object] = {"event": ids["event"]} if ids["event"] else {}
    wanted: dict[str, object] = {"check-in": first, "correction": second, "response": answers_of(at)}
    if ids["check-in"]:
        versions = check_ins.history(work, ids["check-in"])
        there |= {kind: each.content for kind, each in zip(("check-in", "correction"), versions, strict=False)}
    if ids["response"]:
        there["response"] = responses.get(work, ids["response"]).content
    return list(there), [kind for kind, content in there.items() if kind in wanted and content != wanted[kind]]
