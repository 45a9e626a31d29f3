"""How long one client's review takes to read and to work out.

Run by hand: `.venv/bin/python -m tests.bench.review`, and with `--profile` for where the time goes. Every review is
timed from an open store and from values in memory (the store answers from what it read before), beside a loop of fixed
work. The budget is for the first of them on the machine that it was set on, which is told apart ("as there"). It does
not say what a check-in holds: "usual" is what the form asks as it opens, "short" and "full" are the least and the most.
"""

import argparse
import cProfile
import pstats
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random
from types import FunctionType, ModuleType, SimpleNamespace
from unittest.mock import patch
from uuid import UUID

from core.catalogue import Catalogue, load_catalogue
from core.model.check_in import CheckIn
from core.model.check_in_parts import CountKind, Episode, How, PartOfDay, ReliefEnded, SignAnswer, Source, Whom
from core.model.full_answers import BodySign, FullAnswers, Reaction
from core.model.people import ClientDetails
from core.model.profile import FightTopics, Goals, PracticePlan, Triggers
from core.model.profile_items import ProfileItem
from core.services.check_ins import record_check_in
from core.services.clients import add_client
from core.services.practices import practice_details, set_up_practice
from core.services.profiles import save_block
from core.services.progress import review_client
from core.services.questionnaires import record_response
from core.store import FixedClock, SeededIds, UnitOfWork, open_store
from tests.bench.measure import NOON, TODAY, WEEK, Timing, as_there, timed
from tests.services.entries import gad7_answers, phq9_answers

SEED = 20_261_121
TOPIC = UUID(int=1)
ANSWERS = (SignAnswer.OFTEN, SignAnswer.SOMETIMES, SignAnswer.NOT_PRESENT, SignAnswer.NO_OCCASION)

Answers = Callable[[Random, Catalogue, date, int], CheckIn]


def short(chance: Random, _catalogue: Catalogue, end: date, days: int) -> CheckIn:
    """Anxiety and reassurance."""
    return CheckIn(
        period_end=end,
        period_days=days,
        source=Source.CLIENT_IN_SESSION,
        anxiety_average=chance.randint(2, 6),
        anxiety_peak=chance.randint(6, 9),
        reassurance_count=1 + chance.randint(0, days),
        reassurance_count_kind=CountKind.EXACT,
    )


def usual(chance: Random, catalogue: Catalogue, end: date, days: int) -> CheckIn:
    """Everything that the form asks without unfolding its longer part."""
    return replace(
        short(chance, catalogue, end, days),
        reassurance_count_kind=CountKind.ABOUT,
        distortions_unsorted=chance.randint(0, 12),
        signs={sign: chance.choice(ANSWERS) for sign in catalogue.warning_signs},
        note="A line.",
    )


def full(chance: Random, catalogue: Catalogue, end: date, days: int) -> CheckIn:
    """Everything that a check-in can hold, a few episodes included."""
    return CheckIn(
        period_end=end,
        period_days=days,
        source=Source.CLIENT_DIARY,
        anxiety_average=chance.randint(2, 6),
        anxiety_peak=chance.randint(6, 9),
        reassurance_count=3 + chance.randint(0, days),
        reassurance_count_kind=CountKind.ABOUT,
        distortions_unsorted=chance.randint(0, 2),
        distortions_by_kind={kind: chance.randint(0, 3) for kind in catalogue.distortions},
        signs={sign: chance.choice(ANSWERS) for sign in catalogue.warning_signs},
        episodes=tuple(_episode(chance, end) for _ in range(3)),
        full=FullAnswers(
            anxiety_now=chance.randint(0, 8),
            checking_days=chance.randint(0, days),
            conflicts=3,
            repeated_conflicts=chance.randint(1, 3),
            conflict_topic=TOPIC,
            withdrew=chance.choice(ANSWERS),
            avoided_talks=chance.choice(ANSWERS),
            avoided_decisions=chance.choice(ANSWERS),
            reactions=frozenset(chance.sample(list(Reaction), 2)),
            body_signs=frozenset(chance.sample(list(BodySign), 2)),
            triggers=frozenset({TOPIC}),
            practised={"sc_pause_phrase": chance.randint(1, days), "pr_sharing": None},
            goal_progress={TOPIC: chance.randint(0, 10)},
        ),
        client_words="A few words of the client's own.",
        note="A line.",
    )


def _episode(chance: Random, end: date) -> Episode:
    return Episode(
        day=end,
        part_of_day=chance.choice(list(PartOfDay)),
        whom=chance.choice(list(Whom)),
        how=chance.choice(list(How)),
        relief=chance.randint(0, 8),
        relief_minutes=chance.choice([5, 20, 60, 240]),
        ended=chance.choice(list(ReliefEnded)),
        same_worry=chance.random() < 0.4,
    )


