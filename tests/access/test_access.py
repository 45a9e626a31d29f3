"""The access matrix: every service, tried by every role on clients in every relation, on a real encrypted file."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from core import services
from core.errors import NotAllowed, NotFound
from core.model.access import Act, Relation, Role, allowed_relations, may
from core.model.audit import Action
from core.store import UnitOfWork
from tests.access import publish
from tests.access.rows import ROWS, About, Row
from tests.access.world import RELATIONS, ROLES, Held, Try, World, canaries_in

DECIDES = "core.services.access"
"""The room that the services ask; what it tells is who may do what, and nothing of anybody."""


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    made = World(tmp_path_factory.mktemp("world"))
    yield made
    made.close()


def guarded_services() -> Iterator[Callable[..., Any]]:
    """Every public function of the services that is handed a unit of work, or a store and an actor."""
    for found in pkgutil.iter_modules(services.__path__, f"{services.__name__}."):
        module = importlib.import_module(found.name)
        for name, service in inspect.getmembers(module, inspect.isfunction):
            taken = tuple(inspect.signature(service).parameters)[:2]
            is_ours = service.__module__ == found.name != DECIDES and not name.startswith("_")
            if is_ours and (taken[:1] == ("work",) or taken == ("store", "actor")):
                yield service


def tried(world: World, row: Row, role: Role, held: Held) -> Any:
    """The answer of one call; what it wrote is not kept, unless the service commits by itself."""
    actor, store = world.actors[role], world.store
    if row.opens_itself:
        return row.call(Try(world=world, store=store, actor=actor, held=held, work=_none()))
    with store.writing(actor) as work:
        return row.call(Try(world=world, store=store, actor=actor, held=held, work=work))


def is_allowed(row: Row, role: Role, relation: Relation) -> bool:
    """What the policy says of a cell; accounts and sign-ins are told apart by whose they are."""
    if row.about is About.SIGN_IN:
        return relation is Relation.OWN
    if row.about in (About.PRACTICE, About.ACCOUNT):
        return may(role, row.act, Relation.OWN) and relation is not Relation.OTHER_PRACTICE
    return may(role, row.act, relation)


def relations_of(row: Row) -> tuple[Relation, ...]:
    if row.about is About.PRACTICE:
        return (Relation.OWN,)
    return (Relation.OWN, Relation.OTHER_PRACTICE) if row.about is About.ACCOUNT else RELATIONS


def test_every_service_has_a_row() -> None:
    asked = {row.service for row in ROWS}
    assert [each.__name__ for each in guarded_services() if each not in asked] == []


def test_every_act_is_done_by_some_service() -> None:
    assert set(Act) - {row.act for row in ROWS} == set()


@pytest.mark.parametrize("row", [row for row in ROWS if row.about is not About.LIST], ids=lambda row: row.name)
def test_service_does_what_the_policy_says_and_refuses_the_rest(row: Row, world: World, tmp_path: Path) -> None:
    for role in ROLES:
        for relation in relations_of(row):
            held = world.held(role, relation)
            if not is_allowed(row, role, relation):
                _refused(world, row, role, relation)
            elif row.ends:
                _done_in_a_copy(world, row, role, held, tmp_path / f"{role}_{relation}")
            else:
                tried(world, row, role, held)


@pytest.mark.parametrize("row", [row for row in ROWS if row.about is About.LIST], ids=lambda row: row.name)
def test_list_holds_the_clients_whom_the_role_may_see_and_no_other(row: Row, world: World) -> None:
    for role in ROLES:
        if not allowed_relations(role, row.act):
            with pytest.raises(NotAllowed):
                tried(world, row, role, world.others)
            continue
        for relation in RELATIONS:
            held = world.held(role, relation)
            found = canaries_in(tried(world, row, role, held), world)
            assert found <= _seen(world, role, row.act), (row.name, role)
            if row.service.__name__ in {"list_clients", "todays_caseload", "todays_schedule"}:
                assert found == _seen(world, role, row.act), (row.name, role)


def test_client_of_a_colleague_is_no_look_alike(world: World) -> None:
    row = next(row for row in ROWS if row.service.__name__ == "look_alikes")
    assert tried(world, row, Role.THERAPIST, world.others) == ()
    assert len(tried(world, row, Role.THERAPIST, world.shared)) == 1


def test_table_that_is_published_is_the_one_that_is_tried() -> None:
    assert publish.PAGE.read_text("utf-8") == publish.page()


def _seen(world: World, role: Role, act: Act) -> set[str]:
    """The canaries of every client to whom this role may do this act: own, shared, and where all are, the others'."""
    allowed = allowed_relations(role, act)
    seen = {world.held(role, relation).canary for relation in allowed}
    others = {each.canary for each in world.own.values()} if Relation.OTHERS in allowed else set()
    return seen | others


def _refused(world: World, row: Row, role: Role, relation: Relation) -> None:
    """The call is refused, gives nothing away and changes nothing; within the practice it leaves its line."""
    cell = f"{row.name}, {role}, {relation}"
    before, answer = world.end_of_trail(), None
    foreign = relation is Relation.OTHER_PRACTICE or row.about is About.SIGN_IN
    with suppress(NotFound, *_by_role(row)) if foreign else pytest.raises(NotAllowed):
        answer = tried(world, row, role, world.held(role, relation))
    assert canaries_in(answer, world) == set(), cell
    assert world.everything() == world.rows, cell
    if not foreign:
        assert [line[1:] for line in world.lines_after(before)] == [(Action.REFUSED.value, world.actors[role].id)], cell


def _by_role(row: Row) -> tuple[type[NotAllowed], ...]:
    """Who may manage no account at all is told so, whosever it is."""
    return (NotAllowed,) if row.about is About.ACCOUNT else ()


def _done_in_a_copy(world: World, row: Row, role: Role, held: Held, folder: Path) -> None:
    folder.mkdir()
    copy = world.copied(folder)
    try:
        row.call(Try(world=world, store=copy, actor=world.actors[role], held=held, work=_none()))
    finally:
        copy.close()


def _none() -> UnitOfWork:
    """Stands where a service opens its own unit of work: any use of it fails."""
    return UnitOfWork.__new__(UnitOfWork)
