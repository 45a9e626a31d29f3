"""What a profile says, as lines to read: for the page, for earlier versions, and beside a clash."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import singledispatch
from types import MappingProxyType
from uuid import UUID

from core.model.catalogue_entries import Entry
from core.model.days import print_day
from core.model.formulation import GoalProgress
from core.model.people import Client, PartnerStatus
from core.model.profile import (
    Approach,
    Block,
    BlockKind,
    Consent,
    DatedBlock,
    Goals,
    Hypothesis,
    ItemBlock,
    Observations,
    Origins,
    OwnMeasures,
    PracticePlan,
    PresentSafety,
)
from core.model.profile_items import Origin, OwnMeasure, ProfileItem
from core.model.safety_concern import SafetyConcern
from core.model.words import HOW_KNOWN_WORDS, OWN_MEASURE_WORDS, PARTNER_WORDS, SAFETY_CONCERN_WORDS
from dashboard.components.text import literal

NOT_FORMULATED = "ap_not_formulated"
NEW_LINE = "  \n"


@dataclass(frozen=True, kw_only=True)
class BlockWords:
    """The label of a block, its name on buttons, a few words beside it, and what it is for while it is empty."""

    label: str
    name: str
    purpose: str
    hint: str = ""


WORDS: Mapping[BlockKind, BlockWords] = MappingProxyType(
    {
        BlockKind.GOALS: BlockWords(
            label="Goals",
            name="goals",
            hint="in the client's words",
            purpose="What the client wants to be different. Check-ins can then ask for progress from 0 to 10.",
        ),
        BlockKind.HYPOTHESIS: BlockWords(
            label="Working hypothesis",
            name="hypothesis",
            hint="in your words",
            purpose="How you understand the client's way of being close, for now.",
        ),
        BlockKind.CORE_BELIEFS: BlockWords(
            label="Core beliefs",
            name="core beliefs",
            purpose="What the client takes to be true about themselves and other people.",
        ),
        BlockKind.TRIGGERS: BlockWords(
            label="Triggers",
            name="triggers",
            purpose="What sets the insecurity off. Check-ins can then ask which of them came up.",
        ),
        BlockKind.ORIGINS: BlockWords(
            label="Origins", name="origins", purpose="Where it may come from, and for each how that is known."
        ),
        BlockKind.STRENGTHS: BlockWords(
            label="Strengths", name="strengths", purpose="What the client can do, and who and what helps."
        ),
        BlockKind.PRESENT_SAFETY: BlockWords(
            label="Safe now?",
            name="safety",
            purpose="Whether you have asked about safety at present, and what you heard.",
        ),
        BlockKind.APPROACH: BlockWords(label="Approach", name="approach", purpose="What you work with."),
        BlockKind.PRACTICE_PLAN: BlockWords(
            label="In the plan",
            name="plan",
            purpose="Habits and practices you have agreed on. Check-ins can then ask about them.",
        ),
        BlockKind.FIGHT_TOPICS: BlockWords(
            label="Fight topics",
            name="fight topics",
            purpose="What fights come back to, so that the same one is recognised.",
        ),
        BlockKind.OBSERVATIONS: BlockWords(
            label="What only you can see",
            name="observations",
            purpose="Three reasons to think about more or other support that no figure here can show.",
        ),
        BlockKind.CONSENT: BlockWords(
            label="Consent", name="consent", purpose="When the client was told what is recorded, and why."
        ),
        BlockKind.OWN_MEASURES: BlockWords(
            label="Own measures",
            name="own measures",
            hint="in the client's words",
            purpose="Up to three ratings or counts that only this client needs. Check-ins then ask for them.",
        ),
    }
)


def block_lines(
    content: Block, entries: Mapping[str, Entry], progress: Mapping[UUID, GoalProgress] | None = None
) -> list[str]:
    """What a block says, line by line, as Markdown; empty where it says nothing.

    `progress` is told beside goals. An id that the catalogue no longer has stands as it is.
    """
    if isinstance(content, Goals):
        return [*_goals(content, progress or {}), *_ended(content.items)]
    return _lines(content, entries)


@singledispatch
def _lines(content: Block, entries: Mapping[str, Entry]) -> list[str]:  # noqa: ARG001 - what the others are given
    return []


@_lines.register
def _list(content: ItemBlock, entries: Mapping[str, Entry]) -> list[str]:  # noqa: ARG001 - as above
    return [*(literal(item.words) for item in content.open_items), *_ended(content.items)]


@_lines.register
def _observations(content: Observations, entries: Mapping[str, Entry]) -> list[str]:
    return [*(_observation(item, entries) for item in content.open_items), *_ended(content.items)]


@_lines.register
def _hypothesis(content: Hypothesis, entries: Mapping[str, Entry]) -> list[str]:
    return [*_pattern(content, entries), *_paragraphs(content.words)]


@_lines.register
def _origins(content: Origins, entries: Mapping[str, Entry]) -> list[str]:
    return [_origin(item, entries) for item in content.items]


@_lines.register
def _safety(content: PresentSafety, entries: Mapping[str, Entry]) -> list[str]:  # noqa: ARG001 - as above
    if content.asked_on is None:
        return _paragraphs(content.words)
    said = SAFETY_CONCERN_WORDS[content.concern].capitalize()
    shown = f"**{said}**" if content.concern is SafetyConcern.CONCERN else said
    return [f"{shown}, asked on {print_day(content.asked_on)}", *_paragraphs(content.words)]


@_lines.register
def _approach(content: Approach, entries: Mapping[str, Entry]) -> list[str]:
    return [*_labels(content.approaches, entries), *_paragraphs(content.words)]


@_lines.register
def _plan(content: PracticePlan, entries: Mapping[str, Entry]) -> list[str]:
    return _labels(content.practices, entries)


@_lines.register
def _consent(content: Consent, entries: Mapping[str, Entry]) -> list[str]:  # noqa: ARG001 - as above
    told = [f"Told what is recorded and why, {print_day(content.told_on)}"] if content.told_on else []
    return [*told, *_paragraphs(content.words)]


@_lines.register
def _measures(content: OwnMeasures, entries: Mapping[str, Entry]) -> list[str]:  # noqa: ARG001 - as above
    return [_measure(each) for each in sorted(content.measures, key=lambda each: each.ended_on is not None)]


def dated_words(dated: DatedBlock) -> str:
    """From when a version holds and who wrote it, with the day of writing where that is another one."""
    written = "" if dated.recorded_on == dated.held_from else f"written {print_day(dated.recorded_on)} by "
    return f"from {print_day(dated.held_from)}, {written}{literal(dated.recorded_by)}"


def partner_words(client: Client) -> str:
    """Every partner status with its day, the newest first; empty where none was recorded."""
    held = sorted(client.partner, key=lambda dated: dated.since, reverse=True)
    return NEW_LINE.join(_partner(place, dated.status, dated.since) for place, dated in enumerate(held))


def _partner(place: int, status: PartnerStatus, since: date) -> str:
    line = f"{PARTNER_WORDS[status].capitalize()}, from {print_day(since)}"
    return line if place == 0 else f":gray[:small[{line}]]"


def _goals(content: Goals, progress: Mapping[UUID, GoalProgress]) -> Iterator[str]:
    for place, item in enumerate(content.open_items, start=1):
        told = progress.get(item.id)
        yield f"{place}&nbsp; {literal(item.words)}" + (f"&emsp;{_progress(told)}" if told else "")


def _progress(told: GoalProgress) -> str:
    latest = f"**{told.latest}** of 10"
    if told.first_on == told.latest_on:
        return f"{latest} :gray[:small[{print_day(told.latest_on)}]]"
    return f"{told.first} → {latest} :gray[:small[{print_day(told.first_on)}, {print_day(told.latest_on)}]]"


def _ended(items: Sequence[ProfileItem]) -> list[str]:
    return [
        f":gray[:small[{literal(item.words)}, until {print_day(item.ended_on)}]]" for item in items if item.ended_on
    ]


def _observation(item: ProfileItem, entries: Mapping[str, Entry]) -> str:
    return f"**{_label(item.entry, entries)}:** {literal(item.words)}" if item.entry else literal(item.words)


def _pattern(content: Hypothesis, entries: Mapping[str, Entry]) -> list[str]:
    if content.pattern is None:
        return []
    label = _label(content.pattern, entries)
    return [f"**{label}**" if content.pattern == NOT_FORMULATED else f"**{label} pattern**"]


def _origin(item: Origin, entries: Mapping[str, Entry]) -> str:
    known = f"{literal(item.words)} :gray[({HOW_KNOWN_WORDS[item.known_from]})]"
    name = _label(item.entry, entries)
    return known if name in ("", literal(item.words)) else f"{known} :gray[:small[{name}]]"


def _measure(measure: OwnMeasure) -> str:
    line = f"{literal(measure.name)}, {OWN_MEASURE_WORDS[measure.kind]}"
    if measure.ended_on is None:
        return f"{line} :gray[:small[since {print_day(measure.since)}]]"
    return f":gray[:small[{line}, {print_day(measure.since)} to {print_day(measure.ended_on)}]]"


def _labels(names: Sequence[str], entries: Mapping[str, Entry]) -> list[str]:
    """Labels of the catalogue one after the other on one line."""
    return [" · ".join(_label(name, entries) for name in names)] if names else []


def _label(name: str | None, entries: Mapping[str, Entry]) -> str:
    entry = entries.get(name or "")
    return literal(entry.label if entry else name or "")


def _paragraphs(words: str) -> list[str]:
    return [literal(line) for line in words.splitlines() if line.strip()]
