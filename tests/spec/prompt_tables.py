"""Prompts to consider extra or different support as of 21 May 2026: each rule at its edge, one below and one above."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from core.analysis.prompt_weeks import high_averages, high_peaks, panic_named
from core.analysis.prompts import line_crossed, read_prompts
from core.catalogue import load_catalogue
from core.model.check_in import CheckIn
from core.model.full_answers import FullAnswers, Reaction
from core.model.prompt_answers import PromptAnswer, PromptAnswerKind
from core.model.prompts import REPEATS_ACROSS, HighWeeks
from core.model.words import PROMPT_ANSWER_WORDS
from tests.prompt_builders import inputs, written
from tests.spec.change_tables import Forms, gad7
from tests.spec.change_tables import case as form_case
from tests.spec.spec import Case, Reading, Records, Row, Spec, case, day, row, withdrawn

CATALOGUE = load_catalogue()
RULES, RATE_RULE = CATALOGUE.prompt_rules, CATALOGUE.rate_rule
TODAY = day("21 May")
# Weeks that end on a Sunday, so that a check-in of seven days is one ISO week.
SUNDAYS = ("22 Mar", "29 Mar", "5 Apr", "12 Apr", "19 Apr", "26 Apr", "3 May", "10 May", "17 May")
ANSWERS = {words: kind for kind, words in PROMPT_ANSWER_WORDS.items()}


def _peaks(records: Records) -> Reading:
    return _weeks(high_peaks(records, TODAY, RULES, RATE_RULE))


def _averages(records: Records) -> Reading:
    return _weeks(high_averages(records, TODAY, RULES, RATE_RULE))


def _weeks(found: HighWeeks | None) -> Reading:
    return {"holds": "no" if found is None else f"{found.high} of {found.of} weeks"}


def _panic(records: Records) -> Reading:
    found = panic_named(records, TODAY, RULES)
    return {"holds": "no" if found is None else f"{found.named} of {found.asked} check-ins"}


def _crossed(forms: Forms) -> Reading:
    found = line_crossed(CATALOGUE.questionnaires["gad7"], forms, RULES.score_line)
    return {"holds": "no" if found is None else f"{found.before.printed}, then {found.crossed.printed}"}


def _rest(answers: Sequence[PromptAnswer]) -> Reading:
    (prompt,) = read_prompts(inputs(profile=written(answers=tuple(answers), observed=(REPEATS_ACROSS,))), RULES).prompts
    return {"state": prompt.state.value, "earlier answers": str(len(prompt.answers))}


class ReactionRow(Row):
    """A check-in with the reactions that were named: `none` was asked and there was none."""

    def _check_in(self, end: object) -> CheckIn:
        named = self.answers.get("reactions")
        told = None if named is None else frozenset(() if named == "none" else map(Reaction, named.split(", ")))
        return replace(super()._check_in(end), full=FullAnswers(reactions=told))


class AnswerRow(Row):
    """An answer to a prompt on one day."""

    heading: ClassVar[str] = "answered on"

    @property
    def which(self) -> str:
        return self.ends


@dataclass(frozen=True)
class AnswerCase(Case):
    """The answers that were given to one prompt, oldest first."""

    def records(self) -> tuple[PromptAnswer, ...]:
        return tuple(
            PromptAnswer(
                prompt=REPEATS_ACROSS,
                day=day(line.ends),
                answer=PromptAnswerKind(ANSWERS[line.answers["answer"]]),
                by="Dr One",
            )
            for line in self.rows
        )


def _answered(name: str, *days: str, **reading: str) -> Case:
    rows = tuple(AnswerRow(on, 1, {"answer": "Discussed with client"}) for on in days)
    return AnswerCase(name, rows, {key.replace("_", " "): value for key, value in reading.items()})


def _in_weeks(what: str, *values: int | None) -> list[Row]:
    ends = SUNDAYS[-len(values) :]
    return [
        row(end, 7, reassurance=1) if value is None else row(end, 7, **{what: value})
        for end, value in zip(ends, values, strict=True)
    ]


def _reactions(*named: str | None) -> list[Row]:
    ends = SUNDAYS[-len(named) :]
    return [
        ReactionRow(end, 7, {} if each is None else {"reactions": each}) for end, each in zip(ends, named, strict=True)
    ]


PEAKS = Spec(
    "Prompt: beyond handling, by peaks",
    "Beside “Present” of panic or jealousy: the highest anxiety at 8 or more in 3 of the last 4 observed weeks. A peak "
    "stands for one week, that of the middle of its check-in's days; a week needs 4 observed days.",
    _peaks,
    (
        case("two weeks at 8: one week below", *_in_weeks("peak", 8, 7, 8, 7), holds="no"),
        case("three weeks at 8: at the line", *_in_weeks("peak", 8, 7, 8, 8), holds="3 of 4 weeks"),
        case("four weeks at 8: one above", *_in_weeks("peak", 8, 8, 8, 8), holds="4 of 4 weeks"),
        case("peaks of 7: one point below", *_in_weeks("peak", 7, 7, 7, 7), holds="no"),
        case("a week not asked is passed over", *_in_weeks("peak", 9, 9, None, 7, 9), holds="3 of 4 weeks"),
        case("the fifth week back has no part in it", *_in_weeks("peak", 9, 9, 9, 7, 7), holds="no"),
        case(
            "3 days of a week are too few",
            row("3 May", 4, peak=9), row("10 May", 4, peak=9), row("17 May", 3, peak=9), holds="no",
        ),
        case(
            "4 days of a week are enough",
            row("3 May", 4, peak=9), row("10 May", 4, peak=9), row("17 May", 4, peak=9), holds="3 of 3 weeks",
        ),
        case(
            "a check-in over two weeks stands for that of its middle, with the other one there",
            row("26 Apr", 7, peak=9), row("3 May", 7, peak=9), row("13 May", 3, peak=9), row("20 May", 7, peak=7),
            holds="3 of 3 weeks",
        ),
        case(
            "one peak over four weeks is one week",
            row("3 May", 28, peak=9), row("17 May", 14, peak=9), holds="no",
        ),
        withdrawn(case("withdrawn check-ins count nowhere", *_in_weeks("peak", 9, 9, 9, 9), holds="no")),
    ),
)  # fmt: skip

AVERAGES = Spec(
    "Prompt: persistent distress",
    "Anxiety on average at 6 or more in each of the last 8 observed weeks, of the last 12 weeks.",
    _averages,
    (
        case("seven weeks at 6: one week below", *_in_weeks("anxiety", *[6] * 7), holds="no"),
        case("eight weeks at 6: at the line", *_in_weeks("anxiety", *[6] * 8), holds="8 of 8 weeks"),
        case("nine weeks at 6: one above", *_in_weeks("anxiety", *[6] * 9), holds="8 of 8 weeks"),
        case(
            "3 days of a week are too few",
            row("10 May", 7, times=7, anxiety=6),
            row("17 May", 3, anxiety=6),
            holds="no",
        ),
        case(
            "4 days of a week are enough",
            row("10 May", 7, times=7, anxiety=6),
            row("17 May", 4, anxiety=6),
            holds="8 of 8 weeks",
        ),
        case("one of eight weeks at 5", *_in_weeks("anxiety", 6, 6, 6, 5, 6, 6, 6, 6), holds="no"),
        case("a 5 nine weeks back has no part in it", *_in_weeks("anxiety", 5, *[7] * 8), holds="8 of 8 weeks"),
        case(
            "a week not asked is passed over", *_in_weeks("anxiety", 6, 6, 6, None, 6, 6, 6, 6, 6), holds="8 of 8 weeks"
        ),
        case("eight weeks that ended too long ago", row("29 Mar", 7, times=8, anxiety=9), holds="no"),
        case("nothing recorded", holds="no"),
    ),
)

PANIC = Spec(
    "Prompt: growing into something larger, by panic",
    "Panic named at 3 of the last 4 check-ins that asked for reactions. Blank is not asked; none is an answer.",
    _panic,
    (
        case("two of four: one below", *_reactions("panic", "none", "panic", "anger"), holds="no"),
        case(
            "three of four: at the line",
            *_reactions("panic", "none", "panic, anger", "panic"),
            holds="3 of 4 check-ins",
        ),
        case("four of four: one above", *_reactions("panic", "panic", "panic", "panic"), holds="4 of 4 check-ins"),
        case(
            "a check-in that did not ask is passed over",
            *_reactions("panic", "panic", None, "panic"),
            holds="3 of 3 check-ins",
        ),
        case(
            "the fifth one back has no part in it", *_reactions("panic", "panic", "panic", "none", "none"), holds="no"
        ),
    ),
)

CROSSED = Spec(
    "Prompt: growing into something larger, by the line at 10",
    "GAD-7 or PHQ-9 came from below 10 to 10 or above, and no later complete form is below it again.",
    _crossed,
    (
        form_case("9 after 8: one below", gad7(8, 9), holds="no"),
        form_case("10 after 9: at the line", gad7(9, 10), holds="9, then 10"),
        form_case("11 after 9: one above", gad7(9, 11), holds="9, then 11"),
        form_case("never below", gad7(12, 15), holds="no"),
        form_case("above for three forms", gad7(8, 12, 13, 11), holds="8, then 12"),
        form_case("below again", gad7(8, 12, 9), holds="no"),
        form_case("an incomplete form is passed over", gad7(8, "incomplete", 12), holds="8, then 12"),
    ),
)

REST = Spec(
    "Prompt: rest after an answer",
    "A prompt that was answered rests for 90 days, and is shown again when its rule still holds.",
    _rest,
    (
        _answered("never answered", state="shown", earlier_answers="0"),
        _answered("89 days ago: one below", "21 Feb", state="resting", earlier_answers="1"),
        _answered("90 days ago: at the line", "20 Feb", state="shown", earlier_answers="1"),
        _answered("91 days ago: one above", "19 Feb", state="shown", earlier_answers="1"),
        _answered("the latest answer counts", "1 Jan", "21 May", state="resting", earlier_answers="2"),
    ),
)

SPECS = (PEAKS, AVERAGES, PANIC, CROSSED, REST)
