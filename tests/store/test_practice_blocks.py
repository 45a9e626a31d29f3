"""What is set for the whole practice: blocks with every earlier version."""

from datetime import timedelta

import pytest

from core.errors import Conflict
from core.model.audit import Action, Subject
from core.model.profile import BlockKind, Thresholds
from core.store import audit, practice_blocks
from tests.store.entries import DAY, numbers_for_all

KIND = BlockKind.THRESHOLDS
FIRST, SECOND = numbers_for_all(watch_share=0.4, window_days=42), numbers_for_all(window_days=56)


def test_block_of_the_practice_comes_back_as_it_was_saved(writing, reading, actor):
    with writing() as work:
        assert practice_blocks.newest(work, KIND) is None
        saved = practice_blocks.save(work, FIRST, seen=0, held_from=DAY)
        work.commit()
    with reading() as work:
        assert practice_blocks.newest(work, KIND) == saved
        last = audit.all(work)[-1]
    assert (saved.content, saved.version, saved.held_from, saved.recorded_by) == (FIRST, 1, DAY, "Dr One")
    assert (last.action, last.subject, last.record_id) == (Action.CHANGE, Subject.PRACTICE, actor.practice_id)


def test_numbers_keep_their_kind_in_the_database(writing, reading):
    with writing() as work:
        practice_blocks.save(work, FIRST, seen=0, held_from=DAY)
        work.commit()
    with reading() as work:
        found = practice_blocks.newest(work, KIND).content.changes
    assert [(each.value, type(each.value)) for each in found] == [(0.4, float), (42, int)]


def test_earlier_versions_of_the_practice_are_kept_and_the_same_again_is_none(writing, reading):
    later = DAY + timedelta(days=1)
    with writing() as work:
        first = practice_blocks.save(work, FIRST, seen=0, held_from=DAY)
        assert practice_blocks.save(work, FIRST, seen=0, held_from=DAY) == first
        second = practice_blocks.save(work, SECOND, seen=1, held_from=later)
        third = practice_blocks.save(work, Thresholds(), seen=2, held_from=later)
        work.commit()
    with reading() as work:
        assert practice_blocks.history(work, KIND) == (first, second, third)


def test_block_of_the_practice_changed_elsewhere_is_a_conflict(writing):
    with writing() as work:
        practice_blocks.save(work, FIRST, seen=0, held_from=DAY)
        for seen in (0, 2):
            with pytest.raises(Conflict, match="another window"):
                practice_blocks.save(work, SECOND, seen=seen, held_from=DAY)


def test_blocks_of_another_practice_are_not_seen(writing, store, other_practice):
    with writing() as work:
        practice_blocks.save(work, FIRST, seen=0, held_from=DAY)
        work.commit()
    with store.writing(other_practice) as work:
        assert practice_blocks.newest(work, KIND) is None
        assert practice_blocks.save(work, SECOND, seen=0, held_from=DAY).version == 1
