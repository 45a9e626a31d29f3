"""Clients, sessions and events."""

from dataclasses import replace
from datetime import date, time, timedelta
from uuid import uuid4

import pytest

from core.errors import Conflict, InvalidInput, NotFound
from core.model.calendar import EventDetails, SessionStatus
from core.model.people import DatedPartnerStatus, PartnerStatus
from core.store import audit, clients, events, sessions
from tests.store.entries import DAY, client_details, request, session_details

NAMES = ["zoe", "Äbel", "abel", "Ángel", "Örs", "oskar", "İpek", "ipek b", "Straße", "strasse a", "Ωmega", "Ana 🦊"]


def test_client_comes_back_as_written(client, reading):
    with reading() as work:
        assert clients.get(work, client.id) == client
    assert client.details == client_details()
    assert (client.closed_on, client.partner, client.start_level_from, client.revision) == (None, (), None, 1)


def test_code_says_nothing_about_the_name(writing):
    with writing() as work:
        codes = {clients.add(work, client_details("Ana M."), request()).code for _ in range(20)}
    assert len(codes) == 20
    assert all(len(code) == 6 and code[:2].isalpha() and code[2:].isdigit() for code in codes)


def test_edit_at_an_old_revision_is_a_conflict(client, writing, reading):
    with writing() as work:
        edited = clients.edit(work, client.id, client_details("Anna M."), 1)
        work.commit()
    assert (edited.details.name, edited.revision) == ("Anna M.", 2)
    with writing() as work:
        with pytest.raises(Conflict, match="another window"):
            clients.edit(work, client.id, client_details("Lost"), 1)
        with pytest.raises(Conflict, match="another window"):
            clients.close(work, client.id, DAY, 1)
    with reading() as work:
        assert clients.get(work, client.id) == edited


def test_closed_client_can_be_opened_again(client, writing):
    with writing() as work:
        closed = clients.close(work, client.id, DAY, 1)
        opened = clients.close(work, client.id, None, 2)
    assert (closed.closed_on, opened.closed_on, opened.revision) == (DAY, None, 3)


def test_partner_status_is_kept_by_date(client, writing):
    def status(kind, day):
        return DatedPartnerStatus(status=kind, since=day)

    with writing() as work:
        clients.set_partner(work, client.id, status(PartnerStatus.NO_PARTNER, date(2026, 4, 1)))
        clients.set_partner(work, client.id, status(PartnerStatus.PARTNER, date(2026, 2, 1)))
        last = clients.set_partner(work, client.id, status(PartnerStatus.NOT_RECORDED, date(2026, 4, 1)))
    assert [(held.since, held.status) for held in last.partner] == [
        (date(2026, 2, 1), PartnerStatus.PARTNER),
        (date(2026, 4, 1), PartnerStatus.NOT_RECORDED),
    ]


def test_start_level_moves_and_moves_back(client, writing):
    with writing() as work:
        assert clients.move_start_level(work, client.id, DAY).start_level_from == DAY
        assert clients.move_start_level(work, client.id, None).start_level_from is None


@pytest.mark.parametrize("change", ["edit", "close", "set_partner", "move_start_level", "get"])
def test_unknown_client_is_not_found(change, client, writing):
    arguments = {
        "edit": (client_details(), 1),
        "close": (DAY, 1),
        "set_partner": (DatedPartnerStatus(status=PartnerStatus.PARTNER, since=DAY),),
        "move_start_level": (DAY,),
        "get": (),
    }
    with writing() as work, pytest.raises(NotFound):
        getattr(clients, change)(work, uuid4(), *arguments[change])


def test_names_stand_in_one_order_on_both_databases(writing):
    with writing() as work:
        for name in NAMES:
            clients.add(work, client_details(name), request())
        found = [each.details.name for each in clients.all(work)]
    assert found == [
        "abel",
        "Äbel",
        "Ana 🦊",
        "Ángel",
        "İpek",
        "ipek b",
        "Örs",
        "oskar",
        "Straße",
        "strasse a",
        "zoe",
        "Ωmega",
    ]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("äBE", {"Äbel", "abel"}),
        ("abel", {"Äbel", "abel"}),
        ("STRASSE", {"Straße", "strasse a"}),
        ("straß", {"Straße", "strasse a"}),
        ("IPEK", {"İpek", "ipek b"}),
        ("i\u0307pek", {"İpek", "ipek b"}),
        ("ΩMEGA", {"Ωmega"}),
        (" 🦊 ", {"Ana 🦊"}),
        ("%", set()),
        ("_", set()),
        ("", set(NAMES)),
    ],
)
def test_search_knows_no_case_and_no_accents(words, expected, writing):
    with writing() as work:
        for name in NAMES:
            clients.add(work, client_details(name), request())
        assert {each.details.name for each in clients.find(work, words)} == expected


