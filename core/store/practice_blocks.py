"""What is set for the whole practice: every version of every block, as the JSON of its noun."""

from datetime import date

from sqlalchemy import bindparam

from core.model.audit import Action, Subject
from core.model.profile import Block, BlockKind, DatedBlock
from core.store import audit
from core.store.dated_blocks import block_from, block_values, next_version, versions_in
from core.store.keys import add_row
from core.store.tables import practice_block
from core.store.unit_of_work import UnitOfWork, ask

_HISTORY = (
    versions_in(practice_block).where(practice_block.c.kind == bindparam("kind")).order_by(practice_block.c.version)
)


def save(work: UnitOfWork, content: Block, *, seen: int, held_from: date) -> DatedBlock:
    """The next version of a block; `Conflict` unless `seen` is its newest version (0: it was never written).

    The same content and day again make no new version.
    """
    before = newest(work, content.kind)
    dated = next_version(work, before, content, seen=seen, held_from=held_from)
    if dated is not before:
        add_row(work, practice_block, block_values(work, dated))
        audit.record(work, Action.CHANGE, Subject.PRACTICE, work.actor.practice_id, version=dated.version)
    return dated


def newest(work: UnitOfWork, kind: BlockKind) -> DatedBlock | None:
    """The newest version of a block; `None` where it was never written."""
    versions = history(work, kind)
    return versions[-1] if versions else None


def history(work: UnitOfWork, kind: BlockKind) -> tuple[DatedBlock, ...]:
    """Every version of a block, first to newest."""
    return tuple(block_from(row) for row in ask(work, _HISTORY, kind=kind.value))
