"""The parts of a key file as JSON values, both directions side by side."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from core.store.attempts import Attempts
from core.store.derivation import Cost
from core.store.slots import Box, Purpose, Slot, SlotOwner

ALGORITHM = "argon2id"


def slot_value(slot: Slot) -> dict[str, Any]:
    """A slot as JSON."""
    return {
        "person_id": str(slot.owner.person_id),
        "purpose": slot.owner.purpose.value,
        "text_form": slot.owner.text_form,
        **({} if slot.owner.until is None else {"until": slot.owner.until.astimezone(UTC).isoformat()}),
        "derivation": {
            "algorithm": ALGORITHM,
            "memory_kib": slot.cost.memory_kib,
            "passes": slot.cost.passes,
            "lanes": slot.cost.lanes,
            "salt": slot.salt.hex(),
        },
        "verifier": slot.verifier.hex(),
        "box": box_value(slot.box),
    }


def slot_from(value: Mapping[str, Any], file_id: UUID, version: int) -> Slot:
    """What `slot_value` wrote; `ValueError`, `KeyError` or `TypeError` for anything else."""
    derivation = value["derivation"]
    cost = Cost(
        memory_kib=_whole(derivation["memory_kib"]),
        passes=_whole(derivation["passes"]),
        lanes=_whole(derivation["lanes"]),
    )
    if derivation["algorithm"] != ALGORITHM or not cost.is_usable():
        raise ValueError("A derivation that nobody wrote.")
    owner = SlotOwner(
        file_id=file_id,
        person_id=UUID(value["person_id"]),
        purpose=Purpose(value["purpose"]),
        text_form=str(value["text_form"]),
        version=version,
        until=datetime.fromisoformat(value["until"]).astimezone(UTC) if "until" in value else None,
    )
    return Slot(
        owner=owner,
        cost=cost,
        salt=bytes.fromhex(derivation["salt"]),
        verifier=bytes.fromhex(value["verifier"]),
        box=box_from(value["box"]),
    )


def box_value(box: Box) -> dict[str, str]:
    """A sealed value as JSON."""
    return {"nonce": box.nonce.hex(), "sealed": box.sealed.hex()}


def box_from(value: Mapping[str, Any]) -> Box:
    """What `box_value` wrote."""
    return Box(nonce=bytes.fromhex(value["nonce"]), sealed=bytes.fromhex(value["sealed"]))


def attempts_value(attempts: Attempts) -> dict[str, Any]:
    """Counted attempts as JSON."""
    last = attempts.last_at.astimezone(UTC).isoformat() if attempts.last_at else None
    return {"failed": attempts.failed, "last_at": last}


def attempts_from(value: Mapping[str, Any]) -> Attempts:
    """What `attempts_value` wrote."""
    last = None if value["last_at"] is None else datetime.fromisoformat(value["last_at"]).astimezone(UTC)
    failed = _whole(value["failed"])
    if failed < 0:
        raise ValueError("Fewer than no attempts.")
    return Attempts(failed=failed, last_at=last)


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError("Not a whole number.")
    return value
