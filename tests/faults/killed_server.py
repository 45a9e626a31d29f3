"""The real server with eight windows that send drafts to it, killed in the middle, and what it left behind.

Each message comes from a window of its own, so that each save has a line in the trail.
"""

import http.client
import json
import time
from dataclasses import dataclass
from random import Random
from threading import Barrier, Thread
from uuid import UUID, uuid4

from core.services.calendar import add_session
from core.services.clients import add_client
from core.services.session_notes import notes_of, start_note
from core.store import UnitOfWork, clients
from tests.browser.server import HOST, Server
from tests.browser.writing import crash
from tests.faults.killed_writers import WRITERS, Left, at_a_random_moment
from tests.faults.practices import CATALOGUE, Practice, half_saved_words, half_saves
from tests.isolation.window import Window
from tests.services.entries import details, form, session_on

SECTION = "plan"
Revisions = dict[UUID, tuple[int, str]]


@dataclass(kw_only=True)
class Editor:
    """One window's editor of one note: what was stored before, and what it was told since."""

    note: UUID
    stored: tuple[int, str]
    confirmed: int = 0
    sending: str = ""
    refused: str = ""

    def write_on(self, window: Window, writer: UUID, at_once: Barrier) -> None:
        """Send one text after another until the server is gone."""
        at_once.wait()
        connection = http.client.HTTPConnection(HOST, window.server.port, timeout=30)
        headers = {"content-type": "application/json", "x-app": "1", "sec-fetch-site": "same-origin"}
        headers["cookie"] = window.cookie_line()
        try:
            while not self.refused:
                self.sending = f"{self.stored[0]} {uuid4()}"
                body: dict[str, object] = {
                    "note": str(self.note),
                    "editor": str(uuid4()),
                    "writer": str(writer),
                    "section": SECTION,
                }
                body |= {"text": self.sending, "base": self.stored[0], "n": 1}
                connection.request("POST", "/api/draft", body=json.dumps(body), headers=headers)
                answer = connection.getresponse()
                said = json.loads(answer.read())
                if answer.status != 200 or said["text"] != self.sending:
                    self.refused = f"{answer.status} {said.get('state')}"
                    return
                self.stored = (said["revision"], self.sending)
                self.confirmed += 1
        except (OSError, http.client.HTTPException):
            return
        finally:
            connection.close()


def make_notes(practice: Practice) -> None:
    """A draft for each of the eight windows, each of a client of its own."""
    with practice.opened() as store, store.writing(practice.actor) as work:
        for number in range(WRITERS):
            client = add_client(work, details(f"Client {number}"), form())
            session = add_session(work, client.id, session_on(), form())
            start_note(work, CATALOGUE, session, "soap", form())
        work.commit()


def kill_server(practice: Practice, server: Server, chance: Random) -> Left:
    """Start the server, sign in, let eight windows send, kill it at a random moment, and look at what is there."""
    with practice.opened() as store, store.reading(practice.actor) as work:
        editors = [Editor(note=note, stored=stored) for note, stored in _drafts(work).items()]
    server.start()
    window = Window(server)
    answer = window.sign_in()
    if answer.status != 303 or "older" in answer.headers.get("location", ""):
        raise AssertionError(f"Signing in after a kill was answered {answer.status}: {answer.text[:500]}")
    at_once = Barrier(WRITERS + 1)
    threads = [Thread(target=each.write_on, args=(window, practice.actor.id, at_once)) for each in editors]
    for thread in threads:
        thread.start()
    at_once.wait()
    while not any(each.confirmed or each.refused for each in editors):
        time.sleep(0.01)
    at_a_random_moment(chance)
    crash(server)
    for thread in threads:
        thread.join()
    return _look(practice, editors)


def _look(practice: Practice, editors: list[Editor]) -> Left:
    refused = [each.refused for each in editors if each.refused]
    if refused:
        raise AssertionError(f"The server refused drafts: {refused}")
    with practice.opened() as store:
        with store.reading(practice.actor) as work:
            drafts, half = _drafts(work), [*half_saves(work), *half_saved_words(work)]
        left = Left(confirmed=sum(each.confirmed for each in editors), half=half, problems=practice.problems(store))
    for each in editors:
        revision, text = drafts[each.note]
        if (revision, text) == (each.stored[0] + 1, each.sending):
            left.unsaid += 1
        elif (revision, text) != each.stored:
            left.missing.append(f"revision {each.stored[0]} was confirmed, {revision} is there")
    return left


def _drafts(work: UnitOfWork) -> Revisions:
    notes = [note for client in clients.all(work) for note in notes_of(work, client.id)]
    return {note.id: (note.words_revision(SECTION), note.content.words.get(SECTION, "")) for note in notes}
