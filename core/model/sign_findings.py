"""What is found of a warning sign: its state with its grounds, since when it holds, and what would move it."""

from datetime import date
from enum import StrEnum
from fractions import Fraction
from uuid import UUID

from msgspec import Struct

from core.model.check_in_parts import SignAnswer
from core.model.findings import Parameter, Status
from core.model.readings import SignReading, SignState
from core.model.records import RecordRef

REASSURANCE_SIGN = "ws_reassurance"
CHECKING_SIGN = "ws_checking"
JEALOUSY_SIGN = "ws_panic_jealousy"
OVERTHINKING_SIGN = "ws_overthinking"
ISOLATION_SIGN = "ws_isolation"
CONFLICT_SIGN = "ws_repeated_conflict"

HEIGHT = {SignState.INSUFFICIENT: -1, SignState.NOT_SEEN: 0, SignState.WATCH: 1, SignState.PRESENT: 2}


class Side(StrEnum):
    """Whether a ground speaks for the sign, against it, or only stands beside it and changes nothing."""

    FOR = "for"
    AGAINST = "against"
    BESIDE = "beside"


class GroundKind(StrEnum):
    """What sort of record a ground counts."""

    OFTEN = "often"
    SOMETIMES = "sometimes"
    NOT_PRESENT = "not_present"
    ASKED_FOR_REASSURANCE = "asked_for_reassurance"
    RELIEF = "relief"
    LONGEST_RELIEF = "longest_relief"
    CHECKED = "checked"
    THOUGHTS = "thoughts"
    FIGHTS = "fights"
    PEAK_WITH_PANIC = "peak_with_panic"
    SHARED = "shared"
    WITHDREW = "withdrew"
    AVOIDED_DECISIONS = "avoided_decisions"


class SignGround(Struct, frozen=True, kw_only=True):
    """One count that a reading rests on, with its base and the records that hold it.

    `count` of `base` is in check-ins for answers and reactions, in days for checking and sharing. For times it is
    times in `base` observed days, for fights fights at `base` check-ins, for relief described episodes of all that
    were counted. `figure` is times a week, the median relief (0-10) or minutes; `minutes` how long relief lasted
    in the middle, `None` where it is not known.
    `about` and `at_least` say that some record's count was. `topic` is the profile's id of what fights were about.
    """

    kind: GroundKind
    side: Side
    count: Fraction
    base: Fraction
    figure: Fraction | None = None
    minutes: Fraction | None = None
    about: bool = False
    at_least: bool = False
    topic: UUID | None = None
    refs: tuple[RecordRef, ...] = ()


class FormBeside(Struct, frozen=True, kw_only=True):
    """The latest score of a form that bears on a sign, filled in within the sign's window; it moves no state.

    `scale` is its id in the catalogue, `name` and `about` are how it is called and what it asks about. The score is
    `printed`, out of `lowest` to `highest`. `answered` of `items` were answered; both are 0 where totals were
    entered. `lines` are the published band and lines that the score is at, in words.
    """

    scale: str
    name: str
    about: str
    printed: str
    lowest: Fraction
    highest: Fraction
    day: date
    answered: int
    items: int
    lines: tuple[str, ...]
    ref: RecordRef


class SignSpell(Struct, frozen=True, kw_only=True):
    """A stretch over which a state held, confirmed: from its first check-in to the last one that had it."""

    state: SignState
    first_day: date
    last_day: date
    check_ins: int


class MayBe(Struct, frozen=True, kw_only=True):
    """A state that the last `check_ins` check-ins show and that has not held long enough to be the sign's.

    With 0 check-ins only older answers have left the window since the last one.
    """

    state: SignState
    check_ins: int


class WeeksPresent(Struct, frozen=True, kw_only=True):
    """In how many of the latest weeks the sign was Present, of those that could be judged."""

    present: int
    judged: int
    looked_back: int


class SignStanding(Struct, frozen=True, kw_only=True):
    """How the state came to be what it is.

    `spell` is the confirmed stretch that holds now, `None` while none does. `since_known` is false in the first weeks
    of a record. `eased_from` is a higher state that was left within the last weeks; `returned_from` the earlier spell
    of a sign that is Present again; `last_known` what held before too little was recorded. `unanswered_days` counts
    from the latest answer where that is long ago. `weeks` is `None` where too few could be judged.
    """

    spell: SignSpell | None = None
    may_be: MayBe | None = None
    since_known: bool = False
    eased_from: SignSpell | None = None
    returned_from: SignSpell | None = None
    last_known: SignSpell | None = None
    unanswered_days: int | None = None
    weeks: WeeksPresent | None = None


class WouldChange(Struct, frozen=True, kw_only=True):
    """What further records would do, found by reading the rule over a record that holds them.

    `check_ins` more of `days` days each, all with `answer` (`None`: whatever the answer), lead to `state`; with
    `INSUFFICIENT` left behind, `state` is `None` and the sign can be judged.
    """

    check_ins: int
    days: int
    answer: SignAnswer | None
    state: SignState | None


class SignFinding(SignReading, frozen=True, kw_only=True):
    """A reading of one sign with its grounds, its standing and what would change it.

    `state` is what is shown: a new state is taken over once it has held at enough check-ins in a row, and too little
    recorded at once. `by_rule` is the rule over the window alone. `from_counts` says that answers were too few and
    counts stood for them. `forms` are scores that stand beside the sign and take no part in its state.
    """

    by_rule: SignState
    from_counts: bool
    grounds: tuple[SignGround, ...]
    standing: SignStanding
    would_change: tuple[WouldChange, ...]
    parameters: tuple[Parameter, ...]
    forms: tuple[FormBeside, ...] = ()

    @property
    def status(self) -> Status:
        """Whether the rule could be applied."""
        return Status.CANNOT_JUDGE if self.state is SignState.INSUFFICIENT else Status.OK

    @property
    def leaning(self) -> str | None:
        """Whether the latest check-ins point to a higher state (`rising`) or a lower one (`easing`) than is shown."""
        may_be = self.standing.may_be
        if (
            self.state is SignState.INSUFFICIENT
            or may_be is None
            or not may_be.check_ins
            or self.standing.spell is None
        ):
            return None
        return "rising" if HEIGHT[may_be.state] > HEIGHT[self.state] else "easing"

    def grounds_on(self, side: Side) -> tuple[SignGround, ...]:
        """The grounds of one side, in the order of the rule."""
        return tuple(ground for ground in self.grounds if ground.side is side)
