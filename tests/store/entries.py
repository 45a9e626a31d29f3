"""What tests of the store save: valid nouns with short names."""

from datetime import UTC, date, datetime, time
from fractions import Fraction
from uuid import UUID, uuid4, uuid5

import pytest

from core.model.calendar import SessionDetails, SessionStatus
from core.model.check_in import CheckIn
from core.model.check_in_parts import CountKind, Episode, How, PartOfDay, ReliefEnded, SignAnswer, Source, Whom
from core.model.full_answers import FullAnswers, Reaction
from core.model.notes import NoteContent
from core.model.people import ClientDetails
from core.model.profile import Goals, Thresholds
from core.model.profile_items import ProfileItem
from core.model.responses import AnsweredBy, Circumstances, Mode, Response
from core.model.sign_thresholds import ThresholdChange

on_files = pytest.mark.parametrize("database_url", ["sqlite", "encrypted"], indirect=True)
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
on_postgresql = pytest.mark.parametrize(
    "database_url", [pytest.param("postgresql", marks=pytest.mark.postgresql)], indirect=True
)

DAY = date(2026, 5, 21)
LISTED = UUID("00000000-0000-4000-8000-00000000000f")
NOON = datetime(2026, 5, 21, 10, 0, tzinfo=UTC)


def request() -> UUID:
    """The id of a form that was just opened."""
    return uuid4()


def client_details(name: str = "Ana M.") -> ClientDetails:
    return ClientDetails(name=name, started_on=date(2026, 1, 8), birth_year=1988, pronouns="she/her")


def session_details(day: date = DAY, starts_at: time | None = time(11)) -> SessionDetails:
    return SessionDetails(day=day, starts_at=starts_at, minutes=50, status=SessionStatus.PLANNED)


def short_check_in(end: date = DAY, *, anxiety: int = 4) -> CheckIn:
    return CheckIn(period_end=end, period_days=7, source=Source.CLIENT_IN_SESSION, anxiety_average=anxiety)


def full_check_in(end: date = DAY) -> CheckIn:
    """A check-in with every field that there is."""
    return CheckIn(
        period_end=end,
        period_days=7,
        source=Source.CLIENT_DIARY,
        anxiety_average=0,
        anxiety_peak=10,
        reassurance_count=3,
        reassurance_count_kind=CountKind.AT_LEAST,
        distortions_unsorted=0,
        distortions_by_kind={"cd_mind_reading": 0, "cd_black_white": 300},
        signs={"ws_checking": SignAnswer.NO_OCCASION, "ws_isolation": SignAnswer.NOT_PRESENT},
        episodes=(
            Episode(
                day=end,
                part_of_day=PartOfDay.NIGHT,
                whom=Whom.PARTNER,
                how=How.TESTED,
                relief=0,
                relief_minutes=0,
                ended=ReliefEnded.WORRY_CAME_BACK,
                same_worry=False,
            ),
            Episode(relief=7),
        ),
        full=FullAnswers(
            anxiety_now=0,
            checking_days=7,
            conflicts=2,
            repeated_conflicts=1,
            conflict_topic=LISTED,
            withdrew=SignAnswer.SOMETIMES,
            avoided_talks=SignAnswer.NOT_PRESENT,
            avoided_decisions=SignAnswer.OFTEN,
            reactions=frozenset({Reaction.PANIC, Reaction.ON_ALERT}),
            body_signs=frozenset(),
            triggers=frozenset({LISTED}),
            practised={"sc_pause_phrase": 3, "pr_sharing": None},
            goal_progress={LISTED: 0},
            own_measures={LISTED: 300},
        ),
        client_words="“=cmd” <script> ![x](y) 🦊 \u202eabc",
        note="line one\nline two",
    )


def entered_ecr(day: date = DAY) -> Response:
    """Totals of a form that was scored elsewhere, with all that is known of how it was filled in."""
    return Response(
        questionnaire="ecr_r",
        questionnaire_version=1,
        day=day,
        totals={"anxiety": Fraction(13, 3), "avoidance": Fraction("2.25")},
        circumstances=Circumstances(answered_by=AnsweredBy.CLIENT, mode=Mode.OTHER_PROGRAM, language="Deutsch"),
    )


def goals(*words: str) -> Goals:
    """Goals with ids that follow from their words."""
    return Goals(items=tuple(ProfileItem(id=uuid5(LISTED, each), words=each) for each in words))


def numbers_for_all(**numbers: float) -> Thresholds:
    """Numbers of the signs, set for the whole practice."""
    return Thresholds(
        changes=tuple(
            ThresholdChange(name=name, value=value, day=DAY, author="Dr One") for name, value in numbers.items()
        )
    )


def gad7(day: date = DAY, **answers: int | None) -> Response:
    """Seven answers, all 1 but for those given as `item3=None`."""
    given = {int(name.removeprefix("item")): value for name, value in answers.items()}
    return Response(
        questionnaire="gad7", questionnaire_version=1, day=day, answers=dict.fromkeys(range(1, 8), 1) | given
    )


def note_content(words: str = "Own words.") -> NoteContent:
    return NoteContent(template="soap", words={"subjective": words})
