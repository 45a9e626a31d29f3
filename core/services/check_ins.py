"""Recording, correcting and withdrawing check-ins."""

from datetime import date
from uuid import UUID

from core.analysis.warnings import proposed_period, warnings_about
from core.errors import InvalidInput
from core.model.access import Act
from core.model.audit import Subject
from core.model.check_in import CheckIn
from core.model.check_in_parts import HIGHEST_RATING
from core.model.days import Window, print_day
from core.model.full_answers import FullAnswers
from core.model.own_lists import LIST_KINDS, ClientLists, lists_of
from core.model.profile import BlockKind, FightTopics
from core.model.profile_items import ProfileItem
from core.model.records import Recorded, RecordRef
from core.services.access import need, need_record
from core.store import UnitOfWork, check_ins, profiles

UNDONE = "undone right after saving"


def record_check_in(
    work: UnitOfWork, client_id: UUID, check_in: CheckIn, request_id: UUID, *, new_topic: ProfileItem | None = None
) -> Recorded[CheckIn]:
    """Save a check-in once: the same `request_id` again returns what the first save stored.

    `new_topic` is a topic of fights that the check-in names and the client's list does not have yet: it is added.
    `InvalidInput` where the check-in names something that never stood on the client's own lists.
    """
    need(work, Act.WRITE_RECORD, client_id)
    _refuse_future(work, check_in)
    _take_items(work, client_id, check_in.full, new_topic)
    return check_ins.add(work, client_id, check_in, request_id)


def correct_check_in(
    work: UnitOfWork, ref: RecordRef, check_in: CheckIn, reason: str, *, new_topic: ProfileItem | None = None
) -> Recorded[CheckIn]:
    """Save the next version of a check-in; the earlier one is kept. `Conflict` if `ref` is not the newest."""
    need_record(work, Act.WRITE_RECORD, Subject.CHECK_IN, ref.id)
    _refuse_future(work, check_in)
    if check_in.full.answered:
        _take_items(work, check_ins.get(work, ref.id).client_id, check_in.full, new_topic)
    return check_ins.add_version(work, ref, check_in, needed_reason(reason))


def withdraw_check_in(work: UnitOfWork, ref: RecordRef, reason: str = UNDONE) -> Recorded[CheckIn]:
    """Take a check-in out of every figure; it is kept with the reason."""
    need_record(work, Act.WRITE_RECORD, Subject.CHECK_IN, ref.id)
    return check_ins.withdraw(work, ref, needed_reason(reason))


def check_ins_of(work: UnitOfWork, client_id: UUID) -> tuple[Recorded[CheckIn], ...]:
    """The check-ins that count, oldest period first."""
    need(work, Act.READ_RECORD, client_id)
    return check_ins.of_client(work, client_id)


def check_in_history(work: UnitOfWork, check_in_id: UUID) -> tuple[Recorded[CheckIn], ...]:
    """Every version of one check-in, oldest first."""
    need_record(work, Act.READ_RECORD, Subject.CHECK_IN, check_in_id)
    return check_ins.history(work, check_in_id)


def lists_asked_about(work: UnitOfWork, client_id: UUID) -> ClientLists:
    """The client's own goals, triggers, topics, practices and measures, which check-ins point at."""
    need(work, Act.READ_RECORD, client_id)
    return lists_of(profiles.versions(work, client_id, LIST_KINDS))


def propose_period(work: UnitOfWork, client_id: UUID) -> Window:
    """The period a new check-in is offered: since the last covered day (1 to 10 days), else 7 days."""
    need(work, Act.READ_RECORD, client_id)
    return proposed_period(check_ins.of_client(work, client_id), work.today)


def last_covered_day(work: UnitOfWork, client_id: UUID) -> date | None:
    """The latest day that a check-in covers; `None` with no check-in."""
    need(work, Act.READ_RECORD, client_id)
    return max((record.content.period_end for record in check_ins.of_client(work, client_id)), default=None)


def warn_about(work: UnitOfWork, client_id: UUID, check_in: CheckIn, replaces: UUID | None = None) -> tuple[str, ...]:
    """Sentences to read before saving; none of them stops it. `replaces` is the check-in being corrected."""
    need(work, Act.READ_RECORD, client_id)
    others = [record for record in check_ins.of_client(work, client_id) if record.ref.id != replaces]
    return tuple(warnings_about(check_in, others))


def needed_reason(reason: str) -> str:
    """The reason without surrounding blanks; `InvalidInput` when there is none."""
    if not reason.strip():
        raise InvalidInput("A correction needs its reason. Nothing was saved; a few words are enough.")
    return reason.strip()


def _refuse_future(work: UnitOfWork, check_in: CheckIn) -> None:
    if check_in.period_end > work.today:
        raise InvalidInput(
            f"The period ends on {print_day(check_in.period_end)}, in the future. Nothing was saved; "
            f"the last day can be {print_day(work.today)} or earlier."
        )


def _take_items(work: UnitOfWork, client_id: UUID, full: FullAnswers, new_topic: ProfileItem | None) -> None:
    """Add the new topic where there is one, and refuse what does not belong to this client."""
    if not full.answered:
        return
    lists = lists_asked_about(work, client_id)
    if new_topic is not None and new_topic.id not in lists.topics.words:
        _add_topic(work, client_id, new_topic)
        lists = lists_asked_about(work, client_id)
    InvalidInput.unless_empty([*_unknown_items(full, lists), *_ratings_too_high(full, lists)])


def _add_topic(work: UnitOfWork, client_id: UUID, topic: ProfileItem) -> None:
    profile = profiles.profile(work, client_id)
    topics = profile.block(FightTopics)
    same = next((item for item in topics.open_items if _same_words(item.words, topic.words)), None)
    if same is not None:
        raise InvalidInput(
            "The new topic stands on the client's list already. Nothing was saved; choose it from the list."
        )
    added = FightTopics(items=(*topics.items, topic))
    profiles.save(work, client_id, added, seen=profile.version(BlockKind.FIGHT_TOPICS), held_from=work.today)


def _same_words(one: str, other: str) -> bool:
    return one.casefold().split() == other.casefold().split()


def _unknown_items(full: FullAnswers, lists: ClientLists) -> list[str]:
    """What the answers name that no version of the client's lists has, as sentences without anybody's words."""
    topic = () if full.conflict_topic is None else (full.conflict_topic,)
    named = {
        "goal": (full.goal_progress, lists.goals.words),
        "trigger": (full.triggers or (), lists.triggers.words),
        "topic of fights": (topic, lists.topics.words),
        "practice": (full.practised or (), lists.planned_ever),
        "measure": (full.own_measures, {each.measure.id for each in lists.measures}),
    }
    return [
        f"A {kind} was named that does not stand on this client's profile. Nothing was saved; open the form again."
        for kind, (given, known) in named.items()
        if any(each not in known for each in given)
    ]


def _ratings_too_high(full: FullAnswers, lists: ClientLists) -> list[str]:
    return [
        f"A measure in the client's words: {value} was given; it is a rating, and whole numbers from 0 to "
        f"{HIGHEST_RATING} are taken. Nothing was saved."
        for each, value in full.own_measures.items()
        if value > HIGHEST_RATING and (named := lists.measure(each)) is not None and named.is_rating
    ]
