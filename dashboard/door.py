"""The door to the own practice: the only holder of its key. Opened by a sign-in, locked when the last one is over."""

import secrets
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from threading import RLock
from uuid import UUID

import platformdirs

from core.errors import Conflict, InvalidInput, NotAllowed, OlderFile, StoreError
from core.model.access import Account
from core.model.audit import Action
from core.model.people import Actor, PracticeDetails
from core.store import Clock, Lineage, SystemClock, open_store
from core.store import Standing as Place
from core.store.audit_key_file import read_audit_key
from core.store.conversion import Converted
from core.store.derivation import USUAL_COST, Cost
from core.store.lineage import last_seen, remember
from core.store.passphrases import passphrase_problems
from dashboard.noted import note_or_close, noted_first
from dashboard.opened import Entered, OpenPractice, person_in
from dashboard.practice_file import PracticeFile
from dashboard.practice_server import PracticeServer
from dashboard.settings import Settings, prepare_data_dir

OWN_FILE = "practice.db"
CONSENT_WITHIN = timedelta(minutes=5)

Told = Callable[[OpenPractice], None]


class Standing(StrEnum):
    """What the door stands before."""

    NO_PRACTICE = "no_practice"
    LOCKED = "locked"
    OPEN = "open"
    PLAIN = "plain"
    """A practice of an earlier version, which has no passphrase and, in a file, is not encrypted."""


@dataclass(frozen=True, kw_only=True)
class _Waiting:
    """A practice whose file is older than the one last seen: opened, and shown to nobody before consent is given."""

    ticket: str = field(repr=False)
    opened: OpenPractice
    person: Actor
    until: datetime


def seen_path() -> Path:
    """Where this computer remembers how far each database had come: beside no database, so that no copy brings it."""
    return platformdirs.user_state_path("secure-base", appauthor=False) / "last-seen.json"


