"""Clients in whose records a hostile text stands alone in each field that takes words, and one who has all of them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID, uuid4

from core.catalogue import Catalogue
from core.model.calendar import EVENT_LENGTH, EventDetails
from core.model.check_in import NOTE_LENGTH, CheckIn
from core.model.notes import Note, TypedWords
from core.model.people import NAME_LENGTH, ClientDetails
from core.model.phases import PHASE_LENGTH
from core.model.profile import (
    MOST_ITEMS,
    Approach,
    Block,
    Consent,
    CoreBeliefs,
    FightTopics,
    Goals,
    Hypothesis,
    Origins,
    OwnMeasures,
    Phases,
    PresentSafety,
    SafetyConcern,
    Strengths,
    Triggers,
)  # fmt: skip
from core.model.profile_items import (
    ITEM_LENGTH,
    WORDS_LENGTH,
    HowKnown,
    Origin,
    OwnMeasure,
    OwnMeasureKind,
    ProfileItem,
)  # fmt: skip
from core.model.prompt_answers import PromptAnswerKind
from core.model.prompts import PROMPTS
from core.model.responses import LANGUAGE_LENGTH, Circumstances, SafetyAction, SafetyReviewDetails
from core.model.series_findings import Phase
from core.services.calendar import add_event, attend_today
from core.services.check_ins import correct_check_in, record_check_in
from core.services.clients import add_client
from core.services.profiles import save_block
from core.services.prompts import answer_prompt
from core.services.questionnaires import correct_response, record_response, review_safety_item
from core.services.session_notes import add_addendum, save_words, sign_note, start_note
from core.store import UnitOfWork
from tests.builders import check_in
from tests.isolation.hostile_strings import fitting
from tests.services.entries import phq9_answers

LISTS: tuple[type[Goals] | type[CoreBeliefs] | type[Triggers] | type[Strengths] | type[FightTopics], ...] = (
    Goals, CoreBeliefs, Triggers, Strengths, FightTopics,
)  # fmt: skip
EACH_HOLDS = MOST_ITEMS * (len(LISTS) + 1)
USUAL = "words"
REASON_LENGTH, PRONOUNS_LENGTH, MEASURE_LENGTH = 200, 40, 40


@dataclass(frozen=True, kw_only=True)
class Written:
    """A client and the signed note; nothing else is needed to look at every screen."""

    client_id: UUID
    note_id: UUID


def alone_in_each_field(work: UnitOfWork, catalogue: Catalogue, text: str) -> Written:
    """A client whose every field that is long enough holds `text` and nothing else."""

    def or_usual(longest: int) -> str:
        return text if len(text) <= longest else USUAL

    client_id = _client(work, or_usual(NAME_LENGTH), or_usual(PRONOUNS_LENGTH))
    for block in _blocks(work.today, or_usual):
        save_block(work, catalogue, client_id, block, seen=0, held_from=work.today)
    content = _with_words(check_in(work.today, 1, anxiety=5, reassurance=3, note=or_usual(NOTE_LENGTH)), text)
    first = record_check_in(work, client_id, content, uuid4())
    correct_check_in(work, first.ref, replace(content, anxiety_average=6), or_usual(REASON_LENGTH))
    _safety_item(work, catalogue, client_id, or_usual)
    words = or_usual(WORDS_LENGTH)
    answer_prompt(work, client_id, PROMPTS[0], answer=PromptAnswerKind.DISCUSSED, words=words, seen=0)
    add_event(work, client_id, EventDetails(day=work.today, words=or_usual(EVENT_LENGTH)), uuid4())
    note = signed_note(work, catalogue, client_id, {"subjective": text, "plan": text})
    add_addendum(work, note.id, text, or_usual(REASON_LENGTH), uuid4())
    return Written(client_id=client_id, note_id=note.id)


def all_in_one_record(work: UnitOfWork, catalogue: Catalogue, texts: Sequence[str], addenda: Sequence[str]) -> Written:
    """A client with all texts as events and in one section of a note, and a signed note with these addenda."""
    client_id = _client(work, "Ada", None)
    for text in fitting(EVENT_LENGTH):
        add_event(work, client_id, EventDetails(day=work.today, words=text), uuid4())
    note = signed_note(work, catalogue, client_id, {"subjective": "\n".join(texts)})
    for text in addenda:
        reason = text if len(text) <= REASON_LENGTH else USUAL
        add_addendum(work, note.id, text, reason, uuid4())
    return Written(client_id=client_id, note_id=note.id)


def listed(work: UnitOfWork, catalogue: Catalogue, texts: Sequence[str]) -> Iterator[tuple[UUID, tuple[str, ...]]]:
    """As many clients as are needed for each text to be a line of a list of a profile, with the texts of each."""
    for start in range(0, len(texts), EACH_HOLDS):
        held = tuple(texts[start : start + EACH_HOLDS])
        client_id = _client(work, f"Ada {start}", None)
        for place, kind in enumerate((*LISTS, Origins)):
            lines = held[place * MOST_ITEMS : (place + 1) * MOST_ITEMS]
            block = _origins(lines) if kind is Origins else kind(items=tuple(map(_item, lines)))
            save_block(work, catalogue, client_id, block, seen=0, held_from=work.today)
        yield client_id, held


def signed_note(work: UnitOfWork, catalogue: Catalogue, client_id: UUID, words: dict[str, str]) -> Note:
    """A note on today's session with these words, signed."""
    session = attend_today(work, client_id, uuid4())
    note = start_note(work, catalogue, session, "soap", uuid4())
    for number, (section, text) in enumerate(words.items(), start=1):
        typed = TypedWords(note_id=note.id, section=section, text=text, base=0, window=uuid4(), sent=number)
        save_words(work, catalogue, typed)
    return sign_note(work, note.id, note.revision)


