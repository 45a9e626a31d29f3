"""What blocks of a client and of the practice share: their JSON, and how one version follows another."""

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from pydantic import TypeAdapter
from sqlalchemy import Select, Table, and_, select

from core.errors import Conflict
from core.model.profile import BLOCKS, Block, BlockKind, DatedBlock
from core.store.constraints import CHANGED_ELSEWHERE
from core.store.rows import Values
from core.store.tables import therapist
from core.store.unit_of_work import UnitOfWork, of_practice

_AS_JSON: dict[BlockKind, TypeAdapter[Any]] = {kind: TypeAdapter(block) for kind, block in BLOCKS.items()}


def versions_in(table: Table) -> Select[Any]:
    """The practice's versions in `table`, with what `block_from` reads of them and nothing more."""
    held = table.c
    return (
        select(held.kind, held.version, held.held_from, held.recorded_at, held.recorded_on, held.content)
        .add_columns(therapist.c.name.label("writer"))
        .join(therapist, and_(therapist.c.practice_id == held.practice_id, therapist.c.id == held.recorded_by))
        .where(of_practice(table))
    )


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


def block_from(row: Sequence[Any]) -> DatedBlock:
    """A version from what `versions_in` reads of it."""
    kind, version, held_from, recorded_at, recorded_on, content, writer, *_ = row
    return DatedBlock(
        version=version,
        held_from=held_from,
        recorded_at=recorded_at,
        recorded_on=recorded_on,
        recorded_by=writer,
        content=cast("Block", _AS_JSON[BlockKind(kind)].validate_json(content)),
    )
