"""What tests of the services save: valid nouns with short names, around one day."""

import random
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID, uuid4

from core.catalogue import Catalogue
from core.model.calendar import SessionDetails, SessionStatus
from core.model.check_in import CheckIn
from core.model.check_in_parts import CountKind, Episode, SignAnswer, Source
from core.model.people import ClientDetails
from core.model.responses import Response

DAY = date(2026, 5, 21)
NOON = datetime(2026, 5, 21, 10, 0, tzinfo=UTC)
ZONE = "Europe/Berlin"
WEEK = timedelta(days=7)
ATTENDED, PLANNED = SessionStatus.ATTENDED, SessionStatus.PLANNED
MISSED, CANCELLED = SessionStatus.MISSED, SessionStatus.CANCELLED
AWKWARD_NAMES = (
    'O\'Neil "Nell" `x`',
    "Zoë 🦊👩‍👧",
    "שרה כהן \u202e",
    "<script>alert(1)</script>",
    "=cmd|' /C calc'!A0",
    "![x](http://example.org/y.png)",
    "  two  blanks  ",
)


def form() -> UUID:
    """The id of a form that was just opened."""
    return uuid4()


def details(name: str = "Ana M.", started_on: date = date(2026, 1, 8), birth_year: int | None = 1988) -> ClientDetails:
    return ClientDetails(name=name, started_on=started_on, birth_year=birth_year)


def session_on(
    day: date = DAY, status: SessionStatus = ATTENDED, starts_at: time | None = time(11), minutes: int = 50
) -> SessionDetails:
    return SessionDetails(day=day, starts_at=starts_at, minutes=minutes, status=status)


def gad7_answers(day: date = DAY, value: int | None = 1, **items: int | None) -> Response:
    """Seven answers, all `value` but for those given as `item3=None`."""
    return _answers("gad7", 7, day, value, items)


def phq9_answers(day: date = DAY, value: int | None = 1, **items: int | None) -> Response:
    """Nine answers, all `value` but for those given as `item9=0`."""
    return _answers("phq9", 9, day, value, items)


def any_check_in(chance: random.Random, catalogue: Catalogue, end: date) -> CheckIn:
    """A valid check-in ending on `end`, with any of its fields blank."""
    average = _maybe(chance, 10)
    peak = None if chance.random() < 0.4 else chance.randint(average or 0, 10)
    count = _maybe(chance, 30)
    episodes = tuple(Episode(relief=chance.randint(0, 10)) for _ in range(chance.randint(0, min(count or 0, 4))))
    answered = [sign for sign in catalogue.warning_signs if chance.random() < 0.6]
    kinds = [kind for kind in catalogue.distortions if chance.random() < 0.4]
    return CheckIn(
        period_end=end,
        period_days=chance.randint(1, 14),
        source=chance.choice(list(Source)),
        anxiety_average=average,
        anxiety_peak=peak,
        reassurance_count=count,
        reassurance_count_kind=chance.choice(list(CountKind)) if count else None,
        distortions_unsorted=_maybe(chance, 20),
        distortions_by_kind={kind: chance.randint(0, 3) for kind in kinds},
        signs={sign: chance.choice(list(SignAnswer)) for sign in answered},
        episodes=episodes,
        note="so that it is never empty",
    )


def any_response(chance: random.Random, end: date) -> Response:
    """A GAD-7 or PHQ-9 with any items blank, the first one never."""
    code, items = chance.choice([("gad7", 7), ("phq9", 9)])
    given = {
        number: None if chance.random() < 0.1 else chance.choice([0, 0, 1, 2, 3]) for number in range(2, items + 1)
    }
    return Response(questionnaire=code, questionnaire_version=1, day=end, answers={1: 1} | given)


def _answers(code: str, items: int, day: date, value: int | None, given: dict[str, int | None]) -> Response:
    answers = dict.fromkeys(range(1, items + 1), value)
    answers |= {int(name.removeprefix("item")): answer for name, answer in given.items()}
    return Response(questionnaire=code, questionnaire_version=1, day=day, answers=answers)


def _maybe(chance: random.Random, highest: int) -> int | None:
    return None if chance.random() < 0.3 else chance.randint(0, highest)
