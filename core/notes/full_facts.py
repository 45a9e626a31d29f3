"""What the longer part of a check-in recorded, as short facts for entries, the saved line and statements."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from core.model.definitions import StatementKind
from core.model.full_answers import FullAnswers
from core.model.own_lists import ClientLists
from core.model.words import ANSWER_WORDS, BODY_SIGN_WORDS, REACTION_WORDS

Choice = TypeVar("Choice")

PARTNER_ANSWERS = {
    "withdrew": "pulled away from the partner",
    "avoided_talks": "avoided talks",
    "avoided_decisions": "avoided decisions",
}


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One thing that was recorded; `key` names it among the facts of its check-in, `words` may quote the client."""

    key: str
    kind: StatementKind
    words: str


@dataclass(frozen=True, kw_only=True)
class FactNames:
    """What ids are called: the client's own lists, and the catalogue's practices by id."""

    lists: ClientLists
    practices: Mapping[str, str]


def facts_of(full: FullAnswers, names: FactNames) -> Iterator[Fact]:
    """Everything that was asked, in the order of the form; what was not asked is passed over."""
    yield from _numbers(full)
    yield from _fights(full, names.lists)
    for field, words in PARTNER_ANSWERS.items():
        answer = getattr(full, field)
        if answer is not None:
            yield Fact(key=field, kind=StatementKind.SIGN, words=f"{words}: {ANSWER_WORDS[answer]}")
    yield from _choices(full, names.lists)
    yield from _practised(full, names.practices)
    for goal, value in full.goal_progress.items():
        words = f"goal “{_known(names.lists.goals.words.get(goal))}” {value} of 10"
        yield Fact(key=f"goal.{goal}", kind=StatementKind.RATING, words=words)
    yield from _own_measures(full, names.lists)


def _numbers(full: FullAnswers) -> Iterator[Fact]:
    if full.anxiety_now is not None:
        yield Fact(key="anxiety_now", kind=StatementKind.RATING, words=f"anxiety now {full.anxiety_now} of 10")
    if full.checking_days is not None:
        days = f"on {_days(full.checking_days)}" if full.checking_days else "none recorded"
        yield Fact(key="checking_days", kind=StatementKind.COUNT, words=f"checking: {days}")


def _fights(full: FullAnswers, lists: ClientLists) -> Iterator[Fact]:
    if full.conflicts is None:
        return
    words = f"fights: {full.conflicts or 'none recorded'}"
    if full.repeated_conflicts is not None and full.conflicts:
        words += f", on a known topic {full.repeated_conflicts or 'none'}"
    if full.conflict_topic is not None:
        words += f" (“{_known(lists.topics.words.get(full.conflict_topic))}”)"
    yield Fact(key="fights", kind=StatementKind.COUNT, words=words)


def _choices(full: FullAnswers, lists: ClientLists) -> Iterator[Fact]:
    triggers = lists.triggers.words
    chosen = (
        ("reactions", "reactions", _named(full.reactions, REACTION_WORDS, REACTION_WORDS.__getitem__)),
        ("body_signs", "in the body", _named(full.body_signs, BODY_SIGN_WORDS, BODY_SIGN_WORDS.__getitem__)),
        ("triggers", "triggers", _named(full.triggers, triggers, lambda item: f"“{triggers[item]}”")),
    )
    for key, words, found in chosen:
        if found is not None:
            told = ", ".join(found) if found else "none recorded"
            yield Fact(key=key, kind=StatementKind.SIGN, words=f"{words}: {told}")


def _practised(full: FullAnswers, practices: Mapping[str, str]) -> Iterator[Fact]:
    if full.practised is None:
        return
    done = [
        practices.get(practice, practice) + (f" ({_days(days)})" if days is not None else "")
        for practice, days in sorted(full.practised.items(), key=lambda item: practices.get(item[0], item[0]))
    ]
    told = ", ".join(done) if done else "none recorded"
    yield Fact(key="practised", kind=StatementKind.COUNT, words=f"practised: {told}")


def _own_measures(full: FullAnswers, lists: ClientLists) -> Iterator[Fact]:
    for measure_id, value in full.own_measures.items():
        named = lists.measure(measure_id)
        is_count = named is not None and not named.is_rating
        name = f"“{_known(named.measure.name if named else None)}”"
        words = f"{name} {value or 'none recorded' if is_count else f'{value} of 10'}"
        if is_count and value:
            words += " time" if value == 1 else " times"
        kind = StatementKind.COUNT if is_count else StatementKind.RATING
        yield Fact(key=f"own.{measure_id}", kind=kind, words=words)


def _named(
    chosen: Collection[Choice] | None, order: Mapping[Choice, str], words: Callable[[Choice], str]
) -> Sequence[str] | None:
    """The words of what was chosen, in the order of its list; `None` where it was not asked."""
    if chosen is None:
        return None
    return [words(each) for each in order if each in chosen]


def _known(words: str | None) -> str:
    return words or "no longer on the profile"


def _days(count: int) -> str:
    return f"{count} {'day' if count == 1 else 'days'}"
