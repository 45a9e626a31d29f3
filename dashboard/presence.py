"""Who is signed in to what: visitors of the synthetic practice, and the people of the own one.

Who somebody is and what they are in the practice is read anew each time, so that what was taken away holds at once.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from threading import Lock
from typing import TypeVar

from core.errors import NotAllowed, StoreError, WrongPassphrase
from core.model.people import Actor, Practice
from core.model.sign_ins import LONGEST, SignIn, hash_of, idle_limit
from core.services import sign_ins
from core.store import Store
from dashboard.door import Door
from dashboard.opened import OpenPractice
from dashboard.second_step import SecondSteps
from dashboard.visitors import Visitors

MOST_SESSIONS = 5_000
TOKEN_BYTES = 32

Result = TypeVar("Result")


@dataclass(frozen=True, kw_only=True)
class Workplace:
    """An open practice and who acts in it."""

    store: Store
    practice: Practice
    actor: Actor


@dataclass(frozen=True, kw_only=True)
class Presence:
    """Somebody who is signed in. `left` is how long until the screen locks by itself; visitors' never do.

    While `locked`, nothing may be read. `place` is `None` where the practice itself was closed meanwhile, because
    nobody was at any screen.
    """

    sign_in: SignIn
    place: Workplace | None
    locked: bool
    left: timedelta
    visitor: bool = False


class Presences:
    """The sign-ins of this process's practices, by the hash of the cookie. Safe to use from several threads."""

    def __init__(self, door: Door, synthetic: Callable[[], Store]) -> None:
        self.door, self.visitors = door, Visitors(door.clock)
        self.second_steps = SecondSteps(door.clock)
        self._synthetic = synthetic
        self._lock = Lock()
        self._owners: dict[str, str] = {}
        self._asleep: dict[str, SignIn] = {}
        self._failed = 0

    def of(self, token_hash: str) -> Presence | None:
        """Who holds this cookie now; `None` for a stranger and for a sign-in that is over."""
        visit = self.visitors.found(token_hash)
        if visit is not None:
            return Presence(sign_in=visit, place=self._synthetic_place(), locked=False, left=LONGEST, visitor=True)
        opened = self.door.open
        try:
            return self._sleeping(token_hash) if opened is None else self._working(opened, token_hash)
        except StoreError:
            if self.door.open is not None:
                raise
            return self._sleeping(token_hash)  # closed at this very moment

    def enter(self, open_door: Callable[[], Result], *, instead_of: str | None) -> tuple[Result, str]:
        """Open the door by `open_door` and begin a sign-in; what it gave, and the new cookie's value.

        A sign-in under the cookie `instead_of` ends with this. `CodeNeeded` where the passphrase is not enough.
        """
        with self.door.turn:
            result = self._counted(open_door)
            opened = self._needed()
            # Setting up and encrypting give a code to be shown; who does either is the owner.
            person = result if isinstance(result, Actor) else opened.actor
            self.second_steps.ask(opened.store, person)
            return result, self._begin(opened, person, instead_of)

    def enter_with_code(self, ticket: str, code: str, *, instead_of: str | None) -> str:
        """Go on after the passphrase with the code that `CodeNeeded` asked for; the new cookie's value."""
        with self.door.turn:
            opened = self._needed()
            person = self._counted(lambda: self.second_steps.give(ticket, code, opened.store))
            return self._begin(opened, person, instead_of)

    def _begin(self, opened: OpenPractice, person: Actor, instead_of: str | None) -> str:
        token = secrets.token_urlsafe(TOKEN_BYTES)
        with opened.store.writing(person) as work:
            sign_ins.begin(work, token, instead_of=instead_of, failed=self._failed)
            work.commit()
        self._failed = 0
        if instead_of is not None:
            self.visitors.end(hash_of(instead_of))
        return token

    def look_around(self, *, instead_of: str | None) -> str:
        """Begin a visit to the synthetic practice; the new cookie's value."""
        place, token = self._synthetic_place(), secrets.token_urlsafe(TOKEN_BYTES)
        if instead_of is not None:
            self.leave(hash_of(instead_of))
        self.visitors.begin(place.actor, token)
        return token

    def leave(self, token_hash: str) -> None:
        """Sign out; the practice closes when nobody else is in it."""
        self.visitors.end(token_hash)
        self._asleep.pop(token_hash, None)
        found = self.of(token_hash)
        if found is None or found.place is None or found.visitor:
            return
        with found.place.store.writing(found.place.actor) as work:
            sign_ins.end(work, found.sign_in.id)
            work.commit()
        self.close_if_unused()

    def note_activity(self, found: Presence) -> None:
        """Write down that a person is at the keyboard of a screen that is not locked."""
        if found.place is not None and not found.visitor and not found.locked:
            with found.place.store.writing(found.place.actor) as work:
                sign_ins.note_activity(work, found.sign_in)
                work.commit()

    def lock(self, found: Presence) -> None:
        """Lock the screens of a sign-in; a visitor's have nothing to hide and stay as they are."""
        if found.place is not None and not found.visitor:
            with found.place.store.writing(found.place.actor) as work:
                sign_ins.lock(work, found.sign_in)
                work.commit()

    def unlock(self, found: Presence, passphrase: str) -> None:
        """Go on after the passphrase, which also opens a practice that was closed; raises what `Door.unlock` raises."""
        if found.visitor:
            return
        with self.door.turn:
            person = self._counted(lambda: self.door.unlock_again(found.sign_in.therapist_id, passphrase))
            with self._needed().store.writing(person) as work:
                sign_ins.unlock(work, found.sign_in)
                work.commit()

    def close_if_unused(self) -> None:
        """Lock the door when every sign-in is over or idle; idle ones can still be unlocked with the passphrase."""
        self.door.drop_stale()
        with self.door.turn:
            opened = self.door.open
            if opened is None:
                return
            with opened.store.reading(opened.actor) as work:
                living, now = sign_ins.living(work), work.now
                idle = idle_limit(sign_ins.idle_minutes(work))
            if all(each.is_idle(now, idle) for each in living.values()) and not self.second_steps.is_awaited:
                self._asleep = dict(living)
                self.door.lock()

    def claim(self, session_id: str, token_hash: str) -> None:
        """Note that Streamlit's session belongs to this cookie."""
        with self._lock:
            self._owners.pop(session_id, None)
            self._owners[session_id] = token_hash
            while len(self._owners) > MOST_SESSIONS:
                del self._owners[next(iter(self._owners))]

    def owner_of(self, session_id: str) -> str | None:
        """The hash of the cookie that Streamlit's session belongs to."""
        return self._owners.get(session_id)

    def _counted(self, open_door: Callable[[], Result]) -> Result:
        """Count attempts that open nothing; the audit trail gets their number when somebody comes in, being closed."""
        try:
            return open_door()
        except WrongPassphrase:
            self._failed += 1
            raise

    def _working(self, opened: OpenPractice, token_hash: str) -> Presence | None:
        with opened.store.reading(opened.actor) as work:
            found, now = sign_ins.found_with_limit(work, token_hash), work.now
        if found is None:
            return None
        return Presence(
            sign_in=found.sign_in,
            place=Workplace(store=opened.store, practice=opened.practice, actor=found.person),
            locked=found.sign_in.is_locked(now, found.idle),
            left=found.sign_in.left(now, found.idle),
        )

    def _sleeping(self, token_hash: str) -> Presence | None:
        """A sign-in that was idle when the practice closed."""
        sign_in = self._asleep.get(token_hash)
        if sign_in is None or sign_in.is_over(self.door.clock.now()):
            return None
        return Presence(sign_in=sign_in, place=None, locked=True, left=timedelta())

    def _synthetic_place(self) -> Workplace:
        store = self._synthetic()
        found = store.practice()
        if found is None:
            raise NotAllowed("The synthetic practice is not there. Start the program again.")
        return Workplace(store=store, practice=found[0], actor=found[1])

    def _needed(self) -> OpenPractice:
        opened = self.door.open
        if opened is None:
            raise NotAllowed("The practice was locked meanwhile. Sign in again.")
        return opened
