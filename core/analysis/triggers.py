"""Distortions beside the client's own triggers: how often each kind was named with a trigger and without it.

What stands side by side shows no cause, and nothing here measures how the two go together.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import compress
from types import MappingProxyType
from uuid import UUID

from msgspec import Struct

from core.analysis.exposure import CheckInRecords
from core.analysis.rates import exact, spread
from core.model.days import Window
from core.model.distortions import Told, TriggerCell, TriggerTable
from core.model.findings import Parameter, Status, Verdict
from core.model.readings import Asked, Rate
from core.model.records import RecordRef

Kept = list[tuple[Told, int]]

SIDE_BY_SIDE = "side by side in the same records, which shows no cause"


def told_in(records: CheckInRecords) -> list[Told]:
    """What the check-ins that count say of kinds and triggers."""
    return [
        Told(
            ref=record.ref,
            recorded_at=record.recorded_at,
            days=record.content.period,
            kinds=record.content.distortions_by_kind,
            triggers=record.content.full.triggers,
        )
        for record in records
        if not record.withdrawn
    ]


def read_triggers(
    told: Iterable[Told], window: Window, *, kinds: Sequence[str], triggers: Sequence[UUID]
) -> TriggerTable:
    """Each of `kinds` beside each of `triggers` over `window`.

    Only records that asked both the kind and the triggers take part; of several that cover a day the shortest has it,
    and of those the one recorded last, as everywhere (the exposure rule). A rate has the observed days of its own
    side. Source: project default.
    """
    ordered = sorted(
        (each for each in told if each.days.overlaps(window)),
        key=lambda each: (-each.days.days, each.recorded_at, each.ref.number),
        reverse=True,
    )
    both = [each for each in ordered if each.triggers is not None and each.kinds]
    came_up = {trigger: _numbers_with(trigger, both) for trigger in triggers}
    reason = None if both else _why_none(ordered)
    return TriggerTable(
        method="distortions beside triggers",
        status=Status.OK if both else Status.CANNOT_JUDGE,
        verdict=Verdict.DESCRIBED if both else Verdict.NOT_ENOUGH_RECORDED,
        used=len(both),
        missing=len(ordered) - len(both),
        span_days=_span_days(both, window),
        parameters=(Parameter(name="days looked at", value=window.days, source="project default"),),
        cautions=(SIDE_BY_SIDE,),
        would_change=() if both else ("a check-in that asks both kinds of distortion and triggers",),
        reason=reason,
        window=window,
        kinds=tuple(kinds),
        triggers=tuple(triggers),
        cells=tuple(_cells(ordered, kinds, came_up, window)) if triggers else (),
        check_ins=MappingProxyType({trigger: len(numbers) for trigger, numbers in came_up.items()}),
    )


class _Side(Struct, frozen=True):
    """Records with a trigger, or without it: with the days they keep, and how many days these are."""

    kept: Kept
    observed_days: int
    asked: Asked
    refs: tuple[RecordRef, ...]


def _cells(
    ordered: Sequence[Told], kinds: Sequence[str], came_up: Mapping[UUID, frozenset[int]], window: Window
) -> Iterator[TriggerCell]:
    """Each kind beside each trigger; the sides are worked out once for all kinds that the same records asked."""
    told = [each for each in ordered if each.triggers is not None]
    asked = {kind: bytes([kind in each.kinds for each in told]) for kind in kinds}
    kept = {here: _kept(compress(told, here), window) for here in set(asked.values())}
    for trigger, numbers in came_up.items():
        sides = {here: _sides(some, numbers) for here, some in kept.items()}
        for kind in kinds:
            with_trigger, without = sides[asked[kind]]
            yield TriggerCell(
                kind=kind,
                trigger=trigger,
                with_trigger=_rate(with_trigger, kind, window),
                without=_rate(without, kind, window),
            )


def _numbers_with(trigger: UUID, told: Iterable[Told]) -> frozenset[int]:
    """The running numbers of the check-ins in which a trigger came up."""
    return frozenset([each.ref.number for each in told if each.triggers is not None and trigger in each.triggers])


def _kept(in_turn: Iterable[Told], window: Window) -> Kept:
    """How many days of the window each record keeps when every one takes those that are left."""
    taken: set[int] = set()
    kept = []
    for each in in_turn:
        first = max(each.days.start, window.start).toordinal()
        last = min(each.days.end, window.end).toordinal()
        free = set(range(first, last + 1)) - taken
        taken |= free
        kept.append((each, len(free)))
    return kept


def _sides(kept: Kept, numbers: frozenset[int]) -> tuple[_Side, _Side]:
    """The records among `numbers`, and the others."""
    return (
        _side([held for held in kept if held[0].ref.number in numbers]),
        _side([held for held in kept if held[0].ref.number not in numbers]),
    )


def _side(every: Kept) -> _Side:
    kept = [(each, days) for each, days in every if days]
    refs = {each.ref.number: each.ref for each, _ in kept}
    return _Side(
        kept,
        sum([days for _, days in kept]),
        Asked(asked=len(every), check_ins=len(every)),
        tuple([refs[number] for number in sorted(refs)]),
    )


def _rate(side: _Side, kind: str, window: Window) -> Rate:
    return Rate(
        window=window,
        count=exact(*spread([(each.kinds[kind] * days, each.days.days) for each, days in side.kept])),
        observed_days=side.observed_days,
        asked=side.asked,
        refs=side.refs,
    )


def _span_days(told: Sequence[Told], window: Window) -> int:
    if not told:
        return 0
    first = max(min(each.days.start for each in told), window.start)
    last = min(max(each.days.end for each in told), window.end)
    return (last - first).days + 1


def _why_none(told: Sequence[Told]) -> str:
    if not told:
        return "no check-in in these days"
    if not any(each.triggers is not None for each in told):
        return "triggers were not asked in these days"
    return "no check-in asked both kinds of distortion and triggers"
