"""Two practices in one encrypted file, with people of every role and a client in every relation to each of them."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, select

from core.catalogue import Catalogue, load_catalogue
from core.model.access import Relation, Role
from core.model.calendar import Event, EventDetails, Session
from core.model.check_in import CheckIn
from core.model.handouts_given import GivenHandout
from core.model.notes import Note
from core.model.people import Actor, Client
from core.model.profile import Goals, QuestionnairePlans
from core.model.profile_items import ProfileItem, QuestionnairePlan
from core.model.records import Recorded
from core.model.responses import Response
from core.model.sign_ins import SignIn
from core.services import (
    accounts,
    calendar,
    check_ins,
    clients,
    handouts,
    practices,
    profiles,
    questionnaire_plans,
    questionnaires,
    session_notes,
    sign_ins,
)
from core.store import DataKey, FixedClock, Store, UnitOfWork, care, notes, open_store
from core.store.head_places import KeyFileHead
from core.store.schema import METADATA
from core.store.sqlite import make_engine
from core.store.tables import audit, practice, therapist
from tests.builders import check_in
from tests.services.entries import DAY, NOON, PLANNED, details, form, phq9_answers, session_on
from tests.store.encrypted import OLD, OWNER, keys_at

ROLES = (Role.OWNER, Role.THERAPIST, Role.ASSISTANT, Role.SUPERVISOR)
RELATIONS = tuple(Relation)
OTHER = UUID(int=0xB)


@dataclass(frozen=True, kw_only=True)
class Held:
    """A client and one record of each kind; `canary` stands in every word of theirs and nowhere else."""

    canary: str
    client: Client
    session: Session
    event: Event
    record: Recorded[CheckIn]
    response: Recorded[Response]
    draft: Note
    signed: Note
    given: GivenHandout
    account: UUID
    """Somebody of the client's practice who is neither its owner nor anybody's therapist."""

    reader: UUID
    """Somebody of that practice with whom the client is shared."""

    sign_in: SignIn
    token: str


@dataclass(frozen=True, kw_only=True)
class Try:
    """What one call is made with; `work` is `None` for a service that opens its own."""

    world: "World"
    store: Store
    actor: Actor
    held: Held
    work: UnitOfWork

    @property
    def catalogue(self) -> Catalogue:
        return self.world.catalogue


class World:
    """Made once; nothing of it is ever changed, but for lines of the trail."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.path = folder, folder / "practice.db"
        self.catalogue = load_catalogue()
        self.clock = FixedClock(NOON)
        self.keys = keys_at(self.path)
        self.key, _ = self.keys.make(OWNER, OLD)
        self.raw_key = DataKey(self.key.raw())
        self.store = open_store(self.path, clock=FixedClock(NOON), key=self.key)
        details_of_practice = practices.practice_details("A practice", OWNER.name, "Europe/Berlin")
        _, owner = practices.set_up_practice(self.store, details_of_practice, therapist_id=OWNER.id)
        self.actors = {Role.OWNER: owner}
        for role in ROLES[1:]:
            self.actors[role] = self._add(owner, f"The {role.value}", role)
        colleague = self._add(owner, "The colleague", Role.THERAPIST)
        self.account = self._add(owner, "Somebody else", Role.ASSISTANT).id
        self.reader = self._add(owner, "A reader", Role.SUPERVISOR).id
        self.own = {role: self._fill(self._therapist_for(role, colleague), role.value) for role in ROLES}
        self._give(Role.ASSISTANT)
        self._give(Role.SUPERVISOR)
        self.shared = self._fill(colleague, "shared")
        self._share()
        self.others = self._fill(colleague, "others")
        self.foreign = self._fill(self._other_practice(), "foreign")
        self.signed_in = {role: self._sign_in(actor) for role, actor in self.actors.items()}
        self._reader = make_engine(self.path, begin="BEGIN DEFERRED", key=self.raw_key, read_only=True)
        self.rows = self.everything()

    def held(self, role: Role, relation: Relation) -> Held:
        known = {Relation.SHARED: self.shared, Relation.OTHERS: self.others, Relation.OTHER_PRACTICE: self.foreign}
        if relation is not Relation.OWN:
            return known[relation]
        return replace(self.own[role], sign_in=self.signed_in[role])

    def everything(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every row of every table but the trail, as the file has it."""
        with self._reader.connect() as connection:
            return {name: _rows(connection, name) for name in METADATA.tables if name != "audit"}

    def end_of_trail(self) -> int:
        """The number of the trail's last line."""
        head = self.store.trail.head(self.actors[Role.OWNER].practice_id)
        assert head is not None
        return head.sequence

    def lines_after(self, sequence: int) -> list[tuple[int, str, UUID]]:
        """Number, action and actor of the lines of the trail after that one."""
        wanted = select(audit.c.sequence, audit.c.action, audit.c.actor_id)
        own = (audit.c.practice_id == self.actors[Role.OWNER].practice_id, audit.c.sequence > sequence)
        with self._reader.connect() as connection:
            return [tuple(row) for row in connection.execute(wanted.where(*own).order_by(audit.c.sequence))]

    def copied(self, to: Path) -> Store:
        """A store on a copy of the file, for what cannot be taken back."""
        self.store.close()
        self._reader.dispose()
        for file in self.folder.glob("practice.*"):
            shutil.copy(file, to)
        self.store = open_store(self.path, clock=FixedClock(NOON), key=DataKey(self.raw_key.raw()))
        return open_store(to / self.path.name, clock=FixedClock(NOON), key=DataKey(self.raw_key.raw()))

    @property
    def place(self) -> KeyFileHead:
        return KeyFileHead(self.keys, self.raw_key)

    def close(self) -> None:
        self._reader.dispose()
        self.store.close()

    def _add(self, owner: Actor, name: str, role: Role) -> Actor:
        with self.store.writing(owner) as work:
            made = accounts.add_account(work, name, role)
            work.commit()
        found = self.store.person(owner.practice_id, made.id)
        assert found is not None
        return found

    def _sign_in(self, actor: Actor) -> SignIn:
        with self.store.writing(actor) as work:
            made = sign_ins.begin(work, f"token of {actor.name}")
            work.commit()
        return made

    def _therapist_for(self, role: Role, colleague: Actor) -> Actor:
        return self.actors[role] if role in (Role.OWNER, Role.THERAPIST) else colleague

    def _give(self, role: Role) -> None:
        """Make the client theirs, which no service does: such a client can be left by an earlier version alone."""
        with self.store.writing(self.actors[Role.OWNER]) as work:
            care.give(work, self.own[role].client.id, self.actors[role].id)
            work.commit()

    def _share(self) -> None:
        with self.store.writing(self.actors[Role.OWNER]) as work:
            for each in self.actors.values():
                care.add_share(work, self.shared.client.id, each.id)
            work.commit()

    def _other_practice(self) -> Actor:
        engine = make_engine(self.path, begin="BEGIN IMMEDIATE", key=self.raw_key)
        row = {"id": OTHER, "name": "Practice Two", "zone": "UTC", "synthetic": False, "made_on": DAY, "made_at": NOON}
        owner = Actor(id=UUID(int=0xC), practice_id=OTHER, name="Dr Two", role=Role.OWNER)
        person = {"practice_id": OTHER, "id": owner.id, "name": owner.name, "role": owner.role.value}
        with engine.begin() as connection:
            connection.execute(practice.insert(), row)
            connection.execute(therapist.insert(), person)
        engine.dispose()
        return owner

    def _fill(self, actor: Actor, canary: str) -> Held:
        word, token = f"canary-{canary}-canary", f"token {canary}"
        with self.store.writing(actor) as work:
            client = clients.add_client(work, details(word), form())
            session = calendar.add_session(work, client.id, session_on(DAY, PLANNED), form())
            event = calendar.add_event(work, client.id, EventDetails(day=DAY, words=word), form())
            record = check_ins.record_check_in(work, client.id, check_in(DAY, anxiety=7, note=word), form())
            phq9 = self.catalogue.questionnaires["phq9"]
            response = questionnaires.record_response(work, client.id, phq9, phq9_answers(item9=1), form())
            plans = QuestionnairePlans(plans=(QuestionnairePlan(questionnaire="phq9", every_days=1, since=DAY),))
            questionnaire_plans.plan_questionnaires(work, self.catalogue, client.id, plans, 0)
            goals = Goals(items=(ProfileItem(id=form(), words=word),))
            profiles.save_block(work, self.catalogue, client.id, goals, seen=0, held_from=DAY)
            given = handouts.give_handout(
                work, self.catalogue, client.id, handout="ho_loop", day=DAY, request_id=form()
            )
            draft, signed = (self._note(work, session, word) for _ in range(2))
            signed = session_notes.sign_note(work, signed.id, signed.revision)
            sign_in = sign_ins.begin(work, token)
            if actor.practice_id == OTHER:
                account = accounts.add_account(work, "Account there", Role.ASSISTANT).id
                reader = accounts.add_account(work, "Reader there", Role.SUPERVISOR).id
            else:
                account, reader = self.account, self.reader
            care.add_share(work, client.id, reader)
            work.commit()
        return Held(
            canary=word, client=client, session=session, event=event, record=record, response=response, draft=draft,
            signed=signed, given=given, account=account, reader=reader, sign_in=sign_in, token=token,
        )  # fmt: skip

    def _note(self, work: UnitOfWork, session: Session, word: str) -> Note:
        started = session_notes.start_note(work, self.catalogue, session, "soap", form())
        content = session_notes.note_content(self.catalogue.note_templates["soap"], (), {"plan": word})
        return notes.save_draft(work, started.id, content, started.revision)


def canaries_in(value: object, world: World) -> set[str]:
    """The canaries that stand anywhere in a value."""
    shown = _shown(value)
    every = (*world.own.values(), world.shared, world.others, world.foreign)
    return {each.canary for each in every if each.canary in shown or str(each.client.id) in shown}


def _shown(value: object) -> str:
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, Mapping):
        return "".join(_shown(each) for pair in value.items() for each in pair)
    return repr(value)


def _rows(connection: Connection, name: str) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in connection.exec_driver_sql(f"SELECT * FROM {name}")]
