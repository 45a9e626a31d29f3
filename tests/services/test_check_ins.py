"""Recording, correcting and withdrawing check-ins."""

from datetime import timedelta

import pytest

from core.errors import Conflict, InvalidInput
from core.services.check_ins import (
    check_in_history,
    check_ins_of,
    correct_check_in,
    last_covered_day,
    propose_period,
    record_check_in,
    warn_about,
    withdraw_check_in,
)
from core.services.progress import review_client
from tests.builders import check_in
from tests.services.entries import AWKWARD_NAMES, DAY, WEEK, form


def figures(review):
    """The period's figures by measure: what is counted over how many observed days, or the mean."""
    shown = {}
    for comparison in review.comparisons:
        figure = comparison.period
        value = figure.mean if hasattr(figure, "mean") else figure.count
        shown[comparison.measure] = (value, figure.observed_days)
    return shown


def test_check_in_is_recorded_with_its_author_and_day(save, load, client):
    saved = save(record_check_in, client.id, check_in(DAY, anxiety=7), form())
    assert (saved.ref.label, saved.ref.version, saved.recorded_by, saved.recorded_on) == ("c1", 1, "Dr One", DAY)
    assert load(check_ins_of, client.id) == (saved,)


def test_same_form_sent_twice_saves_once(save, load, client):
    request = form()
    first = save(record_check_in, client.id, check_in(DAY, anxiety=7), request)
    assert save(record_check_in, client.id, check_in(DAY, anxiety=7), request) == first
    assert load(check_ins_of, client.id) == (first,)


def test_change_made_after_the_form_was_saved_does_not_seem_saved(save, load, client):
    request = form()
    first = save(record_check_in, client.id, check_in(DAY, anxiety=7), request)
    with pytest.raises(Conflict, match="changed afterwards"):
        save(record_check_in, client.id, check_in(DAY, anxiety=2), request)
    assert load(check_ins_of, client.id) == (first,)


def test_count_below_zero_is_one_problem_and_none_of_the_episodes():
    with pytest.raises(InvalidInput) as refused:
        check_in(DAY, reassurance=-1)
    assert len(refused.value.problems) == 1


def test_period_that_ends_in_the_future_is_refused(save, load, client):
    tomorrow = check_in(DAY + timedelta(days=1), anxiety=1)
    with pytest.raises(InvalidInput, match=r"22 May 2026, in the future\. Nothing was saved"):
        save(record_check_in, client.id, tomorrow, form())
    saved = save(record_check_in, client.id, check_in(DAY, anxiety=1), form())
    with pytest.raises(InvalidInput, match="in the future"):
        save(correct_check_in, saved.ref, tomorrow, "Wrong day")
    assert load(check_ins_of, client.id) == (saved,)


@pytest.mark.parametrize("reason", ["", "   ", "\n"])
def test_correction_needs_its_reason(save, load, client, reason):
    saved = save(record_check_in, client.id, check_in(DAY, anxiety=7), form())
    for attempt in (
        lambda: save(correct_check_in, saved.ref, check_in(DAY, anxiety=6), reason),
        lambda: save(withdraw_check_in, saved.ref, reason),
    ):
        with pytest.raises(InvalidInput, match="reason"):
            attempt()
    assert load(check_ins_of, client.id) == (saved,)


def test_correction_is_the_next_version_and_the_earlier_one_is_kept(save, load, client):
    first = save(record_check_in, client.id, check_in(DAY, anxiety=7), form())
    second = save(correct_check_in, first.ref, check_in(DAY, anxiety=6), " misheard ")
    assert (second.ref.version, second.ref.label, second.reason) == (2, "c1", "misheard")
    assert load(check_ins_of, client.id) == (second,)
    assert load(check_in_history, first.ref.id) == (first, second)


def test_stale_ref_is_a_conflict(save, load, client):
    first = save(record_check_in, client.id, check_in(DAY, anxiety=7), form())
    second = save(correct_check_in, first.ref, check_in(DAY, anxiety=6), "misheard")
    for attempt in (
        lambda: save(correct_check_in, first.ref, check_in(DAY, anxiety=1), "again"),
        lambda: save(withdraw_check_in, first.ref),
    ):
        with pytest.raises(Conflict):
            attempt()
    assert load(check_ins_of, client.id) == (second,)


