from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from core.analysis.warning_signs import read_sign, read_signs
from core.model.check_in import CheckIn
from core.model.check_in_parts import CountKind, Episode, SignAnswer
from core.model.full_answers import FullAnswers
from core.model.readings import SignState
from core.model.records import Recorded
from core.model.sign_findings import (
    CONFLICT_SIGN,
    ISOLATION_SIGN,
    OVERTHINKING_SIGN,
    REASSURANCE_SIGN,
    SignFinding,
    WouldChange,
)  # fmt: skip
from core.model.sign_thresholds import ThresholdChange, thresholds_in_force
from core.notes.sign_grounds import ground_sentence
from core.notes.sign_sentences import sign_sentence, thresholds_sentence, would_change_sentence
from tests.builders import CLIENT, SIGN, TODAY, all_recorded, check_in, method, sign_answers, thresholds
from tests.unit.analysis.strategies import histories
from tests.wording import assert_clean

DEFAULT = thresholds()
ALL_SIX = method().signs
OFTEN, SOMETIMES = SignAnswer.OFTEN, SignAnswer.SOMETIMES
NOT_PRESENT, NO_OCCASION = SignAnswer.NOT_PRESENT, SignAnswer.NO_OCCASION
TOPIC = UUID(int=81)

Records = tuple[Recorded[CheckIn], ...]


def said(records: Records, sign: str = SIGN) -> str:
    return sign_sentence(read_sign(sign, records, TODAY, DEFAULT), DEFAULT, {TOPIC: "time with family"}).text


def weeks(contents: Sequence[CheckIn]) -> Records:
    last = len(contents) - 1
    return all_recorded(
        *(replace(each, period_end=TODAY - timedelta(weeks=last - place)) for place, each in enumerate(contents))
    )


def everything_said(finding: SignFinding) -> list[str]:
    return [
        sign_sentence(finding, DEFAULT).text,
        *(ground_sentence(ground, {}) for ground in finding.grounds),
        *(would_change_sentence(change) for change in finding.would_change),
    ]


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ((OFTEN, OFTEN, OFTEN, SOMETIMES), "Present. “Often” at 3 of 4 check-ins, “sometimes” at 1."),
        ((NOT_PRESENT, SOMETIMES, SOMETIMES, SOMETIMES), "Watch. “Often” at 0 of 4 check-ins, “sometimes” at 3."),
        ((NOT_PRESENT,) * 4, "Not seen. “Not present” at 4 of 4 check-ins."),
        (
            (NOT_PRESENT, NOT_PRESENT, SOMETIMES, NOT_PRESENT),
            "Seen 1 of 4 times. “Often” at 0 of 4 check-ins, “sometimes” at 1.",
        ),
        (
            (NO_OCCASION, None, OFTEN, OFTEN),
            "Present, so far at 1 check-in. “Often” at 2 of 2 check-ins, “sometimes” at 0. No occasion at 1 of 4 "
            "check-ins. Not asked at 1 of 4 check-ins.",
        ),
        ((NO_OCCASION,) * 3, "Not enough recorded. No occasion at 3 of 3 check-ins."),
        ((None,) * 4, "Not enough recorded. Not asked at 4 of 4 check-ins."),
        (
            (None, NO_OCCASION),
            "Not enough recorded. No occasion at 1 of 2 check-ins. Not asked at 1 of 2 check-ins.",
        ),
        (
            (OFTEN,),
            "Not enough recorded. Asked on 7 of the 14 days needed. “Often” at 1 of 1 check-in, “sometimes” at 0.",
        ),
        (
            (None, None, None, SOMETIMES),
            "Not enough recorded. Asked on 7 of the 14 days needed. “Often” at 0 of 1 check-in, “sometimes” at 1. "
            "Not asked at 3 of 4 check-ins.",
        ),
        ((), "Not enough recorded. No check-in in the 28 days from 24 Apr to 21 May 2026."),
    ],
)
def test_a_sign_is_said_with_its_answers(answers: tuple[SignAnswer | None, ...], sentence: str) -> None:
    assert said(sign_answers(*answers)) == sentence


