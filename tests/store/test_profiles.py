"""Profiles: blocks with every earlier version, and handouts given."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from core.errors import Conflict, NotFound
from core.model.audit import Action, Subject
from core.model.profile import (
    BLOCKS,
    Agreed,
    Approach,
    Backups,
    Block,
    BlockKind,
    Consent,
    Goals,
    Hypothesis,
    Origins,
    OwnMeasures,
    Phases,
    PracticePlan,
    PresentSafety,
    PromptAnswers,
    QuestionnairePlans,
    Retention,
    Thresholds,
)
from core.model.profile_items import HowKnown, Origin, OwnMeasure, OwnMeasureKind, ProfileItem, QuestionnairePlan
from core.model.prompt_answers import PromptAnswer, PromptAnswerKind
from core.model.safety_concern import SafetyConcern
from core.model.series_findings import Phase
from core.model.sign_thresholds import ThresholdChange
from core.store import audit, clients, handouts, profiles
from tests.store.entries import DAY, LISTED, client_details, goals, request

ITEM = ProfileItem(id=LISTED, words="“=cmd” 🦊 \u202eabc", entry="tr_late_reply", ended_on=DAY)
FILLED: dict[BlockKind, Block] = {
    BlockKind.HYPOTHESIS: Hypothesis(pattern="ap_anxious", words="line one\nline two"),
    BlockKind.ORIGINS: Origins(
        items=(Origin(id=LISTED, words="left twice", known_from=HowKnown.CLIENT_SAID, entry="or_past_betrayal"),)
    ),
    BlockKind.PRESENT_SAFETY: PresentSafety(concern=SafetyConcern.CONCERN, asked_on=DAY, words="asked alone"),
    BlockKind.APPROACH: Approach(approaches=("ta_cbt", "ta_attachment"), words="slow"),
    BlockKind.PRACTICE_PLAN: PracticePlan(practices=("sc_pause_phrase",)),
    BlockKind.CONSENT: Consent(told_on=DAY, words="sheet given"),
    BlockKind.OWN_MEASURES: OwnMeasures(
        measures=(OwnMeasure(id=LISTED, name="sleep", kind=OwnMeasureKind.RATING, since=DAY),)
    ),
    BlockKind.QUESTIONNAIRES: QuestionnairePlans(
        plans=(QuestionnairePlan(questionnaire="gad7", every_days=28, since=DAY),)
    ),
    BlockKind.PHASES: Phases(phases=(Phase(day=DAY, words="“first” plan 🦊"),)),
    BlockKind.AGREED: Agreed(points=2, percent=40),
    BlockKind.THRESHOLDS: Thresholds(
        changes=(
            ThresholdChange(name="watch_share", value=0.4, day=DAY, author="Dr One", client_id=LISTED),
            ThresholdChange(name="window_days", value=42, day=DAY, author="Dr One", client_id=LISTED),
        )
    ),
    BlockKind.BACKUPS: Backups(folder="/somewhere else/backups"),
    BlockKind.RETENTION: Retention(years=10),
    BlockKind.PROMPT_ANSWERS: PromptAnswers(
        answers=(
            PromptAnswer(
                prompt="rf_worsening",
                day=DAY,
                answer=PromptAnswerKind.ARRANGED,
                words="line one\nline two",
                by="Dr One",
            ),
        )
    ),
}


def filled(kind: BlockKind) -> Block:
    """A block of this kind with something in every field."""
    return FILLED[kind] if kind in FILLED else BLOCKS[kind](items=(ITEM,))


@pytest.mark.parametrize("kind", list(BlockKind))
def test_every_block_comes_back_as_it_was_saved(kind, client, writing, reading):
    with writing() as work:
        saved = profiles.save(work, client.id, filled(kind), seen=0, held_from=DAY)
        work.commit()
    with reading() as work:
        found = profiles.profile(work, client.id)
    assert found.dated(kind) == saved
    assert found.block(BLOCKS[kind]) == filled(kind)
    assert (saved.version, saved.held_from, saved.recorded_on, saved.recorded_by) == (1, DAY, DAY, "Dr One")


def test_earlier_versions_of_a_block_are_kept(client, writing, reading):
    later = DAY + timedelta(days=1)
    with writing() as work:
        first = profiles.save(work, client.id, goals("one"), seen=0, held_from=DAY)
        second = profiles.save(work, client.id, goals("one", "two"), seen=1, held_from=later)
        work.commit()
    with reading() as work:
        assert profiles.history(work, client.id, BlockKind.GOALS) == (first, second)
        assert profiles.profile(work, client.id).dated(BlockKind.GOALS) == second
        assert profiles.history(work, client.id, BlockKind.CONSENT) == ()


def test_same_block_again_makes_no_new_version(client, writing, reading):
    with writing() as work:
        first = profiles.save(work, client.id, goals("one"), seen=0, held_from=DAY)
        again = profiles.save(work, client.id, goals("one"), seen=0, held_from=DAY)
        work.commit()
    assert again == first
    with reading() as work:
        assert len(profiles.history(work, client.id, BlockKind.GOALS)) == 1


def test_block_changed_elsewhere_is_a_conflict(client, writing):
    with writing() as work:
        profiles.save(work, client.id, goals("one"), seen=0, held_from=DAY)
        for seen in (0, 2):
            with pytest.raises(Conflict, match="another window"):
                profiles.save(work, client.id, goals("two"), seen=seen, held_from=DAY)


def test_blocks_of_other_clients_and_practices_are_not_seen(client, writing, reading, other_practice, store):
    with writing() as work:
        zoe = clients.add(work, replace(client_details(), name="Zoe"), request())
        profiles.save(work, client.id, goals("one"), seen=0, held_from=DAY)
        work.commit()
    with reading() as work:
        assert profiles.profile(work, zoe.id).blocks == {}
        assert set(profiles.of_kind(work, BlockKind.GOALS)) == {client.id}
    with store.writing(other_practice) as work:
        assert profiles.of_kind(work, BlockKind.GOALS) == {}
        with pytest.raises(NotFound):
            profiles.save(work, client.id, goals("one"), seen=1, held_from=DAY)


def test_a_block_leaves_a_line_in_the_trail(client, writing, reading):
    with writing() as work:
        profiles.save(work, client.id, Goals(), seen=0, held_from=DAY)
        work.commit()
    with reading() as work:
        last = audit.all(work)[-1]
    assert (last.action, last.subject, last.record_id, last.version) == (Action.CHANGE, Subject.PROFILE, client.id, 1)


def test_handout_is_logged_once_and_can_be_taken_back(client, writing, reading):
    form = request()
    with writing() as work:
        given = handouts.give(work, client.id, "pause", date(2026, 5, 20), form)
        assert handouts.give(work, client.id, "pause", date(2026, 5, 20), form) == given
        assert handouts.of_client(work, client.id) == (given,)
        handouts.withdraw(work, given.id)
        work.commit()
    with writing() as work:
        with pytest.raises(NotFound):
            handouts.withdraw(work, given.id)
        with pytest.raises(NotFound):
            handouts.withdraw(work, uuid4())
    with reading() as work:
        assert handouts.of_client(work, client.id) == ()
        assert [entry.subject for entry in audit.all(work)][-2:] == [Subject.HANDOUT, Subject.HANDOUT]
