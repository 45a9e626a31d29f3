"""The address that takes what is typed: from our own page alone, in one answer the editor knows."""

import asyncio
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest

from core.catalogue import load_catalogue
from core.errors import BusyDatabase
from core.model.access import Role
from core.model.notes import Note
from core.services.access import ONLY_TO_READ
from core.services.accounts import add_account
from core.services.calendar import add_session
from core.services.clients import add_client
from core.services.practices import practice_details, set_up_practice
from core.services.session_notes import discard_draft, open_note, sign_note, start_note
from core.services.sharing import hand_over
from core.store import FixedClock, open_store
from dashboard import runtime
from dashboard.presence import Workplace
from dashboard.server.drafts import LARGEST_BYTES, PATH, draft_route
from tests.services.entries import NOON, details, form, session_on

HEADERS = {"content-type": "application/json", "x-app": "1", "sec-fetch-site": "same-origin"}
WORDS = "Words of a client, verbatim."


@dataclass(frozen=True)
class Answer:
    """What the address answered."""

    status_code: int
    headers: dict[str, str]
    body: bytes

    def json(self):
        return json.loads(self.body)


def call(route, headers, body):
    """One POST to `route`, as the server would hand it over."""
    scope = {
        "type": "http",
        "method": "POST",
        "path": PATH,
        "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
    }
    parts = [body[start : start + 65_536] for start in range(0, len(body), 65_536)] or [b""]
    messages = [{"type": "http.request", "body": part, "more_body": part is not parts[-1]} for part in parts]
    said = []

    async def receive():
        return messages.pop(0)

    async def send(message):
        said.append(message)

    asyncio.run(route.app(scope, receive, send))
    answered = {name.decode(): value.decode() for name, value in said[0]["headers"]}
    return Answer(said[0]["status"], answered, b"".join(each.get("body", b"") for each in said[1:]))


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workplace]:
    monkeypatch.setattr(runtime, "catalogue", load_catalogue)
    store = open_store(tmp_path / "practice.db", clock=FixedClock(NOON))
    practice, actor = set_up_practice(store, practice_details("A practice", "Dr One", "Europe/Berlin"))
    yield Workplace(store=store, practice=practice, actor=actor)
    store.close()


@pytest.fixture
def note(place: Workplace) -> Note:
    with place.store.writing(place.actor) as work:
        session = add_session(work, add_client(work, details(), form()).id, session_on(), form())
        started = start_note(work, load_catalogue(), session, "soap", form())
        work.commit()
    return started


@pytest.fixture
def send(place: Workplace, note: Note):
    """Send a message as the editor does, but for what the call changes."""
    signed_in: list[Workplace | None] = [place]
    route = draft_route(lambda _: signed_in[0])

    def post(*, headers=None, signed_out=False, raw=None, **changed):
        signed_in[0] = None if signed_out else place
        message = {
            "note": str(note.id),
            "section": "plan",
            "text": WORDS,
            "base": 0,
            "editor": str(uuid4()),
            "writer": str(place.actor.id),
            "n": 1,
        } | changed
        body = json.dumps(message) if raw is None else raw
        body = body if isinstance(body, bytes) else body.encode()
        return call(route, HEADERS if headers is None else headers, body)

    return post


def test_stored_words_are_answered_with_the_practices_time(send):
    answer = send()
    assert answer.status_code == 200
    assert answer.json() == {"state": "saved", "left_out": 0, "text": WORDS, "revision": 1, "at": "12:00:00"}
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "missing",
    [{"x-app": "0"}, {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}, {"content-type": "text/plain"}],
)
def test_message_from_another_page_is_refused(send, missing):
    assert send(headers=HEADERS | missing).status_code == 403


@pytest.mark.parametrize("name", HEADERS)
def test_message_without_one_of_its_headers_is_refused(send, name):
    assert send(headers={key: value for key, value in HEADERS.items() if key != name}).status_code == 403


def test_signed_out_is_401_and_stores_nothing(send):
    assert send(signed_out=True).json() == {"state": "out"}
    assert send().json()["revision"] == 1


