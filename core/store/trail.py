"""The audit trail of an open database as a whole: where it ends, its check, and who is told as it grows."""

from collections.abc import Callable
from uuid import UUID

from core.errors import StoreError
from core.model.audit import TrailHead, TrailReport
from core.model.people import Actor
from core.store.backend import guarded
from core.store.chain import head_of
from core.store.trail_check import check_trail
from core.store.unit_of_work import NO_AUDIT_KEY, Tools


class Trail:
    """What `Store.trail` gives; every method reads on a connection of its own."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    def head(self, practice_id: UUID) -> TrailHead | None:
        """Where the trail of a practice ends; `None` before its first line."""
        return self.line(practice_id, None)

    def line(self, practice_id: UUID, sequence: int | None) -> TrailHead | None:
        """The line of this number, the last one for `None`; `None` where the trail does not reach it."""
        backend = self._tools.backend
        with guarded(backend, backend.reader.connect) as connection:
            return guarded(backend, lambda: head_of(connection, practice_id, sequence))

    def check(self, practice_id: UUID, kept: TrailHead | None) -> TrailReport:
        """Check every line of a practice's trail and every record against it; may take minutes.

        `kept` is the head that was kept outside the database. Raises `StoreError` without an audit key.
        """
        backend, key = self._tools.backend, self._tools.audit_key
        if key is None:
            raise StoreError(NO_AUDIT_KEY)
        with guarded(backend, backend.reader.connect) as connection:
            return guarded(backend, lambda: check_trail(connection, key, practice_id, kept))

    def tell(self, call: Callable[[Actor, TrailHead], None]) -> None:
        """Let `call`, and nobody else, be told after every commit that wrote to the trail, where it ends now.

        It must not raise.
        """
        self._tools.told[:] = [call]
