"""What the process does for itself: imports before the first visitor, collection of garbage and a look at its disk."""

import asyncio
import contextlib
import gc
import importlib
from collections.abc import AsyncIterator, Callable
from typing import Final

IMPORTED_FIRST: Final = ("pandas", "plotly.graph_objects", "sqlalchemy")
EVERY_SECONDS: Final = 60.0
YOUNG_BEFORE_A_LOOK: Final = 10_000


@contextlib.asynccontextmanager
async def upkeep(look_after: Callable[[], None], every_seconds: float = EVERY_SECONDS) -> AsyncIterator[None]:
    """Import what every screen needs, put it beyond the collector's reach, and collect the rest on a timer.

    `look_after` is called at once and at each turn of the timer, beside everything else.

    Streamlit's own collection after each click is switched off in the options: it held the last
    messages of a run back by 27 to 80 ms.
    """
    for name in IMPORTED_FIRST:
        importlib.import_module(name)
    settle()
    timer = asyncio.create_task(_now_and_then(look_after, every_seconds), name="secure-base-upkeep")
    try:
        yield
    finally:
        timer.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await timer


def settle() -> None:
    """Put what is here now beyond the collector's reach, and let it look at new things less often.

    A review makes some thousands of small values that are never in a circle; going through them every 700, as the
    interpreter does by itself, took about a twentieth of its time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG_BEFORE_A_LOOK, *gc.get_threshold()[1:])


async def _now_and_then(look_after: Callable[[], None], every_seconds: float) -> None:
    while True:
        await asyncio.to_thread(look_after)
        await asyncio.sleep(every_seconds)
        await asyncio.to_thread(gc.collect)