def test_one_long_check_in_lacks_only_a_second_answer() -> None:
    records = all_recorded(check_in(period_days=14, signs={SIGN: OFTEN}))
    assert said(records) == (
        "Not enough recorded. Answered at 1 of the 2 check-ins needed. “Often” at 1 of 1 check-in, “sometimes” at 0."
    )


def test_reassurance_is_said_with_times_and_relief() -> None:
    described = [Episode(relief=relief, relief_minutes=20) for relief in (3, 3, 3)]
    contents = [
        check_in(reassurance=8, signs={REASSURANCE_SIGN: OFTEN}),
        check_in(reassurance=8, signs={REASSURANCE_SIGN: OFTEN}),
        check_in(reassurance=8, signs={REASSURANCE_SIGN: NOT_PRESENT}),
        check_in(reassurance=7, count_kind=CountKind.AT_LEAST, signs={REASSURANCE_SIGN: OFTEN}, episodes=described),
    ]
    assert said(weeks(contents), REASSURANCE_SIGN) == (
        "Present. “Often” at 3 of 4 check-ins, “sometimes” at 0. At least 31 times in 28 observed days (7.8 a week). "
        "3 of the 31 described: median relief 3 of 10, lasting about 20 min."
    )


def test_reassurance_that_helped_is_said_and_is_no_sign() -> None:
    described = [Episode(relief=relief, relief_minutes=200) for relief in (7, 7, 8)]
    quiet = check_in(reassurance=1, signs={REASSURANCE_SIGN: NOT_PRESENT})
    contents = [quiet, quiet, quiet, replace(quiet, reassurance_count=3, episodes=tuple(described))]
    assert said(weeks(contents), REASSURANCE_SIGN) == (
        "Not seen. “Not present” at 4 of 4 check-ins. 6 times in 28 observed days (1.5 a week). "
        "Reassurance helped: median relief 7 of 10, lasting about 3 h 20 min (3 of the 6 described)."
    )


def test_friends_dropped_names_withdrawal_apart() -> None:
    def week(withdrew: SignAnswer) -> CheckIn:
        return replace(check_in(signs={ISOLATION_SIGN: NOT_PRESENT}), full=FullAnswers(withdrew=withdrew))

    assert said(weeks([week(SOMETIMES), week(NOT_PRESENT), week(SOMETIMES), week(NOT_PRESENT)]), ISOLATION_SIGN) == (
        "Not seen. “Not present” at 4 of 4 check-ins. Pulling away from the partner is recorded apart, at 2 of 4 "
        "check-ins."
    )


def test_the_same_fight_is_said_with_the_clients_words_for_it() -> None:
    def week(count: int) -> CheckIn:
        full = FullAnswers(conflicts=5, repeated_conflicts=count, conflict_topic=TOPIC if count else None)
        return replace(check_in(signs={CONFLICT_SIGN: NOT_PRESENT}), full=full)

    records = weeks([week(2), week(2), week(0), week(1)])
    assert said(records, CONFLICT_SIGN) == (
        "Present. “Not present” at 4 of 4 check-ins. 5 fights on “time with family”, told at 3 check-ins."
    )
    assert "on one topic" in sign_sentence(read_sign(CONFLICT_SIGN, records, TODAY, DEFAULT), DEFAULT).text


def test_thoughts_stand_beside_overthinking() -> None:
    kinds = {"cd_mind_reading": 4, "cd_catastrophizing": 5}
    contents = [check_in(kinds=kinds, signs={OVERTHINKING_SIGN: SOMETIMES})] * 4
    assert said(weeks(contents), OVERTHINKING_SIGN) == (
        "Watch. “Often” at 0 of 4 check-ins, “sometimes” at 4. Mind-reading and catastrophizing together: 36 in 28 "
        "observed days (9.0 a week)."
    )


