"""The access matrix as a table: every service, the act that it is, and how it is called about a client."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from typing import Any

import pyotp

from core.model.access import Act, Role
from core.model.audit import Action
from core.model.calendar import EventDetails
from core.model.erasure import ErasureReason
from core.model.notes import TypedWords
from core.model.people import DatedPartnerStatus, PartnerStatus
from core.model.profile import Agreed, BlockKind, Phases, Profile, QuestionnairePlans, Strengths
from core.model.prompt_answers import PromptAnswerKind
from core.model.prompts import PROMPTS
from core.model.responses import SafetyAction, SafetyReviewDetails
from core.model.sign_ins import hash_of
from core.services import (
    accounts,
    audit_trail,
    backups,
    calendar,
    caseload,
    changes,
    check_ins,
    clients,
    erasure,
    exports,
    handouts,
    profiles,
    progress,
    prompts,
    questionnaire_plans,
    questionnaires,
    retention,
    second_factor,
    session_notes,
    sharing,
    sign_ins,
    thresholds,
)
from tests.access.world import Try
from tests.builders import check_in
from tests.services.entries import DAY, details, form, phq9_answers, session_on

SECOND_KEY = second_factor.new_key()


class About(StrEnum):
    """What a service is about."""

    CLIENT = "a client"
    LIST = "all clients"
    PRACTICE = "the practice"
    ACCOUNT = "an account"
    SIGN_IN = "a sign-in"


@dataclass(frozen=True, kw_only=True)
class Row:
    """One service. `name` tells calls of one service apart; `ends` says that it cannot be taken back."""

    name: str
    service: Callable[..., Any]
    act: Act
    call: Callable[[Try], Any]
    about: About = About.CLIENT
    opens_itself: bool = False
    ends: bool = False


def _name(service: Callable[..., Any], variant: str) -> str:
    return f"{service.__module__.rpartition('.')[2]}.{service.__name__}{f' ({variant})' if variant else ''}"


def of_client(act: Act, service: Callable[..., Any], *arguments: Callable[[Try], Any], variant: str = "") -> Row:
    """A service over an open unit of work; each argument is found from the try."""
    return Row(
        name=_name(service, variant),
        service=service,
        act=act,
        call=lambda t: service(t.work, *(each(t) for each in arguments)),
    )


def of(about: About, act: Act, service: Callable[..., Any], *arguments: Callable[[Try], Any]) -> Row:
    """The same about something else."""
    return Row(
        name=_name(service, ""),
        service=service,
        act=act,
        about=about,
        call=lambda t: service(t.work, *(each(t) for each in arguments)),
    )


def _code_given(t: Try) -> None:
    """Somebody whose second step is on gives the code that comes after the one that turned it on."""
    codes = pyotp.TOTP(SECOND_KEY)
    with t.store.writing(t.actor) as work:
        now = work.now
        second_factor.turn_on(work, SECOND_KEY, codes.at(now))
        work.commit()
    second_factor.check(t.store, t.actor, codes.at(now, counter_offset=1))


def just(value: Any) -> Callable[[Try], Any]:
    return lambda _: value


def catalogue(t: Try) -> Any:
    return t.catalogue


def client(t: Try) -> Any:
    return t.held.client


def client_id(t: Try) -> Any:
    return t.held.client.id


def phq9(t: Try) -> Any:
    return t.catalogue.questionnaires["phq9"]


def new_form(_: Try) -> Any:
    return form()


def typed(t: Try) -> TypedWords:
    return TypedWords(note_id=t.held.draft.id, section="plan", text="More.", base=1, window=form(), sent=1)


def on_profile(t: Try) -> Profile:
    return Profile(client_id=t.held.client.id, blocks={})


SAID = SafetyReviewDetails(action=SafetyAction.REVIEWED_WITH_CLIENT, words="Spoke about it.")
PARTNER = DatedPartnerStatus(status=PartnerStatus.PARTNER, since=DAY)
CHOSEN = session_notes.Chosen(template="dap", statements=())

CLIENT_ROWS = (
    of_client(Act.READ_DETAILS, clients.get_client, client_id),
    of_client(Act.WRITE_DETAILS, clients.edit_client, client, just(details("Changed"))),
    of_client(Act.WRITE_DETAILS, clients.close_client, client, just(DAY)),
    of_client(Act.WRITE_DETAILS, clients.reopen_client, client),
    of_client(Act.WRITE_RECORD, clients.set_partner_status, client_id, just(PARTNER)),
    of_client(Act.WRITE_RECORD, clients.move_start_level, client_id, just(DAY)),
    of_client(Act.READ_DETAILS, audit_trail.looked_lately, client_id, just("review")),
    of_client(Act.READ_DETAILS, audit_trail.looked_at, client_id, just("review")),
    of_client(Act.SEE_WHO_LOOKED, audit_trail.who_looked, client_id),
    of_client(Act.EXPORT_CLIENT, audit_trail.record_export, client_id, variant="of a client"),
    of_client(Act.WRITE_SESSIONS, calendar.add_session, client_id, just(session_on(starts_at=time(15))), new_form),
    of_client(Act.WRITE_SESSIONS, calendar.change_session, lambda t: t.held.session, just(session_on())),
    of_client(Act.READ_SESSIONS, calendar.sessions_of, client_id),
    of_client(Act.READ_SESSIONS, calendar.session_of_today, client_id),
    of_client(Act.WRITE_SESSIONS, calendar.attend_today, client_id, new_form),
    of_client(Act.WRITE_RECORD, calendar.add_event, client_id, just(EventDetails(day=DAY, words="Other")), new_form),
    of_client(Act.WRITE_RECORD, calendar.remove_event, lambda t: t.held.event.id),
    of_client(Act.READ_RECORD, calendar.events_of, client_id),
    of_client(Act.WRITE_RECORD, check_ins.record_check_in, client_id, just(check_in(DAY, anxiety=1)), new_form),
    of_client(
        Act.WRITE_RECORD,
        check_ins.correct_check_in,
        lambda t: t.held.record.ref,
        just(check_in(DAY, anxiety=1)),
        just("misheard"),
    ),
    of_client(Act.WRITE_RECORD, check_ins.withdraw_check_in, lambda t: t.held.record.ref),
    of_client(Act.READ_RECORD, check_ins.check_ins_of, client_id),
    of_client(Act.READ_RECORD, check_ins.check_in_history, lambda t: t.held.record.ref.id),
    of_client(Act.READ_RECORD, check_ins.lists_asked_about, client_id),
    of_client(Act.READ_RECORD, check_ins.propose_period, client_id),
    of_client(Act.READ_RECORD, check_ins.last_covered_day, client_id),
    of_client(Act.READ_RECORD, check_ins.warn_about, client_id, just(check_in(DAY, anxiety=1))),
    of_client(Act.WRITE_RECORD, handouts.undo_handout, lambda t: t.held.given.id),
    of_client(Act.READ_RECORD, handouts.handouts_given, client_id),
    of_client(Act.READ_RECORD, profiles.client_profile, client_id),
    of_client(Act.READ_RECORD, profiles.client_formulation, catalogue, client_id),
    of_client(Act.READ_RECORD, profiles.block_history, client_id, just(BlockKind.GOALS)),
    of_client(Act.READ_RECORD, progress.review_client, catalogue, client_id),
    of_client(Act.READ_FORMS, questionnaire_plans.questionnaire_plans, client_id),
    of_client(Act.READ_FORMS, questionnaire_plans.due_questionnaires, catalogue, client_id),
    of_client(
        Act.WRITE_FORMS,
        questionnaire_plans.plan_questionnaires,
        catalogue,
        client_id,
        just(QuestionnairePlans()),
        just(1),
    ),
    of_client(Act.WRITE_FORMS, questionnaires.record_response, client_id, phq9, just(phq9_answers()), new_form),
    of_client(
        Act.WRITE_FORMS,
        questionnaires.correct_response,
        lambda t: t.held.response.ref,
        phq9,
        just(phq9_answers()),
        just("misread"),
    ),
    of_client(Act.WRITE_FORMS, questionnaires.withdraw_response, lambda t: t.held.response.ref),
    of_client(Act.WRITE_RECORD, questionnaires.review_safety_item, lambda t: t.held.response.ref, just(SAID)),
    of_client(Act.READ_FORMS, questionnaires.response_history, catalogue, lambda t: t.held.response.ref.id),
    of_client(Act.READ_FORMS, questionnaires.scored_responses, catalogue, client_id),
    of_client(Act.WRITE_NOTES, session_notes.start_note, catalogue, lambda t: t.held.session, just("soap"), new_form),
    of_client(Act.READ_NOTES, session_notes.open_note, catalogue, lambda t: t.held.signed.id, variant="signed"),
    of_client(Act.WRITE_NOTES, session_notes.open_note, catalogue, lambda t: t.held.draft.id, variant="a draft"),
    of_client(
        Act.WRITE_NOTES,
        session_notes.save_statements,
        catalogue,
        lambda t: t.held.draft.id,
        just(CHOSEN),
        lambda t: t.held.draft.revision,
    ),
    of_client(Act.WRITE_NOTES, session_notes.save_words, catalogue, typed),
    of_client(Act.WRITE_NOTES, session_notes.sign_note, lambda t: t.held.draft.id, lambda t: t.held.draft.revision),
    of_client(
        Act.WRITE_NOTES,
        session_notes.add_addendum,
        lambda t: t.held.signed.id,
        just("More."),
        just("left out"),
        new_form,
    ),
    of_client(Act.WRITE_NOTES, session_notes.discard_draft, lambda t: t.held.draft),
    of_client(Act.READ_NOTES, session_notes.notes_of, client_id),
    of_client(Act.READ_DETAILS, sharing.client_access, client_id),
    of_client(Act.SHARE, sharing.possible_readers, client_id),
    of_client(Act.HAND_OVER, sharing.possible_therapists, client_id),
    of_client(Act.SHARE, sharing.stop_sharing, client_id, lambda t: t.held.reader),
    of_client(Act.SHARE, sharing.share_client, client_id, lambda t: t.held.reader),
    of_client(Act.HAND_OVER, sharing.hand_over, client_id, lambda t: t.world.actors[Role.THERAPIST].id),
    of_client(Act.EXPORT_CLIENT, exports.client_files, catalogue, client_id),
    of_client(Act.READ_RECORD, thresholds.thresholds_for, catalogue, on_profile),
    of_client(Act.READ_RECORD, thresholds.threshold_settings, catalogue, client_id, variant="of a client"),
)

BY_NAME_ROWS = (
    Row(
        name="handouts.give_handout",
        service=handouts.give_handout,
        act=Act.WRITE_RECORD,
        call=lambda t: handouts.give_handout(
            t.work, t.catalogue, t.held.client.id, handout="ho_body", day=DAY, request_id=form()
        ),
    ),
    Row(
        name="profiles.save_block",
        service=profiles.save_block,
        act=Act.WRITE_RECORD,
        call=lambda t: profiles.save_block(t.work, t.catalogue, t.held.client.id, Strengths(), seen=0, held_from=DAY),
    ),
    Row(
        name="changes.save_phases",
        service=changes.save_phases,
        act=Act.WRITE_RECORD,
        call=lambda t: changes.save_phases(t.work, t.held.client.id, Phases(), seen=0),
    ),
    Row(
        name="changes.save_agreed",
        service=changes.save_agreed,
        act=Act.WRITE_RECORD,
        call=lambda t: changes.save_agreed(t.work, t.held.client.id, Agreed(), seen=0),
    ),
    Row(
        name="prompts.answer_prompt",
        service=prompts.answer_prompt,
        act=Act.WRITE_RECORD,
        call=lambda t: prompts.answer_prompt(
            t.work, t.held.client.id, PROMPTS[0], answer=PromptAnswerKind.CONSIDERED, words="", seen=0
        ),
    ),
    Row(
        name="thresholds.change_thresholds (of a client)",
        service=thresholds.change_thresholds,
        act=Act.WRITE_RECORD,
        call=lambda t: thresholds.change_thresholds(t.work, t.catalogue, t.held.client.id, {"window_days": 35}, seen=0),
    ),
    Row(
        name="thresholds.reset_thresholds (of a client)",
        service=thresholds.reset_thresholds,
        act=Act.WRITE_RECORD,
        call=lambda t: thresholds.reset_thresholds(t.work, t.catalogue, t.held.client.id, seen=0),
    ),
    Row(
        name="exports.export (of a client)",
        service=exports.export,
        act=Act.EXPORT_CLIENT,
        opens_itself=True,
        call=lambda t: exports.export(t.store, t.actor, t.catalogue, t.held.client.id),
    ),
    Row(
        name="erasure.erase_client",
        service=erasure.erase_client,
        act=Act.ERASE_CLIENT,
        opens_itself=True,
        ends=True,
        call=lambda t: erasure.erase_client(t.store, t.actor, t.held.client.id, ErasureReason.CLIENT_ASKED),
    ),
)

LIST_ROWS = (
    of(About.LIST, Act.READ_DETAILS, clients.list_clients),
    of(About.LIST, Act.READ_DETAILS, clients.look_alikes, lambda t: t.held.client.details),
    of(About.LIST, Act.READ_RECORD, caseload.todays_caseload, catalogue),
    of(About.LIST, Act.READ_SESSIONS, caseload.todays_schedule, catalogue),
    of(About.LIST, Act.READ_RECORD, thresholds.thresholds_by_client, catalogue),
    of(About.LIST, Act.ERASE_CLIENT, retention.past_retention),
)

OTHER_ROWS = (
    of(About.PRACTICE, Act.ADD_CLIENT, clients.add_client, just(details("Somebody new")), new_form),
    of(About.PRACTICE, Act.SIGN_IN, audit_trail.record_act, just(Action.LOCK)),
    of(About.PRACTICE, Act.READ_SETTINGS, audit_trail.clock_problem),
    of(About.PRACTICE, Act.BACK_UP, backups.backup_folder, lambda t: t.world.path),
    of(About.PRACTICE, Act.BACK_UP, backups.backup_state, lambda t: t.world.path),
    Row(
        name="backups.choose_folder",
        service=backups.choose_folder,
        act=Act.CHANGE_SETTINGS,
        about=About.PRACTICE,
        call=lambda t: backups.choose_folder(t.work, "", seen=0),
    ),
    Row(
        name="backups.back_up",
        service=backups.back_up,
        act=Act.BACK_UP,
        about=About.PRACTICE,
        opens_itself=True,
        call=lambda t: backups.back_up(t.store, t.actor, t.world.folder / "backups", how=backups.BY_HAND),
    ),
    Row(
        name="backups.note_backup",
        service=backups.note_backup,
        act=Act.BACK_UP,
        about=About.PRACTICE,
        opens_itself=True,
        call=lambda t: backups.note_backup(t.store, t.actor, backups.BY_HAND),
    ),
    Row(
        name="exports.export (of the practice)",
        service=exports.export,
        act=Act.EXPORT_PRACTICE,
        about=About.PRACTICE,
        opens_itself=True,
        call=lambda t: exports.export(t.store, t.actor, t.catalogue, None),
    ),
    Row(
        name="audit_trail.open_trail",
        service=audit_trail.open_trail,
        act=Act.SIGN_IN,
        about=About.PRACTICE,
        opens_itself=True,
        call=lambda t: audit_trail.open_trail(t.store, t.actor, t.world.place, t.world.clock),
    ),
    of(About.PRACTICE, Act.EXPORT_PRACTICE, audit_trail.record_export, just(None)),
    of(About.PRACTICE, Act.EXPORT_PRACTICE, exports.practice_files, catalogue),
    of(About.PRACTICE, Act.SIGN_IN, second_factor.is_on),
    of(About.PRACTICE, Act.SIGN_IN, second_factor.turn_off),
    Row(
        name="second_factor.turn_on",
        service=second_factor.turn_on,
        act=Act.SIGN_IN,
        about=About.PRACTICE,
        call=lambda t: second_factor.turn_on(t.work, SECOND_KEY, pyotp.TOTP(SECOND_KEY).at(t.work.now)),
    ),
    Row(
        name="second_factor.check",
        service=second_factor.check,
        act=Act.SIGN_IN,
        about=About.PRACTICE,
        opens_itself=True,
        ends=True,
        call=_code_given,
    ),
    of(About.PRACTICE, Act.SIGN_IN, sign_ins.begin, just("a new token")),
    of(About.PRACTICE, Act.SIGN_IN, sign_ins.found, lambda t: hash_of(t.held.token)),
    of(About.PRACTICE, Act.SIGN_IN, sign_ins.found_with_limit, lambda t: hash_of(t.held.token)),
    of(About.PRACTICE, Act.MANAGE_ACCOUNTS, sign_ins.living),
    of(About.PRACTICE, Act.SIGN_IN, sign_ins.own),
    of(About.PRACTICE, Act.READ_SETTINGS, sign_ins.idle_minutes),
    of(About.PRACTICE, Act.READ_SETTINGS, retention.years_kept),
    Row(
        name="retention.choose_years",
        service=retention.choose_years,
        act=Act.CHANGE_SETTINGS,
        about=About.PRACTICE,
        call=lambda t: retention.choose_years(t.work, 7, seen=0),
    ),
    of(About.PRACTICE, Act.CHANGE_SETTINGS, sign_ins.set_idle_minutes, just(45)),
    of(About.PRACTICE, Act.READ_SETTINGS, thresholds.threshold_settings, catalogue, just(None)),
    Row(
        name="thresholds.change_thresholds (for all)",
        service=thresholds.change_thresholds,
        act=Act.CHANGE_SETTINGS,
        about=About.PRACTICE,
        call=lambda t: thresholds.change_thresholds(t.work, t.catalogue, None, {"window_days": 35}, seen=0),
    ),
    Row(
        name="thresholds.reset_thresholds (for all)",
        service=thresholds.reset_thresholds,
        act=Act.CHANGE_SETTINGS,
        about=About.PRACTICE,
        call=lambda t: thresholds.reset_thresholds(t.work, t.catalogue, None, seen=0),
    ),
    of(About.PRACTICE, Act.MANAGE_ACCOUNTS, accounts.list_accounts),
    of(About.PRACTICE, Act.READ_SETTINGS, accounts.is_alone),
    of(About.PRACTICE, Act.MANAGE_ACCOUNTS, accounts.add_account, just("Dr New"), just(Role.THERAPIST)),
    of(
        About.ACCOUNT,
        Act.MANAGE_ACCOUNTS,
        accounts.change_role,
        lambda t: t.held.account,
        just(Role.SUPERVISOR),
    ),
    of(About.ACCOUNT, Act.MANAGE_ACCOUNTS, accounts.end_account, lambda t: t.held.account),
    of(About.ACCOUNT, Act.MANAGE_ACCOUNTS, accounts.note_new_code, lambda t: t.held.account),
    of(About.SIGN_IN, Act.SIGN_IN, sign_ins.note_activity, lambda t: t.held.sign_in),
    of(About.SIGN_IN, Act.SIGN_IN, sign_ins.lock, lambda t: t.held.sign_in),
    of(About.SIGN_IN, Act.SIGN_IN, sign_ins.unlock, lambda t: t.held.sign_in),
    of(About.SIGN_IN, Act.SIGN_IN, sign_ins.end, lambda t: t.held.sign_in.id),
    of(About.SIGN_IN, Act.SIGN_IN, sign_ins.end_others, lambda t: t.held.sign_in.id),
    of(About.SIGN_IN, Act.SIGN_IN, sign_ins.open_client, lambda t: t.held.sign_in.id, just(None)),
)
OPEN_CLIENT = Row(
    name="sign_ins.open_client (a client)",
    service=sign_ins.open_client,
    act=Act.READ_DETAILS,
    call=lambda t: sign_ins.open_client(t.work, t.world.signed_in[t.actor.role].id, t.held.client.id),
)

ROWS: tuple[Row, ...] = (*CLIENT_ROWS, *BY_NAME_ROWS, OPEN_CLIENT, *LIST_ROWS, *OTHER_ROWS)
