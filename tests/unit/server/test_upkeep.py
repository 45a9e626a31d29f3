"""What the process does for itself."""

import asyncio
import gc
import sys
from collections.abc import Iterator

import pytest

from dashboard.server.upkeep import IMPORTED_FIRST, YOUNG_BEFORE_A_LOOK, upkeep


@pytest.fixture
def thawed() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*before)


def test_imports_are_done_and_frozen_before_the_first_visitor(thawed: None) -> None:
    async def live() -> tuple[int, int]:
        async with upkeep():
            return gc.get_freeze_count(), gc.get_threshold()[0]

    gc.unfreeze()
    frozen, young = asyncio.run(live())
    assert frozen > 1000
    assert young == YOUNG_BEFORE_A_LOOK
    assert set(IMPORTED_FIRST) <= set(sys.modules)


def test_collection_runs_on_its_timer_and_ends_with_the_server(thawed: None) -> None:
    async def live() -> set[str]:
        loop, collected = asyncio.get_running_loop(), asyncio.Event()

        def note(phase: str, details: dict[str, int]) -> None:
            if phase == "stop" and details["generation"] == 2:
                loop.call_soon_threadsafe(collected.set)

        async with upkeep(every_seconds=0.01):
            gc.callbacks.append(note)
            await collected.wait()
            gc.callbacks.remove(note)
        return {task.get_name() for task in asyncio.all_tasks()}

    assert "secure-base-collection" not in asyncio.run(asyncio.wait_for(live(), 20))
