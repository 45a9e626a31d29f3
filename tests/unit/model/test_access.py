"""The policy by itself: what holds for every role, whatever the table says in a single place."""

import pytest

from core.errors import InvalidInput
from core.model.access import (
    EVERY,
    OF_PRACTICE,
    Act,
    Relation,
    Role,
    account_name,
    allowed_relations,
    may,
    may_with_every_client,
)

READS = (Act.READ_DETAILS, Act.READ_SESSIONS, Act.READ_FORMS, Act.READ_RECORD, Act.READ_NOTES)
WRITES = (Act.WRITE_DETAILS, Act.WRITE_SESSIONS, Act.WRITE_FORMS, Act.WRITE_RECORD, Act.WRITE_NOTES)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("act", Act)
def test_nobody_may_do_anything_in_another_practice(role: Role, act: Act) -> None:
    assert not may(role, act, Relation.OTHER_PRACTICE)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("act", Act)
def test_who_may_do_it_to_others_may_do_it_to_shared_and_own_clients(role: Role, act: Act) -> None:
    allowed = allowed_relations(role, act)
    assert may_with_every_client(role, act) == (allowed == EVERY) == (Relation.OTHERS in allowed)
    assert Relation.SHARED not in allowed or Relation.OWN in allowed


@pytest.mark.parametrize("act", [act for act in Act if act in OF_PRACTICE])
def test_what_is_done_in_the_practice_does_not_depend_on_a_client(act: Act) -> None:
    assert {allowed_relations(role, act) for role in Role} <= {EVERY, frozenset()}


def test_therapist_reads_what_is_shared_and_nothing_of_others() -> None:
    assert all(may(Role.THERAPIST, act, Relation.SHARED) for act in READS)
    assert not any(may(Role.THERAPIST, act, Relation.SHARED) for act in WRITES)
    assert not any(may(Role.THERAPIST, act, Relation.OTHERS) for act in Act if act not in OF_PRACTICE)


def test_assistant_reads_neither_record_nor_notes_of_anybody() -> None:
    forbidden = (Act.READ_RECORD, Act.WRITE_RECORD, Act.READ_NOTES, Act.WRITE_NOTES, Act.EXPORT_CLIENT)
    assert not any(allowed_relations(Role.ASSISTANT, act) for act in forbidden)


def test_supervisor_writes_nothing() -> None:
    assert not any(allowed_relations(Role.SUPERVISOR, act) for act in (*WRITES, Act.SHARE, Act.HAND_OVER))


def test_owner_reads_everything_and_writes_clinical_words_about_own_clients_alone() -> None:
    assert all(may_with_every_client(Role.OWNER, act) for act in READS)
    for act in (Act.WRITE_RECORD, Act.WRITE_NOTES, Act.WRITE_FORMS):
        assert allowed_relations(Role.OWNER, act) == {Relation.OWN}


def test_account_needs_a_name_that_fits_on_a_line() -> None:
    assert account_name("  Robin Lee ") == "Robin Lee"
    for wrong in ("", "   ", "x" * 121):
        with pytest.raises(InvalidInput):
            account_name(wrong)
