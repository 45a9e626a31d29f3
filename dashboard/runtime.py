"""What one process keeps: settings, catalogue, the door and the synthetic store; and a unit of work for who acts.

Nothing clinical is kept here. `load` and `save` are the only ways from a screen to the record: each
opens one unit of work, runs one service in it and ends it before the screen draws again.
"""

from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache
from threading import Lock
from typing import Concatenate, NoReturn, ParamSpec, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

import streamlit as st
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.scriptrunner import get_script_run_ctx

from core.catalogue import Catalogue, load_catalogue
from core.errors import NotAllowed
from core.model.sign_ins import hash_of
from core.services import sign_ins
from core.store import Store, UnitOfWork
from core.store.free_space import space_warning
from dashboard.backups import DailyBackups
from dashboard.door import Door
from dashboard.presence import Presence, Presences, Workplace
from dashboard.settings import Settings, folder_mark, prepare_data_dir
from dashboard.trail import TrailWatch
from sample_data.practice import SYNTHETIC_FILE, open_synthetic_practice

__all__ = ["Presence", "Workplace"]

CLINIC_FOLDER = "questionnaires"
SIGN_IN_PAGE = "/auth/sign-in"

Args = ParamSpec("Args")
Result = TypeVar("Result")

_opening = Lock()
_said: list[str] = []


@lru_cache(maxsize=1)
def settings() -> Settings:
    """How this process was started."""
    return Settings.from_environment()


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    """The definitions and the clinic's own questionnaires, read once."""
    return load_catalogue(clinic_folder=settings().data_dir / CLINIC_FOLDER)


def door() -> Door:
    """The door to the own practice: the only holder of its key."""
    with _opening:
        _trail(_door())
        _backups(_door())
        return _door()


def trail_problems() -> tuple[str, ...]:
    """What the last opening of the own practice found wrong with the end of its audit trail."""
    return _trail(door()).problems


def backups() -> DailyBackups:
    """What takes the backups of the own practice while it is open."""
    return _backups(door())


def space_problem() -> str | None:
    """The sentence for a nearly full disk; `None` while there is room."""
    return space_warning(settings().data_dir)


def presences() -> Presences:
    """Who is signed in to what."""
    return _presences(door())


def synthetic_store() -> Store:
    """The store with invented people, made at first use."""
    with _opening:
        return _synthetic_store()


def close() -> None:
    """Close what is open and forget settings and definitions: at the end of the process, and between tests."""
    with _opening:
        for opened in (_door, _synthetic_store):
            if opened.cache_info().currsize:
                opened().close()
            opened.cache_clear()
        _presences.cache_clear()
        _trail.cache_clear()
        _backups.cache_clear()
        settings.cache_clear()
        catalogue.cache_clear()
        _said.clear()


def cookie_names() -> tuple[str, str]:
    """The cookie of a sign-in over https and over http; each data folder has its own, as ports share cookies."""
    name = f"secure-base-{folder_mark(settings().data_dir)[:8]}"
    return f"__Host-{name}", name


def sign_in_token() -> str | None:
    """The value of the cookie that the browser of this script's session sent; tests without a browser replace it."""
    for name in cookie_names():
        value = st.context.cookies.get(name)
        if isinstance(value, str):
            return value
    return None


def presence() -> Presence | None:
    """Who is at this browser session, asked anew each time; `None` where nobody is signed in any more."""
    token = sign_in_token()
    return None if token is None else presences().of(hash_of(token))


def workplace() -> Workplace | None:
    """The practice this browser session works in and its therapist; `None` when signed out or locked.

    This is the one place that says who acts.
    """
    found = presence()
    return None if found is None or found.locked else found.place


def claim_session() -> None:
    """Bind Streamlit's own session to the sign-in it runs for, so that no other cookie is ever given it."""
    context, token = get_script_run_ctx(), sign_in_token()
    if context is not None and token is not None:
        presences().claim(context.session_id, hash_of(token))


def keep_client(client_id: UUID | None) -> None:
    """Keep with the sign-in which client's pages are open, so that a reload opens them again."""
    found, token = presence(), sign_in_token()
    if found is None or found.locked or token is None:
        return
    if found.visitor:
        presences().visitors.open_client(hash_of(token), client_id)
    else:
        save(sign_ins.open_client, found.sign_in.id, client_id)


def leave_for(address: str) -> NoReturn:
    """Send the browser to a page that is no screen, and end this run."""
    context = get_script_run_ctx()
    if context is not None:
        message = ForwardMsg()
        message.auth_redirect.url = address
        context.enqueue(message)
    st.stop()


def keeps_to_this_computer() -> bool:
    """Whether all records stay here: a server that `DATABASE_URL` names may stand anywhere."""
    return settings().database_url is None


def load(service: Callable[Concatenate[UnitOfWork, Args], Result], *args: Args.args, **kwargs: Args.kwargs) -> Result:
    """Run a service that only reads."""
    place = needed_workplace()
    with place.store.reading(place.actor) as work:
        return service(work, *args, **kwargs)


def save(service: Callable[Concatenate[UnitOfWork, Args], Result], *args: Args.args, **kwargs: Args.kwargs) -> Result:
    """Run a service that writes, and commit: all of it or, on any error, nothing."""
    place = needed_workplace()
    with place.store.writing(place.actor) as work:
        result = service(work, *args, **kwargs)
        work.commit()
    return result


def today() -> date:
    """The practice's day today."""
    place = needed_workplace()
    with place.store.reading(place.actor) as work:
        return work.today


def now() -> datetime:
    """The present instant, in UTC."""
    place = needed_workplace()
    with place.store.reading(place.actor) as work:
        return work.now


def local_time(instant: datetime) -> datetime:
    """An instant in the practice's time zone."""
    return instant.astimezone(ZoneInfo(needed_workplace().practice.details.zone))


def synthetic_notice() -> str | None:
    """What was said when the synthetic practice was made anew in this process; nothing clinical."""
    return _said[-1] if _said else None


def needed_workplace() -> Workplace:
    """The open practice; `NotAllowed` where none is."""
    place = workplace()
    if place is None:
        raise NotAllowed("You are signed out, or the screen is locked. Nothing was read or saved; sign in again.")
    return place


@lru_cache(maxsize=1)
def _door() -> Door:
    return Door(settings())


@lru_cache(maxsize=1)
def _trail(door: Door) -> TrailWatch:
    return TrailWatch(door, settings().audit_key)


@lru_cache(maxsize=1)
def _backups(door: Door) -> DailyBackups:
    return DailyBackups(door)


@lru_cache(maxsize=1)
def _presences(door: Door) -> Presences:
    return Presences(door, synthetic_store)


@lru_cache(maxsize=1)
def _synthetic_store() -> Store:
    folder = prepare_data_dir(settings().data_dir)
    return open_synthetic_practice(folder / SYNTHETIC_FILE, catalogue(), settings().today, say=_said.append)
