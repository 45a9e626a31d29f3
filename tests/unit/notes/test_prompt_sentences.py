"""Prompts in words: every ground with its counts and base, and no word that is not used about a client."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from core.analysis.prompts import line_crossed
from core.analysis.warning_signs import read_sign
from core.catalogue import load_catalogue
from core.model.check_in import CheckIn
from core.model.check_in_parts import Source
from core.model.full_answers import FullAnswers, Reaction
from core.model.prompt_answers import PromptAnswerKind
from core.model.prompts import (
    DISAGREE,
    PROMPTS,
    REPEATS_ACROSS,
    TRAUMA_LINKED,
    UNMANAGEABLE,
    HighWeeks,
    Prompt,
    PromptGround,
    PromptState,
)
from core.model.sign_findings import JEALOUSY_SIGN, REASSURANCE_SIGN
from core.model.words import PROMPT_ANSWER_WORDS
from core.notes.prompt_sentences import (
    OWN_LABEL,
    QUESTION,
    PromptNames,
    prompt_label,
    prompt_sentences,
    rest_sentence,
)
from tests.builders import TODAY, all_recorded
from tests.prompt_builders import (
    THRESHOLDS,
    answer,
    answered_weeks,
    anxiety_changes,
    change,
    fallen,
    finding,
    form,
    held,
    written,
)
from tests.wording import assert_clean

CATALOGUE = load_catalogue()
NAMES = PromptNames(
    signs={sign.id: sign.label for sign in CATALOGUE.warning_signs.values()},
    entries={entry.id: entry.label for entry in CATALOGUE.entries.values()},
)


def panicked(count: int) -> tuple:
    return all_recorded(
        *(
            CheckIn(
                period_end=TODAY - timedelta(weeks=back),
                period_days=7,
                source=Source.CLIENT_IN_SESSION,
                anxiety_average=7,
                anxiety_peak=9,
                full=FullAnswers(reactions=frozenset({Reaction.PANIC})),
            )
            for back in reversed(range(count))
        )
    )


def everything() -> dict[str, Prompt]:
    """A record and a profile in which every prompt holds by every one of its grounds."""
    early, late = fallen(), panicked(12)
    crossed = line_crossed(CATALOGUE.questionnaires["gad7"], form("gad7", 8, 12, 13), 10)
    jealous = read_sign(JEALOUSY_SIGN, answered_weeks(JEALOUSY_SIGN, 6), TODAY, THRESHOLDS)
    return held(
        check_ins=late,
        readings=[jealous, finding(REASSURANCE_SIGN, 12, relief=2)],
        changes=[change("phq9", 5, 15, 15)],
        crossings=[crossed],
        own_changes=anxiety_changes(early),
        profile=written(
            origins=("or_past_betrayal",), observed=(UNMANAGEABLE, REPEATS_ACROSS, "rf_life_disruption"),
        ),
    )  # fmt: skip


EVERYTHING = everything()


def why(prompt: str, **given: object) -> str:
    return " ".join(prompt_sentences(held(**given)[prompt], NAMES))


def all_grounds(made: type[PromptGround]) -> set[type[PromptGround]]:
    return {made} if not made.__subclasses__() else set().union(*(map(all_grounds, made.__subclasses__())))


def test_every_prompt_and_every_sort_of_ground_is_read_below() -> None:
    assert list(EVERYTHING) == list(PROMPTS)
    assert {type(ground) for prompt in EVERYTHING.values() for ground in prompt.grounds} == all_grounds(PromptGround)


@pytest.mark.parametrize("name", PROMPTS)
def test_no_sentence_uses_a_banned_word(name: str) -> None:
    prompt = EVERYTHING[name]
    resting = replace(prompt, state=PromptState.RESTING, answers=(answer(name),), shows_again_on=TODAY)
    for sentence in (*prompt_sentences(prompt, NAMES), rest_sentence(resting), prompt_label(name, NAMES)):
        assert_clean(sentence)
        assert sentence == sentence.strip()
    for sentence in prompt_sentences(prompt, NAMES):
        assert sentence.endswith((".", "?"))


@pytest.mark.parametrize("kind", PromptAnswerKind)
def test_the_words_of_an_answer_are_clean(kind: PromptAnswerKind) -> None:
    assert_clean(PROMPT_ANSWER_WORDS[kind])


@pytest.mark.parametrize("name", [name for name in PROMPTS if EVERYTHING[name].refs])
def test_why_has_a_number_with_its_base(name: str) -> None:
    told = " ".join(prompt_sentences(EVERYTHING[name], NAMES))
    assert any(character.isdigit() for character in told), told
    assert any(base in told for base in (" of the last ", " of 3 ", " of 4 ", " observed ", " on 7 May 2026")), told


def test_high_weeks_tell_their_line_and_their_weeks() -> None:
    told = prompt_sentences(EVERYTHING["rf_persistent_distress"], NAMES)
    assert told == (
        "Anxiety on average was 6 or more, of 10, in each of the last 8 observed weeks (30 Mar to 21 May 2026).",
    )


def test_weeks_that_are_not_all_high_are_counted() -> None:
    (ground,) = EVERYTHING["rf_persistent_distress"].grounds
    assert isinstance(ground, HighWeeks)
    prompt = replace(
        EVERYTHING["rf_persistent_distress"], grounds=(replace(ground, high=3, of=4, measure="anxiety_peak"),)
    )
    assert prompt_sentences(prompt, NAMES)[0].startswith("The highest anxiety was 6 or more, of 10, in 3 of the last 4")


def test_a_crossed_line_tells_its_scores_with_their_days() -> None:
    crossed = line_crossed(CATALOGUE.questionnaires["gad7"], form("gad7", 8, 12, 13), 10)
    told = "GAD-7 went from below 10 to 10 or above: 8 on 7 May 2026, then 12 on 14 May 2026, then 13 on 21 May 2026."
    assert why("rf_worsening", crossings=[crossed]) == told


def test_panic_tells_how_many_check_ins_asked() -> None:
    told = "Panic was named at 4 of the last 4 check-ins that asked for reactions (24 Apr to 21 May 2026)."
    assert told in why("rf_worsening", check_ins=panicked(4))


def test_trauma_tells_what_the_profile_names() -> None:
    bare = why(TRAUMA_LINKED, profile=written(origins=("or_past_betrayal",)))
    assert bare == "Among the origins in the profile: “Past betrayal or abuse”. No approach is chosen there yet."
    told = why(TRAUMA_LINKED, profile=written(origins=("or_past_betrayal",), approaches=("ta_cbt",)))
    assert "Approaches there: “Cognitive Behavioural Therapy”; none is meant for it by its description." in told


def test_what_a_person_typed_is_not_repeated() -> None:
    told = why(REPEATS_ACROSS, profile=written(observed=(REPEATS_ACROSS,)))
    assert told == "Noted by hand in the profile: 1 line, as it was written on 21 May 2026."


def test_disagreement_is_a_question() -> None:
    told = prompt_sentences(EVERYTHING[DISAGREE], NAMES)
    assert told[0].startswith(
        "Anxiety at check-ins is lower than at the start, at two reviews in a row: now 3.0 on average"
    )
    assert told[1] == "PHQ-9: 5 on 7 May 2026 and 15 on 21 May 2026, 10 points higher."
    assert told[-1] == QUESTION
    assert QUESTION.endswith("?")
    assert prompt_label(DISAGREE, NAMES) == OWN_LABEL


def test_rest_tells_the_answer_and_the_day_it_is_shown_again() -> None:
    prompt = EVERYTHING[REPEATS_ACROSS]
    assert rest_sentence(prompt) == ""
    resting = replace(
        prompt,
        state=PromptState.RESTING,
        answers=(answer(REPEATS_ACROSS, date(2026, 5, 3)),),
        shows_again_on=date(2026, 8, 1),
    )
    assert rest_sentence(resting) == "“Considered” on 3 May 2026; shown again from 1 Aug 2026 if it still holds."


def test_a_ground_without_words_is_an_error_and_no_silence() -> None:
    unknown = replace(EVERYTHING[REPEATS_ACROSS], grounds=(PromptGround(),))
    with pytest.raises(TypeError, match="PromptGround"):
        prompt_sentences(unknown, NAMES)
