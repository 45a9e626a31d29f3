"""Profiles in the database: every version of every block, as the JSON of its noun."""

from collections.abc import Collection
from datetime import date
from typing import Any, cast
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, Row, select

from core.errors import Conflict
from core.model.audit import Action, Subject
from core.model.profile import BLOCKS, Block, BlockKind, DatedBlock, Profile
from core.store import audit
from core.store.constraints import CHANGED_ELSEWHERE
from core.store.keys import add_row, need_client
from core.store.tables import profile_block, therapist
from core.store.unit_of_work import UnitOfWork, mine, read

_AS_JSON: dict[BlockKind, TypeAdapter[Any]] = {kind: TypeAdapter(block) for kind, block in BLOCKS.items()}


def save(work: UnitOfWork, client_id: UUID, content: Block, *, seen: int, held_from: date) -> DatedBlock:
    """The next version of a block; `Conflict` unless `seen` is its newest version (0: it was never written).

    The same content and day again make no new version.
    """
    need_client(work, client_id)
    newest = profile(work, client_id).dated(content.kind)
    if newest is not None and newest.content == content and newest.held_from == held_from:
        return newest
    if seen != (newest.version if newest else 0):
        raise Conflict(CHANGED_ELSEWHERE)
    now = work.now
    dated = DatedBlock(
        version=seen + 1,
        held_from=held_from,
        recorded_at=now,
        recorded_on=work.local_day(now),
        recorded_by=work.actor.name,
        content=content,
    )
    add_row(
        work,
        profile_block,
        {
            "client_id": client_id,
            "kind": content.kind.value,
            "version": dated.version,
            "content": _AS_JSON[content.kind].dump_json(content).decode(),
            "held_from": held_from,
            "recorded_at": dated.recorded_at,
            "recorded_on": dated.recorded_on,
            "recorded_by": work.actor.id,
        },
    )
    audit.record(work, Action.CHANGE, Subject.PROFILE, client_id, version=dated.version)
    return dated


def profile(work: UnitOfWork, client_id: UUID) -> Profile:
    """The newest version of every block of one client."""
    newest = {BlockKind(row.kind): _dated(row) for row in _rows(work, profile_block.c.client_id == client_id)}
    return Profile(client_id=client_id, blocks=newest)


def history(work: UnitOfWork, client_id: UUID, kind: BlockKind) -> tuple[DatedBlock, ...]:
    """Every version of a block, first to newest."""
    columns = profile_block.c
    return tuple(_dated(row) for row in _rows(work, columns.client_id == client_id, columns.kind == kind.value))


def versions(work: UnitOfWork, client_id: UUID, kinds: Collection[BlockKind]) -> tuple[DatedBlock, ...]:
    """Every version of some blocks, those of one block from first to newest."""
    columns = profile_block.c
    return tuple(
        _dated(row)
        for row in _rows(work, columns.client_id == client_id, columns.kind.in_([kind.value for kind in kinds]))
    )


def of_kind(work: UnitOfWork, kind: BlockKind) -> dict[UUID, DatedBlock]:
    """The newest version of one block of every client who has it."""
    return {row.client_id: _dated(row) for row in _rows(work, profile_block.c.kind == kind.value)}


def _rows(work: UnitOfWork, *conditions: ColumnElement[bool]) -> list[Row[Any]]:
    """The versions that meet `conditions`, so ordered that the newest of each block comes last."""
    return list(
        read(
            work,
            select(profile_block, therapist.c.name.label("writer"))
            .join(
                therapist,
                (therapist.c.practice_id == profile_block.c.practice_id)
                & (therapist.c.id == profile_block.c.recorded_by),
            )
            .where(mine(work, profile_block), *conditions)
            .order_by(profile_block.c.client_id, profile_block.c.kind, profile_block.c.version),
        )
    )


def _dated(row: Row[Any]) -> DatedBlock:
    return DatedBlock(
        version=row.version,
        held_from=row.held_from,
        recorded_at=row.recorded_at,
        recorded_on=row.recorded_on,
        recorded_by=row.writer,
        content=cast("Block", _AS_JSON[BlockKind(row.kind)].validate_json(row.content)),
    )
