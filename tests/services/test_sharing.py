"""Accounts, sharing and handing over, as people of a practice meet them."""

from collections.abc import Callable
from typing import Any

import pytest

from core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from core.model.access import Account, Role
from core.model.audit import Action
from core.model.notes import TypedWords
from core.model.people import Actor, Client
from core.services import accounts, caseload, clients, session_notes, sharing, sign_ins
from core.services.access import NO_ACCESS, acts_on
from core.services.calendar import add_session
from core.services.progress import review_client
from core.services.questionnaires import KEPT_BACK, record_response, review_safety_item, scored_responses
from core.store import Store, audit
from tests.services.entries import details, form, phq9_answers, session_on
from tests.services.test_questionnaires import SPOKEN as SAID

Run = Callable[..., Any]
As = Callable[..., Any]


@pytest.fixture
def people(save: Run, store: Store, actor: Actor) -> dict[Role, Actor]:
    """The owner and one of each other role."""
    found = {Role.OWNER: actor}
    for role in (Role.THERAPIST, Role.ASSISTANT, Role.SUPERVISOR):
        made: Account = save(accounts.add_account, f"The {role.value}", role)
        person = store.person(actor.practice_id, made.id)
        assert person is not None
        found[role] = person
    return found


@pytest.fixture
def by(store: Store, people: dict[Role, Actor]) -> As:
    """Run a service as somebody of the practice, and commit."""

    def run(role: Role, service: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        with store.writing(people[role]) as work:
            result = service(work, *args, **kwargs)
            work.commit()
        return result

    return run


@pytest.fixture
def theirs(by: As) -> Client:
    """A client of the therapist's."""
    made: Client = by(Role.THERAPIST, clients.add_client, details("Theirs"), form())
    return made


def test_client_belongs_to_who_adds_them(by: As, client: Client, theirs: Client, people: dict[Role, Actor]) -> None:
    assert [each.id for each in by(Role.THERAPIST, clients.list_clients)] == [theirs.id]
    assert by(Role.OWNER, sharing.client_access, theirs.id).therapist == "The therapist"
    assert by(Role.OWNER, sharing.client_access, client.id).therapist_id == people[Role.OWNER].id


def test_form_sent_twice_adds_one_client_who_stays_with_their_therapist(by: As, people: dict[Role, Actor]) -> None:
    request_id = form()
    first = by(Role.THERAPIST, clients.add_client, details("Once"), request_id)
    by(Role.THERAPIST, sharing.hand_over, first.id, people[Role.OWNER].id)
    with pytest.raises(NotAllowed, match="no access"):
        by(Role.THERAPIST, clients.add_client, details("Once"), request_id)
    assert by(Role.OWNER, sharing.client_access, first.id).therapist_id == people[Role.OWNER].id


def test_shared_client_is_read_until_sharing_ends(by: As, theirs: Client, people: dict[Role, Actor], catalogue) -> None:
    reader = people[Role.SUPERVISOR].id
    assert by(Role.SUPERVISOR, caseload.todays_caseload, catalogue).rows == ()
    shared = by(Role.THERAPIST, sharing.share_client, theirs.id, reader)
    assert [each.name for each in shared.shares] == ["The supervisor"]
    assert by(Role.THERAPIST, sharing.share_client, theirs.id, reader) == shared
    assert by(Role.SUPERVISOR, review_client, catalogue, theirs.id).client == theirs
    assert [row.client.id for row in by(Role.SUPERVISOR, caseload.todays_caseload, catalogue).rows] == [theirs.id]
    by(Role.THERAPIST, sharing.stop_sharing, theirs.id, reader)
    with pytest.raises(NotAllowed, match="no access"):
        by(Role.SUPERVISOR, review_client, catalogue, theirs.id)
    with pytest.raises(NotFound):
        by(Role.THERAPIST, sharing.stop_sharing, theirs.id, reader)


def test_client_is_shared_with_readers_and_handed_to_therapists_alone(
    by: As, theirs: Client, people: dict[Role, Actor]
) -> None:
    for wrong in (people[Role.ASSISTANT].id, people[Role.OWNER].id, people[Role.THERAPIST].id):
        with pytest.raises(InvalidInput):
            by(Role.THERAPIST, sharing.share_client, theirs.id, wrong)
    with pytest.raises(InvalidInput):
        by(Role.THERAPIST, sharing.hand_over, theirs.id, people[Role.SUPERVISOR].id)
    with pytest.raises(NotFound):
        by(Role.THERAPIST, sharing.hand_over, theirs.id, form())
    assert [each.role for each in by(Role.OWNER, sharing.possible_therapists, theirs.id)] == [Role.OWNER]
    assert [each.role for each in by(Role.OWNER, sharing.possible_readers, theirs.id)] == [Role.SUPERVISOR]


def test_save_after_a_hand_over_is_refused_and_the_draft_is_kept(
    by: As, theirs: Client, people: dict[Role, Actor], catalogue
) -> None:
    session = by(Role.THERAPIST, add_session, theirs.id, session_on(), form())
    draft = by(Role.THERAPIST, session_notes.start_note, catalogue, session, "soap", form())
    window = form()

    def typed(text: str, sent: int) -> TypedWords:
        return TypedWords(note_id=draft.id, section="plan", text=text, base=0, window=window, sent=sent)

    by(Role.THERAPIST, session_notes.save_words, catalogue, typed("Kept words", 1))
    by(Role.OWNER, sharing.hand_over, theirs.id, people[Role.OWNER].id)
    with pytest.raises(NotAllowed) as refused:
        by(Role.THERAPIST, session_notes.save_words, catalogue, typed("Kept words and more", 2))
    assert str(refused.value) == NO_ACCESS
    assert by(Role.OWNER, session_notes.notes_of, theirs.id) == ()
    with pytest.raises(NotAllowed, match="somebody else's"):
        by(Role.OWNER, session_notes.open_note, catalogue, draft.id)
    by(Role.OWNER, sharing.hand_over, theirs.id, people[Role.THERAPIST].id)
    opened = by(Role.THERAPIST, session_notes.open_note, catalogue, draft.id)
    assert opened.note.content.words["plan"] == "Kept words"


def test_role_that_was_changed_holds_in_the_next_unit_of_work(
    by: As, people: dict[Role, Actor], theirs: Client
) -> None:
    assistant = people[Role.ASSISTANT]
    assert len(by(Role.ASSISTANT, clients.list_clients)) == 1
    by(Role.OWNER, accounts.change_role, assistant.id, Role.SUPERVISOR)
    assert by(Role.ASSISTANT, clients.list_clients) == ()
    with pytest.raises(NotAllowed):
        by(Role.ASSISTANT, clients.get_client, theirs.id)


def test_account_with_clients_cannot_be_ended_nor_lose_its_role(
    by: As, people: dict[Role, Actor], theirs: Client
) -> None:
    therapist = people[Role.THERAPIST]
    for change in (accounts.end_account, lambda work, each: accounts.change_role(work, each, Role.ASSISTANT)):
        with pytest.raises(NotAllowed, match="1 clients"):
            by(Role.OWNER, change, therapist.id)
    by(Role.OWNER, sharing.hand_over, theirs.id, people[Role.OWNER].id)
    by(Role.THERAPIST, sign_ins.begin, "token")
    ended = by(Role.OWNER, accounts.end_account, therapist.id)
    assert ended.ended_at is not None
    assert by(Role.OWNER, sign_ins.living) == {}
    with pytest.raises(NotAllowed, match="was ended"):
        by(Role.THERAPIST, clients.list_clients)
    with pytest.raises(InvalidInput, match="was ended"):
        by(Role.OWNER, accounts.change_role, therapist.id, Role.SUPERVISOR)


def test_owner_stays_the_owner_and_is_the_only_one(by: As, people: dict[Role, Actor]) -> None:
    owner = people[Role.OWNER]
    for change in (accounts.end_account, lambda work, each: accounts.change_role(work, each, Role.THERAPIST)):
        with pytest.raises(NotAllowed, match="owner"):
            by(Role.OWNER, change, owner.id)
    with pytest.raises(InvalidInput, match="one owner"):
        by(Role.OWNER, accounts.add_account, "Another", Role.OWNER)
    with pytest.raises(InvalidInput, match="one owner"):
        by(Role.OWNER, accounts.change_role, people[Role.THERAPIST].id, Role.OWNER)


def test_name_that_somebody_has_or_had_is_not_given_again(by: As, people: dict[Role, Actor]) -> None:
    by(Role.OWNER, accounts.end_account, people[Role.ASSISTANT].id)
    for taken in ("The assistant", "  the ASSISTANT ", "Dr One"):
        with pytest.raises(Conflict):
            by(Role.OWNER, accounts.add_account, taken, Role.THERAPIST)


def test_assistant_sees_that_a_safety_item_was_reviewed_and_not_the_words(
    by: As, theirs: Client, catalogue, phq9
) -> None:
    response = by(Role.ASSISTANT, record_response, theirs.id, phq9, phq9_answers(item9=1), form())
    with pytest.raises(NotAllowed):
        by(Role.ASSISTANT, review_safety_item, response.ref, SAID)
    by(Role.THERAPIST, review_safety_item, response.ref, SAID)
    [seen] = by(Role.ASSISTANT, scored_responses, catalogue, theirs.id)
    assert not seen.awaits_review
    assert [each.details.words for each in seen.reviews] == [KEPT_BACK]
    [whole] = by(Role.THERAPIST, scored_responses, catalogue, theirs.id)
    assert [each.details.words for each in whole.reviews] == [SAID.words]


def test_everything_that_was_done_stands_in_a_trail_that_fits(
    by: As, theirs: Client, people: dict[Role, Actor], store: Store
) -> None:
    by(Role.THERAPIST, sharing.share_client, theirs.id, people[Role.SUPERVISOR].id)
    by(Role.OWNER, sharing.hand_over, theirs.id, people[Role.OWNER].id)
    by(Role.OWNER, accounts.end_account, people[Role.SUPERVISOR].id)
    report = store.trail.check(people[Role.OWNER].practice_id, None)
    assert report.problems == ()
    with store.reading(people[Role.OWNER]) as work:
        done = [entry.action for entry in audit.all(work)]
    assert done[-3:] == [Action.SHARE, Action.HAND_OVER, Action.CLOSE]
    assert by(Role.OWNER, sharing.client_access, theirs.id).shares == ()


def test_client_of_nobody_here_allows_nothing(by: As) -> None:
    assert by(Role.OWNER, acts_on, form()) == frozenset()
