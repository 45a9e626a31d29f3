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


def nothing() -> None:
    """What a server without records has to look after."""


def test_imports_are_done_and_frozen_before_the_first_visitor(thawed: None) -> None:
    async def live() -> tuple[int, int]:
        async with upkeep(nothing):
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

        async with upkeep(nothing, every_seconds=0.01):
            gc.callbacks.append(note)
            await collected.wait()
            gc.callbacks.remove(note)
        return {task.get_name() for task in asyncio.all_tasks()}

    assert "secure-base-upkeep" not in asyncio.run(asyncio.wait_for(live(), 20))


def test_what_is_to_be_looked_after_is_looked_at_when_the_server_begins_and_again(thawed: None) -> None:
    async def live() -> None:
        loop, looked = asyncio.get_running_loop(), asyncio.Semaphore(0)

        def look() -> None:
            loop.call_soon_threadsafe(looked.release)

        async with upkeep(look, every_seconds=0.01):
            for _ in range(3):
                await looked.acquire()

    asyncio.run(asyncio.wait_for(live(), 20))
