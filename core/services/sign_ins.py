"""Signing in and out, locking, and after how long that happens by itself. Who may sign in is not decided here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from core.errors import NotFound
from core.model.access import Act
from core.model.audit import Action, Subject
from core.model.people import Actor
from core.model.sign_ins import SignIn, hash_of, idle_limit
from core.services.access import need, need_practice
from core.services.audit_trail import record_act
from core.store import UnitOfWork, audit, sign_ins

KEPT_FOR = timedelta(days=30)
NOTED_EVERY = timedelta(seconds=10)
"""Activity is written down at most this often: a write for each key pressed would be pure cost."""


@dataclass(frozen=True, kw_only=True)
class FoundSignIn:
    """A sign-in that is not over, the person whose it is as they stand now, and the idle limit."""

    sign_in: SignIn
    person: Actor
    idle: timedelta


def begin(work: UnitOfWork, token: str, *, instead_of: str | None = None, failed: int = 0) -> SignIn:
    """The actor's sign-in under a fresh token; one under the token `instead_of` ends and hands its open client on.

    `failed` is how many attempts opened nothing before it, for the audit trail.
    """
    need_practice(work, Act.SIGN_IN)
    if failed:
        record_act(work, Action.FAILED_SIGN_INS, detail=str(failed))
    now = work.now
    sign_ins.remove_before(work, now - KEPT_FOR)
    before = sign_ins.by_hash(work, hash_of(instead_of)) if instead_of else None
    mine = before is not None and before.therapist_id == work.actor.id and before.ended_at is None
    record_act(work, Action.SIGN_IN)
    if before is not None and mine:
        sign_ins.change(work, before.id, ended_at=now)
    return sign_ins.add(work, hash_of(token), client_id=before.client_id if before is not None and mine else None)


def found(work: UnitOfWork, token_hash: str) -> SignIn | None:
    """The sign-in of a cookie by its hash, when it is not over."""
    need_practice(work, Act.SIGN_IN)
    sign_in = sign_ins.by_hash(work, token_hash)
    return None if sign_in is None or sign_in.is_over(work.now) else sign_in


def found_with_limit(work: UnitOfWork, token_hash: str) -> FoundSignIn | None:
    """The same, with whose it is, and after how long nobody being there locks its screens."""
    need_practice(work, Act.SIGN_IN)
    found_row = sign_ins.with_person(work, token_hash)
    if found_row is None or found_row[0].is_over(work.now) or found_row[1] is None:
        return None
    return FoundSignIn(sign_in=found_row[0], person=found_row[1], idle=idle_limit(found_row[2]))


def living(work: UnitOfWork) -> Mapping[str, SignIn]:
    """Every sign-in of the practice that is not over, by the hash of its cookie; newest first."""
    need_practice(work, Act.MANAGE_ACCOUNTS)
    return _living(work)


def own(work: UnitOfWork) -> tuple[SignIn, ...]:
    """The actor's own sign-ins that are not over, newest first."""
    need_practice(work, Act.SIGN_IN)
    return tuple(each for each in _living(work).values() if each.therapist_id == work.actor.id)


def note_activity(work: UnitOfWork, sign_in: SignIn) -> None:
    """Write down that a person is at the keyboard."""
    _need_own(work, sign_in.id)
    if work.now - sign_in.active_at >= NOTED_EVERY:
        sign_ins.change(work, sign_in.id, active_at=work.now)


def lock(work: UnitOfWork, sign_in: SignIn) -> None:
    """Let nothing be done in it until the passphrase is given again."""
    _need_own(work, sign_in.id)
    if sign_in.locked_at is None:
        sign_ins.change(work, sign_in.id, locked_at=work.now)
        record_act(work, Action.LOCK)


def unlock(work: UnitOfWork, sign_in: SignIn) -> None:
    """Go on after the passphrase was given; the caller has checked it."""
    _need_own(work, sign_in.id)
    sign_ins.change(work, sign_in.id, locked_at=None, active_at=work.now)
    record_act(work, Action.UNLOCK)


def end(work: UnitOfWork, sign_in_id: UUID) -> None:
    """End one of the actor's own sign-ins; its tabs are on the sign-in page within two seconds."""
    _need_own(work, sign_in_id)
    sign_ins.change(work, sign_in_id, ended_at=work.now)
    record_act(work, Action.SIGN_OUT)


def end_others(work: UnitOfWork, sign_in_id: UUID) -> None:
    """End all of the actor's sign-ins but this one."""
    _need_own(work, sign_in_id)
    for each in own(work):
        if each.id != sign_in_id:
            sign_ins.change(work, each.id, ended_at=work.now)
            record_act(work, Action.SIGN_OUT)


def open_client(work: UnitOfWork, sign_in_id: UUID, client_id: UUID | None) -> None:
    """Keep which client's pages are open; `NotFound` for a client of another practice."""
    _need_own(work, sign_in_id)
    if client_id is not None:
        need(work, Act.READ_DETAILS, client_id)
    sign_ins.change(work, sign_in_id, client_id=client_id)


def idle_minutes(work: UnitOfWork) -> int:
    """After how many minutes without anybody at it a screen locks."""
    need_practice(work, Act.READ_SETTINGS)
    return sign_ins.idle_minutes(work)


def set_idle_minutes(work: UnitOfWork, minutes: int) -> None:
    """Change that for the practice; `InvalidInput` outside 5 to 60."""
    need_practice(work, Act.CHANGE_SETTINGS)
    idle_limit(minutes)
    if minutes != sign_ins.idle_minutes(work):
        sign_ins.set_idle_minutes(work, minutes)
        audit.record(work, Action.CHANGE, Subject.PRACTICE, work.actor.practice_id)


def _living(work: UnitOfWork) -> Mapping[str, SignIn]:
    now = work.now
    return {key: each for key, each in sign_ins.not_ended(work).items() if not each.is_over(now)}


def _need_own(work: UnitOfWork, sign_in_id: UUID) -> None:
    """Raise `NotFound` unless it is a sign-in of the actor's that is not over."""
    if all(each.id != sign_in_id for each in own(work)):
        raise NotFound("This sign-in is over already. Nothing was changed.")
