"""Valid nouns with sensible defaults, so that a test names only what it is about."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from core.analysis.method import Method
from core.catalogue import load_catalogue
from core.model.calendar import Event, EventDetails, Session, SessionDetails, SessionStatus
from core.model.check_in import CheckIn
from core.model.check_in_parts import CountKind, Episode, SignAnswer, Source
from core.model.full_answers import FullAnswers
from core.model.own_lists import FormerName, NamedMeasure
from core.model.profile_items import OwnMeasure, OwnMeasureKind
from core.model.records import Recorded, RecordKind, RecordRef
from core.model.sign_thresholds import SignThresholds

TODAY = date(2026, 5, 21)
CLIENT = UUID(int=7)
SIGN = "ws_checking"
OWN = UUID(int=11)


def check_in(
    period_end: date = TODAY,
    period_days: int = 7,
    *,
    anxiety: int | None = None,
    peak: int | None = None,
    reassurance: int | None = None,
    count_kind: CountKind = CountKind.EXACT,
    distortions: int | None = None,
    kinds: dict[str, int] | None = None,
    signs: dict[str, SignAnswer] | None = None,
    episodes: Iterable[Episode] = (),
    full: FullAnswers | None = None,
    note: str | None = None,
) -> CheckIn:
    """A check-in; without any answer it holds a note, so that it exists with every field blank.

    `distortions` is the unsorted part, `kinds` the counts by kind.
    """
    answers = (anxiety, peak, reassurance, distortions, kinds, signs, full)
    if note is None and all(answer is None for answer in answers):
        note = "nothing was asked"
    return CheckIn(
        period_end=period_end,
        period_days=period_days,
        source=Source.CLIENT_IN_SESSION,
        anxiety_average=anxiety,
        anxiety_peak=peak,
        reassurance_count=reassurance,
        reassurance_count_kind=count_kind if reassurance else None,
        distortions_unsorted=distortions,
        distortions_by_kind=kinds or {},
        signs=signs or {},
        episodes=tuple(episodes),
        full=full or FullAnswers(),
        note=note,
    )


def recorded(
    content: CheckIn,
    number: int = 1,
    *,
    version: int = 1,
    recorded_at: datetime | None = None,
    withdrawn: bool = False,
) -> Recorded[CheckIn]:
    """A check-in as stored, by default at noon (UTC) of the last day of its period; its id follows its number."""
    at = recorded_at or datetime.combine(content.period_end, time(12), UTC)
    return Recorded(
        ref=RecordRef(kind=RecordKind.CHECK_IN, number=number, version=version, id=UUID(int=number)),
        client_id=CLIENT,
        recorded_at=at,
        recorded_on=at.date(),
        recorded_by="Dr Example",
        reason=None,
        withdrawn=withdrawn,
        content=content,
    )


def all_recorded(*contents: CheckIn) -> tuple[Recorded[CheckIn], ...]:
    """Check-ins as stored, numbered from 1 in the order given."""
    return tuple(recorded(content, number) for number, content in enumerate(contents, start=1))


def weekly(count: int, *, until: date = TODAY, **answers: int | None) -> tuple[Recorded[CheckIn], ...]:
    """`count` check-ins of seven days in a row, the last one ending on `until`, all with the same answers."""
    ends = [until - timedelta(weeks=back) for back in reversed(range(count))]
    return all_recorded(*(_numbers(end, 7, answers) for end in ends))


def daily(count: int, *, until: date = TODAY, **answers: int | None) -> tuple[Recorded[CheckIn], ...]:
    """`count` check-ins of one day in a row, the last one on `until`, all with the same answers."""
    ends = [until - timedelta(days=back) for back in reversed(range(count))]
    return all_recorded(*(_numbers(end, 1, answers) for end in ends))


def sign_answers(*answers: SignAnswer | None, until: date = TODAY, days: int = 7) -> tuple[Recorded[CheckIn], ...]:
    """Check-ins in a row, oldest first, with these answers to `SIGN`; `None` is not asked."""
    last = len(answers) - 1
    return all_recorded(
        *(
            check_in(until - timedelta(days=days * (last - place)), days, signs={SIGN: answer} if answer else None)
            for place, answer in enumerate(answers)
        )
    )


def own_measure(
    name: str = "Sleep",
    kind: OwnMeasureKind = OwnMeasureKind.RATING,
    *,
    formerly: tuple[FormerName, ...] = (),
    ended_on: date | None = None,
) -> NamedMeasure:
    """A measure of the client's own with the id `OWN`."""
    measure = OwnMeasure(id=OWN, name=name, kind=kind, since=date(2026, 1, 1), ended_on=ended_on)
    return NamedMeasure(measure=measure, formerly=formerly, asked_now=ended_on is None)


def session(
    day: date = TODAY, status: SessionStatus = SessionStatus.ATTENDED, *, number: int = 1, at: time | None = None
) -> Session:
    """A session of 50 minutes as stored."""
    details = SessionDetails(day=day, starts_at=at, minutes=50, status=status)
    return Session(id=UUID(int=1_000 + number), client_id=CLIENT, number=number, revision=1, details=details)


def event(day: date = TODAY, words: str = "new job", *, number: int = 1) -> Event:
    """An event as stored."""
    return Event(
        id=UUID(int=2_000 + number), client_id=CLIENT, number=number, details=EventDetails(day=day, words=words)
    )


def method() -> Method:
    """The rules as the catalogue has them."""
    catalogue = load_catalogue()
    return Method(
        sign_rule=catalogue.rule,
        rate_rule=catalogue.rate_rule,
        signs=tuple(catalogue.warning_signs),
        kinds=len(catalogue.distortions),
    )


def thresholds() -> SignThresholds:
    """The numbers of the six signs as the catalogue has them."""
    catalogue = load_catalogue()
    return SignThresholds(answers=catalogue.rule, six=catalogue.six_rules)


def _numbers(end: date, days: int, answers: dict[str, int | None]) -> CheckIn:
    return check_in(
        end,
        days,
        anxiety=answers.get("anxiety"),
        peak=answers.get("peak"),
        reassurance=answers.get("reassurance"),
        distortions=answers.get("distortions"),
    )
