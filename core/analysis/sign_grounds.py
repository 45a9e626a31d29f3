"""What a reading of a sign rests on: every count that speaks for it, against it or beside it, with its base."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction

from msgspec.structs import replace

from core.analysis.days_kept import Kept, refs_of
from core.analysis.reassurance import middle_lasting, middle_relief
from core.analysis.sign_episodes import described
from core.analysis.sign_fields import CHECKING_FIELD, COUNTED, REASSURANCE_FIELD, THOUGHTS_FIELD
from core.analysis.sign_rules import SixSigns, on_share, per_week
from core.analysis.sign_windows import Amount
from core.model.check_in import CheckIn
from core.model.check_in_parts import CountKind, SignAnswer
from core.model.days import DAYS_IN_WEEK
from core.model.full_answers import Reaction
from core.model.readings import SignState
from core.model.sign_findings import (
    CHECKING_SIGN,
    CONFLICT_SIGN,
    ISOLATION_SIGN,
    JEALOUSY_SIGN,
    OVERTHINKING_SIGN,
    REASSURANCE_SIGN,
    GroundKind,
    Side,
    SignGround,
)

SHARING = "pr_sharing"
_SEEN = (SignAnswer.OFTEN, SignAnswer.SOMETIMES)


def grounds_of(signs: SixSigns, sign: str, day: int) -> tuple[SignGround, ...]:
    """The grounds of `sign` in the window up to `day`: answers first, then what its own rule reads, then the rest."""
    own = _OWN.get(sign)
    return (*_answers(signs, sign, day), *(own(signs, day) if own else ()))


def _answers(signs: SixSigns, sign: str, day: int) -> Iterator[SignGround]:
    told: dict[SignAnswer, list[Kept]] = {answer: [] for answer in SignAnswer}
    for each in signs.inputs.answered(sign).held(day):
        told[each.span.content.signs[sign]].append(each)
    asked = sum(len(told[answer]) for answer in COUNTED)
    for kind, answer, side in (
        (GroundKind.OFTEN, SignAnswer.OFTEN, Side.FOR),
        (GroundKind.SOMETIMES, SignAnswer.SOMETIMES, Side.FOR),
        (GroundKind.NOT_PRESENT, SignAnswer.NOT_PRESENT, Side.AGAINST),
    ):
        same = told[answer]
        if same:
            yield _ground(kind, side, (len(same), asked), same, figure=Fraction(sum(len(each.days) for each in same)))


def _reassurance(signs: SixSigns, day: int) -> Iterator[SignGround]:
    held, counted = signs.inputs.counted(REASSURANCE_FIELD).held(day), signs.inputs.amount(REASSURANCE_FIELD, day)
    if not counted.days:
        return
    often = per_week(counted, signs.six.reassurance_watch_per_week)
    kinds = {each.span.content.reassurance_count_kind for each in held}
    yield replace(
        _times(GroundKind.ASKED_FOR_REASSURANCE, _side(signs, counted, over=often), counted, held),
        about=CountKind.ABOUT in kinds,
        at_least=CountKind.AT_LEAST in kinds,
    )
    episodes = list(described(held))
    relief = middle_relief([each.told for each in episodes])
    lasting, _ = middle_lasting([each.told for each in episodes])
    holding = [each.held for each in episodes]
    base = (len(episodes), counted.total)
    say_how_long = sum([each.told.relief_minutes is not None for each in episodes])
    if relief is not None or say_how_long >= signs.six.poor_relief_episodes:
        side = Side.FOR if signs.poor_relief((day,), [0])[0] else Side.AGAINST
        yield _ground(GroundKind.RELIEF, side, base, holding, figure=relief, minutes=lasting)
    longest = max(episodes, key=lambda each: each.told.relief_minutes or 0, default=None)
    if longest is not None and longest.told.relief_minutes:
        yield _ground(
            GroundKind.LONGEST_RELIEF, Side.BESIDE, base, [longest.held], minutes=Fraction(longest.told.relief_minutes)
        )


def _checking(signs: SixSigns, day: int) -> Iterator[SignGround]:
    checked = signs.inputs.amount(CHECKING_FIELD, day)
    if checked.days:
        side = _side(signs, checked, over=on_share(checked, signs.checking_shares[1]))
        held = signs.inputs.counted(CHECKING_FIELD).held(day)
        yield _ground(GroundKind.CHECKED, side, (checked.total, checked.days), held)


def _jealousy(signs: SixSigns, day: int) -> Iterator[SignGround]:
    def high_with_panic(content: CheckIn) -> bool:
        reactions, peak = content.full.reactions or frozenset(), content.anxiety_peak
        return Reaction.PANIC in reactions and peak is not None and peak >= signs.six.jealousy_listed_peak

    yield from _told_at(
        signs, day, GroundKind.PEAK_WITH_PANIC, high_with_panic,
        lambda content: content.full.reactions is not None and content.anxiety_peak is not None,
    )  # fmt: skip


def _overthinking(signs: SixSigns, day: int) -> Iterator[SignGround]:
    thoughts = signs.inputs.amount(THOUGHTS_FIELD, day)
    if thoughts.days:
        many = per_week(thoughts, signs.six.overthinking_watch_per_week)
        held = signs.inputs.counted(THOUGHTS_FIELD).held(day)
        yield _times(GroundKind.THOUGHTS, _side(signs, thoughts, over=many), thoughts, held)
    yield from _told_at(
        signs, day, GroundKind.AVOIDED_DECISIONS,
        lambda content: content.full.avoided_decisions in _SEEN,
        lambda content: content.full.avoided_decisions is not None,
    )  # fmt: skip


def _isolation(signs: SixSigns, day: int) -> Iterator[SignGround]:
    yield from _told_at(
        signs, day, GroundKind.SHARED,
        lambda content: SHARING in (content.full.practised or {}),
        lambda content: content.full.practised is not None,
    )  # fmt: skip
    yield from _told_at(
        signs, day, GroundKind.WITHDREW,
        lambda content: content.full.withdrew in _SEEN,
        lambda content: content.full.withdrew not in (None, SignAnswer.NO_OCCASION),
    )  # fmt: skip


def _conflict(signs: SixSigns, day: int) -> Iterator[SignGround]:
    front = signs.topic_in_front(day)
    if front is None:
        return
    topic, fights = front
    told = (fights.amount.total, fights.amount.check_ins)
    side = Side.AGAINST if signs.by_fights([fights.amount]) == [SignState.NOT_SEEN] else Side.FOR
    yield replace(_ground(GroundKind.FIGHTS, side, told, fights.held), topic=topic)


_OWN: Mapping[str, Callable[[SixSigns, int], Iterator[SignGround]]] = {
    REASSURANCE_SIGN: _reassurance,
    CHECKING_SIGN: _checking,
    JEALOUSY_SIGN: _jealousy,
    OVERTHINKING_SIGN: _overthinking,
    ISOLATION_SIGN: _isolation,
    CONFLICT_SIGN: _conflict,
}


def _told_at(
    signs: SixSigns,
    day: int,
    kind: GroundKind,
    holds: Callable[[CheckIn], bool],
    asked: Callable[[CheckIn], bool],
) -> Iterator[SignGround]:
    """At how many of the check-ins that asked something held; it stands beside the sign and changes nothing."""
    asked_at = [span for span in signs.inputs.ended_in_window(day) if asked(span.content)]
    held_at = [span for span in asked_at if holds(span.content)]
    if held_at:
        yield SignGround(
            kind=kind,
            side=Side.BESIDE,
            count=Fraction(len(held_at)),
            base=Fraction(len(asked_at)),
            refs=refs_of(held_at),
        )


def _side(signs: SixSigns, amount: Amount, *, over: bool) -> Side:
    """For or against by the line; beside where too few days were observed for the rule to read it."""
    if not signs.enough_days(amount):
        return Side.BESIDE
    return Side.FOR if over else Side.AGAINST


def _times(kind: GroundKind, side: Side, amount: Amount, held: Iterable[Kept]) -> SignGround:
    weekly = amount.total * DAYS_IN_WEEK / amount.days if amount.days >= DAYS_IN_WEEK else None
    return _ground(kind, side, (amount.total, amount.days), held, figure=weekly)


def _ground(
    kind: GroundKind,
    side: Side,
    counted: tuple[Fraction | int, Fraction | int],
    held: Iterable[Kept],
    *,
    figure: Fraction | None = None,
    minutes: Fraction | None = None,
) -> SignGround:
    count, base = counted
    return SignGround(
        kind=kind,
        side=side,
        count=Fraction(count),
        base=Fraction(base),
        figure=figure,
        minutes=minutes,
        refs=refs_of([each.span for each in held]),
    )
