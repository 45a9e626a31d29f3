"""Writing and reading profiles: blocks with their history, and what stands beside them on the page."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from uuid import UUID

from core.catalogue import Catalogue, profile_choices
from core.errors import InvalidInput
from core.model.access import Act
from core.model.check_in import CheckIn
from core.model.days import print_day
from core.model.formulation import Formulation, GoalProgress
from core.model.profile import (
    BLOCKS,
    Approach,
    Block,
    BlockKind,
    Consent,
    DatedBlock,
    Hypothesis,
    ItemBlock,
    Origins,
    OwnMeasures,
    PracticePlan,
    PresentSafety,
    Profile,
    QuestionnairePlans,
)
from core.model.profile_items import OwnMeasure
from core.model.records import Recorded
from core.model.review import ScoredResponse
from core.services.access import need
from core.services.questionnaires import scored_responses
from core.store import UnitOfWork, check_ins, clients, events, handouts, profiles

DIMENSIONS = frozenset({"anxiety", "avoidance"})

USED = (
    "A line was taken away that check-ins speak of. Nothing was saved; leave it in the list, and give the day on "
    "which it ended instead."
)
UNKNOWN = (
    "The block names something that is not among the choices for it. Nothing was saved; open the page again and choose "
    "from its list."
)
OTHER_KIND = (
    "A measure was turned from a rating into a count, or the other way round. Nothing was saved; end it and add "
    "another, so that the figures of both stay readable."
)


def client_profile(work: UnitOfWork, client_id: UUID) -> Profile:
    """The newest version of every block of one client; `NotFound` if there is no such client."""
    need(work, Act.READ_RECORD, client_id)
    clients.get(work, client_id)
    return profiles.profile(work, client_id)


def client_formulation(work: UnitOfWork, catalogue: Catalogue, client_id: UUID) -> Formulation:
    """The profile and what stands beside it; nothing in it is worked out into a pattern or a direction."""
    need(work, Act.READ_RECORD, client_id)
    return Formulation(
        client=clients.get(work, client_id),
        profile=profiles.profile(work, client_id),
        progress=_progress(check_ins.of_client(work, client_id)),
        dimensions=_dimensions(scored_responses(work, catalogue, client_id)),
        events=events.of_client(work, client_id),
        handouts=handouts.of_client(work, client_id),
    )


def block_history(work: UnitOfWork, client_id: UUID, kind: BlockKind) -> tuple[DatedBlock, ...]:
    """Every version of a block, newest first; empty where it was never written."""
    need(work, Act.READ_RECORD, client_id)
    clients.get(work, client_id)
    return tuple(reversed(profiles.history(work, client_id, kind)))


def save_block(
    work: UnitOfWork, catalogue: Catalogue, client_id: UUID, content: Block, *, seen: int, held_from: date
) -> DatedBlock:
    """Save the next version of a block; `Conflict` unless `seen` is its newest version (0: never written).

    Days to come, entries that the block cannot name, and taking away a line that check-ins point at are
    refused; such a line is ended instead. An entry that the newest version names already may stay.
    """
    need(work, Act.WRITE_RECORD, client_id)
    before = profiles.profile(work, client_id).block(BLOCKS[content.kind])
    problems = [
        *_future(work.today, [held_from, *_days_in(content)]),
        *_unknown(catalogue, content, before),
        *_other_kind(content, before),
    ]
    if not problems and _ids_in(before) - _ids_in(content) & _used(check_ins.of_client(work, client_id)):
        problems = [USED]
    InvalidInput.unless_empty(problems)
    return profiles.save(work, client_id, content, seen=seen, held_from=held_from)


def _progress(records: Sequence[Recorded[CheckIn]]) -> Mapping[UUID, GoalProgress]:
    found: dict[UUID, GoalProgress] = {}
    for record in records:
        day = record.content.period_end
        for goal, value in record.content.full.goal_progress.items():
            first = found.get(goal)
            found[goal] = GoalProgress(
                first=first.first if first else value,
                first_on=first.first_on if first else day,
                latest=value,
                latest_on=day,
            )
    return found


def _dimensions(responses: Sequence[ScoredResponse]) -> ScoredResponse | None:
    """The latest form that measures both dimensions of attachment, scored or not."""
    return next(
        (
            scored
            for scored in sorted(responses, key=lambda each: each.day, reverse=True)
            if {part.id for part in scored.score.subscales} >= DIMENSIONS
        ),
        None,
    )


def _future(today: date, days: Iterable[date]) -> list[str]:
    return [
        f"The day {print_day(day)} lies in the future. Nothing was saved; choose today or earlier."
        for day in sorted(set(days))
        if day > today
    ]


def _days_in(content: Block) -> Iterator[date]:
    """Every day that a block names and that cannot be still to come."""
    given: list[date | None] = []
    match content:
        case ItemBlock():
            given = [item.ended_on for item in content.items]
        case OwnMeasures():
            given = [day for measure in content.measures for day in (measure.since, measure.ended_on)]
        case PresentSafety():
            given = [content.asked_on]
        case Consent():
            given = [content.told_on]
    yield from (day for day in given if day is not None)


def _unknown(catalogue: Catalogue, content: Block, before: Block) -> list[str]:
    if isinstance(content, QuestionnairePlans):
        known = set(catalogue.questionnaires)
    else:
        choices = profile_choices(catalogue, content.kind)
        known = {entry.id for entries in choices.values() for entry in entries}
    return [UNKNOWN] if _names_in(content) - known - _names_in(before) else []


def _names_in(content: Block) -> set[str]:
    """Every id of the catalogue that a block names."""
    match content:
        case ItemBlock() | Origins():
            return {item.entry for item in content.items if item.entry is not None}
        case Hypothesis():
            return {content.pattern} if content.pattern is not None else set()
        case Approach():
            return set(content.approaches)
        case PracticePlan():
            return set(content.practices)
        case QuestionnairePlans():
            return {plan.questionnaire for plan in content.plans}
    return set()


def _ids_in(content: Block) -> set[UUID]:
    """The ids that check-ins may point at."""
    match content:
        case ItemBlock():
            return {item.id for item in content.items}
        case OwnMeasures():
            return {measure.id for measure in content.measures}
    return set()


def _used(records: Sequence[Recorded[CheckIn]]) -> set[UUID]:
    """The ids of profile lists that the check-ins which count point at."""
    used: set[UUID] = set()
    for record in records:
        full = record.content.full
        used |= {*full.goal_progress, *full.own_measures, *(full.triggers or ())}
        used |= {full.conflict_topic} if full.conflict_topic is not None else set()
    return used


def _other_kind(content: Block, before: Block) -> list[str]:
    kinds = {measure.id: measure.kind for measure in _measures(before)}
    changed = [each for each in _measures(content) if kinds.get(each.id, each.kind) is not each.kind]
    return [OTHER_KIND] if changed else []


def _measures(content: Block) -> tuple[OwnMeasure, ...]:
    return content.measures if isinstance(content, OwnMeasures) else ()
