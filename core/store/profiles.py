"""Profiles in the database: every version of every block, as the JSON of its noun."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import bindparam

from core.model.audit import Action, Subject
from core.model.profile import Block, BlockKind, DatedBlock, Profile
from core.store import audit
from core.store.dated_blocks import block_from, block_values, next_version, versions_in
from core.store.keys import add_row, need_client
from core.store.tables import profile_block
from core.store.unit_of_work import UnitOfWork, ask

Versions = tuple[DatedBlock, ...]

_BLOCKS = versions_in(profile_block).order_by(profile_block.c.client_id, profile_block.c.kind, profile_block.c.version)
"""So ordered that the newest version of each block comes last."""

_OF_CLIENT = _BLOCKS.where(profile_block.c.client_id == bindparam("client_id"))
_OF_KIND = _BLOCKS.add_columns(profile_block.c.client_id).where(profile_block.c.kind == bindparam("kind"))


def save(work: UnitOfWork, client_id: UUID, content: Block, *, seen: int, held_from: date) -> DatedBlock:
    """The next version of a block; `Conflict` unless `seen` is its newest version (0: it was never written).

    The same content and day again make no new version.
    """
    need_client(work, client_id)
    newest = profile(work, client_id).dated(content.kind)
    dated = next_version(work, newest, content, seen=seen, held_from=held_from)
    if dated is not newest:
        add_row(work, profile_block, {"client_id": client_id, **block_values(work, dated)})
        audit.record(work, Action.CHANGE, Subject.PROFILE, client_id, version=dated.version)
    return dated


def profile(work: UnitOfWork, client_id: UUID) -> Profile:
    """The newest version of every block of one client."""
    newest = {row.kind: row for row in ask(work, _OF_CLIENT, client_id=client_id)}
    return Profile(client_id=client_id, blocks={BlockKind(kind): block_from(row) for kind, row in newest.items()})


def history(work: UnitOfWork, client_id: UUID, kind: BlockKind) -> Versions:
    """Every version of a block, first to newest."""
    return versions(work, client_id, (kind,))


def versions(work: UnitOfWork, client_id: UUID, kinds: Collection[BlockKind] = tuple(BlockKind)) -> Versions:
    """Every version of some blocks, of all of them when none is named; those of one block from first to newest."""
    return tuple(block_from(row) for row in ask(work, _OF_CLIENT, client_id=client_id) if row.kind in kinds)


def of_kind(work: UnitOfWork, kind: BlockKind) -> dict[UUID, DatedBlock]:
    """The newest version of one block of every client who has it."""
    return {row.client_id: block_from(row) for row in ask(work, _OF_KIND, kind=kind.value)}
