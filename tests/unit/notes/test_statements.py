"""Statements repeat what was recorded, with its base and its source, and nothing else."""

import random
from dataclasses import replace

import pytest

from core.analysis.scoring import score_response
from core.analysis.warning_signs import read_sign
from core.catalogue import load_catalogue
from core.model.calendar import SessionStatus
from core.model.check_in import CheckIn
from core.model.check_in_parts import CountKind, Episode, SignAnswer, Source
from core.model.definitions import StatementKind
from core.model.records import Recorded, RecordKind, RecordRef
from core.model.responses import Response
from core.model.review import ScoredResponse
from core.notes.statements import (
    Vocabulary,
    attendance_statement,
    check_in_statements,
    holds_period_figures,
    questionnaire_statements,
    sign_statement,
)
from tests.builders import SIGN, TODAY, check_in, recorded, session, sign_answers, thresholds
from tests.services.entries import WEEK, any_check_in, gad7_answers, phq9_answers
from tests.wording import assert_clean

CATALOGUE = load_catalogue()
VOCABULARY = Vocabulary(signs=CATALOGUE.warning_signs, distortions=CATALOGUE.distortions)
PERIOD = "15 to 21 May 2026 (client in session)"


def said(content: CheckIn) -> list[str]:
    return [statement.text for statement in check_in_statements(recorded(content), VOCABULARY)]


def scored(content: Response, number: int = 1) -> ScoredResponse:
    ref = RecordRef(kind=RecordKind.QUESTIONNAIRE, number=number, version=1, id=recorded(check_in(), number).ref.id)
    like = recorded(check_in())
    response = Recorded(
        ref=ref,
        client_id=like.client_id,
        recorded_at=like.recorded_at,
        recorded_on=content.day,
        recorded_by=like.recorded_by,
        reason=None,
        withdrawn=False,
        content=content,
    )
    questionnaire = CATALOGUE.questionnaires[content.questionnaire]
    return ScoredResponse(response=response, score=score_response(questionnaire, content.answers))


def scores_said(*contents: Response) -> list[str]:
    given = [scored(content, number) for number, content in enumerate(contents, start=1)]
    return [statement.text for statement in questionnaire_statements(given)]


@pytest.mark.parametrize(
    ("content", "figures"),
    [
        (check_in(anxiety=7, peak=9), ["Anxiety average 7, peak 9 of 10"]),
        (check_in(anxiety=0), ["Anxiety average 0 of 10"]),
        (check_in(peak=9), ["Anxiety peak 9 of 10"]),
        (check_in(reassurance=0), ["Asked for reassurance: none recorded"]),
        (check_in(reassurance=1), ["Asked for reassurance 1 time"]),
        (check_in(reassurance=11, count_kind=CountKind.ABOUT), ["Asked for reassurance about 11 times"]),
        (check_in(reassurance=2, count_kind=CountKind.AT_LEAST), ["Asked for reassurance at least 2 times"]),
        (check_in(distortions=0), ["Distortions noticed: none recorded"]),
        (
            check_in(distortions=2, kinds={"cd_mind_reading": 3, "cd_black_white": 0, "cd_personalization": 1}),
            ["Distortions noticed: 6, of these mind-reading 3 and personalization 1"],
        ),
        (
            check_in(kinds={"cd_mind_reading": 3}),
            ["Distortions noticed: 3, of these mind-reading 3 (1 of 5 kinds asked)"],
        ),
        (
            check_in(reassurance=11, episodes=[Episode(relief=2), Episode(relief=3), Episode(same_worry=True)]),
            ["Asked for reassurance 11 times (3 described, relief 2 and 3 of 10)"],
        ),
        (
            check_in(reassurance=1, episodes=[Episode(same_worry=True)]),
            ["Asked for reassurance 1 time (1 described)"],
        ),
        (check_in(note="only a note"), []),
        (check_in(signs={SIGN: SignAnswer.OFTEN}), []),
    ],
)
def test_check_in_is_repeated_with_its_days_and_source(content: CheckIn, figures: list[str]) -> None:
    assert said(content) == [f"{figure}, {PERIOD}." for figure in figures]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (Source.CLIENT_DIARY, "client's diary"),
        (Source.MESSAGE, "message"),
        (Source.PARTNER_REPORT, "partner's report"),
        (Source.THERAPIST_VIEW, "therapist's view"),
    ],
)
def test_source_is_said(source: Source, words: str) -> None:
    assert said(replace(check_in(anxiety=4), source=source)) == [
        f"Anxiety average 4 of 10, 15 to 21 May 2026 ({words})."
    ]


