"""Exports that were made and not yet fetched: kept in memory, encrypted, for the sign-in that made them alone."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from typing import Final

KEPT_FOR: Final = timedelta(minutes=10)
MOST: Final = 5


@dataclass(frozen=True, kw_only=True)
class _Waiting:
    owner: str = field(repr=False)
    archive: bytes = field(repr=False)
    until: datetime


class WaitingExports:
    """At most a few, one for each sign-in; all are forgotten when the practice is locked."""

    def __init__(self) -> None:
        self._by_name: dict[str, _Waiting] = {}
        self._lock = Lock()

    def keep(self, owner: str, archive: bytes, now: datetime) -> str:
        """A name that nobody can guess, under which the cookie with this hash may fetch the archive."""
        name = secrets.token_urlsafe(32)
        with self._lock:
            self._by_name = {key: each for key, each in self._by_name.items() if each.owner != owner}
            self._by_name[name] = _Waiting(owner=owner, archive=archive, until=now + KEPT_FOR)
            while len(self._by_name) > MOST:
                del self._by_name[next(iter(self._by_name))]
        return name

    def of(self, name: str, owner: str, now: datetime) -> bytes | None:
        """The archive; `None` for another owner, another name, and one that waited too long."""
        with self._lock:
            self._by_name = {key: each for key, each in self._by_name.items() if now <= each.until}
            found = self._by_name.get(name)
        return found.archive if found is not None and secrets.compare_digest(found.owner, owner) else None

    def forget_all(self) -> None:
        """The practice is locked."""
        with self._lock:
            self._by_name = {}


waiting_exports: Final = WaitingExports()
