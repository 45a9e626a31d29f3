"""The only room that knows SQL: opens the database and keeps every record in it.

Modules for one kind of record each (`clients`, `sessions`, `events`, `check_ins`, `responses`,
`notes`, `audit`) hold functions that take an open unit of work.
"""

from core.store.backend import Dialect, StoreState
from core.store.chain import AuditKey
from core.store.clock import Clock, FixedClock, ShiftedClock, SystemClock
from core.store.data_key import DataKey
from core.store.ids import Ids, RandomIds, SeededIds
from core.store.lineage import Lineage, Standing
from core.store.practice_keys import KeyHolder, PracticeKeys, Unlocked
from core.store.store import Store, open_store
from core.store.unit_of_work import UnitOfWork

__all__ = [
    "AuditKey",
    "Clock",
    "DataKey",
    "Dialect",
    "FixedClock",
    "Ids",
    "KeyHolder",
    "Lineage",
    "PracticeKeys",
    "RandomIds",
    "SeededIds",
    "ShiftedClock",
    "Standing",
    "Store",
    "StoreState",
    "SystemClock",
    "UnitOfWork",
    "Unlocked",
    "open_store",
]
