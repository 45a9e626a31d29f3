"""The pieces of screen for the reassurance loop and for distortions, each on a page of its own."""

from streamlit.testing.v1 import AppTest

SECONDS = 30


def shown(at: AppTest) -> str:
    assert not at.exception, [each.message for each in at.exception]
    return "\n".join(text.value for text in at.markdown)


def loop_page() -> None:
    from dashboard.components.reassurance import reassurance_block
    from tests.unit.charts.loops import full_loop

    reassurance_block(full_loop(), compact=False, poor_relief=4)


def short_loop_page() -> None:
    from dashboard.components.reassurance import reassurance_block
    from tests.unit.charts.loops import episode, week_loop

    reassurance_block(week_loop([episode(), episode()]), compact=True)


def distortions_page() -> None:
    from core.analysis.distortions import break_down
    from core.catalogue import load_catalogue
    from core.model.days import Window
    from dashboard.components.distortions import distortions_block
    from tests.builders import TODAY, all_recorded, check_in, method

    kinds = load_catalogue().distortions
    records = all_recorded(check_in(kinds=dict.fromkeys(kinds, 3)))
    found = break_down(records, TODAY, Window.ending(TODAY, 84), method=method(), kinds=tuple(kinds))
    distortions_block(found, kinds, said={}, gaps=(), compact=False)


def unsorted_page() -> None:
    from core.analysis.distortions import break_down
    from core.catalogue import load_catalogue
    from core.model.days import Window
    from dashboard.components.distortions import distortions_block
    from tests.builders import TODAY, all_recorded, check_in, method

    kinds = load_catalogue().distortions
    found = break_down(
        all_recorded(check_in(distortions=12)), TODAY, Window.ending(TODAY, 84), method=method(), kinds=tuple(kinds)
    )
    distortions_block(found, kinds, said={}, gaps=(), compact=False)


def triggers_page(compact: bool, asked: bool) -> None:
    from dataclasses import replace
    from uuid import UUID

    from core.analysis.triggers import read_triggers, told_in
    from core.catalogue import load_catalogue
    from core.model.days import Window
    from core.model.full_answers import FullAnswers
    from dashboard.components.distortions import triggers_block
    from tests.builders import TODAY, all_recorded, check_in

    kinds, late = load_catalogue().distortions, UUID(int=1)
    full = FullAnswers(triggers=frozenset({late}) if asked else None)
    records = all_recorded(replace(check_in(kinds=dict.fromkeys(kinds, 3)), full=full))
    found = read_triggers(told_in(records), Window.ending(TODAY, 28), kinds=tuple(kinds), triggers=(late,))
    triggers_block(found, kinds, {late: "a *late* reply"}, compact=compact)


def test_loop_is_drawn_with_its_numbers_and_its_sentence() -> None:
    at = AppTest.from_function(loop_page, default_timeout=SECONDS).run()
    assert "none asked on 5 days" in shown(at)
    assert len(at.get("plotly_chart")) == 2
    numbers = dict(at.table[0].value.to_numpy().tolist())
    assert numbers["Described"] == "12 of about 31"
    assert at.button(key="explain_loop")
    assert numbers["Lasted"] == "median 20 min (11 of 12 say, 3 of them at least)"


def test_loop_can_be_read_as_a_table() -> None:
    at = AppTest.from_function(loop_page, default_timeout=SECONDS).run()
    at.toggle(key="loop_as_table").set_value(True).run()
    assert len(at.dataframe[0].value) == 12
    assert not at.get("plotly_chart")


def test_loop_of_two_described_gives_counts_only() -> None:
    at = AppTest.from_function(short_loop_page, default_timeout=SECONDS).run()
    assert "From 3 described episodes on" in shown(at)
    assert at.button(key="explain_loop")
    assert not at.get("plotly_chart")
    assert at.table[0].value.iloc[:, 0].tolist() == ["Recorded", "Described"]


def test_distortions_are_drawn_and_can_be_read_as_tables() -> None:
    at = AppTest.from_function(distortions_page, default_timeout=SECONDS).run()
    assert "every kind asked at 1 of 1 check-in" in shown(at)
    assert at.button(key="explain_kinds")
    assert len(at.get("plotly_chart")) == 1
    at.toggle(key="distortions_as_table").set_value(True).run()
    assert at.dataframe[0].value["Share"].tolist() == ["3 of 15"] * 5 + [""]
    assert len(at.dataframe[1].value) == 1


def test_distortions_without_kinds_say_so() -> None:
    at = AppTest.from_function(unsorted_page, default_timeout=SECONDS).run()
    assert "Kinds were not recorded; counts so far are not sorted." in shown(at)
    assert not at.get("plotly_chart")


def test_triggers_stand_as_a_table_and_as_lines_on_a_phone() -> None:
    at = AppTest.from_function(triggers_page, args=(False, True), default_timeout=SECONDS).run()
    assert "shows no cause" in shown(at)
    assert at.button(key="explain_triggers")
    assert at.table[0].value["Mind-reading"].tolist() == ["3 in 7 days / no days"]
    on_a_phone = AppTest.from_function(triggers_page, args=(True, True), default_timeout=SECONDS).run()
    assert "came up at 1 of 1 check-in" in shown(on_a_phone)
    assert "*late*" not in shown(on_a_phone), "a client's words show as they were typed"


def test_triggers_not_asked_say_so() -> None:
    at = AppTest.from_function(triggers_page, args=(False, False), default_timeout=SECONDS).run()
    assert "Triggers were not asked in these days." in shown(at)
    assert not at.table
