"""What one process keeps: its settings, the catalogue and the open stores; and a unit of work for who acts.

Nothing clinical is kept here. `load` and `save` are the only ways from a screen to the record: each
opens one unit of work, runs one service in it and ends it before the screen draws again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from threading import Lock
from typing import Concatenate, ParamSpec, TypeVar
from zoneinfo import ZoneInfo

from core.catalogue import Catalogue, load_catalogue
from core.errors import NotAllowed
from core.model.people import Actor, Practice
from core.store import Store, SystemClock, UnitOfWork, open_store
from dashboard import selection
from dashboard.selection import Which
from dashboard.settings import Settings, prepare_data_dir
from sample_data.practice import SYNTHETIC_FILE, open_synthetic_practice

OWN_FILE = "practice.db"
CLINIC_FOLDER = "questionnaires"

Args = ParamSpec("Args")
Result = TypeVar("Result")

_opening = Lock()
_said: list[str] = []


@dataclass(frozen=True, kw_only=True)
class Workplace:
    """An open practice and who acts in it."""

    store: Store
    practice: Practice
    actor: Actor


@lru_cache(maxsize=1)
def settings() -> Settings:
    """How this process was started."""
    return Settings.from_environment()


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    """The definitions and the clinic's own questionnaires, read once."""
    return load_catalogue(clinic_folder=settings().data_dir / CLINIC_FOLDER)


def own_store() -> Store:
    """The store of the user's own practice, made or migrated at first use."""
    with _opening:
        return _own_store()


def synthetic_store() -> Store:
    """The store with invented people, made at first use."""
    with _opening:
        return _synthetic_store()


def close() -> None:
    """Close what is open and forget settings and definitions: at the end of the process, and between tests."""
    with _opening:
        for opened in (_own_store, _synthetic_store):
            if opened.cache_info().currsize:
                opened().close()
            opened.cache_clear()
        settings.cache_clear()
        catalogue.cache_clear()
        _said.clear()


def workplace() -> Workplace | None:
    """The practice this browser session works in and its therapist; `None` before one is chosen or set up.

    This is the one place that says who acts; sign-in will replace its last line.
    """
    which = selection.chosen_practice() or default_practice()
    if which is None:
        return None
    store = synthetic_store() if which is Which.SYNTHETIC else own_store()
    found = store.practice()
    return None if found is None else Workplace(store=store, practice=found[0], actor=found[1])


def default_practice() -> Which | None:
    """Where a new browser session starts: the synthetic practice with `--demo`, else the own one once it is set up."""
    if settings().demo:
        return Which.SYNTHETIC
    return Which.OWN if own_store().practice() is not None else None


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
        raise NotAllowed("No practice is open. Choose one on the first page; nothing was read or saved.")
    return place


@lru_cache(maxsize=1)
def _own_store() -> Store:
    folder = prepare_data_dir(settings().data_dir)
    return open_store(settings().database_url or folder / OWN_FILE, clock=SystemClock())


@lru_cache(maxsize=1)
def _synthetic_store() -> Store:
    folder = prepare_data_dir(settings().data_dir)
    return open_synthetic_practice(folder / SYNTHETIC_FILE, catalogue(), settings().today, say=_said.append)
