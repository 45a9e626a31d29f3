"""The only room that knows SQL: opens the database and keeps every record in it.

Modules for one kind of record each (`clients`, `sessions`, `events`, `check_ins`, `responses`,
`notes`, `audit`) hold functions that take an open unit of work.
"""

from core.store.backend import Dialect, StoreState
from core.store.clock import Clock, FixedClock, ShiftedClock, SystemClock
from core.store.ids import Ids, RandomIds, SeededIds
from core.store.store import Store, open_store
from core.store.unit_of_work import UnitOfWork

__all__ = [
    "Clock",
    "Dialect",
    "FixedClock",
    "Ids",
    "RandomIds",
    "SeededIds",
    "ShiftedClock",
    "Store",
    "StoreState",
    "SystemClock",
    "UnitOfWork",
    "open_store",
]
