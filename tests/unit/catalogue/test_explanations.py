"""Explanations hold no number of their own: what they say is what the rules, the tables and the program have."""

import dataclasses
import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from core.analysis import (
    changes,
    chart_rules,
    counts,
    effect_size,
    four_weeks,
    reassurance,
    recording,
    reviews,
    series,
    sign_rules,
    single_days,
    talking_therapies,
    trend,
    xmr,
)
from core.catalogue import find_banned_words, find_topics, load_catalogue, topics
from core.catalogue.explaining import FILE, number_of
from core.catalogue.loading import FOLDER
from core.catalogue.topics import differences_at
from core.errors import CatalogueError
from core.model.definitions import WarningSign
from core.model.numbers import one_decimal
from core.services import caseload
from tests.spec.publish import SPECS
from tests.spec.spec import Case

CATALOGUE = load_catalogue()
TOPICS = topics(CATALOGUE)
EXPLANATIONS = {each.id: each for chapter in CATALOGUE.chapters.values() for each in chapter.explanations}
RULES = CATALOGUE.rules
CASES: dict[str, list[Case]] = {}
for spec in SPECS:
    for each_case in spec.cases:
        CASES.setdefault(each_case.name.casefold(), []).append(each_case)
ZERO_WEEK = one_decimal(Fraction(counts.poisson_interval(0).high).limit_denominator(1000))
FARTHEST_POINTS = round(100 * counts.FARTHEST_COVERAGE)
EXAMPLES = {name: told for name, told in EXPLANATIONS.items() if told.example}


def given_by(case: Case) -> Iterator[str]:
    """The rows of a case as an example writes them."""
    for row in case.rows:
        answers = [answer if name == "sign" else f"{name} {answer}" for name, answer in row.answers.items()]
        yield f"{row.which}: {', '.join(answers)}"


@pytest.mark.parametrize("name", EXAMPLES)
def test_example_is_a_case_of_the_tables_that_are_run(name: str) -> None:
    example = EXAMPLES[name].example
    assert example is not None
    read = [
        " · ".join(f"{name}: {value}" for name, value in case.reading.items())
        for case in CASES[example.case.casefold()]
        if tuple(given_by(case)) == example.given
    ]
    assert example.read in read


def test_every_number_of_the_rules_is_shown_with_what_it_does() -> None:
    shown = {(number.rule, number.name) for told in EXPLANATIONS.values() for number in told.numbers}
    held = {
        (rule.id, name)
        for rule in RULES.values()
        for name, value in dataclasses.asdict(rule).items()
        if isinstance(value, int | float) and name != "version"
    }
    assert shown == held


@pytest.mark.parametrize("name", EXPLANATIONS)
def test_no_number_of_a_rule_is_written_by_hand(name: str) -> None:
    raw = (FOLDER / FILE).read_text("utf-8").partition(f'id = "{name}"')[2].partition("[[chapters")[0]
    told = re.search(r"lead = .*?(?=\n(?:numbers|cannot_see|source|example|\[)|\Z)", raw, re.DOTALL)
    assert told is not None
    numbers = {number_of(RULES, number.rule, number.name) for number in EXPLANATIONS[name].numbers}
    assert [number for number in numbers if re.search(rf"(?<![.\w]){number}(?!\w)", told[0])] == []


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("how_level", f"Above {series.MOST_SINGLE_MARKS} check-ins"),
        ("how_gaps", f"Lengths are 1 to {recording.DAILY_UP_TO_DAYS} days"),
        ("how_gaps", f"{recording.DAILY_UP_TO_DAYS + 1} to {recording.WEEKLY_UP_TO_DAYS} days"),
        ("how_conflict_rule", f"in {sign_rules.FIGHT_WINDOW_DAYS} days"),
        ("how_rate_range", f"at {round(100 * counts.LEVEL)} %"),
        ("how_rate_range", f"None in {counts.MIN_DAYS} observed days is not *never*. Up to {ZERO_WEEK} a week"),
        ("how_rate_range", f"From {counts.MIN_UNITS} records or weeks on"),
        ("how_rate_range", f"{counts.MIN_DAYS} observed days on both sides and {counts.MIN_EVENTS} counts in all"),
        ("how_rate_range", f"differ by more than {FARTHEST_POINTS} points"),
        ("how_own_change", f"every {reviews.REVIEW_DAYS} days"),
        ("how_own_change", f"differ by {four_weeks.POINTS_APART} points or more"),
        ("how_own_change", f"**and** {four_weeks.A_WEEK_APART} a week apart"),
        ("how_own_change", f"fewer than {four_weeks.LEAST_DAYS} observed days"),
        ("how_own_change", f"differ by more than {FARTHEST_POINTS} points"),
        ("how_single_days", f"the last {single_days.WINDOW_DAYS} days against the first {single_days.WINDOW_DAYS}"),
        ("how_single_days", f"with {single_days.LEAST_DAYS} single days"),
        ("how_single_days", f"at {round(100 * single_days.ALPHA)} %"),
        ("how_single_days", f"{single_days.AGREED_POINTS} point between"),
        ("how_single_days", f"{round(100 * single_days.SHARE_OF_RATE)} % of the first rate and half a time a day"),
        ("how_slope", f"{trend.FEWEST_POINTS} check-ins over {trend.FEWEST_DAYS} days"),
        ("how_phases", f"It takes {effect_size.FEWEST} values in each phase"),
        ("how_phases", f"Under {effect_size.ENOUGH_TO_LEAN_ON} it says"),
        ("how_look_here", f"the first {chart_rules.BASELINE_POINTS} points and stay"),
        ("how_look_here", f"under {chart_rules.TRIAL_BELOW} points they are on trial"),
        ("how_look_here", f"{chart_rules.SHIFT} in a row on one side"),
        ("how_look_here", f"{float(xmr.REACH)} times the mean distance"),
        ("how_questionnaire_change", f"{talking_therapies.MIN_CONTACTS} attended contacts"),
        ("how_loop", f"Below {reassurance.LEAST_DESCRIBED} described episodes"),
        ("how_today", f"{caseload.SPARK_WEEKS} calendar weeks"),
        ("how_today", f"last saved {caseload.UNSIGNED_AFTER_DAYS} days ago"),
        ("how_today", f"more than {caseload.LONG_SILENCE_DAYS} days"),
    ],
)
def test_other_numbers_are_those_of_the_program(name: str, words: str) -> None:
    assert words in " ".join((EXPLANATIONS[name].lead, *EXPLANATIONS[name].steps))