def _client(work: UnitOfWork, name: str, pronouns: str | None) -> UUID:
    return add_client(work, ClientDetails(name=name, pronouns=pronouns, started_on=work.today), uuid4()).id


def _blocks(today: date, or_usual: Callable[[int], str]) -> Iterator[Block]:
    """Every block that takes words, with them; dates are today's."""
    line, words = or_usual(ITEM_LENGTH), or_usual(WORDS_LENGTH)
    yield from (kind(items=(_item(line),)) for kind in LISTS)
    yield _origins([line])
    yield Hypothesis(words=words)
    yield PresentSafety(concern=SafetyConcern.CONCERN, asked_on=today, words=words)
    yield Approach(words=words)
    yield Consent(told_on=today, words=words)
    yield OwnMeasures(
        measures=(OwnMeasure(id=uuid4(), name=or_usual(MEASURE_LENGTH), kind=OwnMeasureKind.RATING, since=today),)
    )
    yield Phases(phases=(Phase(day=today - timedelta(days=1), words=or_usual(PHASE_LENGTH)),))


def _with_words(content: CheckIn, text: str) -> CheckIn:
    return replace(content, client_words=text if len(text) <= NOTE_LENGTH else USUAL)


def _safety_item(work: UnitOfWork, catalogue: Catalogue, client_id: UUID, or_usual: Callable[[int], str]) -> None:
    """A form with a safety item: its language, why it was corrected, and what was done about the item."""
    form = catalogue.questionnaires["phq9"]
    response = replace(phq9_answers(work.today), circumstances=Circumstances(language=or_usual(LANGUAGE_LENGTH)))
    saved = record_response(work, client_id, form, response, uuid4())
    again = correct_response(work, saved.ref, form, replace(response, answers=phq9_answers(work.today, 2).answers),
                             or_usual(REASON_LENGTH))  # fmt: skip
    done = SafetyReviewDetails(action=SafetyAction.REVIEWED_WITH_CLIENT, words=or_usual(WORDS_LENGTH))
    review_safety_item(work, again.ref, done)


def _item(words: str) -> ProfileItem:
    return ProfileItem(id=uuid4(), words=words)


def _origins(lines: Sequence[str]) -> Origins:
    return Origins(items=tuple(Origin(id=uuid4(), words=line, known_from=HowKnown.CLIENT_SAID) for line in lines))
