"""The pieces of screen on change, each on a page of its own: own series, questionnaires, phases and what was agreed."""

from html import unescape

from streamlit.testing.v1 import AppTest

SECONDS = 30


def shown(at: AppTest) -> str:
    assert not at.exception, [each.message for each in at.exception]
    return "\n".join(text.value for text in at.markdown)


def opened(page: object, *args: object) -> AppTest:
    assert callable(page)
    return AppTest.from_function(page, args=args, default_timeout=SECONDS).run()


def changes_page(weeks: int, forms: bool) -> None:
    from datetime import timedelta

    import streamlit as st

    from core.analysis.changes import ChangeRules, changes_of
    from core.model.series_findings import Phase
    from dashboard.components.changes import changes_block
    from tests.builders import TODAY, all_recorded, check_in, method
    from tests.unit.charts.forms import QUESTIONNAIRES, series

    records = all_recorded(
        *(
            check_in(TODAY - timedelta(weeks=weeks - 1 - at), 7, anxiety=8 if at < weeks / 2 else 4, reassurance=3)
            for at in range(weeks)
        )
    )
    phases = (Phase(day=TODAY - timedelta(weeks=10), words="a *new* plan"),)
    rules = ChangeRules(method=method(), questionnaires=QUESTIONNAIRES, phases=phases)
    found = changes_of(records, series("gad7", (15, 7)) if forms else (), TODAY, rules=rules)
    changes_block(found, explain=lambda topic, *, key: st.markdown(f"explained {topic} {key}"))


def progress_page(compact: bool, form: str, values: tuple[float | None, ...]) -> None:
    import streamlit as st

    from core.analysis.changes import ChangeRules, changes_of
    from dashboard.components.questionnaire_progress import questionnaire_progress
    from tests.builders import TODAY, method
    from tests.unit.charts.forms import QUESTIONNAIRES, series

    responses = series(form, values) if form else ()
    rules = ChangeRules(method=method(), questionnaires=QUESTIONNAIRES, attended=2)
    questionnaire_progress(
        changes_of((), responses, TODAY, rules=rules),
        responses,
        compact=compact,
        explain=lambda topic, *, key: st.markdown(f"explained {topic} {key}"),
    )


def two_forms_page(item_9: int | None) -> None:
    from core.analysis.changes import ChangeRules, changes_of
    from dashboard.components.questionnaire_progress import questionnaire_progress
    from tests.builders import TODAY, method
    from tests.unit.charts.forms import QUESTIONNAIRES, START, answered, series

    responses = (*series("gad7", (14, 9)), answered("phq9", {**dict.fromkeys(range(1, 9), 1), 9: item_9}, START, 5))
    rules = ChangeRules(method=method(), questionnaires=QUESTIONNAIRES)
    questionnaire_progress(changes_of((), responses, TODAY, rules=rules), responses, compact=False)


def phases_page() -> None:
    from datetime import date

    import streamlit as st

    from core.model.profile import Phases
    from core.model.series_findings import Phase
    from core.model.unlikely_days import KnownDays
    from dashboard.components.messages import attempt
    from dashboard.components.phases_form import phases_form

    phases = Phases(phases=(Phase(day=date(2026, 1, 20), words="first plan"),))
    given = attempt(lambda: phases_form(phases, key="phases", known=KnownDays(today=date(2026, 5, 21))))
    if given is not None:
        st.markdown("saved " + "; ".join(f"{phase.day} {phase.words}" for phase in given.phases))


def agreed_page() -> None:
    import streamlit as st

    from core.model.profile import Agreed
    from dashboard.components.messages import attempt
    from dashboard.components.phases_form import agreed_form

    given = attempt(lambda: agreed_form(Agreed(points=2), key="agreed"))
    if given is not None:
        st.markdown(f"saved {given.points} {given.percent}")


def test_each_measure_has_a_line_against_both_and_opens_why() -> None:
    at = opened(changes_page, 30, True)
    anxiety = at.expander[0]
    assert anxiety.label.startswith(
        "**Anxiety.** Against the 28 days before: no clear change. Against the start level:"
    )
    assert "lower, confirmed at two reviews in a row" in anxiety.label
    inside = "\n".join(text.value for text in anxiety.markdown)
    assert "Rests on c26, c27, c28, c29; compared with c3, c4, c5, c6." in inside
    assert "**Before that** Review of" in inside
    assert "**Would change this**" in inside
    assert "Beside it, deciding nothing" in inside
    assert "*new*" not in inside, "words of the therapist show as they were typed"
    told = shown(at)
    assert "do not show what brought a difference about" in told
    assert "**GAD-7** 15 (5 Jan 2026), now 7 (12 Jan 2026), change −8: possible change" in told
    assert "explained how_own_change changes" in told


