"""Profile: every block read first, written in its place, refused, in conflict, and with its earlier versions."""

from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from typing import Any
from uuid import UUID, uuid4

import pytest
from streamlit.testing.v1 import AppTest

from core.catalogue import load_catalogue
from core.model.check_in import CheckIn
from core.model.check_in_parts import Source
from core.model.full_answers import FullAnswers
from core.model.people import Client
from core.model.profile import (
    Approach,
    Block,
    BlockKind,
    Consent,
    CoreBeliefs,
    Goals,
    Hypothesis,
    Observations,
    Origins,
    OwnMeasures,
    PracticePlan,
    PresentSafety,
    Profile,
    Strengths,
    Triggers,
)
from core.model.profile_items import HowKnown, Origin, OwnMeasure, OwnMeasureKind, ProfileItem
from core.model.responses import Response
from core.model.safety_concern import SafetyConcern
from core.services.check_ins import record_check_in
from core.services.handouts import give_handout
from core.services.profiles import client_profile, save_block
from core.services.questionnaires import record_response
from dashboard.components.profile_words import WORDS
from dashboard.runtime import Workplace
from tests.screens.test_profile import press

Open = Callable[..., AppTest]
CATALOGUE = load_catalogue()
HOSTILE = "**x** [a](http://b) <b>:red[c] $d$"


