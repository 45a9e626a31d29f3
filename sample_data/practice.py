"""Opens the synthetic practice: makes its file when there is none, and anew when it is of another day and untouched.

The as-of date is the practice's `made_on`. Everything invented is written before that day, so a line of the
audit trail from that day on, other than the set-up, means that somebody recorded something: then the file is kept.
"""

from collections.abc import Callable
from datetime import date, time
from pathlib import Path
from zoneinfo import ZoneInfo

from core.catalogue import Catalogue
from core.errors import UnusableDatabase
from core.model.audit import CHANGES_NOTHING, Action
from core.model.days import print_day
from core.model.people import Actor, Practice, PracticeDetails
from core.services.practices import set_up_practice
from core.store import Clock, FixedClock, SeededIds, ShiftedClock, Store, SystemClock, audit, open_store
from sample_data.draw import SEED, draw_practice
from sample_data.loading import load_people
from sample_data.timetable import ZONE, moment

SYNTHETIC_FILE = "synthetic.db"
DETAILS = PracticeDetails(name="Synthetic practice", therapist="Dr. Robin Hale", zone=ZONE)
BESIDE_A_DATABASE = ("-wal", "-shm")


def open_synthetic_practice(
    path: Path, catalogue: Catalogue, today: date | None = None, *, say: Callable[[str], None] = print
) -> Store:
    """The open store of the synthetic practice at `path`, made or made anew as needed.

    `today` stands in for the real day (that of the practice's zone); the clock then runs on from there. Before a
    file is made anew, `say` is given one sentence about it. Raises `UnusableDatabase`, and changes nothing, when
    something other than a synthetic practice is at `path`.
    """
    clock: Clock = SystemClock() if today is None else ShiftedClock(today, ZONE)
    as_of = clock.now().astimezone(ZoneInfo(ZONE)).date()
    if not path.exists():
        make_synthetic_practice(path, catalogue, as_of)
        return open_store(path, clock=clock)
    store = open_store(path, clock=clock)
    practice, actor = _practice_in(store)
    if practice.made_on == as_of or _touched(store, practice, actor):
        return store
    store.close()
    say(
        f"The synthetic practice was made on {print_day(practice.made_on)} and nothing was recorded in it since. "
        f"It is made anew for {print_day(as_of)}."
    )
    make_synthetic_practice(path, catalogue, as_of)
    return open_store(path, clock=clock)


def make_synthetic_practice(path: Path, catalogue: Catalogue, as_of: date, *, seed: int = SEED) -> None:
    """Put a synthetic practice as of `as_of` at `path`, in place of what is there; it is whole or not there at all."""
    draft = path.with_name(f"{path.stem}.making{path.suffix}")
    _on_disk(path, lambda: _discard(draft))
    clock = FixedClock(moment(as_of, time(0)))
    store = open_store(draft, clock=clock, ids=SeededIds(seed))
    try:
        _, actor = set_up_practice(store, DETAILS, synthetic=True)
        with store.writing(actor) as work:
            load_people(work, clock, catalogue, draw_practice(as_of, catalogue, seed=seed))
            clock.move_to(moment(as_of, time(0)))  # the trail would else say that the clock was set back
            work.commit()
    finally:
        store.close()
    _on_disk(path, lambda: _put(draft, path))


def _practice_in(store: Store) -> tuple[Practice, Actor]:
    found = store.practice()
    if found is None or not found[0].synthetic:
        store.close()
        raise UnusableDatabase(
            f"{store.location_label} holds no synthetic practice, where one was expected. Nothing was changed; "
            "move that file away, or start with another data folder."
        )
    return found


def _touched(store: Store, practice: Practice, actor: Actor) -> bool:
    """Whether anything was recorded after the practice was made; a look leaves the records as they were."""
    with store.reading(actor) as work:
        return any(
            entry.action not in CHANGES_NOTHING | {Action.SET_UP} and work.local_day(entry.at) >= practice.made_on
            for entry in audit.all(work)
        )


def _on_disk(path: Path, change: Callable[[], None]) -> None:
    """Do `change`, or say which file could not be replaced and why."""
    try:
        change()
    except OSError as error:
        problem = UnusableDatabase(
            f"The synthetic practice could not be put at {path}: {error.strerror}. What was there was left as it is; "
            "close other programs that have it open, or start with another data folder."
        )
    else:
        return
    raise problem


def _put(draft: Path, path: Path) -> None:
    """Give the finished file its name; the old file's log goes first, since it would be read into the new one."""
    if _beside(draft, "-wal").exists():
        raise UnusableDatabase(
            f"{draft} could not be finished, so {path.name} was left as it is. Close other programs that have it "
            "open, and start again."
        )
    for ending in BESIDE_A_DATABASE:
        _beside(path, ending).unlink(missing_ok=True)
    draft.replace(path)


def _discard(draft: Path) -> None:
    """Remove what a run that was cut short left behind."""
    for ending in ("", *BESIDE_A_DATABASE):
        _beside(draft, ending).unlink(missing_ok=True)


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)
