"""What the therapist sets for change: phases and the agreed difference, and how the rules in use come together."""

from datetime import timedelta

import pytest

from core.analysis.changes import changes_of
from core.errors import Conflict, InvalidInput, NotFound
from core.model.profile import Agreed, BlockKind, Phases
from core.model.series_findings import Phase
from core.services.calendar import add_session
from core.services.changes import attended_by, change_rules, save_agreed, save_phases
from core.services.clients import move_start_level
from core.services.progress import method_of, review_client
from core.services.questionnaires import record_response
from core.store import profiles
from tests.services.entries import DAY, MISSED, WEEK, form, gad7_answers, session_on

FIRST, SECOND = Phase(day=DAY - 8 * WEEK, words="first plan"), Phase(day=DAY, words="second plan")


def rules_of(load, client, catalogue):
    review = load(review_client, catalogue, client.id)
    attended = attended_by(review.sessions, review.as_of)
    return review, change_rules(
        catalogue, review.client, review.profile, method=method_of(catalogue), attended=attended
    )


def test_phases_are_kept_in_the_order_of_their_days(save, load, client):
    save(save_phases, client.id, Phases(phases=(SECOND, FIRST)), seen=0)
    profile = load(profiles.profile, client.id)
    assert profile.block(Phases).phases == (FIRST, SECOND)
    assert profile.dated(BlockKind.PHASES).held_from == DAY


def test_phase_of_a_day_to_come_is_refused(save, client):
    later = Phase(day=DAY + timedelta(days=1), words="next plan")
    with pytest.raises(InvalidInput, match="22 May 2026 lies in the future"):
        save(save_phases, client.id, Phases(phases=(FIRST, later)), seen=0)


def test_phases_and_what_was_agreed_changed_elsewhere_are_a_conflict(save, client):
    save(save_phases, client.id, Phases(phases=(FIRST,)), seen=0)
    with pytest.raises(Conflict):
        save(save_phases, client.id, Phases(phases=(SECOND,)), seen=0)
    save(save_agreed, client.id, Agreed(points=2), seen=0)
    with pytest.raises(Conflict):
        save(save_agreed, client.id, Agreed(points=3), seen=0)


def test_nothing_is_set_for_a_client_who_is_not_there(save):
    with pytest.raises(NotFound):
        save(save_agreed, form(), Agreed(points=2), seen=0)


def test_rules_hold_what_was_set_for_the_client(save, load, client, catalogue):
    save(save_phases, client.id, Phases(phases=(FIRST,)), seen=0)
    save(save_agreed, client.id, Agreed(points=2, percent=50), seen=0)
    save(move_start_level, client.id, DAY - WEEK)
    for day, status in ((DAY - WEEK, MISSED), (DAY - 2 * WEEK, None)):
        save(add_session, client.id, session_on(day, status) if status else session_on(day), form())
    _, rules = rules_of(load, client, catalogue)
    assert (rules.phases, rules.agreed) == ((FIRST,), Agreed(points=2, percent=50))
    assert (rules.moved_to, rules.attended) == (DAY - WEEK, 1)


def test_changes_of_a_client_hold_the_forms_that_were_filled_in(save, load, client, catalogue, gad7):
    for day, value in ((DAY - 4 * WEEK, 2), (DAY, 1)):
        save(record_response, client.id, gad7, gad7_answers(day, value), form())
    review, rules = rules_of(load, client, catalogue)
    [progress] = changes_of(review.check_ins, review.responses, review.as_of, rules=rules).forms
    assert [point.score.printed for point in progress.points] == ["14", "7"]