def test_somebody_else_in_the_same_browser_does_not_save_under_their_name(send):
    answer = send(writer=str(uuid4()))
    assert (answer.status_code, answer.json()) == (403, {"state": "other"})


def test_second_window_gets_the_first_ones_text_and_keeps_its_own(send):
    send(text="Theirs.")
    answer = send(text="Mine.")
    assert answer.status_code == 409
    assert answer.json() == {"state": "changed", "text": "Theirs.", "revision": 1, "at": "12:00:00", "by": "Dr One"}


def test_signed_moved_and_discarded_have_their_own_words(send, place, note):
    assert (send(section="data").status_code, send(section="data").json()) == (409, {"state": "moved"})
    send()
    with place.store.writing(place.actor) as work:
        sign_note(work, note.id, note.revision)
        work.commit()
    assert (send(n=2).status_code, send(n=2).json()) == (409, {"state": "signed"})
    assert (send(note=str(uuid4())).status_code, send(note=str(uuid4())).json()) == (404, {"state": "gone"})


def test_discarded_draft_is_gone(send, place, note):
    with place.store.writing(place.actor) as work:
        discard_draft(work, note)
        work.commit()
    assert send().json() == {"state": "gone"}


def test_characters_that_cannot_be_stored_are_left_out_with_notice(send):
    answer = send(raw=None, text="a\x00b\ud83ec \U0001f98a").json()
    assert (answer["text"], answer["left_out"]) == ("abc \U0001f98a", 2)


def test_too_long_is_refused_in_a_sentence_that_does_not_quote(send):
    answer = send(text="x" * 200_001)
    assert answer.status_code == 422
    assert "200,000" in answer.json()["words"]
    assert "xxx" not in answer.json()["words"]


def test_more_than_a_megabyte_is_not_read_to_its_end(send):
    answer = send(text="x" * LARGEST_BYTES)
    assert (answer.status_code, answer.json()["state"]) == (413, "refused")


@pytest.mark.parametrize(
    "raw", ["", "{", "[]", "null", '"text"', "{}", "[" * 100_000, '{"note": 1}', b"\xff\xfe"], ids=range(9)
)
def test_what_no_editor_sends_is_refused(send, raw):
    answer = send(raw=raw)
    assert (answer.status_code, answer.json()["state"]) == (400, "refused")


@pytest.mark.parametrize(
    "wrong", [{"note": "x"}, {"n": "1"}, {"n": True}, {"base": 1.5}, {"text": None}, {"section": 3}, {"editor": ""}]
)
def test_part_of_the_wrong_kind_is_refused(send, wrong):
    assert send(**wrong).status_code == 400


@pytest.mark.parametrize("wrong", [{"n": 0}, {"base": -1}])
def test_count_that_cannot_be_is_refused(send, wrong):
    assert send(**wrong).status_code == 422


def test_busy_database_is_try_again(note):
    def busy(_):
        raise BusyDatabase("The database was in use.")

    message = {"note": str(note.id), "section": "plan", "text": WORDS, "base": 0, "n": 1}
    message |= {"editor": str(uuid4()), "writer": str(uuid4())}
    answer = call(draft_route(busy), HEADERS, json.dumps(message).encode())
    assert (answer.status_code, answer.json()) == (503, {"state": "later"})


def test_words_for_a_client_who_was_handed_over_are_refused_in_a_sentence_and_those_before_are_kept(send, place, note):
    assert send(text="Before").status_code == 200
    with place.store.writing(place.actor) as work:
        colleague = add_account(work, "Dr Two", Role.THERAPIST)
        hand_over(work, note.client_id, colleague.id)
        work.commit()
    # The owner goes on reading the record, and writes no more clinical words about it.
    answer = send(text="After")
    assert (answer.status_code, answer.json()) == (403, {"state": "refused", "words": ONLY_TO_READ})
    with place.store.writing(place.actor) as work:
        hand_over(work, note.client_id, place.actor.id)
        work.commit()
    with place.store.reading(place.actor) as work:
        assert open_note(work, load_catalogue(), note.id).note.content.words == {"plan": "Before"}
