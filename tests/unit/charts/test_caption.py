from datetime import date, timedelta

from core.charts.caption import caption
from core.model.course import RecordingChange
from core.model.days import Window
from core.model.measures import REASSURANCE
from core.model.readings import Asked, SignState
from core.model.words import ANSWER_WORDS, SESSION_WORDS, STATE_WORDS
from tests.unit.charts.courses import (
    ABSENT,
    SOMETIMES,
    TODAY,
    WORDS,
    bar,
    course,
    mark,
    reading,
    week,
    weekly_course,
)
from tests.wording import assert_clean

MONDAY = date(2026, 3, 2)
VIEW = Window(MONDAY, TODAY)
WEEKS = [week(MONDAY + timedelta(weeks=n)) for n in range(11)]


def test_the_whole_sentence_of_a_small_course():
    small = course(
        VIEW,
        anxiety=[mark(WEEKS[0], 5, 8), mark(WEEKS[1], 4, None)],
        reassurance=[bar(WEEKS[0], 4, about=True), bar(WEEKS[1], 0)],
        distortions=[bar(WEEKS[0], 10)],
        gaps=[Window(WEEKS[2].start, TODAY)],
        asked={"distortions_total": Asked(asked=1, check_ins=2), "ws_checking": Asked(asked=0, check_ins=2)},
        readings=(
            reading("ws_checking", SignState.INSUFFICIENT),
            reading("ws_isolation", SignState.NOT_SEEN, SOMETIMES, ABSENT),
        ),
    )
    assert caption(small, WORDS) == (
        "Anxiety, reassurance, distortions and the warning signs, 2 Mar to 21 May 2026: 2 check-ins covering 14 of 81 "
        "days. Anxiety: average 4 to 5, peak 8 of 10. Reassurance: 0 to 4 a week, 1 marked about. Distortions: 10 "
        "a week. No record from 16 Mar to 21 May 2026. Not asked: distortions at 1, the sign checking at 2 of 2 "
        "check-ins. Signs now. Not seen: Friends dropped (seen 1 of 2). Not enough recorded: Checking."
    )


def test_no_check_in_says_so_and_gives_no_figure():
    assert caption(course(VIEW), WORDS) == (
        "Anxiety, reassurance, distortions and the warning signs: no check-in from 2 Mar to 21 May 2026."
    )


def test_one_record_gives_one_value_and_no_range():
    said = caption(course(VIEW, anxiety=[mark(WEEKS[0], 6, 8)]), WORDS)
    assert "1 check-in covering 7 of 81 days" in said
    assert "average 6, peak 8 of 10" in said


def test_a_thin_week_is_not_part_of_the_range():
    thin = bar(Window(WEEKS[1].start, WEEKS[1].start), 5)
    said = caption(course(VIEW, reassurance=[bar(WEEKS[0], 3), thin], check_ins=2), WORDS)
    assert "Reassurance: 3 a week, 1 bar of under 4 observed days shown as a count only." in said


def test_many_gaps_are_counted_and_the_longest_named():
    gaps = [Window(each.start, each.start + timedelta(days=n)) for n, each in enumerate(WEEKS[:6])]
    said = caption(course(VIEW, anxiety=[mark(WEEKS[8], 4)], gaps=gaps), WORDS)
    assert "and 2 more gaps (3 days)." in said
    assert "from 6 to 11 Apr 2026" in said


def test_weekly_means_and_a_change_of_recording_are_said():
    change = RecordingChange(day=MONDAY, from_days=7, to_days=1)
    said = caption(course(VIEW, anxiety=[mark(WEEKS[0], 5, weekly=True)], changes=[change]), WORDS)
    assert "drawn as weekly means" in said
    assert "Recording changed from weekly to daily on 2 Mar 2026" in said


def test_a_measure_that_was_never_asked_is_not_given_as_zero():
    said = caption(course(VIEW, anxiety=[mark(WEEKS[0], 5)], asked={REASSURANCE: Asked(asked=0, check_ins=1)}), WORDS)
    assert "Reassurance not asked." in said
    assert "reassurance-seeking at 1 of 1 check-in." in said


def test_captions_use_no_banned_word_and_no_direction():
    for drawn in (weekly_course(), course(VIEW), weekly_course(104)):
        said = caption(drawn, WORDS)
        assert_clean(said)
        assert not {"better", "worse", "higher", "lower", "improving", "rising", "falling"} & set(said.lower().split())


def test_the_words_of_marks_use_no_banned_word():
    for word in (*ANSWER_WORDS.values(), *STATE_WORDS.values(), *SESSION_WORDS.values()):
        assert_clean(word)
