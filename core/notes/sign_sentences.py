"""The six signs in words: state, what was recorded with its base, since when, and limits, each clause with its records.

Every word is built from the finding. States are for screens; a note repeats answers only.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from core.model.check_in_parts import SignAnswer
from core.model.days import DAYS_IN_WEEK, Window, print_day, print_window
from core.model.numbers import count_of
from core.model.readings import SignState
from core.model.records import RecordRef
from core.model.sign_findings import GroundKind, Side, SignFinding, SignSpell, WouldChange
from core.model.sign_numbers import SIGN_NUMBERS
from core.model.sign_thresholds import SignThresholds, ThresholdChange
from core.model.words import ANSWER_WORDS, STATE_WORDS
from core.notes.sign_grounds import ground_sentence

Topics = Mapping[UUID, str]


@dataclass(frozen=True, kw_only=True)
class SignClause:
    """One sentence about a sign with the records it rests on."""

    text: str
    refs: tuple[RecordRef, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SignSentence:
    """A sign's state and what it rests on, apart, so that a screen can set the state in bold."""

    lead: str
    clauses: tuple[SignClause, ...]

    @property
    def rest(self) -> str:
        """Everything after the state."""
        return " ".join(clause.text for clause in self.clauses)

    @property
    def text(self) -> str:
        """The whole, as one line of plain text."""
        return f"{self.lead}. {self.rest}"


def sign_sentence(finding: SignFinding, thresholds: SignThresholds, topics: Topics | None = None) -> SignSentence:
    """The state in words, then the counts with their base, since when, and what was left out.

    `thresholds` are the ones the finding was made by; `topics` are the client's words for what fights are about.
    """
    if finding.state is SignState.INSUFFICIENT:
        clauses = [*_missing(finding, thresholds), *_left_out(finding), *_last_known(finding)]
    else:
        clauses = [*_recorded(finding, topics or {}), *_since(finding), *_left_out(finding)]
    return SignSentence(lead=_lead(finding), clauses=tuple(clauses))


def state_words(finding: SignFinding) -> str:
    """The state's name; a sign below the watch line that was seen at all says how often instead."""
    seen = finding.count(SignAnswer.OFTEN) + finding.count(SignAnswer.SOMETIMES)
    if finding.state is SignState.NOT_SEEN and seen:
        return f"Seen {seen} of {finding.asked_check_ins} times"
    return STATE_WORDS[finding.state]


def would_change_sentence(change: WouldChange) -> str:
    """`One more check-in with “often” makes this Present`; `2 more asked days and this can be judged`."""
    if change.state is None:
        more = f"{change.days} more asked {'day' if change.days == 1 else 'days'}"
        if change.check_ins > 1:
            more = f"{change.check_ins} more check-ins with an answer"
        return f"{more} and this can be judged."
    several = change.check_ins > 1
    more = f"{change.check_ins} more check-ins" if several else "One more check-in"
    answer = "" if change.answer is None else f" with “{ANSWER_WORDS[change.answer]}”"
    in_a_row = " in a row" if several else ""
    return f"{more}{in_a_row}{answer} {'make' if several else 'makes'} this “{STATE_WORDS[change.state]}”."


def thresholds_sentence(thresholds: SignThresholds, reader: str) -> str | None:
    """`Thresholds changed by you on 3 May 2026: window days 42`, or `None` where all are the project's defaults."""
    if not thresholds.changes:
        return None
    groups: dict[tuple[str, date, bool], list[ThresholdChange]] = {}
    for change in thresholds.changes:
        groups.setdefault((change.author, change.day, change.client_id is not None), []).append(change)
    parts = []
    for (author, day, own), changes in sorted(groups.items()):
        numbers = ", ".join(_number(change) for change in changes)
        who = "you" if author == reader else author
        parts.append(f"by {who} on {print_day(day)}{' for this client' if own else ''} ({numbers})")
    return f"Thresholds changed {'; '.join(parts)}."


def _number(change: ThresholdChange) -> str:
    number = SIGN_NUMBERS[change.name]
    return f"{number.words} {number.shown(change.value)}"


def _lead(finding: SignFinding) -> str:
    words, standing = state_words(finding), finding.standing
    may_be = standing.may_be
    if finding.state is SignState.INSUFFICIENT or may_be is None or not may_be.check_ins:
        return words
    times = count_of(may_be.check_ins, "check-in")
    return f"{words}, may be {finding.leaning} ({times})" if finding.leaning else f"{words}, so far at {times}"


