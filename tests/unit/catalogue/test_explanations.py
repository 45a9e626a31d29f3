"""Explanations hold no number of their own: what they say is what the rules, the tables and the program have."""

import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.analysis import recording, series
from core.catalogue import find_banned_words, find_topics, load_catalogue, topics
from core.catalogue.explaining import FILE, number_of
from core.catalogue.loading import FOLDER
from core.catalogue.topics import differences_at
from core.errors import CatalogueError
from core.model.definitions import WarningSign
from core.services import caseload
from tests.spec.publish import SPECS
from tests.spec.spec import Case

CATALOGUE = load_catalogue()
TOPICS = topics(CATALOGUE)
EXPLANATIONS = {each.id: each for chapter in CATALOGUE.chapters.values() for each in chapter.explanations}
RULES = {rule.id: rule for rule in (CATALOGUE.rule, CATALOGUE.rate_rule)}
CASES: dict[str, list[Case]] = {}
for spec in SPECS:
    for each_case in spec.cases:
        CASES.setdefault(each_case.name.casefold(), []).append(each_case)
EXAMPLES = {name: told for name, told in EXPLANATIONS.items() if told.example}


def given_by(case: Case) -> Iterator[str]:
    """The rows of a case as an example writes them."""
    for row in case.rows:
        days = "1 day" if row.days == 1 else f"{row.days} days"
        when = (
            f"{days} to {row.ends}" if row.times == 1 else f"{row.times} in a row, {days} each, the last to {row.ends}"
        )
        answers = [answer if name == "sign" else f"{name} {answer}" for name, answer in row.answers.items()]
        yield f"{when}: {', '.join(answers)}"


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


def test_every_number_of_both_rules_is_shown_with_what_it_does() -> None:
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
        ("how_today", f"{caseload.SPARK_WEEKS} calendar weeks"),
        ("how_today", f"last saved {caseload.UNSIGNED_AFTER_DAYS} days ago"),
        ("how_today", f"more than {caseload.LONG_SILENCE_DAYS} days"),
    ],
)
def test_other_numbers_are_those_of_the_program(name: str, words: str) -> None:
    assert words in " ".join((EXPLANATIONS[name].lead, *EXPLANATIONS[name].steps))


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
    assert [topic.id for topic in find_topics("START lev", CATALOGUE)] == ["how_start"]
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
    text = (FOLDER / FILE).read_text("utf-8").replace("{R0.window_days}", wrong)
    for file in FOLDER.glob("*.toml"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    for name in ("entries", "handouts", "questionnaires"):
        (tmp_path / name).symlink_to(FOLDER / name)
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueError, match=re.escape(said)):
        load_catalogue(tmp_path)
