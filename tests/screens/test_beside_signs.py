"""On the review: a score beside its sign, reassurance over time above the loop, and words beside distortions."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from streamlit.testing.v1 import AppTest

from core.catalogue import load_catalogue
from core.model.check_in import CheckIn
from core.model.check_in_parts import CountKind, Episode, SignAnswer, Source
from core.model.full_answers import FullAnswers
from core.model.people import Client
from core.model.profile import PracticePlan
from core.model.responses import Response
from core.services.check_ins import record_check_in
from core.services.profiles import save_block
from core.services.questionnaires import record_response
from dashboard.runtime import Workplace

Open = Callable[..., AppTest]
CATALOGUE = load_catalogue()
CSI_4 = CATALOGUE.questionnaires["csi_4"]
HOSTILE = "He is *gone* [x](http://e.org) $y$"


def shown(at: AppTest) -> str:
    assert not at.exception, [each.message for each in at.exception]
    return "\n".join(text.value for text in at.markdown)


@pytest.fixture
def four_weeks(practice: Workplace, client: Client) -> Client:
    """Four check-ins with a sign, episodes, named distortions and the client's words; a CSI-4 of last week."""
    with practice.store.writing(practice.actor) as work:
        plan = PracticePlan(practices=("pr_restructuring",))
        save_block(work, CATALOGUE, client.id, plan, seen=0, held_from=work.today)
        for back in range(4):
            end = work.today - timedelta(weeks=back)
            content = CheckIn(
                period_end=end,
                period_days=7,
                source=Source.CLIENT_IN_SESSION,
                anxiety_average=6,
                reassurance_count=9,
                reassurance_count_kind=CountKind.EXACT,
                episodes=tuple(Episode(day=end, relief=3, relief_minutes=minutes) for minutes in (10, 20, 60)),
                distortions_by_kind={"cd_mind_reading": 4, "cd_black_white": 0},
                signs={"ws_repeated_conflict": SignAnswer.SOMETIMES},
                full=FullAnswers(practised={"pr_restructuring": 2}),
                client_words=f"{HOSTILE} {back}",
            )
            record_check_in(work, client.id, content, uuid4())
        sheet = Response(
            questionnaire="csi_4",
            questionnaire_version=CSI_4.version,
            day=work.today - timedelta(weeks=1),
            answers={1: 3, 2: 2, 3: 2, 4: 2},
        )
        record_response(work, client.id, CSI_4, sheet, uuid4())
        earlier = replace(sheet, day=work.today - timedelta(days=40), answers={1: 6, 2: 5, 3: 5, 4: 5})
        record_response(work, client.id, CSI_4, earlier, uuid4())
        work.commit()
    return client


def test_the_latest_score_stands_beside_its_sign_with_its_day_and_base(open_page: Open, four_weeks: Client) -> None:
    told = shown(open_page("review", four_weeks.id))
    [line] = [line for line in told.split("\n") if "CSI-4, satisfaction" in line]
    assert line.startswith("**Beside it** CSI-4, satisfaction with the relationship: 9 (of 0 to 21) on ")
    assert "4 of 4 items answered" in line
    assert "It moves no state. :gray[q1]" in line
    assert told.count("CSI-4, satisfaction") == 1


def test_reassurance_over_time_stands_above_the_loop_and_can_be_read_as_a_table(
    open_page: Open, four_weeks: Client
) -> None:
    at = open_page("review", four_weeks.id, look_closer="Reassurance")
    told = shown(at)
    assert told.index("Reassurance over time") < told.index("one mark is one described episode")
    assert "Medians in 4 of them: 20 min." in told
    assert at.button(key="explain_relief_weeks")
    at.toggle(key="weeks_as_table").set_value(True).run()
    table = at.dataframe[0].value
    assert table["Relief lasted"].tolist() == ["median 20 min"] * 4
    assert table["Asked for reassurance"].tolist() == ["9 a week"] * 4


def test_the_three_latest_examples_are_shown_as_they_were_typed(open_page: Open, four_weeks: Client) -> None:
    told = shown(open_page("review", four_weeks.id, look_closer="Distortions by kind"))
    section = told[told.index("Latest examples") : told.index("Which kind the words were about")]
    assert section.count("A balanced thought was tried on 2 of the 7 days.") == 3
    assert section.count(":gray[c1]") == section.count(":gray[c3]") == 1
    assert "c4" not in section
    for markup in ("*gone*", "[x]", "http://", "$y$"):
        assert markup not in section


def test_without_words_or_bars_it_is_said_and_nothing_is_drawn(
    practice: Workplace, client: Client, open_page: Open
) -> None:
    with practice.store.writing(practice.actor) as work:
        made = CheckIn(
            period_end=work.today, period_days=7, source=Source.MESSAGE, distortions_by_kind={"cd_mind_reading": 1}
        )
        record_check_in(work, client.id, made, uuid4())
        work.commit()
    told = shown(open_page("review", client.id, look_closer="Distortions by kind"))
    assert "holds both a named distortion and the client's words" in told
    assert "Reassurance over time" not in shown(open_page("review", client.id, look_closer="Reassurance"))