def test_a_count_tells_what_else_would_fit_it_and_a_rating_does_not() -> None:
    anxiety, reassurance = opened(changes_page, 30, False).expander[:2]
    inside = unescape("\n".join(text.value for text in reassurance.markdown))
    assert "3.0 a week (12 in 28 observed days)" in inside
    assert "1.6 to 5.2 a week would fit as well (95 % interval); observed on 28 of 28 days" in inside
    assert "Reassurance beside the 28 days before: 1.0 times the earlier rate;" in inside
    assert "times the earlier rate" not in "\n".join(text.value for text in anxiety.markdown)


def test_without_any_record_the_first_review_is_told() -> None:
    at = opened(changes_page, 0, False)
    assert "the first review comes 14 days after the first check-in" in shown(at)
    assert not at.expander


def test_before_the_first_review_nothing_is_said_of_change() -> None:
    at = opened(changes_page, 1, False)
    assert "no review yet, the next one on 4 Jun 2026" in shown(at)
    assert "not enough recorded" in at.expander[0].label


def test_questionnaire_is_drawn_with_its_words_and_as_a_table() -> None:
    at = opened(progress_page, False, "gad7", (14, 12, 10))
    row = at.table[0].value.to_numpy().tolist()[0]
    assert row == [
        "**GAD-7**", "14 (5 Jan 2026)", "10 (19 Jan 2026)", "−4", "possible change by one rule, not by another",
    ]  # fmt: skip
    told = shown(at)
    assert "Past the change threshold of one rule (4), not of the other (6)" in told
    assert "**Would change this**" in told
    assert "explained how_questionnaire_change progress_gad7_total" in told
    assert len(at.get("plotly_chart")) == 1
    at.toggle(key="progress_as_table").set_value(True).run()
    assert list(at.dataframe[0].value["Score"]) == ["14", "12", "10"]
    assert not at.get("plotly_chart")


def test_on_a_phone_each_questionnaire_is_a_line() -> None:
    at = opened(progress_page, True, "gad7", (14, 12, 10))
    assert not at.table
    assert "**GAD-7** 14 (5 Jan 2026), now 10 (19 Jan 2026), change −4: possible change" in shown(at)


def test_floor_leaves_no_room_and_says_so() -> None:
    assert "leaves no room to show a reliable improvement" in shown(opened(progress_page, False, "gad7", (3, 2)))


def test_form_without_a_rule_has_no_word_of_change() -> None:
    at = opened(progress_page, False, "csi_4", (12, 18))
    row = at.table[0].value.to_numpy().tolist()[0]
    assert row[3:] == ["+6", "criterion not set"]
    assert "↑ higher is better" in shown(at)


def test_one_score_needs_a_second_one_and_is_not_drawn() -> None:
    at = opened(progress_page, False, "gad7", (12,))
    assert at.table[0].value.to_numpy().tolist()[0][1:] == [
        "12, moderate (5 Jan 2026)", "", "", "change needs a second score",
    ]  # fmt: skip
    assert not at.get("plotly_chart")


def test_only_incomplete_forms_are_told_as_not_scored() -> None:
    at = opened(progress_page, False, "gad7", (None, None))
    assert "not scored (12 Jan 2026)" in at.table[0].value.to_numpy().tolist()[0][1]


def test_no_questionnaire_yet() -> None:
    at = opened(progress_page, False, "", ())
    assert "No questionnaire yet." in shown(at)
    assert not at.get("plotly_chart")


def test_safety_item_is_told_with_the_same_weight_whatever_was_answered() -> None:
    for answer, words in ((0, "**0, “not at all”:**"), (2, "**2,"), (None, "**Not answered:**")):
        at = opened(two_forms_page, answer)
        assert "item 9" not in shown(at), "GAD-7 is shown first and has no such item"
        at.segmented_control(key="progress_form").set_value("phq9_total").run()
        assert words in shown(at)
        assert "PHQ-9 item 9" in shown(at)


def test_phases_are_read_and_an_empty_name_takes_one_away() -> None:
    at = opened(phases_page)
    at.text_input(key="phases_words_0").set_value("")
    at.text_input(key="phases_words_1").set_value("second plan")
    at.date_input(key="phases_day_1").set_value("2026-03-01")
    at.button[0].click().run()
    assert "saved 2026-03-01 second plan" in shown(at)


def test_phase_without_a_day_is_refused_in_a_sentence() -> None:
    at = opened(phases_page)
    at.text_input(key="phases_words_1").set_value("second plan")
    at.button[0].click().run()
    assert "has a name and no day" in at.error[0].value
    assert "saved" not in shown(at)


def test_agreed_amounts_are_read_and_refused_out_of_range() -> None:
    at = opened(agreed_page)
    at.text_input(key="agreed_percent").set_value("40")
    at.button[0].click().run()
    assert "saved 2 40" in shown(at)
    at.text_input(key="agreed_points").set_value("7")
    at.button[0].click().run()
    assert "7 points were given" in at.error[0].value
    at.text_input(key="agreed_points").set_value("two")
    at.button[0].click().run()
    assert "something else than a whole number" in at.error[0].value
