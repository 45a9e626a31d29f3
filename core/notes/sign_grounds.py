"""Each ground of a sign as one sentence: a count, what it is out of, and nothing about the person."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from uuid import UUID

from core.model.days import print_day
from core.model.durations import print_minutes
from core.model.numbers import count_of, one_decimal, print_exact, print_number
from core.model.sign_findings import FormBeside, GroundKind, Side, SignGround

Topics = Mapping[UUID, str]


def ground_sentence(ground: SignGround, topics: Topics) -> str:
    """`31 times in 28 observed days (7.8 a week).`: the count with its base. `topics` are the client's own words."""
    return _SENTENCES[ground.kind](ground, topics)


def form_sentence(form: FormBeside) -> str:
    """`CSI-4, satisfaction with the relationship: 9 of 0 to 21 on 4 May 2026, 4 of 4 items answered.`"""
    base = f"{form.answered} of {count_of(form.items, 'item')} answered" if form.items else "entered as a total"
    span = f"{print_exact(form.lowest)} to {print_exact(form.highest)}"
    lines = f" By its published lines: {'; '.join(form.lines)}." if form.lines else ""
    return f"{form.name}, {form.about}: {form.printed} (of {span}) on {print_day(form.day)}, {base}.{lines}"


def _answer(word: str) -> Callable[[SignGround, Topics], str]:
    def said(ground: SignGround, _: Topics) -> str:
        days = "" if ground.figure is None else f", on {_days(ground.figure.numerator)}"
        return f"“{word}” at {ground.count} of {count_of(ground.base.numerator, 'check-in')}{days}."

    return said


def _at(what: str) -> Callable[[SignGround, Topics], str]:
    def said(ground: SignGround, _: Topics) -> str:
        return f"{what} {ground.count} of {count_of(ground.base.numerator, 'check-in')}."

    return said


def _asked_for(ground: SignGround, _: Topics) -> str:
    known = f"{'at least ' if ground.at_least else ''}{'about ' if ground.about else ''}".capitalize()
    times = "None recorded" if not ground.count else known + _times(ground)
    return f"{times} in {_observed(ground)}{_weekly(ground)}."


def _thoughts(ground: SignGround, _: Topics) -> str:
    named = print_number(ground.count) if ground.count else "none"
    return f"Mind-reading and catastrophizing together: {named} in {_observed(ground)}{_weekly(ground)}."


def _relief(ground: SignGround, _: Topics) -> str:
    relief = "" if ground.figure is None else f"median relief {print_number(ground.figure)} of 10"
    lasting = "" if ground.minutes is None else f"lasting {_about(print_minutes(ground.minutes))}"
    told = ", ".join(part for part in (relief, lasting) if part) or "more than half still helping when told"
    described = f"{ground.count} of the {print_number(ground.base)} described"
    return f"{'Reassurance helped' if ground.side is Side.AGAINST else described}: " + (
        f"{told} ({described})." if ground.side is Side.AGAINST else f"{told}."
    )


def _longest(ground: SignGround, _: Topics) -> str:
    return f"Longest relief described: {print_minutes(ground.minutes or 0)}."


def _checked(ground: SignGround, _: Topics) -> str:
    return f"Checked on {print_number(ground.count)} of {_days(ground.base.numerator)}."


def _fights(ground: SignGround, topics: Topics) -> str:
    words = topics.get(ground.topic) if ground.topic is not None else None
    about = f"“{words}”" if words else "one topic"
    fights = f"{print_number(ground.count)} {'fight' if ground.count == 1 else 'fights'}"
    return f"{fights} on {about}, told at {count_of(ground.base.numerator, 'check-in')}."


_SENTENCES: Mapping[GroundKind, Callable[[SignGround, Topics], str]] = MappingProxyType(
    {
        GroundKind.OFTEN: _answer("Often"),
        GroundKind.SOMETIMES: _answer("Sometimes"),
        GroundKind.NOT_PRESENT: _answer("Not present"),
        GroundKind.ASKED_FOR_REASSURANCE: _asked_for,
        GroundKind.RELIEF: _relief,
        GroundKind.LONGEST_RELIEF: _longest,
        GroundKind.CHECKED: _checked,
        GroundKind.THOUGHTS: _thoughts,
        GroundKind.FIGHTS: _fights,
        GroundKind.PEAK_WITH_PANIC: _at("A high peak of anxiety together with panic at"),
        GroundKind.SHARED: _at("Shared with someone trusted at"),
        GroundKind.WITHDREW: _at("Pulling away from the partner is recorded apart, at"),
        GroundKind.AVOIDED_DECISIONS: _at("Decisions put off at"),
    }
)


def _times(ground: SignGround) -> str:
    return f"{print_number(ground.count)} {'time' if ground.count == 1 else 'times'}"


def _weekly(ground: SignGround) -> str:
    return f" ({one_decimal(ground.figure)} a week)" if ground.figure is not None and ground.count else ""


def _observed(ground: SignGround) -> str:
    days = ground.base.numerator
    return f"{days} observed {'day' if days == 1 else 'days'}"


def _about(minutes: str) -> str:
    return "no time at all" if minutes == "gone at once" else f"about {minutes}"


def _days(days: int) -> str:
    return f"{days} {'day' if days == 1 else 'days'}"
