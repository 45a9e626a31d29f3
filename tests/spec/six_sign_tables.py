"""What each of the six signs takes in beside its answers, and how a state holds from check-in to check-in."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from core.analysis.warning_signs import read_sign
from core.model.check_in import CheckIn
from core.model.check_in_parts import Episode, ReliefEnded, SignAnswer
from core.model.days import print_day_short
from core.model.full_answers import FullAnswers
from core.model.sign_findings import (
    CHECKING_SIGN,
    CONFLICT_SIGN,
    ISOLATION_SIGN,
    OVERTHINKING_SIGN,
    REASSURANCE_SIGN,
    SignFinding,
)
from core.notes.sign_grounds import ground_sentence
from core.notes.sign_sentences import would_change_sentence
from tests.builders import SIGN, thresholds
from tests.spec.spec import Case, Reading, Records, Row, Spec, case, day

TOPICS = {"family": UUID(int=81), "money": UUID(int=82)}
WORDS = {topic: words for words, topic in TOPICS.items()}


@dataclass(frozen=True)
class SignRow(Row):
    """A row that may also hold episodes (`relief="3, 5"`, `minutes="20, 40 still"`), `checked`, `fights`, `withdrew`.

    Its answer is given to the sign it `reads`; fights are written with their topic: `fights="2 family"`.
    """

    reads: str = SIGN

    def _check_in(self, end: date) -> CheckIn:
        made, answers = super()._check_in(end), self.answers
        signs = {self.reads: made.signs[SIGN]} if SIGN in made.signs else {}
        episodes = tuple(_episodes(answers.get("relief", ""), answers.get("minutes", "")))
        return replace(made, signs=signs, episodes=episodes)

    def _full(self) -> FullAnswers | None:
        answers = self.answers
        full = FullAnswers(
            checking_days=_number(answers.get("checked")),
            withdrew=SignAnswer(answers["withdrew"].replace(" ", "_")) if "withdrew" in answers else None,
            **_fights(answers.get("fights")),  # type: ignore[arg-type]  # three fields of one answer
        )
        return full if full.answered else None


def week(ends: str, *, reads: str, times: int = 1, **answers: str | int) -> SignRow:
    """Check-ins of seven days, the last one ending on `ends`."""
    return SignRow(ends, 7, {name: str(value) for name, value in answers.items()}, times, reads)


def _number(text: str | None) -> int | None:
    return None if text is None else int(text)


def _fights(text: str | None) -> dict[str, object]:
    if text is None:
        return {}
    number, _, topic = text.partition(" ")
    return {"conflicts": int(number), "repeated_conflicts": int(number), "conflict_topic": TOPICS.get(topic)}


def _episodes(reliefs: str, minutes: str) -> list[Episode]:
    lasting = [each.split() for each in minutes.split(",")] if minutes else []
    values: list[int | None] = [int(each) for each in reliefs.split(",")] if reliefs else [None] * len(lasting)
    found = []
    for place, relief in enumerate(values):
        told = lasting[place] if place < len(lasting) else []
        ended = ReliefEnded.STILL_HELPING if "still" in told else None
        found.append(Episode(relief=relief, relief_minutes=int(told[0]) if told else None, ended=ended))
    return found


def _finding(records: Records, sign: str) -> SignFinding:
    return read_sign(sign, records, day("21 May"), thresholds())


def _by_rule(sign: str) -> Callable[[Records], Reading]:
    def read(records: Records) -> Reading:
        finding = _finding(records, sign)
        grounds = (f"{each.side.value}: {ground_sentence(each, WORDS)}" for each in finding.grounds)
        return {"state": finding.by_rule.value.replace("_", " "), "rests on": " ".join(grounds) or "nothing"}

    return read


def _course(records: Records) -> Reading:
    finding = _finding(records, SIGN)
    standing = finding.standing
    spell, may_be = standing.spell, standing.may_be
    changes = " ".join(would_change_sentence(change) for change in finding.would_change)
    return {
        "shown": finding.state.value.replace("_", " "),
        "held": "no" if spell is None else f"since {print_day_short(spell.first_day)}, {spell.check_ins} check-ins",
        "may be": "nothing else" if may_be is None else f"{may_be.state.value.replace('_', ' ')} at {may_be.check_ins}",
        "would change": changes or "nothing looked for",
    }


def _reassured(name: str, last: dict[str, str | int], **reading: str) -> Case:
    rows = (
        week("14 May", reads=REASSURANCE_SIGN, times=3, reassurance=7, sign="not present"),
        week("21 May", reads=REASSURANCE_SIGN, sign="not present", **last),
    )
    return case(name, *rows, **reading)


REASSURANCE = Spec(
    "Reassurance: times and relief",
    "7 a week or more with poor relief is Present; 3 a week or more, or poor relief, is Watch. Poor relief needs 3 "
    "described episodes, with a median of 4 or less, or with half of them under 60 minutes; a time that is only a "
    "minimum is never short. Reassurance that helps speaks against the sign.",
    _by_rule(REASSURANCE_SIGN),
    (
        _reassured(
            "7 a week and a median of 4: at both lines",
            {"reassurance": 7, "relief": "3, 4, 6"},
            state="present",
            rests_on="against: “Not present” at 4 of 4 check-ins, on 28 days. for: 28 times in 28 observed days (7.0 a "
            "week). for: 3 of the 28 described: median relief 4 of 10.",
        ),
        _reassured(
            "one time below 7 a week",
            {"reassurance": 6, "relief": "3, 4, 6"},
            state="watch",
            rests_on="against: “Not present” at 4 of 4 check-ins, on 28 days. for: 27 times in 28 observed days (6.8 a "
            "week). for: 3 of the 27 described: median relief 4 of 10.",
        ),
        _reassured(
            "a median one above 4",
            {"reassurance": 7, "relief": "3, 5, 6"},
            state="watch",
            rests_on="against: “Not present” at 4 of 4 check-ins, on 28 days. for: 28 times in 28 observed days (7.0 a "
            "week). against: Reassurance helped: median relief 5 of 10 (3 of the 28 described).",
        ),
        _reassured(
            "two described are too few",
            {"reassurance": 7, "relief": "1, 1"},
            state="watch",
            rests_on="against: “Not present” at 4 of 4 check-ins, on 28 days. for: 28 times in 28 observed days (7.0 a "
            "week).",
        ),
        _reassured(
            "half of them under 60 minutes",
            {"reassurance": 7, "minutes": "59, 59, 60, 60"},
            state="present",
            rests_on="against: “Not present” at 4 of 4 check-ins, on 28 days. for: 28 times in 28 observed days (7.0 a "
            "week). for: 4 of the 28 described: lasting about 1 h. beside: Longest relief described: 1 h.",
        ),
        _reassured(
            "one of the short ones is only a minimum",
            {"reassurance": 7, "minutes": "59 still, 59, 60, 60"},
            state="watch",
            rests_on="against: “Not present” at 4 of 4 check-ins, on 28 days. for: 28 times in 28 observed days (7.0 a "
            "week). against: Reassurance helped: lasting about 1 h (4 of the 28 described). beside: Longest relief "
            "described: 1 h.",
        ),
        case(
            "counts alone, 14 days: enough without an answer",
            week("21 May", reads=REASSURANCE_SIGN, times=2, reassurance=3),
            state="watch",
            rests_on="for: 6 times in 14 observed days (3.0 a week).",
        ),
        case(
            "counts alone, one week: not enough",
            week("21 May", reads=REASSURANCE_SIGN, reassurance=30),
            state="insufficient",
            rests_on="beside: 30 times in 7 observed days (30.0 a week).",
        ),
    ),
)

CHECKING = Spec(
    "Checking: days with any",
    "Checked on half of the days asked about is Present, on a quarter Watch; both need 14 such days.",
    _by_rule(CHECKING_SIGN),
    tuple(
        case(
            name,
            week("14 May", reads=CHECKING_SIGN, times=3, checked=earlier, sign="not present"),
            week("21 May", reads=CHECKING_SIGN, checked=last, sign="not present"),
            state=state,
            rests_on=f"against: “Not present” at 4 of 4 check-ins, on 28 days. {side}: Checked on {3 * earlier + last} "
            "of 28 days.",
        )
        for name, earlier, last, state, side in (
            ("14 of 28 days: at the line of Present", 4, 2, "present", "for"),
            ("13 days: one below", 4, 1, "watch", "for"),
            ("15 days: one above", 4, 3, "present", "for"),
            ("7 days: at the line of Watch", 2, 1, "watch", "for"),
            ("6 days: one below", 2, 0, "not seen", "against"),
        )
    ),
)

OVERTHINKING = Spec(
    "Overthinking: two kinds of thought",
    "Mind-reading and catastrophizing together 7 a week or more is Watch. Only check-ins that asked both kinds count.",
    _by_rule(OVERTHINKING_SIGN),
    tuple(
        case(
            name,
            week("14 May", reads=OVERTHINKING_SIGN, times=3, kinds="3 4 0 0 0", sign="not present"),
            week("21 May", reads=OVERTHINKING_SIGN, kinds=last, sign="not present"),
            state=state,
            rests_on=f"against: “Not present” at 4 of 4 check-ins, on 28 days. {told}",
        )
        for name, last, state, told in (
            (
                "7 a week: at the line", "7 0 9 9 9", "watch",
                "for: Mind-reading and catastrophizing together: 28 in 28 observed days (7.0 a week).",
            ),
            (
                "one below", "6 0 9 9 9", "not seen",
                "against: Mind-reading and catastrophizing together: 27 in 28 observed days (6.8 a week).",
            ),
            (
                "a check-in that asked one kind is left out", "99 - - - -", "watch",
                "for: Mind-reading and catastrophizing together: 21 in 21 observed days (7.0 a week).",
            ),
        )
    ),
)  # fmt: skip

FRIENDS = Spec(
    "Friends dropped: answers only",
    "Pulling away from the partner stands beside the sign and changes nothing.",
    _by_rule(ISOLATION_SIGN),
    (
        case(
            "withdrew often at every check-in",
            week("21 May", reads=ISOLATION_SIGN, times=4, withdrew="often", sign="not present"),
            state="not seen",
            rests_on="against: “Not present” at 4 of 4 check-ins, on 28 days. beside: Pulling away from the partner is "
            "recorded apart, at 4 of 4 check-ins.",
        ),
    ),
)

FIGHTS = Spec(
    "Same fight: one topic",
    "4 fights on one topic told at 2 check-ins in 28 days is Present, 2 fights Watch. Topics are not added up.",
    _by_rule(CONFLICT_SIGN),
    tuple(
        case(
            name,
            week("14 May", reads=CONFLICT_SIGN, fights=earlier, sign="not present"),
            week("21 May", reads=CONFLICT_SIGN, fights=last, sign="not present"),
            state=state,
            rests_on=f"against: “Not present” at 2 of 2 check-ins, on 14 days. {told}",
        )
        for name, earlier, last, state, told in (
            ("4 at 2 check-ins: at the line", "2 family", "2 family", "present",
             "for: 4 fights on “family”, told at 2 check-ins."),
            ("3 fights: one below", "2 family", "1 family", "watch",
             "for: 3 fights on “family”, told at 2 check-ins."),
            ("5 fights: one above", "2 family", "3 family", "present",
             "for: 5 fights on “family”, told at 2 check-ins."),
            ("4 at one check-in: one check-in below", "0", "4 family", "watch",
             "for: 4 fights on “family”, told at 1 check-in."),
            ("4 on two topics", "2 family", "2 money", "watch",
             "for: 2 fights on “family”, told at 1 check-in."),
            ("one fight", "0", "1 family", "not seen",
             "against: 1 fight on “family”, told at 1 check-in."),
        )
    ),
)  # fmt: skip

COURSE = Spec(
    "How a state holds",
    "A state moves when the new one holds at 2 check-ins in a row; until then it only may be. What further check-ins "
    "would do is found by reading the same rule over a record that holds them.",
    _course,
    (
        case(
            "one check-in that shows more: may be rising",
            week("14 May", reads=SIGN, times=4, sign="not present"),
            week("21 May", reads=SIGN, sign="often"),
            shown="not seen",
            held="since 30 Apr, 4 check-ins",
            may_be="watch at 1",
            would_change="One more check-in with “sometimes” makes this “Watch”.",
        ),
        case(
            "two in a row: it has moved",
            week("7 May", reads=SIGN, times=4, sign="not present"),
            week("14 May", reads=SIGN, sign="often"),
            week("21 May", reads=SIGN, sign="sometimes"),
            shown="watch",
            held="since 14 May, 2 check-ins",
            may_be="nothing else",
            would_change="2 more check-ins in a row with “often” make this “Present”. 4 more check-ins in a row with "
            "“not present” make this “Not seen”.",
        ),
        case(
            "two in a row that differ: not yet",
            week("7 May", reads=SIGN, times=4, sign="not present"),
            week("21 May", reads=SIGN, times=2, sign="often"),
            shown="not seen",
            held="since 23 Apr, 5 check-ins",
            may_be="present at 1",
            would_change="One more check-in with “often” makes this “Present”.",
        ),
        case(
            "a first state that nothing confirms yet",
            week("21 May", reads=SIGN, times=2, sign="sometimes"),
            shown="watch",
            held="no",
            may_be="watch at 1",
            would_change="3 more check-ins in a row with “often” make this “Present”. 4 more check-ins in a row with "
            "“not present” make this “Not seen”.",
        ),
        case(
            "too little recorded ends what held at once",
            week("23 Apr", reads=SIGN, times=4, sign="often"),
            week("21 May", reads=SIGN, sign="often"),
            shown="insufficient",
            held="no",
            may_be="nothing else",
            would_change="7 more asked days and this can be judged.",
        ),
    ),
)

SPECS = (REASSURANCE, CHECKING, OVERTHINKING, FRIENDS, FIGHTS, COURSE)