class Door:
    """One for each process. Safe to use from several threads; one of them opens or locks at a time."""

    cost: Cost = USUAL_COST

    def __init__(self, settings: Settings, *, clock: Clock | None = None) -> None:
        self.clock = clock or SystemClock()
        self.turn = RLock()
        """Held by whoever opens, locks, or begins a sign-in, so that no door is locked on somebody coming in."""
        self.converted: Converted | None = None
        self._behind = self._place(settings)
        self._open: OpenPractice | None = None
        self._waiting: _Waiting | None = None
        self._on_open: list[Told] = []
        self._on_lock: list[Told] = []

    @property
    def open(self) -> OpenPractice | None:
        """The open practice; `None` while it is locked or there is none."""
        return self._open

    @property
    def standing(self) -> Standing:
        """What is behind the door; looks at the disk or the server unless it is open."""
        if self._open is not None:
            return Standing.OPEN
        if self._behind.is_plain():
            return Standing.PLAIN
        return Standing.LOCKED if self._behind.is_there() else Standing.NO_PRACTICE

    def on_open(self, call: Told) -> None:
        """Tell `call` of each opening from now on: after migration, outside of any transaction."""
        self._on_open.append(call)

    def on_lock(self, call: Told) -> None:
        """Tell `call` of each locking, before the store closes."""
        self._on_lock.append(call)

    def set_up(self, details: PracticeDetails, passphrase: str) -> str:
        """Make the practice and open it; the recovery code, to be shown once. `Conflict` where there is one."""
        with self.turn:
            if self.standing is not Standing.NO_PRACTICE:
                raise Conflict("There is a practice here already. Nothing was changed; sign in to it.")
            InvalidInput.unless_empty(passphrase_problems(passphrase, [details.name, details.therapist]))
            opened, code = self._behind.set_up(details, passphrase)
            self._enter(opened)
            return code

    def convert(self, passphrase: str) -> str:
        """Encrypt a practice of an earlier version and open it; the recovery code, to be shown once.

        What the conversion says about itself is kept in `converted` until it is taken from there.
        """
        with self.turn:
            if self.standing is not Standing.PLAIN:
                raise Conflict("There is no practice here that has no passphrase yet. Nothing was changed; sign in.")
            opened, code, self.converted = self._behind.convert(passphrase)
            self._enter(opened)
            return code

    def unlock(self, name: str, passphrase: str) -> Actor:
        """Who signs in, with the practice open; raises what its key file and its database raise.

        `OlderFile` where the file is not the newest one seen on this computer: `consent` opens it after all.
        """
        with self.turn:
            if self._open is None:
                self._drop_waiting()
                return self._enter_if_newest(self._behind.open(name, passphrase))
            return person_in(self._open, self._behind.confirm(name, passphrase))

    def unlock_again(self, person_id: UUID, passphrase: str) -> Actor:
        """The same for somebody whose screen was locked, and whose name is therefore known."""
        return self._own(person_id, self.unlock(self._behind.name_of(person_id), passphrase).id)

    def begin(self, name: str, code: str, passphrase: str) -> Actor:
        """Who signs in for the first time, or anew, with a starting code; the passphrase takes the code's place."""
        InvalidInput.unless_empty(passphrase_problems(passphrase, [name]))
        with self.turn:
            if self._open is None:
                self._drop_waiting()
                entered = self._behind.begin(name, code, passphrase)
                note_or_close(entered.opened, entered.person)
                return self._enter_if_newest(entered)
            person = person_in(self._open, self._behind.confirm_starting_code(name, code))
            self.set_passphrase(person, passphrase, by_code=True)
            return person

    def unlock_with_code(self, code: str, new_passphrase: str) -> Actor:
        """The owner, who signs in with the recovery code; the passphrase takes the place of the forgotten one."""
        InvalidInput.unless_empty(passphrase_problems(new_passphrase))
        with self.turn:
            if self._open is None:
                self._drop_waiting()
                opened = self._behind.open_with_code(code, new_passphrase)
                note_or_close(opened, opened.actor)
                return self._enter_if_newest(Entered(opened=opened, person=opened.actor))
            self._behind.confirm_code(code)
            self.set_passphrase(self._open.actor, new_passphrase, by_code=True)
            return self._open.actor

    def consent(self, ticket: str) -> Actor:
        """Open the older file that `OlderFile` told of; its ticket holds for five minutes."""
        with self.turn:
            waiting = self._waiting
            if waiting is None or not secrets.compare_digest(waiting.ticket, ticket) or self._is_stale(waiting):
                raise NotAllowed("This took too long, so the file was closed again. Sign in once more.")
            self._waiting = None
            self._enter(waiting.opened)
            return waiting.person

    def confirm(self, person: Actor, passphrase: str) -> None:
        """Ask somebody for their passphrase again, before what cannot be taken back; raises what `unlock` raises."""
        self._needed()
        self._own(person.id, self._behind.confirm(self._behind.name_of(person.id), passphrase))

    def set_passphrase(self, person: Actor, passphrase: str, *, by_code: bool = False) -> None:
        """Give somebody another passphrase; what opened for them before, or a code, must have been confirmed."""
        opened = self._needed()
        with noted_first(opened, person, Action.NEW_PASSPHRASE, by_code=by_code):
            self._behind.set_passphrase(opened, person, passphrase)

    def new_recovery_code(self, person: Actor) -> str:
        """A new recovery code, to be shown once; the one before opens nothing from now on. The owner's alone."""
        opened = self._needed()
        if person.id != opened.actor.id:
            raise NotAllowed("The recovery code is the owner's. Nothing was changed.")
        with noted_first(opened, person, Action.NEW_RECOVERY_CODE):
            return self._behind.new_recovery_code(opened)

    def new_starting_code(self, account: Account) -> str:
        """A code with which somebody chooses a passphrase within a week; what opened for them until now does not."""
        return self._behind.new_starting_code(self._needed(), account)

    def shut_out(self, person_id: UUID) -> None:
        """Let nothing open for somebody any more; their account was ended before."""
        self._behind.remove(self._needed(), person_id)

    def lock(self) -> None:
        """Close the practice and forget its key; a second call does nothing."""
        with self.turn:
            self._drop_waiting()
            opened, self._open = self._open, None
            if opened is None:
                return
            try:
                for call in self._on_lock:
                    call(opened)
                self._remember(opened)
            finally:
                opened.close()

    def drop_stale(self) -> None:
        """Close a file for which nobody gave consent in time."""
        with self.turn:
            if self._waiting is not None and self._is_stale(self._waiting):
                self._drop_waiting()

    def close(self) -> None:
        """Lock, and let go of everything: at the end of the process, and between tests."""
        self.lock()
        self._behind.close()

    def _place(self, settings: Settings) -> PracticeFile | PracticeServer:
        url = settings.database_url
        if url is not None:
            audit_key = settings.audit_key
            return PracticeServer(
                lambda: open_store(url, clock=self.clock, audit_key=read_audit_key(audit_key)), cost=self.cost
            )
        return PracticeFile(prepare_data_dir(settings.data_dir) / OWN_FILE, clock=self.clock, cost=self.cost)

    def _enter_if_newest(self, entered: Entered) -> Actor:
        opened = entered.opened
        seen = self._seen(opened)
        if opened.key is None or opened.store.lineage(seen) is Lineage.CURRENT:
            self._enter(opened)
            return entered.person
        here, ticket = opened.store.standing(), secrets.token_urlsafe(32)
        until = self.clock.now() + CONSENT_WITHIN
        self._waiting = _Waiting(ticket=ticket, opened=opened, person=entered.person, until=until)
        raise OlderFile(found=_told(here), seen=_told(seen), ticket=ticket)

    def _enter(self, opened: OpenPractice) -> None:
        if opened.key is not None:
            with ExitStack() as undo:
                undo.callback(
                    opened.close
                )  # where not even this can be written, nothing stays open behind a closed door
                opened.store.begin_generation(self._seen(opened))
                self._remember(opened)
                undo.pop_all()
        self._open = opened
        for call in self._on_open:
            call(opened)

    def _seen(self, opened: OpenPractice) -> Place | None:
        return None if opened.key is None else last_seen(seen_path(), opened.key.mark)

    def _remember(self, opened: OpenPractice) -> None:
        """Write down where the database stands. A full disk must keep nobody out, so it may fail."""
        if opened.key is not None:
            with suppress(StoreError):
                remember(seen_path(), opened.key.mark, opened.store.standing())

    def _own(self, person_id: UUID, found_id: UUID) -> Actor:
        if person_id != found_id:
            raise NotAllowed("That passphrase is somebody else's. Nothing was done.")
        return person_in(self._needed(), person_id)

    def _needed(self) -> OpenPractice:
        if self._open is None:
            raise NotAllowed("The practice is locked, so nothing was done. Sign in again.")
        return self._open

    def _is_stale(self, waiting: _Waiting) -> bool:
        return self.clock.now() > waiting.until

    def _drop_waiting(self) -> None:
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            waiting.opened.close()


def _told(place: Place | None) -> str:
    """How far a database had come, in words that name nobody."""
    if place is None:
        return "not known"
    return f"opened {place.generation} times, {place.changes:,} changes recorded"
