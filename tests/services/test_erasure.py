"""Erasing a client: nothing of theirs is left anywhere in the file, the others stay, and the trail still fits."""

from pathlib import Path

import pytest
from sqlalchemy import delete, func, select

from core.errors import NotFound, StoreError
from core.model.access import Role
from core.model.audit import Action
from core.model.calendar import EventDetails
from core.model.erasure import ErasureReason
from core.services import accounts, sharing, sign_ins
from core.services.audit_trail import check_trail
from core.services.calendar import add_event
from core.services.clients import add_client, get_client
from core.services.erasure import erase_client
from core.services.exports import client_files
from core.services.practices import practice_details, set_up_practice
from core.store import FixedClock, audit, clients, open_store
from core.store.record_tables import check_in_version
from core.store.schema import METADATA
from core.store.unit_of_work import mine, read, write
from tests.faults.five_years import write_five_years
from tests.services.entries import DAY, NOON, details, form

CANARY = "Canaryzilla Quetzalcoatl"
WHY = ErasureReason.CLIENT_ASKED


@pytest.fixture
def two(store, actor, save, catalogue):
    """Two clients with five years of records each."""
    write_five_years(store, actor, catalogue, clients=2)
    with store.reading(actor) as work:
        first, second = clients.all(work)
    colleague = save(accounts.add_account, "Dr Two", Role.THERAPIST)
    for each in (first, second):
        save(sharing.share_client, each.id, colleague.id)
        save(sharing.hand_over, each.id, colleague.id)
        save(sharing.hand_over, each.id, actor.id)
    save(sign_ins.begin, "a token")
    return first, second


def rows(load) -> dict[str, int]:
    def count(work) -> dict[str, int]:
        return {
            table.name: read(work, select(func.count()).select_from(table))[0][0] for table in METADATA.tables.values()
        }

    return load(count)


def test_everything_of_one_client_is_gone_and_all_of_the_other_is_as_it_was(store, actor, save, load, catalogue, two):
    gone, stays = two
    [sign_in] = load(sign_ins.own)
    save(sign_ins.open_client, sign_in.id, gone.id)
    before, theirs = rows(load), load(client_files, catalogue, stays.id)
    erased = erase_client(store, actor, gone.id, WHY)
    assert (erased.code, erased.cleaned) == (gone.code, True)
    with pytest.raises(NotFound):
        load(get_client, gone.id)
    assert load(client_files, catalogue, stays.id) == theirs
    after = rows(load)
    kept = {"practice", "therapist", "practice_block", "sign_in", "secret", "attempt", "second_factor", "audit"}
    left = {name for name, number in after.items() if number >= before[name] > 0}
    assert left <= kept
    assert {name for name, number in before.items() if not number} <= {"entered_total"} | kept


def test_trail_keeps_code_and_reason_and_still_fits_every_record(store, actor, load, two):
    gone, _ = two
    erase_client(store, actor, gone.id, WHY)
    last = load(audit.all)[-1]
    assert (last.action, last.record_id, last.actor_id) == (Action.ERASE, gone.id, actor.id)
    assert last.detail == f"{gone.code} client_asked"
    assert check_trail(store, actor.practice_id, None).problems == ()


def test_rows_that_never_change_are_guarded_again_afterwards(store, actor, save, load, two):
    gone, stays = two
    erase_client(store, actor, gone.id, WHY)
    with pytest.raises(StoreError), store.writing(actor) as work:
        write(work, delete(check_in_version).where(mine(work, check_in_version)))
    assert load(get_client, stays.id) == stays


def test_client_of_another_practice_is_not_found_and_nothing_is_deleted(store, actor, load, two):
    before = rows(load)
    with pytest.raises(NotFound):
        erase_client(store, actor, form(), WHY)
    after = rows(load)
    assert {name: after[name] for name in after if name != "audit"} == {
        name: before[name] for name in before if name != "audit"
    }


def test_no_word_of_an_erased_client_is_left_in_the_file_or_its_log(tmp_path: Path):
    # In a file that is not encrypted: there a canary can be looked for at all.
    path = tmp_path / "plain.db"
    store = open_store(path, clock=FixedClock(NOON))
    _, actor = set_up_practice(store, practice_details("A practice", "Dr One", "Europe/Berlin"))
    with store.writing(actor) as work:
        client = add_client(work, details(CANARY), form())
        add_client(work, details("Somebody else"), form())
        add_event(work, client.id, EventDetails(day=DAY, words=f"{CANARY} moved house"), form())
        work.commit()
    assert CANARY.encode() in everything_in(tmp_path)
    assert erase_client(store, actor, client.id, WHY).cleaned
    assert CANARY.encode() not in everything_in(tmp_path)
    assert CANARY.casefold().encode() not in everything_in(tmp_path)
    assert b"Somebody else" in everything_in(tmp_path)
    store.close()


def everything_in(folder: Path) -> bytes:
    return b"".join(each.read_bytes() for each in sorted(folder.iterdir()))
