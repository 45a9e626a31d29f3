"""The second step of signing in: a code from the person's telephone (TOTP), asked after the passphrase.

It guards signing in and nothing else: the file itself is opened by the passphrase or the recovery code alone.
Source: RFC 6238, with its own values (SHA-1, six digits, 30 seconds), which every authenticator program knows.
"""

from datetime import datetime
from typing import Final

import pyotp

from core.errors import InvalidInput, NotAllowed
from core.model.audit import Action
from core.model.people import Actor
from core.services.audit_trail import record_act
from core.store import Store, UnitOfWork, second_factors
from core.store.server_secrets import counted_for, forget_count, note_count

ISSUER: Final = "Secure Base"
STEPS_AROUND: Final = (0, -1, 1)
"""A telephone's clock may be one step before or after ours. Source: RFC 6238, section 5.2."""
WRONG_FIRST: Final = (
    "That is not the code of this key now. Nothing was turned on; see that the clocks of the telephone and of this "
    "computer are right, and type the code that is shown next."
)
WRONG: Final = "That code is not right, or it was used already. You are not signed in; {next}."
CLOCK_BEFORE: Final = (
    "The computer's clock stands before the last code that was used, so no code can be right. You are not signed in; "
    "set the clock right, or sign in with the recovery code, which turns the second step off."
)
BY_CODE: Final = "by a code"


def new_key() -> str:
    """A key made at random, in base 32 as authenticator programs take it: 160 bits, as RFC 4226 recommends."""
    return pyotp.random_base32()


def address_of(key: str, name: str) -> str:
    """What the QR code of a key says: the key, the program's name, and under which `name` it is listed there."""
    return pyotp.TOTP(key).provisioning_uri(name=name, issuer_name=ISSUER)


def is_on(work: UnitOfWork) -> bool:
    """Whether the actor is asked for a code when signing in."""
    return second_factors.is_on(work)


def turn_on(work: UnitOfWork, key: str, code: str) -> None:
    """Ask the actor for codes of `key` from now on; `InvalidInput` unless `code` shows that they can give them."""
    step = _step_of(key, code, work.now, after=0)
    if step is None:
        raise InvalidInput(WRONG_FIRST)
    second_factors.keep(work, key, step)
    record_act(work, Action.SECOND_FACTOR_ON)


def turn_off(work: UnitOfWork, *, detail: str | None = None) -> None:
    """Ask the actor for no code any more; nothing where it is off already."""
    if second_factors.remove(work):
        record_act(work, Action.SECOND_FACTOR_OFF, detail=detail)


def check(store: Store, actor: Actor, code: str) -> None:
    """Return for a code that is right now and was never used; `WrongPassphrase` and `TooManyAttempts` otherwise.

    The attempt is counted before it is looked at, by the rule of passphrases, and a code that was taken is used up in
    the same transaction, so that it opens once.
    """
    label = f"second factor {actor.id.hex}"
    with store.writing(actor) as work:
        now, before = work.now, counted_for(work, label)
        before.refuse_early(now)
        begun = before.begun(now)
        note_count(work, label, begun)
        work.commit()
    with store.writing(actor) as work:
        factor = second_factors.kept(work)
        if factor is None:
            raise NotAllowed("The second step was turned off meanwhile. Sign in once more.")
        step = _step_of(factor.key, code, now, after=factor.last_step)
        if step is not None:
            second_factors.note_step(work, step)
            forget_count(work, label)
            work.commit()
    if step is None:
        behind = factor.last_step - pyotp.TOTP(factor.key).timecode(now) > max(STEPS_AROUND)
        raise begun.refused(CLOCK_BEFORE if behind else WRONG, now)


def _step_of(key: str, code: str, now: datetime, *, after: int) -> int | None:
    """The step around `now`, later than the step `after`, whose code this is; spaces in it do not matter."""
    totp, given = pyotp.TOTP(key), "".join(code.split())
    here = totp.timecode(now)
    steps = [here + around for around in STEPS_AROUND if here + around > after]
    return next((step for step in steps if pyotp.utils.strings_equal(given, totp.generate_otp(step))), None)
