"""Erasing a client: every row of theirs, whatever guards it; the line in the trail is what stays."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import Table

from core.store import clients, sign_ins, tables
from core.store.keys import remove_rows
from core.store.unit_of_work import UnitOfWork, without_guards
from core.store.whole_record import TREE, Branch, belongs


def erase(work: UnitOfWork, client_id: UUID) -> str:
    """Delete everything of one client and tell the code they had; `NotFound` where there is none such.

    The trail's next line says of each record that it is gone. `Store.clean` afterwards leaves nothing in the file.
    """
    code = clients.get(work, client_id).code
    with without_guards(work):
        sign_ins.forget_client(work, client_id)
        _erase(work, TREE, tables.client, client_id)
        remove_rows(work, tables.client, tables.client.c.id == client_id)
    return code


def _erase(work: UnitOfWork, branches: Iterable[Branch], above: Table, client_id: UUID) -> None:
    """What hangs on something goes first; the last branches may point at the first ones."""
    for branch in reversed(tuple(branches)):
        _erase(work, branch.branches, branch.table, client_id)
        remove_rows(work, branch.table, belongs(work, branch, above, client_id))
