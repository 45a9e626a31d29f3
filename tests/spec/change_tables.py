"""Filled questionnaires in, what may be said of change out. Thresholds are the published ones of the definitions."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from core.analysis.change import change_on
from core.analysis.scoring import score_entered, score_response
from core.analysis.talking_therapies import talking_therapies
from core.catalogue import load_catalogue
from core.model.change import Administration
from core.notes.change_sentences import change_sentences
from tests.spec.spec import Case, Reading, Row, Spec, day

QUESTIONNAIRES = load_catalogue().questionnaires
IDS = {"GAD-7": "gad7", "PHQ-9": "phq9"}
INCOMPLETE = "incomplete"

Forms = tuple[Administration, ...]


class FormRow(Row):
    """The totals of the forms that were filled in on one day."""

    heading: ClassVar[str] = "filled in on"

    @property
    def which(self) -> str:
        return self.ends


@dataclass(frozen=True)
class FormCase(Case):
    """A table of filled forms, numbered as they stand."""

    def records(self) -> Forms:
        return tuple(
            _administration(IDS[name], line.ends, total, number)
            for number, line in enumerate(self.rows, start=1)
            for name, total in line.answers.items()
        )


def _administration(form: str, ends: str, total: str, number: int) -> Administration:
    questionnaire = QUESTIONNAIRES[form]
    score = (
        score_response(questionnaire, {1: 0}) if total == INCOMPLETE else score_entered(questionnaire, {"total": total})
    )
    return Administration(day=day(ends), score=score, number=number)


def case(name: str, rows: Sequence[Row], **reading: str) -> Case:
    return FormCase(name, tuple(rows), {key.replace("_", " "): value for key, value in reading.items()})


def gad7(*totals: int | str) -> list[Row]:
    """GAD-7 in weeks in a row, the first on 5 January."""
    return _weeks("GAD-7", totals)


def phq9(*totals: int | str) -> list[Row]:
    return _weeks("PHQ-9", totals)


def both(*totals: tuple[int, int]) -> list[Row]:
    """PHQ-9 and GAD-7 on the same days."""
    days = ("5 Jan", "2 Mar")
    return [FormRow(on, 1, {"PHQ-9": str(one), "GAD-7": str(two)}) for on, (one, two) in zip(days, totals, strict=True)]


def _weeks(name: str, totals: Sequence[int | str]) -> list[Row]:
    days = ("5 Jan", "12 Jan", "19 Jan", "26 Jan", "2 Feb")
    return [FormRow(on, 1, {name: str(total)}) for on, total in zip(days, totals, strict=False)]


def _change(forms: Forms) -> Reading:
    found = change_on(QUESTIONNAIRES[forms[0].score.questionnaire_id], forms)
    return {
        "verdict": str(found.verdict).replace("_", " "),
        "direction": str(found.direction or "none"),
        "thresholds passed": ", ".join(str(each.threshold.points) for each in found.thresholds if _published(each))
        or "none",
    }


def _published(reading: object) -> bool:
    return reading.passed and reading.threshold.deciding


def _room(forms: Forms) -> Reading:
    room = change_on(QUESTIONNAIRES["gad7"], forms).room
    return {
        "improvement detectable": "yes" if room.improvement_detectable else "no",
        "deterioration detectable": "yes" if room.deterioration_detectable else "no",
    }


def _sentence(forms: Forms) -> Reading:
    return {"sentence": change_sentences(change_on(QUESTIONNAIRES["gad7"], forms))[1]}


def _category(forms: Forms) -> Reading:
    found = change_on(QUESTIONNAIRES["gad7"], forms)
    return {"category": str(found.category), "beside": ", ".join(found.sub_cases).replace("_", " ") or "nothing"}


def _rule_set(forms: Forms) -> Reading:
    given = {form: [each for each in forms if each.score.questionnaire_id == form] for form in IDS.values()}
    found = talking_therapies(QUESTIONNAIRES, given, attended=6)
    words = {True: "yes", False: "no", None: "none"}
    return {
        "case at the start": words[found.case_at_start],
        "outcome": str(found.outcome).replace("_", " "),
        "recovery": words[found.recovery],
        "reliable recovery": words[found.reliable_recovery],
    }


NO, POSSIBLE, RELIABLE = "no clear change", "possible change", "reliable change"

ONE_RULE = Spec(
    "Change on a form with one published threshold (PHQ-9, 6 points)",
    "The last complete form against the first. The threshold is NHS Talking Therapies', as its definition quotes it; "
    "that two forms in a row are needed is a project default.",
    _change,
    (
        case("one point short", phq9(15, 10), verdict=NO, direction="none", thresholds_passed="none"),
        case("at the threshold, first time", phq9(15, 9), verdict=POSSIBLE, direction="lower", thresholds_passed="6"),
        case("one point more is no surer", phq9(15, 8), verdict=POSSIBLE, direction="lower", thresholds_passed="6"),
        case("twice in a row", phq9(15, 9, 9), verdict=RELIABLE, direction="lower", thresholds_passed="6"),
        case("the second one point short", phq9(15, 9, 10), verdict=NO, direction="none", thresholds_passed="none"),
        case("the first one point short", phq9(15, 10, 9), verdict=POSSIBLE, direction="lower", thresholds_passed="6"),
        case("the other way", phq9(9, 15, 15), verdict=RELIABLE, direction="higher", thresholds_passed="6"),
        case("once each way", phq9(10, 4, 16), verdict=POSSIBLE, direction="higher", thresholds_passed="6"),
        case(
            "an incomplete form stands between two",
            phq9(15, 9, INCOMPLETE, 9),
            verdict=POSSIBLE, direction="lower", thresholds_passed="6",
        ),
        case(
            "a form within error stands between two",
            phq9(15, 9, 12, 9),
            verdict=POSSIBLE, direction="lower", thresholds_passed="6",
        ),
        case("one form", phq9(15), verdict="not enough recorded", direction="none", thresholds_passed="none"),
        case(
            "two forms, one of them incomplete",
            phq9(15, INCOMPLETE),
            verdict="not enough recorded", direction="none", thresholds_passed="none",
        ),
        case(
            "twice on one day is once",
            [*phq9(15, 9), FormRow("12 Jan", 1, {"PHQ-9": "8"})],
            verdict=POSSIBLE, direction="lower", thresholds_passed="6",
        ),
    ),
)  # fmt: skip

TWO_RULES = Spec(
    "Change on a form whose published thresholds disagree (GAD-7, 4 and 6 points)",
    "Any of them passed is a possible change; a reliable one needs all of them twice in a row (project default). "
    "4: NHS Talking Therapies; 6: Bischoff 2020.",
    _change,
    (
        case("one point short of the lower", gad7(14, 11), verdict=NO, direction="none", thresholds_passed="none"),
        case("at the lower", gad7(14, 10), verdict=POSSIBLE, direction="lower", thresholds_passed="4"),
        case("one short of the higher", gad7(14, 9), verdict=POSSIBLE, direction="lower", thresholds_passed="4"),
        case("at the higher", gad7(14, 8), verdict=POSSIBLE, direction="lower", thresholds_passed="4, 6"),
        case("the lower twice", gad7(14, 9, 9), verdict=POSSIBLE, direction="lower", thresholds_passed="4"),
        case("both twice", gad7(14, 8, 8), verdict=RELIABLE, direction="lower", thresholds_passed="4, 6"),
        case("the higher once", gad7(14, 9, 8), verdict=POSSIBLE, direction="lower", thresholds_passed="4, 6"),
        case("both twice, upward", gad7(8, 14, 15), verdict=RELIABLE, direction="higher", thresholds_passed="4, 6"),
    ),
)  # fmt: skip

WORDS = Spec(
    "The sentence that names the thresholds (GAD-7)",
    "Each published threshold is told, and whether it was passed once or twice in a row.",
    _sentence,
    (
        case(
            "one rule passed, the other not",
            gad7(14, 9),
            sentence="Past the change threshold of one rule (4), not of the other (6); first time: possible change.",
        ),
        case(
            "both passed, one of them twice",
            gad7(14, 9, 8),
            sentence="Past both change thresholds (4 and 6); twice in a row only by 4: possible change.",
        ),
        case(
            "both passed twice",
            gad7(14, 8, 8),
            sentence="Past both change thresholds (4 and 6); twice in a row: reliable change.",
        ),
        case("within both", gad7(14, 11), sentence="Within both change thresholds (4 and 6): no clear change."),
    ),
)  # fmt: skip

ROOM = Spec(
    "Room at the ends of the form (GAD-7, 0 to 21)",
    "Whether a change past both thresholds fits between the first score and each end.",
    _room,
    (
        case("5: one point too little", gad7(5, 5), improvement_detectable="no", deterioration_detectable="yes"),
        case("6: just enough", gad7(6, 6), improvement_detectable="yes", deterioration_detectable="yes"),
        case("7", gad7(7, 7), improvement_detectable="yes", deterioration_detectable="yes"),
        case("14", gad7(14, 14), improvement_detectable="yes", deterioration_detectable="yes"),
        case("15: just enough", gad7(15, 15), improvement_detectable="yes", deterioration_detectable="yes"),
        case("16: one point too little", gad7(16, 16), improvement_detectable="yes", deterioration_detectable="no"),
    ),
)  # fmt: skip

CATEGORIES = Spec(
    "The categories of Jacobson and Truax (GAD-7)",
    "Codes of that rule, by the first and the last score; no screen shows them. The cut-off c of the two groups in the "
    "definition is 7.71, so 7 lies on the functional side and 8 on the clinical one.",
    _category,
    (
        case("over the line, past the thresholds", gad7(13, 7), category="recovered", beside="nothing"),
        case("past the thresholds, not over the line", gad7(14, 8), category="improved", beside="nothing"),
        case("over the line, one point short", gad7(12, 7), category="unchanged", beside="crossed within error"),
        case("on the functional side at the start", gad7(7, 1), category="improved", beside="started functional"),
        case("neither", gad7(12, 8), category="unchanged", beside="nothing"),
        case(
            "into the clinical range, past the thresholds",
            gad7(7, 13),
            category="deteriorated", beside="started functional, crossed into clinical range",
        ),
        case(
            "into the clinical range, one point short",
            gad7(7, 12),
            category="unchanged", beside="started functional, crossed within error",
        ),
        case("higher within the clinical range", gad7(8, 14), category="deteriorated", beside="nothing"),
    ),
)  # fmt: skip

RULE_SET = Spec(
    "The talking-therapies rule set (PHQ-9 and GAD-7)",
    "Its own terms and published numbers: caseness from 10 on PHQ-9 and from 8 on GAD-7, reliable change from 6 and "
    "from 4 points. Codes of that rule set, for a service's statistics.",
    _rule_set,
    (
        case(
            "both down past their thresholds and lines",
            both((16, 12), (9, 7)),
            case_at_the_start="yes", outcome="reliable improvement", recovery="yes", reliable_recovery="yes",
        ),
        case(
            "one point short of both changes",
            both((14, 10), (9, 7)),
            case_at_the_start="yes", outcome="no reliable change", recovery="yes", reliable_recovery="no",
        ),
        case(
            "still at the line of one form",
            both((16, 12), (9, 8)),
            case_at_the_start="yes", outcome="reliable improvement", recovery="no", reliable_recovery="no",
        ),
        case(
            "at the line of one form at the start",
            both((9, 8), (9, 4)),
            case_at_the_start="yes", outcome="reliable improvement", recovery="yes", reliable_recovery="yes",
        ),
        case(
            "one below both lines at the start",
            both((9, 7), (3, 3)),
            case_at_the_start="no", outcome="reliable improvement", recovery="none", reliable_recovery="none",
        ),
        case(
            "one form better, the other worse",
            both((16, 8), (9, 12)),
            case_at_the_start="yes", outcome="mixed", recovery="no", reliable_recovery="no",
        ),
        case(
            "one form better, the other one point short of worse",
            both((16, 8), (9, 11)),
            case_at_the_start="yes", outcome="reliable improvement", recovery="no", reliable_recovery="no",
        ),
        case(
            "worse on one form",
            both((10, 8), (16, 8)),
            case_at_the_start="yes", outcome="reliable deterioration", recovery="no", reliable_recovery="no",
        ),
    ),
)  # fmt: skip

SPECS = (ONE_RULE, TWO_RULES, WORDS, ROOM, CATEGORIES, RULE_SET)
