"""Rule R0: the four states of a warning sign, from the answers to that one sign."""

from collections import Counter
from datetime import date
from fractions import Fraction

from core.analysis.exposure import CheckInRecords, Kept, kept_days, spans
from core.model.check_in_parts import SignAnswer
from core.model.days import Window
from core.model.definitions import SignRule
from core.model.readings import SignEntry, SignReading, SignState

COUNTED = (SignAnswer.OFTEN, SignAnswer.SOMETIMES, SignAnswer.NOT_PRESENT)


def read_sign(sign: str, records: CheckInRecords, as_of: date, rule: SignRule) -> SignReading:
    """The state of `sign` over the rule's window up to and including `as_of`, with every entry it rests on.

    Check-ins are counted when they keep at least one day by the exposure rule. Shares are of asked days, in
    which "no occasion" and days without an answer have no part. Source: the rule's numbers are project defaults.
    """
    window = Window.ending(as_of, rule.window_days)
    ordered = spans(records, window)
    kept = kept_days(ordered, lambda content: sign in content.signs)
    days = {held.span.ref: len(held.days) for held in kept}
    entries = (
        SignEntry(
            ref=span.ref,
            period=span.content.period,
            answer=span.content.signs.get(sign),
            days=days.get(span.ref, 0),
        )
        for span in ordered
    )
    return SignReading(
        sign=sign,
        state=_state(kept, sign, rule),
        window=window,
        asked_days=sum(len(held.days) for held in kept if held.span.content.signs[sign] in COUNTED),
        entries=tuple(sorted(entries, key=lambda entry: (entry.period.end, entry.period.start, entry.ref.number))),
    )


def _state(kept: list[Kept], sign: str, rule: SignRule) -> SignState:
    check_ins: Counter[SignAnswer] = Counter()
    days: Counter[SignAnswer] = Counter()
    for held in kept:
        if held.days:
            answer = held.span.content.signs[sign]
            check_ins[answer] += 1
            days[answer] += len(held.days)
    asked_days = sum(days[answer] for answer in COUNTED)
    asked = sum(check_ins[answer] for answer in COUNTED)
    often, often_days = check_ins[SignAnswer.OFTEN], days[SignAnswer.OFTEN]
    seen, seen_days = often + check_ins[SignAnswer.SOMETIMES], often_days + days[SignAnswer.SOMETIMES]
    if asked_days < rule.min_asked_days or asked < rule.min_check_ins:
        return SignState.INSUFFICIENT
    if often >= rule.present_often_check_ins and often_days >= _share(rule.present_share) * asked_days:
        return SignState.PRESENT
    if often >= rule.watch_often_check_ins:
        return SignState.WATCH
    if seen >= rule.watch_seen_check_ins and seen_days >= _share(rule.watch_share) * asked_days:
        return SignState.WATCH
    return SignState.NOT_SEEN


def _share(share: float) -> Fraction:
    """The share as it was written: 0.7 is seven tenths, so that seven of ten days are at the line."""
    return Fraction(str(share))