def test_only_the_clients_own_words_are_quoted() -> None:
    content = replace(check_in(note="my own remark"), client_words="  nine times, “nine”  ")
    (statement,) = check_in_statements(recorded(content), VOCABULARY)
    assert statement.text == "In the client's words, 15 to 21 May 2026: “nine times, “nine””"
    assert statement.kind is StatementKind.CLIENT_WORDS
    assert said(replace(content, client_words=" \n ")) == []


def test_figures_of_the_therapists_view_are_of_that_kind_and_the_clients_words_are_not() -> None:
    content = replace(check_in(anxiety=4, reassurance=1), source=Source.THERAPIST_VIEW, client_words="Hm.")
    kinds = [statement.kind for statement in check_in_statements(recorded(content), VOCABULARY)]
    assert kinds == [StatementKind.THERAPIST_VIEW, StatementKind.THERAPIST_VIEW, StatementKind.CLIENT_WORDS]


def test_sign_is_repeated_as_answers_with_their_base_and_never_as_a_state() -> None:
    records = sign_answers(SignAnswer.OFTEN, SignAnswer.NO_OCCASION, None, SignAnswer.SOMETIMES)
    reading = read_sign(SIGN, records, TODAY, thresholds())
    statement = sign_statement(reading, VOCABULARY)
    assert statement.text == (
        "Checking for signs of distance: recorded “often” at 1, “sometimes” at 1 of 2 check-ins where it was asked, "
        "24 Apr to 21 May 2026."
    )
    assert [ref.number for ref in statement.refs] == [1, 2, 4]


def test_latest_score_stands_beside_the_one_before() -> None:
    assert scores_said(gad7_answers(TODAY - WEEK, 1), gad7_answers(TODAY, 2)) == [
        "GAD-7 total 14 (21 May 2026); before that 7 (14 May 2026)."
    ]
    assert scores_said(gad7_answers(TODAY, 0)) == ["GAD-7 total 0 (21 May 2026)."]


def test_incomplete_form_is_said_to_be_not_scored_and_is_no_earlier_score() -> None:
    assert scores_said(gad7_answers(TODAY, 2, item1=None)) == ["GAD-7 of 21 May 2026: 6 of 7 answered, not scored."]
    assert scores_said(
        gad7_answers(TODAY - 2 * WEEK, 1), gad7_answers(TODAY - WEEK, 3, item1=None), gad7_answers(TODAY, 2)
    ) == ["GAD-7 total 14 (21 May 2026); before that 7 (7 May 2026)."]


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (None, "PHQ-9 item 9 not answered (21 May 2026)."),
        (0, "PHQ-9 item 9 answered 0, “not at all” (21 May 2026)."),
        (1, "PHQ-9 item 9 answered 1, “several days” (21 May 2026)."),
    ],
)
def test_safety_item_is_always_said_in_the_same_way(answer: int | None, sentence: str) -> None:
    assert scores_said(phq9_answers(TODAY, 0, item9=answer))[1].lower() == sentence.lower()


def test_score_rests_on_both_responses() -> None:
    given = [scored(gad7_answers(TODAY - WEEK), 1), scored(gad7_answers(TODAY), 2)]
    (statement,) = questionnaire_statements(given)
    assert [ref.number for ref in statement.refs] == [2, 1]


@pytest.mark.parametrize("status", SessionStatus)
def test_attendance_is_said_as_it_is_recorded(status: SessionStatus) -> None:
    statement = attendance_statement(session(TODAY, status, number=24))
    assert statement.text == f"Session 24, 21 May 2026: {status.value}, 50 minutes."
    assert [ref.label for ref in statement.refs] == ["s24"]
    assert_clean(statement.text)


def test_new_draft_holds_figures_and_quotes_only() -> None:
    statement = attendance_statement(session())
    held = {kind for kind in StatementKind if holds_period_figures(replace(statement, kind=kind))}
    assert held == set(StatementKind) - {StatementKind.SIGN, StatementKind.QUESTIONNAIRE, StatementKind.ATTENDANCE}


def test_no_statement_about_any_check_in_uses_a_banned_word() -> None:
    chance = random.Random(300)
    texts = [text for _ in range(300) for text in said(any_check_in(chance, CATALOGUE, TODAY))]
    assert len(texts) > 300
    for text in texts:
        assert_clean(text)
