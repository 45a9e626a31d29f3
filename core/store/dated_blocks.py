"""What blocks of a client and of the practice share: their JSON, and how one version follows another."""

from datetime import date
from typing import Any, cast

from pydantic import TypeAdapter
from sqlalchemy import Row

from core.errors import Conflict
from core.model.profile import BLOCKS, Block, BlockKind, DatedBlock
from core.store.constraints import CHANGED_ELSEWHERE
from core.store.rows import Values
from core.store.unit_of_work import UnitOfWork

_AS_JSON: dict[BlockKind, TypeAdapter[Any]] = {kind: TypeAdapter(block) for kind, block in BLOCKS.items()}


def next_version(
    work: UnitOfWork, newest: DatedBlock | None, content: Block, *, seen: int, held_from: date
) -> DatedBlock:
    """The version after `newest`; `Conflict` unless `seen` is its number (0: it was never written).

    The same content and day again are no new version: `newest` itself comes back.
    """
    if newest is not None and newest.content == content and newest.held_from == held_from:
        return newest
    if seen != (newest.version if newest else 0):
        raise Conflict(CHANGED_ELSEWHERE)
    now = work.now
    return DatedBlock(
        version=seen + 1,
        held_from=held_from,
        recorded_at=now,
        recorded_on=work.local_day(now),
        recorded_by=work.actor.name,
        content=content,
    )


def block_values(work: UnitOfWork, dated: DatedBlock) -> Values:
    """The columns that both tables have, but for whose block it is."""
    kind = dated.content.kind
    return {
        "kind": kind.value,
        "version": dated.version,
        "content": _AS_JSON[kind].dump_json(dated.content).decode(),
        "held_from": dated.held_from,
        "recorded_at": dated.recorded_at,
        "recorded_on": dated.recorded_on,
        "recorded_by": work.actor.id,
    }


def block_from(row: Row[Any]) -> DatedBlock:
    """A version from its row, which has the writer's name as `writer`."""
    return DatedBlock(
        version=row.version,
        held_from=row.held_from,
        recorded_at=row.recorded_at,
        recorded_on=row.recorded_on,
        recorded_by=row.writer,
        content=cast("Block", _AS_JSON[BlockKind(row.kind)].validate_json(row.content)),
    )
