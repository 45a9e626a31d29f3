"""Statements for a session note: fixed sentences from one review, each with the records it rests on.

Nothing here judges, compares or concludes: a statement repeats what was recorded, for which days,
and from whom. States of signs, directions of change and causes never become statements.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from core.model.calendar import Session
from core.model.check_in import CheckIn
from core.model.check_in_parts import Episode, SignAnswer, Source
from core.model.days import print_day, print_window
from core.model.definitions import Distortion, StatementKind, WarningSign
from core.model.notes import Statement
from core.model.own_lists import ClientLists
from core.model.readings import SignReading
from core.model.records import Recorded, RecordKind, RecordRef
from core.model.review import ClientReview, ScoredResponse
from core.model.words import SOURCE_WORDS, known_words
from core.notes.full_facts import FactNames, facts_of

NO_LISTS = ClientLists()


@dataclass(frozen=True, kw_only=True)
class Vocabulary:
    """The catalogue's names that statements use, by id."""

    signs: Mapping[str, WarningSign]
    distortions: Mapping[str, Distortion]
    practices: Mapping[str, str] = field(default_factory=dict)


def statements_of(review: ClientReview, vocabulary: Vocabulary, session: Session) -> tuple[Statement, ...]:
    """Every statement that can be offered for a note on `session`, in reading order.

    First the period's check-ins, then signs, questionnaires and attendance.
    """
    return (
        *(
            statement
            for record in review.period_check_ins
            for statement in check_in_statements(record, vocabulary, review.lists)
        ),
        *(sign_statement(reading, vocabulary) for reading in review.readings if reading.asked_check_ins),
        *questionnaire_statements(review.responses),
        attendance_statement(session),
    )


def holds_period_figures(statement: Statement) -> bool:
    """Whether a new draft already holds this statement: the period's ratings, counts and quoted words."""
    return statement.kind in (
        StatementKind.RATING,
        StatementKind.COUNT,
        StatementKind.CLIENT_WORDS,
        StatementKind.THERAPIST_VIEW,
    )


def check_in_statements(
    record: Recorded[CheckIn], vocabulary: Vocabulary, lists: ClientLists = NO_LISTS
) -> Iterator[Statement]:
    """What one check-in recorded: anxiety, reassurance, distortions, its longer part, the client's words."""
    check_in = record.content
    where = f"{print_window(check_in.period)} ({SOURCE_WORDS[check_in.source]})"
    seen_by_therapist = check_in.source is Source.THERAPIST_VIEW
    for name, kind, figure in _figures(check_in, vocabulary, lists):
        shown_as = StatementKind.THERAPIST_VIEW if seen_by_therapist else kind
        yield _statement(f"{record.ref.label}.{name}", shown_as, f"{figure}, {where}.", (record.ref,))
    words = (check_in.client_words or "").strip()
    if words:
        text = f"In the client's words, {print_window(check_in.period)}: “{words}”"
        yield _statement(f"{record.ref.label}.words", StatementKind.CLIENT_WORDS, text, (record.ref,))


def sign_statement(reading: SignReading, vocabulary: Vocabulary) -> Statement:
    """How often a sign was recorded in its window: answers and their base, never a state."""
    answers = ", ".join(
        f"“{word}” at {reading.count(answer)}"
        for answer, word in ((SignAnswer.OFTEN, "often"), (SignAnswer.SOMETIMES, "sometimes"))
    )
    text = (
        f"{vocabulary.signs[reading.sign].label}: recorded {answers} of {reading.asked_check_ins} check-ins where it "
        f"was asked, {print_window(reading.window)}."
    )
    return _statement(f"sign.{reading.sign}", StatementKind.SIGN, text, tuple(e.ref for e in reading.evidence))


def questionnaire_statements(responses: Sequence[ScoredResponse]) -> Iterator[Statement]:
    """The latest score of each questionnaire beside the one before it, and its safety items."""
    for code in dict.fromkeys(scored.response.content.questionnaire for scored in responses):
        given = [scored for scored in responses if scored.response.content.questionnaire == code]
        latest, before = given[-1], _last_with_total(given[:-1])
        refs = (latest.response.ref, *((before.response.ref,) if before else ()))
        text = _score_words(latest)
        if before is not None:
            text += f"; before that {before.score.printed} ({print_day(before.day)})"
        yield _statement(f"{latest.response.ref.label}.total", StatementKind.QUESTIONNAIRE, f"{text}.", refs)
        yield from _safety_statements(latest)


