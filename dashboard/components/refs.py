"""The records that something rests on, by their short names."""

from collections.abc import Sequence

from core.model.records import RecordRef

REFS_SHOWN = 8


def ref_labels(refs: Sequence[RecordRef]) -> str:
    """`c40, c41`: the newest of them, and how many more there are; empty without one."""
    more = f" and {len(refs) - REFS_SHOWN} more" if len(refs) > REFS_SHOWN else ""
    return ", ".join(ref.label for ref in refs[-REFS_SHOWN:]) + more
