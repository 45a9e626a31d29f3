"""What prompts are read from, with nothing in it, so that a test names only what it is about."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from core.analysis.change import change_on
from core.analysis.own_change import own_changes
from core.analysis.prompts import PromptInputs, read_prompts
from core.analysis.scoring import score_entered
from core.analysis.warning_signs import read_sign
from core.catalogue import load_catalogue
from core.model.change import Administration, QuestionnaireChange
from core.model.check_in_parts import Episode, SignAnswer
from core.model.measures import ANXIETY
from core.model.profile import Approach, Block, DatedBlock, Observations, Origins, Profile, PromptAnswers
from core.model.profile_items import HowKnown, Origin, ProfileItem
from core.model.prompt_answers import PromptAnswer, PromptAnswerKind
from core.model.prompts import Prompt
from core.model.records import RecordKind, RecordRef
from core.model.sign_findings import SignFinding
from tests.builders import CLIENT, TODAY, all_recorded, check_in, method, thresholds, weekly

CATALOGUE = load_catalogue()
RULES, RATE_RULE = CATALOGUE.prompt_rules, CATALOGUE.rate_rule
THRESHOLDS, METHOD = thresholds(), method()
WEEK = timedelta(weeks=1)


def inputs(**given: Any) -> PromptInputs:
    """A record in which nothing holds, as of 21 May 2026, but for what is given."""
    nothing: Mapping[str, Any] = {
        "as_of": TODAY,
        "check_ins": (),
        "rate_rule": RATE_RULE,
        "readings": (),
        "changes": (),
        "crossings": (),
        "own_changes": (),
        "profile": written(),
    }
    return PromptInputs(**{**nothing, **given})


def written(
    *,
    origins: tuple[str | None, ...] = (),
    approaches: tuple[str, ...] = (),
    observed: tuple[str, ...] = (),
    answers: tuple[PromptAnswer, ...] = (),
    ended_on: date | None = None,
) -> Profile:
    """A profile that names these catalogue ids; `ended_on` ends its observations."""
    told = tuple(
        Origin(id=UUID(int=place + 1), words="told", known_from=HowKnown.CLIENT_SAID, entry=entry)
        for place, entry in enumerate(origins)
    )
    seen = tuple(
        ProfileItem(id=UUID(int=place + 1), words="seen in *two* sessions", entry=entry, ended_on=ended_on)
        for place, entry in enumerate(observed)
    )
    blocks = (
        Origins(items=told), Approach(approaches=approaches), Observations(items=seen), PromptAnswers(answers=answers),
    )  # fmt: skip
    return Profile(client_id=CLIENT, blocks={block.kind: _dated(block) for block in blocks})


def answer(prompt: str, day: date = TODAY, words: str = "") -> PromptAnswer:
    """One answer to a prompt."""
    return PromptAnswer(prompt=prompt, day=day, answer=PromptAnswerKind.CONSIDERED, words=words, by="Dr Example")


def _dated(block: Block) -> DatedBlock:
    return DatedBlock(
        version=1,
        held_from=TODAY,
        recorded_at=datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC),
        recorded_on=TODAY,
        recorded_by="Dr Example",
        content=block,
    )


def held(**given: Any) -> dict[str, Prompt]:
    """The prompts that hold, by id."""
    return {prompt.id: prompt for prompt in read_prompts(inputs(**given), RULES).prompts}


def answered_weeks(sign: str, weeks: int, *, relief: int | None = None, peak: int | None = None) -> tuple:
    """Weekly check-ins to today with *often*; three episodes of this relief in each."""
    episodes = () if relief is None else [Episode(relief=relief, relief_minutes=240)] * 3
    return all_recorded(
        *(
            check_in(
                TODAY - back * WEEK, signs={sign: SignAnswer.OFTEN}, reassurance=8, episodes=episodes, peak=peak,
            )
            for back in reversed(range(weeks))
        )
    )  # fmt: skip


def finding(sign: str, weeks: int, **given: int | None) -> SignFinding:
    """The sign after such weeks."""
    return read_sign(sign, answered_weeks(sign, weeks, **given), TODAY, THRESHOLDS)


@cache
def form(name: str, *totals: int, until: date = TODAY, weeks_apart: int = 1) -> tuple[Administration, ...]:
    """The totals of one questionnaire, the last on `until`."""
    return tuple(
        Administration(
            day=until - weeks_apart * WEEK * (len(totals) - number),
            score=score_entered(CATALOGUE.questionnaires[name], {"total": str(total)}),
            number=number,
            ref=RecordRef(kind=RecordKind.QUESTIONNAIRE, number=number, version=1, id=UUID(int=number)),
        )
        for number, total in enumerate(totals, start=1)
    )


def change(name: str, *totals: int, until: date = TODAY) -> QuestionnaireChange:
    """The change over such forms, a week apart."""
    return change_on(CATALOGUE.questionnaires[name], form(name, *totals, until=until))


def fallen(start: int = 8, now: int = 3) -> tuple:
    """Half a year of weekly check-ins whose anxiety falls."""
    early, late = weekly(14, until=TODAY - 14 * WEEK, anxiety=start), weekly(14, anxiety=now)
    return all_recorded(*(record.content for record in (*early, *late)))


def anxiety_changes(records: tuple) -> tuple:
    """What the reviews up to today say of anxiety."""
    return own_changes(records, ANXIETY, TODAY, method=METHOD)