def test_since_easing_and_weeks_are_said() -> None:
    assert said(sign_answers(*[OFTEN] * 10, *[SOMETIMES] * 6)) == (
        "Watch. “Often” at 0 of 4 check-ins, “sometimes” at 4. Since 30 Apr 2026 (4 check-ins). Easing: was Present "
        "12 Feb to 23 Apr 2026. Present in 8 of the last 12 weeks."
    )


def test_a_change_at_one_check_in_only_may_be_one() -> None:
    text = said(sign_answers(*[NOT_PRESENT] * 4, OFTEN))
    assert text.startswith("Seen 1 of 4 times, may be rising (1 check-in). ")


def test_a_first_state_says_at_how_many_check_ins() -> None:
    assert said(sign_answers(OFTEN, OFTEN)).startswith("Present, so far at 1 check-in. ")


def test_a_sign_that_was_long_not_answered_says_what_was_last_known() -> None:
    silent = [check_in(TODAY - timedelta(weeks=back), anxiety=4) for back in range(5)]
    asked = [check_in(TODAY - timedelta(weeks=back), signs={SIGN: OFTEN}) for back in range(5, 9)]
    assert said(all_recorded(*silent, *asked)) == (
        "Not enough recorded. Not asked at 4 of 4 check-ins. Not asked for 5 weeks. "
        "Last known: Present 2 to 16 Apr 2026."
    )


def test_each_clause_knows_its_records() -> None:
    sentence = sign_sentence(read_sign(SIGN, sign_answers(OFTEN, OFTEN, NO_OCCASION), TODAY, DEFAULT), DEFAULT)
    assert [ref.number for ref in sentence.clauses[0].refs] == [1, 2]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ((1, 7, OFTEN, SignState.PRESENT), "One more check-in with “often” makes this “Present”."),
        ((3, 7, NOT_PRESENT, SignState.NOT_SEEN), "3 more check-ins in a row with “not present” make this “Not seen”."),
        ((1, 2, None, None), "2 more asked days and this can be judged."),
        ((1, 1, None, None), "1 more asked day and this can be judged."),
        ((2, 7, None, None), "2 more check-ins with an answer and this can be judged."),
    ],
)
def test_what_would_change_it_is_said(
    change: tuple[int, int, SignAnswer | None, SignState | None], sentence: str
) -> None:
    check_ins, days, answer, state = change
    assert would_change_sentence(WouldChange(check_ins=check_ins, days=days, answer=answer, state=state)) == sentence


def test_changed_thresholds_are_named_with_author_and_day() -> None:
    assert thresholds_sentence(DEFAULT, "Dr Example") is None
    changes = [
        ThresholdChange(name="window_days", value=42, day=TODAY, author="Dr Example"),
        ThresholdChange(name="watch_share", value=0.4, day=TODAY, author="Dr Other", client_id=CLIENT),
    ]
    changed = thresholds_in_force(DEFAULT, changes, CLIENT)
    assert thresholds_sentence(changed, "Dr Example") == (
        "Thresholds changed by you on 21 May 2026 (window days 42); by Dr Other on 21 May 2026 for this client "
        "(watch share 40 %)."
    )


@given(histories(), st.integers(0, 6))
def test_no_sentence_uses_a_banned_word_and_none_is_without_its_base(records: Records, checking: int) -> None:
    full = FullAnswers(checking_days=0, conflicts=checking, repeated_conflicts=checking, withdrew=SOMETIMES,
                       conflict_topic=TOPIC if checking else None, practised={"pr_sharing": None})  # fmt: skip
    everything = tuple(structs.replace(each, content=replace(each.content, full=full)) for each in records)
    for finding in read_signs(everything, TODAY, ALL_SIX, DEFAULT):
        for sentence in everything_said(finding):
            assert_clean(sentence)
        assert any(character.isdigit() for character in sign_sentence(finding, DEFAULT).rest)
