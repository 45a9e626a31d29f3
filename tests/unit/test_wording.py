"""The words that sentences about a client must not use, and the catalogue's own texts read by the same lint."""

import dataclasses
from collections.abc import Iterator

import pytest

from core.catalogue import Catalogue, find_banned_words, load_catalogue
from core.model.questionnaire_definitions import Questionnaire
from tests.wording import assert_clean

CATALOGUE = load_catalogue()
WORDING = CATALOGUE.wording


def shown_texts(catalogue: Catalogue) -> Iterator[str]:
    """Every text of the catalogue that may stand on a page about a client."""
    for sign in catalogue.warning_signs.values():
        yield from (sign.label, sign.short_label, sign.question, sign.definition, *sign.indicators)
        yield from (sign.kept_apart or "", sign.pointer.place, *(echo.place for echo in sign.echoes))
    for distortion in catalogue.distortions.values():
        yield from (distortion.label, distortion.definition, *distortion.indicators)
    for measure in catalogue.measures.values():
        yield from (measure.label, measure.unit, measure.prompt, measure.blank_means, measure.zero_means or "")
        yield from (measure.lowest_label or "", measure.highest_label or "")
        yield from (f"{choice.label}: {choice.meaning}" for choice in measure.choices)
    for template in catalogue.note_templates.values():
        yield from (template.label, template.name, *(section.label for section in template.sections))
    for questionnaire in catalogue.questionnaires.values():
        yield from questionnaire_texts(questionnaire)
    yield catalogue.rule.label


def questionnaire_texts(questionnaire: Questionnaire) -> Iterator[str]:
    yield from (questionnaire.name, questionnaire.short_name, questionnaire.construct, questionnaire.recall)
    yield from (questionnaire.bears_on, questionnaire.pointer.place)
    yield from (item.topic for item in questionnaire.items)
    yield from (answer.label for answer in questionnaire.answers)
    yield from (band.label for band in questionnaire.bands)
    yield from (line.use for line in questionnaire.all_cut_offs)
    yield from (change.rule for change in questionnaire.reliable_changes)


@pytest.mark.parametrize("text", sorted(set(shown_texts(CATALOGUE))))
def test_catalogue_text_uses_no_banned_word(text: str) -> None:
    assert_clean(text)


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("The client was diagnosed in May.", ["diagnos"]),
        ("High risk of a relapse.", ["risk", "relapse"]),
        ("HIGH-RISK week", ["risk"]),
        ("This is likely\nto return.", ["likely to"]),
        ("likely-to", ["likely to"]),
        ("Non-compliant at two check-ins.", ["complian"]),
        ("It will pass.", ["will"]),
        ("An abnormal week, a normal one.", ["abnormal", "normal"]),
        ("Anxiety is improving, then worsening.", ["improv", "worse"]),
        ("Less anxiety because of the walk.", ["because"]),
        ("Nothing here is safe.", ["safe"]),
        ("The amygdala reacts.", ["amygdala"]),
    ],
)
def test_banned_word_is_found_whatever_its_form(sentence: str, found: list[str]) -> None:
    assert find_banned_words(sentence, WORDING) == found


@pytest.mark.parametrize(
    "sentence",
    [
        "Often at 3 of 4 check-ins; 31 times in 28 observed days (7.8 a week).",
        "Not asked 3 of 8 times.",
        "She is willing to say more.",
        "Goodwill at both check-ins.",
        "Secure Base",
        "A likely topic for Tuesday.",
        "Anxiety returned on 3 March.",
    ],
)
def test_sentence_without_banned_words_is_clean(sentence: str) -> None:
    assert find_banned_words(sentence, WORDING) == []


@pytest.mark.parametrize("phrase", WORDING.exemptions)
def test_exempt_phrase_is_passed_over_and_needed(phrase: str) -> None:
    without = dataclasses.replace(WORDING, exemptions=())
    assert find_banned_words(phrase.upper(), WORDING) == []
    assert find_banned_words(phrase, without), f"{phrase!r} holds no banned word: the exemption is not needed"


def test_exemption_covers_the_phrase_and_not_its_neighbours() -> None:
    assert find_banned_words("Not a diagnosis. The diagnosis follows.", WORDING) == ["diagnos"]
    assert find_banned_words("reliable improvements", WORDING) == ["improv"]


def test_removing_an_exemption_does_not_join_its_neighbours() -> None:
    assert find_banned_words("due will be saved to", WORDING) == []


def test_each_banned_word_catches_itself() -> None:
    assert [word.text for word in WORDING.banned if word.text not in find_banned_words(word.text, WORDING)] == []


def test_list_holds_every_word_the_design_bans() -> None:
    banned = (
        "positive, negative, normal, abnormal, risk score, symptom, at risk, fail, clingy, needy, destructive, "
        "relapse, compliant, cured, diagnosis, diagnosed, disorder, high risk, low risk, no risk, safe, unsafe, "
        "danger, likely to, will, predicts, toxic, abuser, victim, non-compliant, failed, improved, worse, because, "
        "leads to, due to, resolved, all clear, alert, recovered, amygdala, oxytocin, prefrontal cortex"
    )
    assert [word for word in banned.split(", ") if not find_banned_words(word, WORDING)] == []
