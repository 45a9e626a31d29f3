"""Distortions beside the client's own triggers: how often each kind was named with a trigger and without it.

What stands side by side shows no cause, and nothing here measures how the two go together.
"""

from collections.abc import Iterable, Sequence
from itertools import compress
from types import MappingProxyType
from uuid import UUID

from core.analysis.exposure import CheckInRecords
from core.analysis.rates import exact, spread
from core.model.days import Window
from core.model.distortions import Told, TriggerCell, TriggerTable
from core.model.findings import Parameter, Status, Verdict
from core.model.readings import Asked, Rate

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
    kept = _kept_by_kind(ordered, kinds, window) if triggers else {}
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
        cells=tuple(
            TriggerCell(
                kind=kind,
                trigger=trigger,
                with_trigger=_rate([held for held in kept[kind] if held[0].ref.number in numbers], kind, window),
                without=_rate([held for held in kept[kind] if held[0].ref.number not in numbers], kind, window),
            )
            for trigger, numbers in came_up.items()
            for kind in kinds
        ),
        check_ins=MappingProxyType({trigger: len(numbers) for trigger, numbers in came_up.items()}),
    )


def _kept_by_kind(ordered: Sequence[Told], kinds: Sequence[str], window: Window) -> dict[str, Kept]:
    """What the records that asked a kind keep; worked out once for all kinds that the same records asked."""
    told = [each for each in ordered if each.triggers is not None]
    known: dict[bytes, Kept] = {}
    found = {}
    for kind in kinds:
        asked = bytes(kind in each.kinds for each in told)
        if asked not in known:
            known[asked] = _kept(compress(told, asked), window)
        found[kind] = known[asked]
    return found


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


def _rate(side: Kept, kind: str, window: Window) -> Rate:
    counting = [(each, days) for each, days in side if days]
    refs = {each.ref.number: each.ref for each, _ in counting}
    return Rate(
        window=window,
        count=exact(*spread([(each.kinds[kind] * days, each.days.days) for each, days in counting])),
        observed_days=sum([days for _, days in counting]),
        asked=Asked(asked=len(side), check_ins=len(side)),
        refs=tuple(refs[number] for number in sorted(refs)),
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
