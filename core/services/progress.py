"""The review of one client: read once, worked out once, shown everywhere."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import takewhile
from uuid import UUID

from msgspec.structs import replace

from core.analysis.change import administrations
from core.analysis.changes import changes_of
from core.analysis.course import History, course_of, window_for
from core.analysis.distortions import break_down
from core.analysis.exposure import Timeline, counting, spans
from core.analysis.method import Method
from core.analysis.practised import read_security_side
from core.analysis.reassurance import read_loop
from core.analysis.recording import covered_days
from core.analysis.relief_weeks import relief_weeks
from core.analysis.sign_forms import with_forms
from core.analysis.start_level import compare
from core.analysis.thought_examples import latest_examples
from core.analysis.triggers import read_triggers, told_in
from core.analysis.warning_signs import read_signs
from core.catalogue import Catalogue
from core.model.access import Act
from core.model.calendar import Session, SessionStatus
from core.model.check_in import CheckIn
from core.model.days import DAYS_IN_WEEK, Window
from core.model.own_lists import lists_of
from core.model.profile import Profile, QuestionnairePlans, Triggers
from core.model.records import Recorded
from core.model.review import ClientReview
from core.services.access import need
from core.services.changes import attended_by, change_rules
from core.services.prompts import prompts_in
from core.services.questionnaire_plans import due_on
from core.services.questionnaires import scored_responses
from core.services.thresholds import thresholds_for
from core.store import UnitOfWork, check_ins, clients, events, notes, profiles, sessions

Records = tuple[Recorded[CheckIn], ...]

KINDS_DAYS = 12 * DAYS_IN_WEEK


def review_client(
    work: UnitOfWork, catalogue: Catalogue, client_id: UUID, *, as_of: date | None = None, weeks: int | None = None
) -> ClientReview:
    """Everything the review of a client shows on `as_of` (today when `None`).

    Check-ins, questionnaires and events of later days are left out; sessions are kept, since one of
    them is the next. Records stand as they are now, corrections made after `as_of` included. `weeks`
    limits the chart; `None` draws all.
    """
    need(work, Act.READ_RECORD, client_id)
    day, own_id = as_of or work.today, work.actor.id
    client = clients.get(work, client_id)
    blocks = profiles.versions(work, client_id)
    profile = Profile(client_id=client_id, blocks={each.content.kind: each for each in blocks})
    lists = lists_of(blocks)
    recorded = tuple(each for each in check_ins.of_client(work, client_id) if each.content.period_end <= day)
    responses = tuple(each for each in scored_responses(work, catalogue, client_id) if each.day <= day)
    written = notes.of_client(work, client_id)
    thresholds = thresholds_for(work, catalogue, profile)
    known = counting(recorded)
    history = History(
        check_ins=known,
        sessions=sessions.of_client(work, client_id),
        events=tuple(each for each in events.of_client(work, client_id) if each.details.day <= day),
        own_measures=lists.measures,
    )
    method, given = method_of(catalogue), administrations(responses)
    since = previous_session(history.sessions, day)
    period = period_of(known, since, day)
    shown = period or Window(day, day)
    comparisons = compare(history.check_ins, shown, method=method, moved_to=client.start_level_from)
    readings = read_signs(history.check_ins, day, method.signs, thresholds)
    window, recent = window_for(history, day, weeks), Window.ending(day, KINDS_DAYS)
    readings = with_forms(readings, responses, signs=catalogue.warning_signs, forms=catalogue.questionnaires)
    review = ClientReview(
        client=client,
        as_of=day,
        since=since,
        next_session=next_session(history.sessions, day),
        period=period,
        period_observed_days=covered_days(spans(history.check_ins, shown)),
        comparisons=comparisons,
        readings=readings,
        thresholds=thresholds,
        profile=profile,
        security=read_security_side(history.check_ins, day, method.rate_rule),
        course=course_of(history, window, method=method, comparisons=comparisons, readings=readings),
        check_ins=recorded,
        period_check_ins=_touching(recorded, shown),
        responses=responses,
        sessions=history.sessions,
        events=history.events,
        notes=tuple(each for each in written if each.signature or each.writer_id == own_id),
        changes=changes_of(
            history.check_ins,
            given,
            day,
            rules=change_rules(catalogue, client, profile, method=method, attended=attended_by(history.sessions, day)),
        ),
        loop=read_loop(history.check_ins, day, method),
        relief_weeks=relief_weeks(history.check_ins, window, method),
        examples=latest_examples(history.check_ins, recent),
        kinds=break_down(history.check_ins, day, recent, method=method, kinds=tuple(catalogue.distortions)),
        triggers=read_triggers(
            told_in(span.record for span in spans(history.check_ins, recent)),
            recent,
            kinds=tuple(catalogue.distortions),
            triggers=[item.id for item in profile.block(Triggers).items],
        ),
        due=due_on(
            day,
            profile.block(QuestionnairePlans),
            ((each.response.content.questionnaire, each.day) for each in responses),
            catalogue,
        ),
        lists=lists,
    )
    return replace(review, prompts=prompts_in(review, history.check_ins, given, catalogue))


def _touching(records: Records, window: Window) -> Records:
    """Those with a day in `window`; most of a long record ended before, and are told apart by that alone."""
    start = window.start
    return tuple(
        [each for each in records if each.content.period_end >= start and each.content.period.overlaps(window)]
    )


def method_of(catalogue: Catalogue) -> Method:
    """The part of the catalogue that analysis works by."""
    return Method(
        sign_rule=catalogue.rule,
        rate_rule=catalogue.rate_rule,
        signs=tuple(catalogue.warning_signs),
        kinds=len(catalogue.distortions),
    )


def previous_session(client_sessions: Sequence[Session], today: date) -> Session | None:
    """The latest attended session before today."""
    return max(
        (
            session
            for session in client_sessions
            if session.details.day < today and session.details.status is SessionStatus.ATTENDED
        ),
        key=lambda session: session.details.day,
        default=None,
    )


def next_session(client_sessions: Sequence[Session], today: date) -> Session | None:
    """The first session from today on that was not missed or cancelled."""
    return min(
        (
            session
            for session in client_sessions
            if session.details.day >= today
            and session.details.status in (SessionStatus.PLANNED, SessionStatus.ATTENDED)
        ),
        key=lambda session: (session.details.day, str(session.details.starts_at)),
        default=None,
    )


def period_of(known: Timeline, since: Session | None, today: date) -> Window | None:
    """The days since the previous session when a record covers some of them, else those of the latest check-in."""
    if not known:
        return None
    last = known.whole[-1].last
    if since is not None and last > since.details.day.toordinal():
        return Window(since.details.day + timedelta(days=1), today)
    latest = takewhile(lambda span: span.last == last, reversed(known.whole))
    return max(latest, key=lambda span: span.ref.number).content.period
