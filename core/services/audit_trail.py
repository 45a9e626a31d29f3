"""The audit trail as the rest of the program uses it: looks at a client, deeds of accounts, and the head kept outside.

A practice's records and its trail lie in one database, so whoever puts an older state of it back takes the end of
the trail along. That is found by the head alone: where the trail ended, kept in another place (`HeadPlace`).
"""

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from core.errors import SecureBaseError
from core.model.access import Act
from core.model.audit import Action, Looks, Subject, TrailHead, TrailReport
from core.model.days import print_day
from core.model.people import Actor
from core.services.access import need, need_practice
from core.store import Clock, Store, UnitOfWork, audit
from core.store.chain import MOST_BACK
from core.store.keys import need_client
from core.store.trail_check import cut_sentence, rewritten_sentence

LOOK_AGAIN = timedelta(minutes=15)
"""How long a person's looks at one client on one screen are one line. Source: project default."""

SHOWN_DAYS = 90
SAID_FOR = timedelta(days=1)
KEPT_EVERY = timedelta(minutes=1)

ACCOUNT_ACTS = frozenset(
    {
        Action.SIGN_IN,
        Action.SIGN_OUT,
        Action.FAILED_SIGN_INS,
        Action.LOCK,
        Action.UNLOCK,
        Action.NEW_PASSPHRASE,
        Action.NEW_RECOVERY_CODE,
        Action.NEW_STARTING_CODE,
        Action.SECOND_FACTOR_ON,
        Action.SECOND_FACTOR_OFF,
        Action.CHANGE_ROLE,
    }
)


class HeadPlace(Protocol):
    """Where the head is kept, outside the database."""

    def keep(self, content: bytes) -> None:
        """Keep this in place of what was kept before; raises a `StoreError` where it cannot be written."""
        ...

    def kept(self) -> bytes | None:
        """What was kept; `None` where nothing was. Raises a `StoreError` where it does not pass its check."""
        ...


def looked_lately(work: UnitOfWork, client_id: UUID, screen: str) -> bool:
    """Whether the actor's look at this client on this screen stands in the trail from the last 15 minutes."""
    need(work, Act.READ_DETAILS, client_id)
    return audit.looked_since(work, client_id, screen, work.now - LOOK_AGAIN)


def looked_at(work: UnitOfWork, client_id: UUID, screen: str) -> None:
    """Write down that the actor looks at a client on a screen; nothing where that was done in the last 15 minutes."""
    need(work, Act.READ_DETAILS, client_id)
    if not looked_lately(work, client_id, screen):
        need_client(work, client_id)
        audit.record(work, Action.LOOK, Subject.CLIENT, client_id, detail=screen)


def who_looked(work: UnitOfWork, client_id: UUID) -> tuple[Looks, ...]:
    """Who looked at a client in the last 90 days: one for each person and screen, the latest first."""
    need(work, Act.SEE_WHO_LOOKED, client_id)
    return audit.looks(work, client_id, work.now - timedelta(days=SHOWN_DAYS))


def record_act(work: UnitOfWork, action: Action, *, detail: str | None = None) -> None:
    """Write down a deed that changes no record, such as a sign-in, a lock or a backup.

    `detail` is a fixed word or a number (of attempts that failed, for one).
    """
    need_practice(work, Act.BACK_UP if action is Action.BACK_UP else Act.SIGN_IN)
    if action in ACCOUNT_ACTS:
        audit.record(work, action, Subject.ACCOUNT, work.actor.id, detail=detail)
    else:
        audit.record(work, action, Subject.PRACTICE, work.actor.practice_id, detail=detail)


def record_export(work: UnitOfWork, client_id: UUID | None) -> None:
    """Write down that everything about one client, or for `None` about the whole practice, was exported."""
    if client_id is None:
        need_practice(work, Act.EXPORT_PRACTICE)
        audit.record(work, Action.EXPORT, Subject.PRACTICE, work.actor.practice_id)
    else:
        need(work, Act.EXPORT_CLIENT, client_id)
        need_client(work, client_id)
        audit.record(work, Action.EXPORT, Subject.CLIENT, client_id)


