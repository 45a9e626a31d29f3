"""Adding, finding, changing, closing and reopening clients."""

from datetime import date, timedelta
from unicodedata import normalize
from uuid import uuid4

import pytest

from core.errors import Conflict, InvalidInput, NotFound
from core.model.people import DatedPartnerStatus, PartnerStatus
from core.services.clients import (
    add_client,
    close_client,
    edit_client,
    get_client,
    list_clients,
    look_alikes,
    move_start_level,
    reopen_client,
    set_partner_status,
)
from tests.services.entries import AWKWARD_NAMES, DAY, details, form

TOMORROW = DAY + timedelta(days=1)


@pytest.mark.parametrize("name", AWKWARD_NAMES)
def test_name_is_kept_as_typed(save, load, name):
    added = save(add_client, details(name), form())
    again = load(get_client, added.id)
    assert (again.details.name, added.details.name) == (name, name)
    assert again == added
    assert name not in added.code


def test_same_form_sent_twice_adds_one_client(save, load):
    request = form()
    first = save(add_client, details(), request)
    assert save(add_client, details("Somebody else"), request) == first
    assert load(list_clients) == (first,)


def test_start_in_the_future_is_refused_and_today_is_not(save, load):
    with pytest.raises(InvalidInput, match=r"22 May 2026 lies in the future.*Nothing was saved"):
        save(add_client, details(started_on=TOMORROW), form())
    assert load(list_clients) == ()
    assert save(add_client, details(started_on=DAY), form()).details.started_on == DAY


def test_edit_changes_what_is_written_and_keeps_code_and_id(save, load, client):
    edited = save(edit_client, client, details("Anna M.", birth_year=None))
    assert (edited.id, edited.code) == (client.id, client.code)
    assert (edited.details.name, edited.details.birth_year) == ("Anna M.", None)
    assert load(get_client, client.id) == edited


def test_edit_with_a_stale_revision_is_a_conflict(save, load, client):
    first = save(edit_client, client, details("First"))
    for stale in (
        lambda: save(edit_client, client, details("Second")),
        lambda: save(close_client, client, DAY),
        lambda: save(reopen_client, client),
    ):
        with pytest.raises(Conflict):
            stale()
    assert load(get_client, client.id) == first


def test_edit_cannot_move_the_start_into_the_future_or_past_the_closing(save, client):
    with pytest.raises(InvalidInput, match="future"):
        save(edit_client, client, details(started_on=TOMORROW))
    closed = save(close_client, client, DAY - timedelta(days=10))
    with pytest.raises(InvalidInput, match="after the closing date 11 May 2026"):
        save(edit_client, closed, details(started_on=DAY))
    assert save(edit_client, closed, details(started_on=date(2026, 5, 11))).closed_on == date(2026, 5, 11)


def test_closed_client_stays_readable_and_can_be_opened_again(save, load, client):
    closed = save(close_client, client, DAY)
    assert closed.closed_on == DAY
    assert load(list_clients) == (closed,)
    opened = save(reopen_client, closed)
    assert opened.closed_on is None
    assert load(get_client, client.id) == opened


@pytest.mark.parametrize(("day", "why"), [(TOMORROW, "future"), (date(2026, 1, 7), "before the start date")])
def test_closing_on_an_impossible_day_is_refused(save, load, client, day, why):
    with pytest.raises(InvalidInput, match=why):
        save(close_client, client, day)
    assert load(get_client, client.id).closed_on is None


def test_closing_on_the_day_of_the_start_is_taken(save, client):
    assert save(close_client, client, client.details.started_on).closed_on == client.details.started_on


def test_look_alike_is_found_whatever_case_blanks_and_encoding(save, load):
    zoe = save(add_client, details(normalize("NFC", "Zoë Ångström")), form())
    for typed in ("zoë ångström", " ZOË  ÅNGSTRÖM ", normalize("NFD", "Zoë Ångström")):
        assert load(look_alikes, details(typed)) == (zoe,)
    assert load(look_alikes, details("Zoë Ångströms")) == ()


def test_other_birth_year_is_somebody_else_and_an_unknown_one_is_not(save, load):
    known = save(add_client, details(birth_year=1988), form())
    assert load(look_alikes, details(birth_year=1999)) == ()
    assert load(look_alikes, details(birth_year=1988)) == (known,)
    assert load(look_alikes, details(birth_year=None)) == (known,)
    unknown = save(add_client, details(birth_year=None), form())
    assert load(look_alikes, details(birth_year=1999)) == (unknown,)


def test_partner_status_holds_from_its_day_and_earlier_ones_are_kept(save, load, client):
    save(set_partner_status, client.id, DatedPartnerStatus(status=PartnerStatus.PARTNER, since=date(2026, 2, 1)))
    save(set_partner_status, client.id, DatedPartnerStatus(status=PartnerStatus.NO_PARTNER, since=date(2026, 4, 1)))
    known = load(get_client, client.id)
    held = [known.partner_on(day) for day in (date(2026, 1, 31), date(2026, 2, 1), date(2026, 3, 31), DAY)]
    assert held == [
        PartnerStatus.NOT_RECORDED,
        PartnerStatus.PARTNER,
        PartnerStatus.PARTNER,
        PartnerStatus.NO_PARTNER,
    ]


def test_dated_facts_cannot_lie_in_the_future(save, load, client):
    with pytest.raises(InvalidInput, match="partner status"):
        save(set_partner_status, client.id, DatedPartnerStatus(status=PartnerStatus.PARTNER, since=TOMORROW))
    with pytest.raises(InvalidInput, match="start level"):
        save(move_start_level, client.id, TOMORROW)
    assert load(get_client, client.id) == client


def test_start_level_moves_and_is_put_back(save, client):
    assert save(move_start_level, client.id, DAY).start_level_from == DAY
    assert save(move_start_level, client.id, None).start_level_from is None


def test_unknown_client_is_not_found(load, actor):
    with pytest.raises(NotFound):
        load(get_client, uuid4())
