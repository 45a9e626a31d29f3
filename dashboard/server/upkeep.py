"""What the process does for itself: imports before the first visitor, and collection of garbage between clicks."""

import asyncio
import contextlib
import gc
import importlib
from collections.abc import AsyncIterator
from typing import Final

IMPORTED_FIRST: Final = ("pandas", "plotly.graph_objects", "sqlalchemy")
COLLECT_EVERY_SECONDS: Final = 60.0


@contextlib.asynccontextmanager
async def upkeep(every_seconds: float = COLLECT_EVERY_SECONDS) -> AsyncIterator[None]:
    """Import what every screen needs, put it beyond the collector's reach, and collect the rest on a timer.

    Streamlit's own collection after each click is switched off in the options: it held the last
    messages of a run back by 27 to 80 ms.
    """
    for name in IMPORTED_FIRST:
        importlib.import_module(name)
    gc.collect()
    gc.freeze()
    timer = asyncio.create_task(_collect_now_and_then(every_seconds), name="secure-base-collection")
    try:
        yield
    finally:
        timer.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await timer


async def _collect_now_and_then(every_seconds: float) -> None:
    while True:
        await asyncio.sleep(every_seconds)
        await asyncio.to_thread(gc.collect)