def _recorded(finding: SignFinding, topics: Topics) -> Iterator[SignClause]:
    if finding.asked_check_ins:
        yield _answers(finding)
    for ground in finding.grounds:
        if ground.side is not Side.BESIDE and ground.kind not in _ANSWERS:
            yield SignClause(text=ground_sentence(ground, topics), refs=ground.refs)
    for ground in finding.grounds:
        if ground.kind is GroundKind.WITHDREW:
            yield SignClause(text=ground_sentence(ground, topics), refs=ground.refs)


_ANSWERS = (GroundKind.OFTEN, GroundKind.SOMETIMES, GroundKind.NOT_PRESENT)


def _answers(finding: SignFinding) -> SignClause:
    base = count_of(finding.asked_check_ins, "check-in")
    often, sometimes = finding.count(SignAnswer.OFTEN), finding.count(SignAnswer.SOMETIMES)
    if not often and not sometimes:
        text = f"“Not present” at {finding.asked_check_ins} of {base}."
    else:
        text = f"“Often” at {often} of {base}, “sometimes” at {sometimes}."
    refs = (entry.ref for entry in finding.evidence if entry.answer is not SignAnswer.NO_OCCASION)
    return SignClause(text=text, refs=tuple(refs))


def _since(finding: SignFinding) -> Iterator[SignClause]:
    standing = finding.standing
    if standing.spell is not None and standing.since_known:
        yield SignClause(
            text=f"Since {print_day(standing.spell.first_day)} ({count_of(standing.spell.check_ins, 'check-in')})."
        )
    if standing.may_be is not None and standing.spell is not None and not standing.may_be.check_ins:
        alone = f"By these {_days(finding.window.days)} alone it is “{STATE_WORDS[standing.may_be.state]}”"
        yield SignClause(text=f"{alone}; no further check-in yet.")
    if standing.eased_from is not None:
        yield SignClause(text=f"Easing: was {_spell(standing.eased_from)}.")
    if standing.returned_from is not None:
        yield SignClause(text=f"Returned: was {_spell(standing.returned_from)} before.")
    weeks = standing.weeks
    if weeks is not None and weeks.present:
        base = f"the last {weeks.looked_back} weeks"
        if weeks.judged < weeks.looked_back:
            base = f"{weeks.judged} weeks that could be judged, of {base}"
        yield SignClause(text=f"Present in {weeks.present} of {base}.")


def _left_out(finding: SignFinding) -> Iterator[SignClause]:
    total = count_of(len(finding.evidence) + finding.count(None), "check-in")
    no_occasion, not_asked = finding.count(SignAnswer.NO_OCCASION), finding.count(None)
    if no_occasion:
        yield SignClause(text=f"No occasion at {no_occasion} of {total}.")
    if not_asked:
        yield SignClause(text=f"Not asked at {not_asked} of {total}.")
    if finding.from_counts:
        yield SignClause(text="Worked out from counts and described episodes; too few answers for more.")


def _missing(finding: SignFinding, thresholds: SignThresholds) -> Iterator[SignClause]:
    rule = thresholds.answers
    if not finding.entries:
        yield SignClause(text=f"No check-in in the {_days(finding.window.days)} from {print_window(finding.window)}.")
        return
    if not finding.asked_days:
        return
    if finding.asked_days < rule.min_asked_days:
        yield SignClause(text=f"Asked on {finding.asked_days} of the {_days(rule.min_asked_days)} needed.")
    elif finding.asked_check_ins < rule.min_check_ins:
        needed = count_of(rule.min_check_ins, "check-in")
        yield SignClause(text=f"Answered at {finding.asked_check_ins} of the {needed} needed.")
    yield _answers(finding)


def _last_known(finding: SignFinding) -> Iterator[SignClause]:
    standing = finding.standing
    if standing.unanswered_days is not None:
        weeks = f"{standing.unanswered_days // DAYS_IN_WEEK} weeks"
        if not finding.entries:
            yield SignClause(text=f"Last answered {weeks} ago.")
        elif finding.count(SignAnswer.NO_OCCASION):
            yield SignClause(text=f"No answer but “no occasion” for {weeks}.")
        else:
            yield SignClause(text=f"Not asked for {weeks}.")
    if standing.last_known is not None:
        yield SignClause(text=f"Last known: {_spell(standing.last_known)}.")


def _spell(spell: SignSpell) -> str:
    state = STATE_WORDS[spell.state]
    return (
        f"{state} on {print_day(spell.last_day)}"
        if spell.check_ins == 1
        else (f"{state} {print_window(Window(spell.first_day, spell.last_day))}")
    )


def _days(days: int) -> str:
    return f"{days} {'day' if days == 1 else 'days'}"
