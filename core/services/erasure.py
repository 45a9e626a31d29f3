"""Erasing one client for good. Nothing is ever erased by itself."""

from uuid import UUID

from core.errors import StoreError
from core.model.access import Act
from core.model.audit import Action, Subject
from core.model.erasure import Erased, ErasureReason
from core.model.people import Actor
from core.services.access import need
from core.store import Store, audit, erasure


def erase_client(store: Store, actor: Actor, client_id: UUID, reason: ErasureReason) -> Erased:
    """Delete every record of a client; their code, the day, who did it and why stay in the audit trail.

    All of it or, on any error, nothing. `NotFound` if there is no such client. Backups made before still hold them.
    """
    with store.writing(actor) as work:
        need(work, Act.ERASE_CLIENT, client_id)
        code = erasure.erase(work, client_id)
        audit.record(work, Action.ERASE, Subject.CLIENT, client_id, detail=f"{code} {reason.value}")
        work.commit()
    try:
        cleaned = store.clean()
    except StoreError:  # the rows are gone and overwritten; only the file keeps its size, and its log some pages
        cleaned = False
    return Erased(code=code, cleaned=cleaned)