def attendance_statement(session: Session) -> Statement:
    """What became of the session that the note is about."""
    details = session.details
    text = f"Session {session.number}, {print_day(details.day)}: {details.status.value}, {details.minutes} minutes."
    return _statement(f"s{session.number}.attendance", StatementKind.ATTENDANCE, text, (session_ref(session),))


def session_ref(session: Session) -> RecordRef:
    """A pointer at this revision of a session."""
    return RecordRef(kind=RecordKind.SESSION, number=session.number, version=session.revision, id=session.id)


def _figures(check_in: CheckIn, vocabulary: Vocabulary, lists: ClientLists) -> Iterator[tuple[str, StatementKind, str]]:
    """The figures of a check-in, each with its name, kind and words."""
    quick = (
        ("anxiety", StatementKind.RATING, _anxiety(check_in)),
        ("reassurance", StatementKind.COUNT, _reassurance(check_in)),
        ("distortions", StatementKind.COUNT, _distortions(check_in, vocabulary.distortions)),
    )
    yield from ((name, kind, figure) for name, kind, figure in quick if figure)
    for fact in facts_of(check_in.full, FactNames(lists=lists, practices=vocabulary.practices)):
        yield fact.key, fact.kind, fact.words[0].upper() + fact.words[1:]


def _anxiety(check_in: CheckIn) -> str | None:
    parts = [
        f"{name} {value}"
        for name, value in (("average", check_in.anxiety_average), ("peak", check_in.anxiety_peak))
        if value is not None
    ]
    return f"Anxiety {', '.join(parts)} of 10" if parts else None


def _reassurance(check_in: CheckIn) -> str | None:
    count = check_in.reassurance_count
    if count is None:
        return None
    if count == 0:
        return "Asked for reassurance: none recorded"
    kind = known_words(check_in.reassurance_count_kind)
    text = f"Asked for reassurance {kind}{count} {'time' if count == 1 else 'times'}"
    return text + _described(check_in.episodes)


def _described(episodes: Sequence[Episode]) -> str:
    if not episodes:
        return ""
    reliefs = [str(episode.relief) for episode in episodes if episode.relief is not None]
    relief = f", relief {_listed(reliefs)} of 10" if reliefs else ""
    return f" ({len(episodes)} described{relief})"


def _distortions(check_in: CheckIn, kinds: Mapping[str, Distortion]) -> str | None:
    total = check_in.distortions_total
    if total is None:
        return None
    named = [f"{kinds[kind].label.lower()} {count}" for kind, count in check_in.distortions_by_kind.items() if count]
    partial = check_in.distortions_partial(len(kinds))
    text = f"Distortions noticed: {total or 'none recorded'}"
    text += f", of these {_listed(named)}" if named else ""
    return text + (f" ({len(check_in.distortions_by_kind)} of {len(kinds)} kinds asked)" if partial else "")


def _score_words(scored: ScoredResponse) -> str:
    day = print_day(scored.day)
    score = scored.score
    parts = [f"{each.label} {each.printed}" for each in score.subscales if each.value is not None]
    if score.total is None and parts:
        return f"{score.short_name}: {_listed(parts)} ({day})"
    if score.total is None and not score.items:
        return f"{score.short_name} of {day}: not scored, {score.no_total_reason}"
    if score.total is None:
        return f"{score.short_name} of {day}: {score.answered} of {score.items} answered, not scored"
    prorated = ", prorated" if score.filled else ""
    return f"{score.short_name} total {score.printed}{prorated} ({day})"


def _safety_statements(scored: ScoredResponse) -> Iterator[Statement]:
    day = print_day(scored.day)
    for answer in scored.score.safety:
        said = answer.label if answer.value is None else f"answered {answer.value}, “{answer.label}”"
        text = f"{scored.score.short_name} item {answer.item} {said} ({day})."
        key = f"{scored.response.ref.label}.item{answer.item}"
        yield _statement(key, StatementKind.QUESTIONNAIRE, text, (scored.response.ref,))


def _last_with_total(given: Sequence[ScoredResponse]) -> ScoredResponse | None:
    return next((scored for scored in reversed(given) if scored.score.total is not None), None)


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _statement(key: str, kind: StatementKind, text: str, refs: tuple[RecordRef, ...]) -> Statement:
    return Statement(key=key, kind=kind, text=text, refs=refs)