@pytest.fixture
def save(practice: Workplace) -> Callable[..., Any]:
    """Run a service as another window would."""

    def run(service: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        with practice.store.writing(practice.actor) as work:
            result = service(work, *args, **kwargs)
            work.commit()
        return result

    return run


@pytest.fixture
def write(save: Callable[..., Any], client: Client) -> Callable[..., Any]:
    """Write a block of the client in another window."""

    def run(content: Block, seen: int = 0) -> Any:
        return save(save_block, CATALOGUE, client.id, content, seen=seen, held_from=client.details.started_on)

    return run


@pytest.fixture
def stored(practice: Workplace, client: Client) -> Callable[[], Profile]:
    """The client's profile as it stands in the file."""

    def run() -> Profile:
        with practice.store.reading(practice.actor) as work:
            return client_profile(work, client.id)

    return run


def goal(words: str, **values: Any) -> ProfileItem:
    return ProfileItem(id=uuid4(), words=words, **values)


def shown(at: AppTest) -> str:
    return "\n".join(each.value for each in at.markdown)


def text(at: AppTest, label: str) -> Any:
    return next(box for box in (*at.text_input, *at.text_area) if box.label == label)


def box(at: AppTest, label: str) -> Any:
    return next(each for each in (*at.selectbox, *at.date_input) if each.label == label)


def pills(at: AppTest, label: str) -> Any:
    return next(group for group in at.button_group if group.label == label)


def test_empty_profile_says_of_each_block_what_it_is_for(open_page: Open, client: Client) -> None:
    at = open_page("profile", client.id)
    for words in WORDS.values():
        assert words.purpose in shown(at)
        assert f"Edit {words.name}" in [button.label for button in at.button]
    assert "Earlier versions" not in [button.label for button in at.button]
    assert "None is filled in yet" in shown(at)
    assert len(at.text_area) == 0


def test_added_goal_is_read_with_its_day_and_writer(
    open_page: Open, client: Client, stored: Callable[[], Profile]
) -> None:
    at = press(open_page("profile", client.id), "Edit goals")
    text(at, "Line 1").input("one evening, no phone")
    press(at, "Save goals")
    assert not at.exception
    assert "one evening, no phone" in shown(at)
    assert "Dr Example" in shown(at)
    assert [item.words for item in stored().block(Goals).items] == ["one evening, no phone"]
    assert "Save goals" not in [button.label for button in at.button]


def test_only_one_form_is_open_at_a_time(open_page: Open, client: Client) -> None:
    at = press(open_page("profile", client.id), "Edit goals")
    others = [button for button in at.button if button.label.startswith("Edit ")]
    assert len(others) == len(WORDS)  # the partner status stands in for the open block
    assert all(button.disabled for button in others)
    press(at, "Leave as it was")
    assert not any(button.disabled for button in at.button if button.label.startswith("Edit "))


def test_leaving_a_form_saves_nothing(open_page: Open, client: Client, stored: Callable[[], Profile]) -> None:
    at = press(open_page("profile", client.id), "Edit strengths")
    text(at, "Line 1").input("typed and left")
    press(at, "Leave as it was")
    assert stored().blocks == {}
    press(at, "Edit strengths")
    assert text(at, "Line 1").value == ""


def test_saving_without_a_change_makes_no_version(
    open_page: Open, client: Client, write: Callable[..., Any], stored: Callable[[], Profile]
) -> None:
    write(Strengths(items=(goal("patient with others"),)))
    at = press(press(open_page("profile", client.id), "Edit strengths"), "Save strengths")
    assert "Save strengths" not in [button.label for button in at.button]
    assert stored().version(BlockKind.STRENGTHS) == 1


def test_renamed_goal_keeps_its_id_and_its_earlier_version_is_readable(
    open_page: Open, client: Client, write: Callable[..., Any], stored: Callable[[], Profile]
) -> None:
    first = goal("one evening")
    write(Goals(items=(first,)))
    at = press(open_page("profile", client.id), "Edit goals")
    text(at, "Line 1").input("two evenings")
    press(at, "Save goals")
    assert [(item.id, item.words) for item in stored().block(Goals).items] == [(first.id, "two evenings")]
    assert "one evening" not in shown(at)
    press(at, "Earlier versions")
    assert "Version 1" in shown(at)
    assert "one evening" in shown(at)
    press(at, "Hide earlier versions")
    assert "Version 1" not in shown(at)


def test_goal_that_ended_stays_readable_with_its_day(
    open_page: Open, client: Client, write: Callable[..., Any], stored: Callable[[], Profile]
) -> None:
    write(Goals(items=(goal("one evening"),)))
    at = press(open_page("profile", client.id), "Edit goals")
    box(at, "Line 1: ended on").set_value(client.details.started_on)
    press(at, "Save goals")
    assert "one evening, until" in shown(at)
    assert stored().block(Goals).open_items == ()


def test_progress_of_a_goal_stands_beside_it_with_both_days(
    open_page: Open, client: Client, write: Callable[..., Any], save: Callable[..., Any]
) -> None:
    one = goal("one evening")
    write(Goals(items=(one,)))
    for days, value in ((7, 3), (0, 5)):
        check_in = CheckIn(
            period_end=client.details.started_on - timedelta(days=days),
            period_days=7,
            source=Source.CLIENT_IN_SESSION,
            full=FullAnswers(goal_progress={one.id: value}),
        )
        save(record_check_in, client.id, check_in, uuid4())
    told = shown(open_page("profile", client.id))
    assert "3 → **5** of 10" in told
    for word in ("better", "improv", "higher", "more than"):
        assert word not in told


def test_line_that_check_ins_speak_of_is_not_taken_away(
    open_page: Open, client: Client, write: Callable[..., Any], save: Callable[..., Any], stored: Callable[[], Profile]
) -> None:
    one = goal("one evening")
    write(Goals(items=(one,)))
    full = FullAnswers(goal_progress={one.id: 3})
    day = client.details.started_on
    save(record_check_in, client.id, CheckIn(period_end=day, period_days=7, source=Source.MESSAGE, full=full), uuid4())
    at = press(open_page("profile", client.id), "Edit goals")
    text(at, "Line 1").input("")
    press(at, "Save goals")
    assert "A line was taken away" in at.error[0].value
    assert stored().block(Goals).items == (one,)


def test_too_long_words_are_refused_and_stay_in_the_form(
    open_page: Open, client: Client, stored: Callable[[], Profile]
) -> None:
    at = press(open_page("profile", client.id), "Edit core beliefs")
    text(at, "Line 1").input("x" * 201)
    press(at, "Save core beliefs")
    assert "201 characters; up to 200" in at.error[0].value
    assert text(at, "Line 1").value == "x" * 201
    assert stored().blocks == {}


def test_day_to_come_is_refused(open_page: Open, client: Client, stored: Callable[[], Profile]) -> None:
    at = press(open_page("profile", client.id), "Edit consent")
    box(at, "Told what is recorded and why, on").set_value(client.details.started_on + timedelta(days=2))
    press(at, "Save consent")
    assert "lies in the future" in at.error[0].value
    assert stored().blocks == {}


def test_change_in_another_window_is_told_and_what_was_typed_is_kept(
    open_page: Open, client: Client, write: Callable[..., Any], stored: Callable[[], Profile]
) -> None:
    at = press(open_page("profile", client.id), "Edit strengths")
    text(at, "Line 1").input("typed here")
    write(Strengths(items=(goal("saved there"),)))
    press(at, "Save strengths")
    assert "changed in another window" in at.warning[0].value
    assert "saved there" in shown(at)
    assert text(at, "Line 1").value == "typed here"
    assert [item.words for item in stored().block(Strengths).items] == ["saved there"]
    press(at, "Save strengths")
    assert not at.warning
    assert [item.words for item in stored().block(Strengths).items] == ["typed here"]
    press(at, "Earlier versions")
    assert "saved there" in shown(at)


def test_two_windows_may_write_two_blocks(
    open_page: Open, client: Client, write: Callable[..., Any], stored: Callable[[], Profile]
) -> None:
    at = press(open_page("profile", client.id), "Edit strengths")
    text(at, "Line 1").input("typed here")
    write(Goals(items=(goal("saved there"),)))
    press(at, "Save strengths")
    assert not at.warning
    assert set(stored().blocks) == {BlockKind.GOALS, BlockKind.STRENGTHS}


def test_hypothesis_stands_in_the_therapist_s_words(
    open_page: Open, client: Client, stored: Callable[[], Profile]
) -> None:
    at = press(open_page("profile", client.id), "Edit hypothesis")
    box(at, "Pattern").select("Not formulated yet")
    text(at, "In your words").input("steps back\nwhen it gets close")
    press(at, "Save hypothesis")
    assert stored().block(Hypothesis) == Hypothesis(pattern="ap_not_formulated", words="steps back\nwhen it gets close")
    assert "**Not formulated yet**  \nsteps back  \nwhen it gets close" in shown(at)


def test_measured_dimensions_stand_beside_the_hypothesis_and_make_no_pattern(
    open_page: Open, client: Client, save: Callable[..., Any], write: Callable[..., Any]
) -> None:
    write(Hypothesis(pattern="ap_avoidant"))
    form = CATALOGUE.questionnaires["ecr_r"]
    totals = {"anxiety": Fraction(5), "avoidance": Fraction(2)}
    day = client.details.started_on
    response = Response(questionnaire="ecr_r", questionnaire_version=form.version, day=day, totals=totals)
    save(record_response, client.id, form, response, uuid4())
    told = shown(open_page("profile", client.id))
    assert "ECR-R: attachment anxiety 5 of 1 to 7; attachment avoidance 2 of 1 to 7" in told
    assert "no pattern is worked out from them" in told
    assert "**Avoidant pattern**" in told
    assert "Anxious" not in told


def test_trigger_is_chosen_from_the_articles_and_another_written(
    open_page: Open, client: Client, stored: Callable[[], Profile]
) -> None:
    at = press(open_page("profile", client.id), "Edit triggers")
    text(at, "Line 1").input("his ex calls")
    pills(at, "Add from the articles' list").set_value(["tr_late_reply"])
    press(at, "Save triggers")
    assert [(item.words, item.entry) for item in stored().block(Triggers).items] == [
        ("his ex calls", None),
        ("A late reply", "tr_late_reply"),
    ]
    press(at, "Edit triggers")
    assert "A late reply" not in pills(at, "Add from the articles' list").options


def test_origin_needs_how_it_is_known(open_page: Open, client: Client, stored: Callable[[], Profile]) -> None:
    at = press(open_page("profile", client.id), "Edit origins")
    box(at, "Origin 1: the articles' name for it").select("Past betrayal or abuse")
    press(at, "Save origins")
    assert "how we know it" in at.error[0].value
    box(at, "Origin 1: how we know").select("client said")
    press(at, "Save origins")
    origin = stored().block(Origins).items[0]
    assert (origin.words, origin.entry) == ("Past betrayal or abuse", "or_past_betrayal")
    assert "(client said)" in shown(at)


def test_origin_whose_words_are_deleted_is_taken_away(
    open_page: Open, client: Client, write: Callable[..., Any], stored: Callable[[], Profile]
) -> None:
    write(Origins(items=(Origin(id=uuid4(), words="x", known_from=HowKnown.CLIENT_SAID, entry="or_past_betrayal"),)))
    at = press(open_page("profile", client.id), "Edit origins")
    text(at, "Origin 1").input("")
    press(at, "Save origins")
    assert stored().block(Origins) == Origins()
    assert "Nothing written now" in shown(at)


def test_concern_about_safety_is_told_above_the_signs_and_changes_no_state(
    open_page: Open, client: Client, save: Callable[..., Any], stored: Callable[[], Profile]
) -> None:
    day = client.details.started_on
    save(
        record_check_in,
        client.id,
        CheckIn(period_end=day, period_days=7, source=Source.MESSAGE, anxiety_average=6),
        uuid4(),
    )
    before = [each.label for each in open_page("review", client.id).expander]
    at = press(open_page("profile", client.id), "Edit safety")
    box(at, "At present").select("concern")
    text(at, "Words on it").input("reads her messages")
    press(at, "Save safety")
    safety = stored().block(PresentSafety)
    assert (safety.concern, safety.asked_on) == (SafetyConcern.CONCERN, day)
    review = open_page("review", client.id)
    assert "answer to something real" in shown(review)
    assert "reads her messages" not in shown(review)
    assert [each.label for each in review.expander] == before


def test_without_a_concern_nothing_is_said_above_the_signs(
    open_page: Open, client: Client, write: Callable[..., Any], save: Callable[..., Any]
) -> None:
    day = client.details.started_on
    write(PresentSafety(concern=SafetyConcern.NO_CONCERN, asked_on=day))
    save(
        record_check_in,
        client.id,
        CheckIn(period_end=day, period_days=7, source=Source.MESSAGE, anxiety_average=6),
        uuid4(),
    )
    assert "answer to something real" not in shown(open_page("review", client.id))


def test_safety_that_was_not_asked_has_no_day(
    open_page: Open, client: Client, write: Callable[..., Any], stored: Callable[[], Profile]
) -> None:
    write(PresentSafety(concern=SafetyConcern.NO_CONCERN, asked_on=client.details.started_on))
    at = press(open_page("profile", client.id), "Edit safety")
    box(at, "At present").select("not asked")
    press(at, "Save safety")
    assert stored().block(PresentSafety) == PresentSafety()


def test_plan_and_approach_are_chosen_from_the_catalogue(
    open_page: Open, client: Client, stored: Callable[[], Profile]
) -> None:
    at = press(open_page("profile", client.id), "Edit plan")
    pills(at, "Self-compassion").set_value(["sc_pause_phrase"])
    pills(at, "Communication skills").set_value(["cs_i_language"])
    press(at, "Save plan")
    press(at, "Edit approach")
    pills(at, "Approaches").set_value(["ta_cbt"])
    press(at, "Save approach")
    assert stored().block(PracticePlan).practices == ("cs_i_language", "sc_pause_phrase")
    assert stored().block(Approach).approaches == ("ta_cbt",)
    assert "“I” language · Pause phrase" in shown(at)


def test_observation_carries_its_name_and_the_therapist_s_words(
    open_page: Open, client: Client, stored: Callable[[], Profile]
) -> None:
    at = press(open_page("profile", client.id), "Edit observations")
    next(each for each in at.text_input if each.label.startswith("Life disruption")).input("missed work twice")
    press(at, "Save observations")
    item = stored().block(Observations).items[0]
    assert (item.words, item.entry) == ("missed work twice", "rf_life_disruption")
    assert "**Life disruption:** missed work twice" in shown(at)


def test_own_measure_is_added_renamed_and_ended(open_page: Open, client: Client, stored: Callable[[], Profile]) -> None:
    at = press(open_page("profile", client.id), "Edit own measures")
    text(at, "Measure 1").input("nights awake")
    box(at, "Measure 1: it is a").select("times in the period")
    press(at, "Save own measures")
    first = stored().block(OwnMeasures).measures[0]
    assert (first.kind, first.since) == (OwnMeasureKind.COUNT, client.details.started_on)
    press(at, "Edit own measures")
    text(at, "Measure 1: times in the period").input("nights up")
    box(at, "Measure 1: ended on").set_value(client.details.started_on)
    press(at, "Save own measures")
    second = stored().block(OwnMeasures).measures[0]
    assert (second.id, second.name, second.ended_on) == (first.id, "nights up", client.details.started_on)


def test_no_room_is_offered_for_a_fourth_measure(open_page: Open, client: Client, write: Callable[..., Any]) -> None:
    day = client.details.started_on
    made = tuple(OwnMeasure(id=uuid4(), name=name, kind=OwnMeasureKind.RATING, since=day) for name in "abc")
    write(OwnMeasures(measures=made))
    at = press(open_page("profile", client.id), "Edit own measures")
    assert len([each for each in at.text_input if each.label.startswith("Measure")]) == 3


def test_handouts_given_are_listed_with_their_day(open_page: Open, client: Client, save: Callable[..., Any]) -> None:
    day = date(2026, 1, 9)
    save(give_handout, CATALOGUE, client.id, handout="ho_loop", day=day, request_id=uuid4())
    told = shown(open_page("profile", client.id))
    assert "Why reassurance wears off :gray[:small[9 Jan 2026]]" in told


def test_words_are_shown_as_they_were_typed(open_page: Open, client: Client, write: Callable[..., Any]) -> None:
    def one() -> ProfileItem:
        return goal(HOSTILE)

    started = client.details.started_on
    for block in (
        Goals(items=(one(), goal(HOSTILE, ended_on=started))),
        CoreBeliefs(items=(one(),)),
        Hypothesis(words=HOSTILE),
        Origins(items=(Origin(id=uuid4(), words=HOSTILE, known_from=HowKnown.THERAPIST_VIEW),)),
        PresentSafety(concern=SafetyConcern.CONCERN, asked_on=started, words=HOSTILE),
        Approach(words=HOSTILE),
        Consent(words=HOSTILE),
        Observations(items=(goal(HOSTILE, entry="rf_unmanageable"),)),
        OwnMeasures(measures=(OwnMeasure(id=UUID(int=1), name=HOSTILE, kind=OwnMeasureKind.RATING, since=started),)),
    ):
        write(block)
        write(type(block)(), seen=1)
        write(block, seen=2)
    at = open_page("profile", client.id)
    for raw in ("**x**", "](http", "<b>", ":red[", "$d$"):
        assert raw not in shown(at)
    assert shown(at).count("&#42;&#42;x&#42;&#42;") == 10


def test_entry_that_the_catalogue_lost_is_shown_by_its_id_and_kept(
    open_page: Open, client: Client, practice: Workplace, stored: Callable[[], Profile]
) -> None:
    from core.store import profiles

    with practice.store.writing(practice.actor) as work:
        plan = PracticePlan(practices=("pr_lost",))
        profiles.save(work, client.id, plan, seen=0, held_from=client.details.started_on)
        work.commit()
    at = press(open_page("profile", client.id), "Edit plan")
    pills(at, "Practices").set_value(["pr_gratitude"])
    press(at, "Save plan")
    assert stored().block(PracticePlan).practices == ("pr_gratitude", "pr_lost")
    assert "Gratitude journal" in shown(at)