def clock_problem(work: UnitOfWork) -> str | None:
    """The sentence for a clock that is wrong, or was set back in the last day; `None` while all is well."""
    need_practice(work, Act.READ_SETTINGS)
    now, newest = work.now, audit.newest_at(work)
    if newest is not None and newest - now > MOST_BACK:
        day = print_day(work.local_day(newest))
        return (
            f"The computer's clock stands before what was recorded last, on {day} at {_time(work, newest)}. What is "
            "saved now would bear a wrong time; set the clock right first."
        )
    jump = audit.last_of(work, Action.CLOCK_SET_BACK)
    if jump is None or not timedelta() <= now - jump.at <= SAID_FOR:
        return None
    return (
        f"The computer's clock was set back by {_long(int(jump.detail or 0))} on {print_day(work.local_day(jump.at))} "
        f"at {_time(work, jump.at)}. Times recorded around then may be wrong; their order is kept."
    )


def keep_head(store: Store, practice_id: UUID, place: HeadPlace) -> None:
    """Keep where the trail ends now: at an opening (after `head_problems`), at a locking and before each backup."""
    head = store.trail.head(practice_id)
    if head is not None:
        place.keep(_as_bytes(practice_id, head))


def head_problems(store: Store, practice_id: UUID, place: HeadPlace) -> tuple[str, ...]:
    """What the head that was kept says against the trail as it stands; nothing where it goes on from there.

    Takes milliseconds, since it looks at one line.
    """
    kept = kept_head(practice_id, place)
    if kept is None:
        return ()
    there = store.trail.line(practice_id, kept.sequence)
    if there is None:
        last = store.trail.head(practice_id)
        return (cut_sentence(kept.sequence, last.sequence if last else 0),)
    return () if there == kept else (rewritten_sentence(kept.sequence),)


def open_trail(store: Store, actor: Actor, place: HeadPlace, clock: Clock) -> tuple[str, ...]:
    """What to do at each opening: tell what is wrong with the trail's end, and keep its head from now on.

    A loss that is found gets a line in the trail, so that it stays known once the head is kept anew.
    """
    problems = head_problems(store, actor.practice_id, place)
    if problems:
        with store.writing(actor) as work:
            kept = kept_head(actor.practice_id, place)
            lost = str(kept.sequence) if kept else None
            audit.record(work, Action.TRAIL_CUT, Subject.TRAIL, actor.practice_id, detail=lost)
            work.commit()
    keep_head(store, actor.practice_id, place)
    store.trail.tell(keeper(actor.practice_id, place, clock))
    return problems


def keeper(practice_id: UUID, place: HeadPlace, clock: Clock) -> Callable[[Actor, TrailHead], None]:
    """What keeps the head while there is writing, at most once a minute; a full disk stands in nobody's way."""
    kept_at = clock.now()

    def told(actor: Actor, head: TrailHead) -> None:
        nonlocal kept_at
        now = clock.now()
        if actor.practice_id == practice_id and abs(now - kept_at) >= KEPT_EVERY:
            kept_at = now
            with suppress(SecureBaseError):
                place.keep(_as_bytes(practice_id, head))

    return told


def check_trail(store: Store, practice_id: UUID, place: HeadPlace | None) -> TrailReport:
    """Check the whole trail and every record; without a place, lines cut off at the end cannot be missed."""
    return store.trail.check(practice_id, None if place is None else kept_head(practice_id, place))


def kept_head(practice_id: UUID, place: HeadPlace) -> TrailHead | None:
    """The head of this practice's trail as it was kept; `None` where none was."""
    content = place.kept()
    value = None if content is None else json.loads(content)
    if value is None or value["practice"] != practice_id.hex:
        return None
    return TrailHead(sequence=value["sequence"], seal=value["seal"])


def _as_bytes(practice_id: UUID, head: TrailHead) -> bytes:
    return json.dumps({"practice": practice_id.hex, "sequence": head.sequence, "seal": head.seal}).encode()


def _time(work: UnitOfWork, instant: datetime) -> str:
    return f"{work.local_time(instant):%H:%M}"


def _long(seconds: int) -> str:
    minutes = max(1, round(seconds / 60))
    if minutes < 120:
        return f"{minutes} minutes"
    hours = round(minutes / 60)
    return f"{hours} hours" if hours < 48 else f"{round(hours / 24)} days"
