"""Five years of a practice: eight clients with weekly check-ins, sessions, signed notes and forms, some corrected."""

from collections.abc import Mapping
from datetime import date, timedelta
from random import Random
from uuid import UUID

from core.catalogue import Catalogue
from core.model.calendar import EventDetails
from core.model.people import Actor, ClientDetails, DatedPartnerStatus, PartnerStatus
from core.model.responses import SafetyAction, SafetyReviewDetails
from core.services.calendar import add_event, add_session
from core.services.check_ins import correct_check_in, record_check_in, withdraw_check_in
from core.services.clients import add_client, set_partner_status
from core.services.handouts import give_handout
from core.services.questionnaires import record_response, review_safety_item
from core.store import Store, UnitOfWork, notes
from tests.bench.measure import TODAY, WEEK
from tests.bench.review import SEED, full, short, write_lists
from tests.services.entries import AWKWARD_NAMES, gad7_answers, phq9_answers, session_on
from tests.store.entries import note_content

WEEKS = 5 * 52
CLIENTS = 8
HOSTILE = "“=cmd|' /C calc'!A0” <script>alert(1)</script> \u202eabc\u202c Zoë 🦊 &amp;"


def write_five_years(store: Store, actor: Actor, catalogue: Catalogue, *, clients: int = CLIENTS) -> None:
    """Write them, one transaction for each client; the last ends on `TODAY`."""
    for number in range(clients):
        with store.writing(actor) as work:
            _client(work, catalogue, number)
            work.commit()


def _client(work: UnitOfWork, catalogue: Catalogue, number: int) -> None:
    chance, began = Random(SEED + number), TODAY - WEEKS * WEEK
    name = AWKWARD_NAMES[number % len(AWKWARD_NAMES)]
    client = add_client(work, ClientDetails(name=f"{name} {number}", started_on=began), work.new_id())
    set_partner_status(work, client.id, DatedPartnerStatus(status=next(iter(PartnerStatus)), since=began))
    add_event(work, client.id, EventDetails(day=began, words=HOSTILE), work.new_id())
    handout = next(iter(catalogue.handouts))
    give_handout(work, catalogue, client.id, handout=handout, day=began, request_id=work.new_id())
    write_lists(work, catalogue, client.id)
    for week in range(WEEKS):
        end = began + (week + 1) * WEEK
        answers = full if week % 4 == 0 else short
        saved = record_check_in(work, client.id, answers(chance, catalogue, end, 7), work.new_id())
        if week % 20 == 7:
            corrected = correct_check_in(work, saved.ref, short(chance, catalogue, end, 7), HOSTILE)
            if week % 40 == 7:
                withdraw_check_in(work, corrected.ref, "entered for somebody else")
        if week % 4 == 0:
            _forms(work, catalogue, client.id, {"gad7": chance.randint(0, 3), "phq9": chance.randint(0, 2)}, end)
        session = add_session(work, client.id, session_on(end - timedelta(days=1)), work.new_id())
        draft = notes.start(work, client.id, session.id, note_content(HOSTILE), work.new_id())
        if week % 30 == 0:
            notes.save_draft(work, draft.id, note_content(f"{HOSTILE} and more"), draft.revision)
        else:
            signed = notes.sign(work, draft.id, draft.revision, "0" * 64)
            if week % 25 == 1:
                notes.add_addendum(work, signed.id, "said later", "forgotten", work.new_id())


def _forms(work: UnitOfWork, catalogue: Catalogue, client_id: UUID, values: Mapping[str, int], day: date) -> None:
    for response in (gad7_answers(day, values["gad7"]), phq9_answers(day, values["phq9"], item9=1)):
        form = catalogue.questionnaires[response.questionnaire]
        saved = record_response(work, client_id, form, response, work.new_id())
    written = SafetyReviewDetails(action=SafetyAction.REVIEWED_WITH_CLIENT, words=HOSTILE)
    review_safety_item(work, saved.ref, written)
