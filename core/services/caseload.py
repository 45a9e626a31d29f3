"""Today: the day's sessions, and every open client with what was recorded and what needs the therapist."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from uuid import UUID

from core.analysis.series import weekly_series
from core.analysis.warning_signs import read_states
from core.catalogue import Catalogue
from core.model.access import HAVE_CLIENTS, Act
from core.model.calendar import Session
from core.model.check_in import CheckIn
from core.model.days import DAYS_IN_WEEK, Window, iso_week_start, print_day_short
from core.model.measures import CHARTED
from core.model.people import Client
from core.model.profile import BlockKind
from core.model.records import Recorded
from core.model.review import Caseload, CaseloadRow, DueQuestionnaire, Schedule, SparkSeries
from core.services.access import need_some, seen
from core.services.questionnaire_plans import due_on, plans_in
from core.services.thresholds import ThresholdsByClient, thresholds_by_client
from core.store import UnitOfWork, accounts, care, caseload, check_ins, clients, notes, profiles, sessions

SPARK_WEEKS = 12
SETTLING_WEEKS = 8
LONG_SILENCE_DAYS = 28
UNSIGNED_AFTER_DAYS = 3


@dataclass(frozen=True, kw_only=True)
class _Everything:
    """What was read for all clients at once, by client."""

    today: date
    check_ins: Mapping[UUID, Sequence[Recorded[CheckIn]]]
    last_days: Mapping[UUID, date]
    awaiting: Mapping[UUID, int]
    drafts: Mapping[UUID, int]
    next_sessions: Mapping[UUID, Session]
    due: Mapping[UUID, Sequence[DueQuestionnaire]]
    thresholds: ThresholdsByClient


def todays_caseload(work: UnitOfWork, catalogue: Catalogue) -> Caseload:
    """The caseload as of today: sessions by time, clients by the day and time of their next session, then by name.

    It holds the clients whose records the actor may read. A closed client has a row only while a safety item still
    awaits words. Clients are never ranked by what was recorded about them.
    """
    need_some(work, Act.READ_RECORD)
    allowed = seen(work, Act.READ_RECORD)
    everything = _read(work, catalogue)
    known_clients = [each for each in clients.all(work) if allowed is None or each.id in allowed]
    shown = [client for client in known_clients if client.closed_on is None or everything.awaiting.get(client.id)]
    rows = [_row(client, everything, catalogue) for client in shown]
    known = {client.id for client in shown}
    alone = accounts.is_only_one(work)
    todays = [session for session in sessions.on_day(work, work.today) if session.client_id in known]
    return Caseload(
        today=work.today,
        sessions=tuple((session, session.client_id) for session in todays),
        rows=tuple(sorted(rows, key=_next_session_order)),
        closed=tuple(client for client in known_clients if client.id not in known),
        own=_own(work, known_clients, alone=alone),
        therapists=_therapists(work, known_clients, alone=alone),
    )


def todays_schedule(work: UnitOfWork, catalogue: Catalogue) -> Schedule:
    """Who comes today, and which questionnaires are due: for who sees no record, of the clients they may see."""
    need_some(work, Act.READ_SESSIONS)
    need_some(work, Act.READ_FORMS)
    allowed = seen(work, Act.READ_SESSIONS)
    known = {each.id: each for each in clients.all(work) if allowed is None or each.id in allowed}
    due = _due(work, catalogue)
    return Schedule(
        today=work.today,
        sessions=tuple((each, known[each.client_id]) for each in sessions.on_day(work, work.today)
                       if each.client_id in known),
        due=tuple((client, each) for client in known.values() if client.closed_on is None
                  for each in due.get(client.id, ()) if each.is_due),
        clients=tuple(known.values()),
        therapists=_therapists(work, tuple(known.values()), alone=accounts.is_only_one(work)),
    )  # fmt: skip


def _own(work: UnitOfWork, known: Sequence[Client], *, alone: bool) -> frozenset[UUID]:
    """The clients whose record the actor writes."""
    writable = None if alone else seen(work, Act.WRITE_RECORD)
    return frozenset(each.id for each in known if writable is None or each.id in writable)


def _therapists(work: UnitOfWork, known: Sequence[Client], *, alone: bool) -> dict[UUID, str]:
    """Whose each client is, by name; nothing where nobody but one therapist could have them."""
    people = {} if alone else {each.id: each for each in accounts.all(work)}
    if sum(each.clients > 0 or (each.ended_at is None and each.role in HAVE_CLIENTS) for each in people.values()) < 2:
        return {}
    keepers = care.keepers(work)
    return {client.id: people[keepers[client.id]].name for client in known}


def _read(work: UnitOfWork, catalogue: Catalogue) -> _Everything:
    today = work.today
    thresholds = thresholds_by_client(work, catalogue)
    # A state holds over several check-ins, so the eight weeks before its window are read with it.
    read_days = thresholds.longest_window_days + SETTLING_WEEKS * DAYS_IN_WEEK
    since = min(_spark_window(today).start, today - timedelta(days=read_days))
    upcoming: dict[UUID, Session] = {}
    for session in caseload.sessions_from(work, today):
        upcoming.setdefault(session.client_id, session)
    return _Everything(
        today=today,
        check_ins=check_ins.recent(work, since),
        last_days=caseload.last_covered_days(work),
        awaiting=caseload.responses_awaiting_review(work, _safety_items(catalogue)),
        drafts=Counter(
            note.client_id
            for note in notes.drafts(work)
            if note.writer_id == work.actor.id and (work.now - note.saved_at).days >= UNSIGNED_AFTER_DAYS
        ),
        next_sessions=upcoming,
        due=_due(work, catalogue),
        thresholds=thresholds,
    )


def _due(work: UnitOfWork, catalogue: Catalogue) -> dict[UUID, tuple[DueQuestionnaire, ...]]:
    last = caseload.last_filled_days(work)
    planned = profiles.of_kind(work, BlockKind.QUESTIONNAIRES)
    return {
        client_id: due_on(work.today, plans_in(block), last.get(client_id, {}).items(), catalogue)
        for client_id, block in planned.items()
    }


def _safety_items(catalogue: Catalogue) -> dict[str, tuple[int, ...]]:
    """The safety items of each form, whatever its version: one too many is asked about sooner than one too few."""
    found: dict[str, set[int]] = defaultdict(set)
    for questionnaire in (*catalogue.questionnaires.values(), *catalogue.earlier_questionnaires.values()):
        found[questionnaire.id].update(item.number for item in questionnaire.safety_items)
    return {code: tuple(sorted(numbers)) for code, numbers in found.items() if numbers}


def _row(client: Client, everything: _Everything, catalogue: Catalogue) -> CaseloadRow:
    records = everything.check_ins.get(client.id, ())
    last = everything.last_days.get(client.id)
    silent = None if last is None else (everything.today - last).days
    anxiety, reassurance, distortions = (
        SparkSeries(
            weeks=tuple(weekly_series(records, measure, _spark_window(everything.today), rule=catalogue.rate_rule))
        )
        for measure in CHARTED
    )
    return CaseloadRow(
        client=client,
        anxiety=anxiety,
        reassurance=reassurance,
        distortions=distortions,
        readings=read_states(records, everything.today, catalogue.warning_signs, everything.thresholds.of(client.id)),
        days_since_record=silent,
        needs=tuple(_needs(client.id, silent, everything)),
        next_session=everything.next_sessions.get(client.id),
    )


def _needs(client_id: UUID, silent: int | None, everything: _Everything) -> Iterable[str]:
    """What waits for the therapist, most pressing first."""
    if everything.awaiting.get(client_id):
        yield "safety item not reviewed"
    drafts = everything.drafts.get(client_id, 0)
    if drafts:
        yield f"{drafts} note{'s' if drafts > 1 else ''} unsigned"
    if silent is not None and silent > LONG_SILENCE_DAYS:
        yield f"no record {silent} d"
    for due in everything.due.get(client_id, ()):
        if due.is_due:
            yield f"{due.short_name} due {print_day_short(due.due_on)}"


def _spark_window(today: date) -> Window:
    return Window(iso_week_start(today) - timedelta(weeks=SPARK_WEEKS - 1), today)


def _next_session_order(row: CaseloadRow) -> tuple[bool, date, bool, time]:
    """Clients with a session to come first, by its day and time; rows that are equal here stay in order of name."""
    if row.next_session is None:
        return True, date.max, True, time.max
    details = row.next_session.details
    return False, details.day, details.starts_at is None, details.starts_at or time.max