def test_search_takes_percent_as_a_letter(writing):
    with writing() as work:
        clients.add(work, client_details("100 % Ana"), request())
        clients.add(work, client_details("Ben_o"), request())
        assert [each.details.name for each in clients.find(work, "%")] == ["100 % Ana"]
        assert [each.details.name for each in clients.find(work, "_")] == ["Ben_o"]


@pytest.mark.parametrize("words", ["a\x00b", "a\ud800b"])
def test_search_for_unstorable_text_is_refused(words, client, reading):
    with reading() as work, pytest.raises(InvalidInput):
        clients.find(work, words)


@pytest.mark.parametrize(
    "name", ["O'Hara", '"; DROP TABLE client; --', "<script>", "![x](y)", "=cmd", "\u202eabc", "e\u0301"]
)
def test_odd_names_come_back_as_typed(name, writing):
    with writing() as work:
        added = clients.add(work, client_details(name), request())
        assert clients.get(work, added.id).details.name == name
        assert clients.find(work, name) == (added,)


def test_same_forms_twice_are_saved_once(client, writing, reading):
    forms = [request() for _ in range(3)]
    for _ in range(2):
        with writing() as work:
            clients.add(work, client_details("Twice"), forms[0])
            sessions.add(work, client.id, session_details(), forms[1])
            events.add(work, client.id, EventDetails(day=DAY, words="Moved house"), forms[2])
            work.commit()
    with reading() as work:
        assert len(clients.all(work)) == 2
        assert len(sessions.of_client(work, client.id)) == len(events.of_client(work, client.id)) == 1
        assert len(audit.all(work)) == 5


def test_session_changes_by_revision(client, writing):
    attended = replace(session_details(), status=SessionStatus.ATTENDED, starts_at=None)
    with writing() as work:
        planned = sessions.add(work, client.id, session_details(), request())
        changed = sessions.change(work, planned.id, attended, planned.revision)
        assert sessions.get(work, planned.id) == changed
        with pytest.raises(Conflict):
            sessions.change(work, planned.id, session_details(), planned.revision)
        with pytest.raises(NotFound):
            sessions.change(work, uuid4(), attended, 1)
    assert (planned.number, changed.revision, changed.details) == (1, 2, attended)


def test_sessions_stand_oldest_first(client, writing):
    slots = [(DAY, None), (DAY, time(14)), (DAY, time(11)), (DAY - timedelta(7), time(18, 15))]
    with writing() as work:
        for day, starts_at in slots:
            sessions.add(work, client.id, session_details(day, starts_at), request())
        found = sessions.of_client(work, client.id)
    assert [(each.details.day, each.details.starts_at) for each in found] == [slots[3], slots[2], slots[1], slots[0]]


def test_the_day_holds_the_whole_practice(client, writing):
    with writing() as work:
        other = clients.add(work, client_details("Zoë"), request())
        late = sessions.add(work, client.id, session_details(DAY, time(14)), request())
        early = sessions.add(work, other.id, session_details(DAY, time(11)), request())
        sessions.add(work, other.id, session_details(DAY + timedelta(1)), request())
        assert sessions.on_day(work, DAY) == (early, late)


def test_removed_event_is_kept_out_of_sight(client, writing, raw):
    with writing() as work:
        first = events.add(work, client.id, EventDetails(day=DAY, words="Moved house"), request())
        second = events.add(work, client.id, EventDetails(day=DAY - timedelta(3), words="New job"), request())
        assert events.of_client(work, client.id) == (second, first)
        events.remove(work, first.id)
        assert events.of_client(work, client.id) == (second,)
        with pytest.raises(NotFound):
            events.remove(work, first.id)
        work.commit()
    assert raw("SELECT count(*) FROM event")[0][0] == 2
