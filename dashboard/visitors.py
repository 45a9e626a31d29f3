"""Visitors of the synthetic practice: signed in without a passphrase, and remembered by this process alone."""

from dataclasses import replace
from threading import Lock
from uuid import UUID, uuid4

from core.model.people import Actor
from core.model.sign_ins import SignIn, hash_of
from core.store import Clock, SystemClock

MOST = 1_000


class Visitors:
    """Who looks around, by the hash of the cookie. Nothing here is about anybody: all people there are invented."""

    def __init__(self, clock: Clock | None = None) -> None:
        self._clock = clock or SystemClock()
        self._lock = Lock()
        self._here: dict[str, SignIn] = {}

    def begin(self, actor: Actor, token: str) -> SignIn:
        """A visit under a fresh token; the oldest visit ends where there are too many."""
        now = self._clock.now()
        visit = SignIn(id=uuid4(), therapist_id=actor.id, began_at=now, active_at=now)
        with self._lock:
            self._here[hash_of(token)] = visit
            while len(self._here) > MOST:
                del self._here[next(iter(self._here))]
        return visit

    def found(self, token_hash: str) -> SignIn | None:
        """The visit of a cookie, when it is not over."""
        visit = self._here.get(token_hash)
        return None if visit is None or visit.is_over(self._clock.now()) else visit

    def open_client(self, token_hash: str, client_id: UUID | None) -> None:
        """Keep which client's pages are open."""
        with self._lock:
            if token_hash in self._here:
                self._here[token_hash] = replace(self._here[token_hash], client_id=client_id)

    def end(self, token_hash: str) -> None:
        """Let the visit be over."""
        with self._lock:
            self._here.pop(token_hash, None)
