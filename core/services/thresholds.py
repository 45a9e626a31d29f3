"""The numbers that the signs are worked out by: the project's defaults, changed for all clients or for one.

A change applies to the whole history. It is kept with its day and author, and earlier versions stay in the record.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from core.catalogue import Catalogue
from core.errors import InvalidInput
from core.model.access import Act
from core.model.profile import BlockKind, DatedBlock, Profile, Thresholds
from core.model.sign_numbers import SIGN_NUMBERS
from core.model.sign_thresholds import (
    SignThresholds,
    ThresholdChange,
    ThresholdSettings,
    refuse_numbers,
    thresholds_in_force,
)
from core.services.access import need, need_practice, need_some, seen
from core.store import UnitOfWork, clients, practice_blocks, profiles


@dataclass(frozen=True, kw_only=True)
class ThresholdsByClient:
    """The numbers in force for every client: `for_all`, but for those who have some of their own."""

    for_all: SignThresholds
    own: Mapping[UUID, SignThresholds]

    def of(self, client_id: UUID) -> SignThresholds:
        """The numbers for one client."""
        return self.own.get(client_id, self.for_all)

    @property
    def longest_window_days(self) -> int:
        """The longest window that any client's signs are read over."""
        return max(each.answers.window_days for each in (self.for_all, *self.own.values()))


def thresholds_for(work: UnitOfWork, catalogue: Catalogue, profile: Profile) -> SignThresholds:
    """The numbers in force for the client of `profile`, with every change's day and author."""
    need(work, Act.READ_RECORD, profile.client_id)
    own = profile.block(Thresholds).changes
    return _in_force(catalogue, [*_changes(_for_all(work)), *own], profile.client_id)


def thresholds_by_client(work: UnitOfWork, catalogue: Catalogue) -> ThresholdsByClient:
    """The same for all clients at once whose records the actor may read."""
    need_some(work, Act.READ_RECORD)
    for_all = _changes(_for_all(work))
    allowed = seen(work, Act.READ_RECORD)
    own = {
        client_id: dated
        for client_id, dated in profiles.of_kind(work, BlockKind.THRESHOLDS).items()
        if allowed is None or client_id in allowed
    }
    return ThresholdsByClient(
        for_all=_in_force(catalogue, for_all, None),
        own={
            client_id: _in_force(catalogue, [*for_all, *_changes(dated)], client_id) for client_id, dated in own.items()
        },
    )


def threshold_settings(work: UnitOfWork, catalogue: Catalogue, client_id: UUID | None) -> ThresholdSettings:
    """The numbers to be changed, for one client or for all (`None`); `NotFound` if there is no such client."""
    need_practice(work, Act.READ_SETTINGS)
    for_all = _for_all(work)
    if client_id is None:
        here, base = for_all, _defaults(catalogue)
    else:
        need(work, Act.READ_RECORD, client_id)
        clients.get(work, client_id)
        here = profiles.profile(work, client_id).dated(BlockKind.THRESHOLDS)
        base = _in_force(catalogue, _changes(for_all), None)
    own, version = _changes(here), here.version if here else 0
    return ThresholdSettings(
        base=base,
        in_force=_in_force(catalogue, [*_changes(for_all), *own], client_id),
        own=own,
        version=version,
        stamp=version + (for_all.version if for_all and client_id is not None else 0),
    )


def change_thresholds(
    work: UnitOfWork, catalogue: Catalogue, client_id: UUID | None, numbers: Mapping[str, int | float], *, seen: int
) -> ThresholdSettings:
    """Set some numbers for one client, or for all (`None`), as of today; the others stay as they are.

    A number that is put back to what it would be otherwise is no longer one that was set. `InvalidInput` for what the
    rules do not have, for what is out of range, and for numbers that do not go together, here or for any client with
    numbers of their own. `Conflict` unless `seen` is the newest version (0: nothing was ever set).
    """
    if client_id is None:
        need_practice(work, Act.CHANGE_SETTINGS)
    else:
        need(work, Act.WRITE_RECORD, client_id)
    before = threshold_settings(work, catalogue, client_id)
    refuse_numbers(numbers)
    kept = {change.name: change for change in before.own}
    for name, value in numbers.items():
        if value == before.base.numbers[name]:
            kept.pop(name, None)
        elif name not in kept or kept[name].value != value:
            kept[name] = ThresholdChange(
                name=name, value=value, day=work.today, author=work.actor.name, client_id=client_id
            )
    content = Thresholds(changes=tuple(kept[name] for name in sorted(kept)))
    if content.changes == before.own and seen == before.version:
        return before
    if client_id is None:
        _refuse_clashes(work, catalogue, content.changes)
        practice_blocks.save(work, content, seen=seen, held_from=work.today)
    else:
        _in_force(catalogue, [*_changes(_for_all(work)), *content.changes], client_id)
        profiles.save(work, client_id, content, seen=seen, held_from=work.today)
    return threshold_settings(work, catalogue, client_id)


def reset_thresholds(work: UnitOfWork, catalogue: Catalogue, client_id: UUID | None, *, seen: int) -> ThresholdSettings:
    """Put every number back: for all (`None`) to the project's defaults, for one client to what holds for all."""
    before = threshold_settings(work, catalogue, client_id)
    base = before.base.numbers
    return change_thresholds(
        work, catalogue, client_id, {change.name: base[change.name] for change in before.own}, seen=seen
    )


def _defaults(catalogue: Catalogue) -> SignThresholds:
    return SignThresholds(answers=catalogue.rule, six=catalogue.six_rules)


def _in_force(catalogue: Catalogue, changes: Iterable[ThresholdChange], client_id: UUID | None) -> SignThresholds:
    return thresholds_in_force(_defaults(catalogue), changes, client_id)


def _for_all(work: UnitOfWork) -> DatedBlock | None:
    return practice_blocks.newest(work, BlockKind.THRESHOLDS)


def _changes(dated: DatedBlock | None) -> tuple[ThresholdChange, ...]:
    """What a block sets; a number that the rules no longer have is passed over."""
    changes = dated.content.changes if dated is not None and isinstance(dated.content, Thresholds) else ()
    return tuple(change for change in changes if change.name in SIGN_NUMBERS)


def _refuse_clashes(work: UnitOfWork, catalogue: Catalogue, for_all: Sequence[ThresholdChange]) -> None:
    """Raise `InvalidInput` where numbers for all do not go together, or not with those of a client."""
    _in_force(catalogue, for_all, None)
    for client_id, dated in profiles.of_kind(work, BlockKind.THRESHOLDS).items():
        try:
            _in_force(catalogue, [*for_all, *_changes(dated)], client_id)
        except InvalidInput as refused:
            code = clients.get(work, client_id).code
            raise InvalidInput(
                f"Client {code} has numbers of their own that these would not go together with. {refused} "
                "Change those of that client first."
            ) from None