def test_words_for_numbers_say_the_ones_of_the_program() -> None:
    assert four_weeks.TIMES_APART == 2, "halved or doubled"
    assert Fraction(1, 2) == single_days.A_DAY_APART, "half a time a day"
    assert Fraction(1, 4) == trend.MOST_AT_AN_END, "a quarter of the values"
    assert changes.SLOPE_DAYS == 7 * 12, "twelve weeks"


def test_each_sign_has_one_rule_of_its_own_and_every_rule_a_sign() -> None:
    own = [told.sign for told in EXPLANATIONS.values() if told.sign]
    assert own == list(CATALOGUE.warning_signs)


@pytest.mark.parametrize("name", EXPLANATIONS)
def test_explanation_goes_on_in_other_explanations_only(name: str) -> None:
    assert set(EXPLANATIONS[name].see) <= EXPLANATIONS.keys() - {name}


def test_titles_that_name_a_number_name_the_one_in_force() -> None:
    assert EXPLANATIONS["how_before"].label == f"The {CATALOGUE.rate_rule.comparison_days} days before"


@pytest.mark.parametrize("name", EXPLANATIONS)
def test_explanation_uses_no_word_that_is_banned_about_a_client(name: str) -> None:
    told = EXPLANATIONS[name]
    texts = (told.label, told.lead, *told.steps, told.cannot_see or "", told.source or "")
    assert [find_banned_words(text, CATALOGUE.wording) for text in texts] == [[] for _ in texts]


def test_topics_cover_every_definition_of_the_catalogue_once() -> None:
    held = [
        *EXPLANATIONS.values(),
        *CATALOGUE.warning_signs.values(),
        *CATALOGUE.distortions.values(),
        *CATALOGUE.measures.values(),
        *CATALOGUE.questionnaires.values(),
        *CATALOGUE.documents.values(),
        *CATALOGUE.families.values(),
        tuple(CATALOGUE.differences.values()),
    ]
    found = [topic.about for topic in TOPICS.values()]
    assert len(found) == len(held)
    assert [each for each in held if each not in found] == []


def test_search_finds_shortened_words_whatever_their_case_and_labels_first() -> None:
    assert [topic.id for topic in find_topics("START lev", CATALOGUE)] == ["how_start", "how_own_change"]
    assert find_topics("  ", CATALOGUE) == tuple(TOPICS.values())
    first, *others = find_topics("jealous", CATALOGUE)
    assert isinstance(first.about, WarningSign)
    assert "differences" in [topic.id for topic in others]


def test_differences_of_a_place_are_those_that_speak_of_its_lines() -> None:
    isolation = CATALOGUE.warning_signs["ws_isolation"].pointer
    assert [each.id for each in differences_at((isolation,), CATALOGUE)] == ["df_signs", "df_withdrawal"]
    assert differences_at((), CATALOGUE) == ()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("{R0.window_dayz}", "id 'how_sign_state', no rule has the number 'window_dayz'"),
        ("{R9.window_days}", "id 'how_sign_state', no rule has the number 'R9'"),
        ("{R0.label}", "id 'how_sign_state', no rule has the number 'label'"),
    ],
)
def test_number_that_no_rule_has_is_refused(wrong: str, said: str, tmp_path: Path) -> None:
    assert said in refused("{R0.window_days}", wrong, tmp_path)


@pytest.mark.parametrize(
    ("right", "said"),
    [
        ('see = ["how_rate_range"]', "id 'how_rate', there is no definition 'how_nowhere'"),
        ('sign = "ws_checking"', "id 'how_checking_rule', there is no definition 'how_nowhere'"),
    ],
)
def test_link_to_what_is_not_there_is_refused(right: str, said: str, tmp_path: Path) -> None:
    name = right.split('"')[1]
    assert said in refused(right, right.replace(name, "how_nowhere"), tmp_path)


def refused(right: str, wrong: str, folder: Path) -> str:
    """What is said when `wrong` stands in the file where `right` stood."""
    text = (FOLDER / FILE).read_text("utf-8")
    assert right in text
    for file in FOLDER.glob("*.toml"):
        (folder / file.name).write_bytes(file.read_bytes())
    for name in ("entries", "handouts", "questionnaires"):
        (folder / name).symlink_to(FOLDER / name)
    (folder / FILE).write_text(text.replace(right, wrong), encoding="utf-8")
    with pytest.raises(CatalogueError) as error:
        load_catalogue(folder)
    return str(error.value)
