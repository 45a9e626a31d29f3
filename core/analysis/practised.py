"""What was practised, by days: what helps is counted with the same care as what troubles."""

from collections import defaultdict
from datetime import date
from fractions import Fraction

from core.analysis.days_kept import Kept, refs_of
from core.analysis.exposure import CheckInRecords, Touching, counting, kept_days, spans
from core.model.check_in import CheckIn
from core.model.days import Window
from core.model.definitions import RateRule
from core.model.practised import DaysPractised, SecuritySide
from core.model.readings import Asked


def read_security_side(records: CheckInRecords, as_of: date, rule: RateRule) -> SecuritySide:
    """The days practised of every habit and practice named in the days up to `as_of`, and in as many days before.

    The length is the rate rule's `comparison_days`. A check-in that asked and did not name an entry says 0 days; one
    that named it without days leaves its own days out of that entry's base. Source: project default.
    """
    known = counting(records).ended_by(as_of)
    window = Window.ending(as_of, rule.comparison_days)
    touching, earlier = spans(known, window), spans(known, window.before(rule.comparison_days))
    kept = _asked(touching)
    return SecuritySide(
        window=window,
        asked=_asked_at(touching),
        observed_days=sum(len(held.days) for held in kept),
        asked_before=_asked_at(earlier),
        practised=_by_entry(kept),
        before=_by_entry(_asked(earlier)),
    )


def _was_asked(content: CheckIn) -> bool:
    return content.full.practised is not None


def _asked_at(touching: Touching) -> Asked:
    return Asked(asked=sum(1 for span in touching if _was_asked(span.content)), check_ins=len(touching))


def _asked(touching: Touching) -> list[Kept]:
    return [held for held in kept_days(touching, _was_asked) if held.days]


def _by_entry(kept: list[Kept]) -> tuple[DaysPractised, ...]:
    """Each entry that was named, by days, then by how often it was named, then by id."""
    named: dict[str, list[Kept]] = defaultdict(list)
    for held in kept:
        for entry in held.span.content.full.practised or {}:
            named[entry].append(held)
    found = [_days(entry, some, kept) for entry, some in named.items()]
    return tuple(sorted(found, key=lambda each: (-each.days, -each.check_ins, each.entry)))


def _days(entry: str, named: list[Kept], kept: list[Kept]) -> DaysPractised:
    total, without = Fraction(0), 0
    unknown_days = 0
    for held in named:
        days = (held.span.content.full.practised or {})[entry]
        if days is None:
            without += 1
            unknown_days += len(held.days)
        else:
            total += Fraction(days * len(held.days), held.span.content.period_days)
    return DaysPractised(
        entry=entry,
        days=total,
        observed_days=sum(len(held.days) for held in kept) - unknown_days,
        check_ins=len(named),
        asked_at=len(kept),
        days_not_asked=without,
        refs=refs_of(held.span for held in named),
    )