def test_withdrawn_check_in_counts_nowhere_and_is_kept(save, load, client, catalogue):
    kept = save(record_check_in, client.id, check_in(DAY - WEEK, anxiety=2, reassurance=1), form())
    before = load(review_client, catalogue, client.id)
    saved = save(record_check_in, client.id, check_in(DAY, anxiety=9, reassurance=99), form())
    save(withdraw_check_in, saved.ref)
    assert load(review_client, catalogue, client.id) == before
    assert load(check_ins_of, client.id) == (kept,)
    assert load(last_covered_day, client.id) == DAY - WEEK
    assert load(propose_period, client.id).days == 7
    assert load(warn_about, client.id, check_in(DAY, anxiety=1)) == ()
    history = load(check_in_history, saved.ref.id)
    assert [(each.ref.version, each.withdrawn, each.content) for each in history] == [
        (1, False, saved.content),
        (2, True, saved.content),
    ]


def test_blank_count_is_not_zero_all_the_way_to_the_review(save, load, client, catalogue):
    save(record_check_in, client.id, check_in(DAY, anxiety=0, reassurance=0), form())
    review = load(review_client, catalogue, client.id)
    assert figures(review) == {
        "anxiety_average": (0, 7),
        "reassurance_count": (0, 7),
        "distortions_total": (0, 0),
    }
    assert review.course.bars["distortions_total"] == ()
    assert sum(bar.observed_days for bar in review.course.bars["reassurance_count"]) == 7
    assert (review.course.asked["distortions_total"].asked, review.course.asked["reassurance_count"].asked) == (0, 1)


def test_blank_check_in_does_not_thin_out_the_rate(save, load, client, catalogue):
    save(record_check_in, client.id, check_in(DAY, 7, reassurance=14), form())
    save(record_check_in, client.id, check_in(DAY, 14, anxiety=5), form())
    assert figures(load(review_client, catalogue, client.id))["reassurance_count"] == (14, 7)


@pytest.mark.parametrize("typed", AWKWARD_NAMES)
def test_words_are_kept_as_typed(save, load, client, typed):
    save(record_check_in, client.id, check_in(DAY, note=typed), form())
    assert load(check_ins_of, client.id)[0].content.note == typed


def test_proposed_period_follows_the_last_covered_day(save, load, client):
    assert load(propose_period, client.id).days == 7
    save(record_check_in, client.id, check_in(DAY - timedelta(days=3), anxiety=1), form())
    proposed = load(propose_period, client.id)
    assert (proposed.start, proposed.end) == (DAY - timedelta(days=2), DAY)
    save(record_check_in, client.id, check_in(DAY, 1, anxiety=1), form())
    assert load(propose_period, client.id).days == 7


def test_proposed_period_is_a_week_after_a_long_silence(save, load, client):
    save(record_check_in, client.id, check_in(DAY - timedelta(days=11), anxiety=1), form())
    assert load(propose_period, client.id).days == 7


def test_last_covered_day_is_unknown_without_a_check_in(load, client):
    assert load(last_covered_day, client.id) is None


def test_warning_about_overlap_leaves_out_the_check_in_being_corrected(save, load, client):
    saved = save(record_check_in, client.id, check_in(DAY, anxiety=1), form())
    corrected = check_in(DAY, 6, anxiety=2)
    (warning,) = load(warn_about, client.id, corrected)
    assert "6 of these 6 days are already covered" in warning
    assert load(warn_about, client.id, corrected, replaces=saved.ref.id) == ()


def test_warnings_do_not_stop_saving(save, load, client):
    many = check_in(DAY, 1, reassurance=11)
    assert len(load(warn_about, client.id, many)) == 1
    save(record_check_in, client.id, many, form())
    assert len(load(check_ins_of, client.id)) == 1