KINDS = {
    "two years weekly, short": (104, 7, short, 15),
    "two years weekly, usual": (104, 7, usual, 15),
    "two years weekly, full": (104, 7, full, 15),
    "half a year weekly, full": (26, 7, full, None),
    "one year daily, usual": (365, 1, usual, 40),
    "one year daily, full": (365, 1, full, 40),
}


def write_lists(work: UnitOfWork, catalogue: Catalogue, client_id: UUID) -> None:
    """The lists of the profile that full check-ins point at."""
    items = (ProfileItem(id=TOPIC, words="A line"),)
    plan = PracticePlan(practices=("sc_pause_phrase", "pr_sharing"))
    for block in (Goals(items=items), Triggers(items=items), FightTopics(items=items), plan):
        save_block(work, catalogue, client_id, block, seen=0, held_from=work.today)


@contextmanager
def reviewed(folder: Path, records: int, days: int, answers: Answers) -> Iterator[Callable[[], object]]:
    """A call that reviews one client with so many check-ins in a row, and a GAD-7 and a PHQ-9 every four weeks."""
    catalogue, chance = load_catalogue(), Random(SEED)
    store = open_store(folder / "practice.db", clock=FixedClock(NOON), ids=SeededIds(SEED))
    _, actor = set_up_practice(store, practice_details("A practice", "Dr One", "Europe/Berlin"))
    began = TODAY - timedelta(days=records * days)
    with store.writing(actor) as work:
        client = add_client(work, ClientDetails(name="Ana M.", started_on=began), UUID(int=2))
        write_lists(work, catalogue, client.id)
        for at in range(records):
            end = TODAY - timedelta(days=at * days)
            record_check_in(work, client.id, answers(chance, catalogue, end, days), UUID(int=1_000 + at))
        for at in range(records * days // 28):
            day = TODAY - 4 * at * WEEK
            for place, response in enumerate(
                (gad7_answers(day, chance.randint(0, 3)), phq9_answers(day, chance.randint(0, 3), item9=0))
            ):
                form = catalogue.questionnaires[response.questionnaire]
                record_response(work, client.id, form, response, UUID(int=10_000 + 2 * at + place))
        work.commit()

    def review() -> object:
        with store.reading(actor) as work:
            return review_client(work, catalogue, client.id)

    yield review
    store.close()


@contextmanager
def store_remembers() -> Iterator[None]:
    """The services' doors to the store answer the same question with what they answered first."""
    with_doors = [module for name, module in sys.modules.items() if name.startswith("core.services.")]
    patches = [
        patch.object(module, name, _remembering(door))
        for module in with_doors
        for name, door in vars(module).items()
        if isinstance(door, ModuleType) and door.__name__.startswith("core.store.")
    ]
    for each in patches:
        each.start()
    try:
        yield
    finally:
        for each in patches:
            each.stop()


def _remembering(door: ModuleType) -> SimpleNamespace:
    return SimpleNamespace(
        **{
            name: _held(thing) if isinstance(thing, FunctionType) else thing
            for name, thing in vars(door).items()
            if not name.startswith("__")
        }
    )


def _held(function: FunctionType) -> Callable[..., object]:
    @cache
    def asked(*given: object) -> object:
        return held_work[0], function(held_work[0], *given)

    held_work: list[object] = []

    def answer(work: object, *given: object) -> object:
        held_work[:] = [work]
        found: tuple[object, object] = asked(*given)  # type: ignore[assignment]  # what a cache gives is an object
        return found[1]

    return answer


def main() -> None:
    """Print a line for each kind of record."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--profile", action="store_true", help="where the time of two years weekly, full, goes")
    profiling = asked.parse_args().profile
    print("median of 25, a review from the open store | from memory | loops of fixed work | as there | budget")
    for name, (records, days, answers, budget) in KINDS.items():
        with tempfile.TemporaryDirectory() as folder, reviewed(Path(folder), records, days, answers) as review:
            there, stored = as_there(review), timed(review)
            with store_remembers():
                remembered = timed(review)
            print(_line(name, stored, remembered, there, budget), flush=True)
            if profiling and name == "two years weekly, full":
                _profile(review)


def _line(name: str, stored: Timing, remembered: Timing, there: float, budget: int | None) -> str:
    limit = "" if budget is None else f"{budget} ms" + ("" if there <= budget else " (over)")
    return (
        f"{name:26} {stored.call:7.1f} ms | {remembered.call:7.1f} ms | {stored.ratio:5.2f}, "
        f"{remembered.ratio:5.2f} | {there:7.1f} ms | {limit}"
    )


def _profile(call: Callable[[], object]) -> None:
    profile = cProfile.Profile()
    profile.enable()
    for _ in range(5):
        call()
    profile.disable()
    pstats.Stats(profile).sort_stats("tottime").print_stats(30)
    pstats.Stats(profile).sort_stats("cumtime").print_stats(45)


if __name__ == "__main__":
    main()
