"""The therapist's own part of the invented profiles, read from formulations/*.toml, and the handouts given.

These are the blocks that no check-in points at; the others stand in profiles/*.toml.
"""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from pydantic import TypeAdapter

from core.model.profile import (
    Approach,
    Block,
    BlockKind,
    Consent,
    CoreBeliefs,
    Hypothesis,
    Observations,
    Origins,
    PresentSafety,
    Strengths,
)
from core.model.profile_items import HowKnown, Origin, ProfileItem
from core.model.safety_concern import SafetyConcern
from sample_data.invented import Written
from sample_data.plans import Checked
from sample_data.profiles import When, item_id

FORMULATIONS = Path(__file__).parent / "formulations"


@dataclass(frozen=True, kw_only=True)
class LinePlan(Checked):
    """A line of a list; `known_from` is for origins alone."""

    words: str
    entry: str | None = None
    known_from: HowKnown = HowKnown.CLIENT_SAID


@dataclass(frozen=True, kw_only=True)
class BlockPlan(Checked):
    """A block as it was written after the session of `week`; what a kind does not have is left out."""

    kind: BlockKind
    week: int
    words: str = ""
    entries: tuple[str, ...] = ()
    lines: tuple[LinePlan, ...] = ()
    concern: SafetyConcern = SafetyConcern.NO_CONCERN


@dataclass(frozen=True, kw_only=True)
class HandoutPlan(Checked):
    """A handout given in the session of `week`."""

    handout: str
    week: int


@dataclass(frozen=True, kw_only=True)
class FormulationPlan(Checked):
    """The therapist's part of one person's profile."""

    blocks: tuple[BlockPlan, ...] = ()
    handouts: tuple[HandoutPlan, ...] = ()


def read_formulation(name: str) -> FormulationPlan:
    """The plan of one person by name, an empty one where nobody wrote one; `ValueError` names what is wrong."""
    path = FORMULATIONS / f"{name.casefold()}.toml"
    if not path.exists():
        return FormulationPlan()
    return TypeAdapter(FormulationPlan).validate_python(tomllib.loads(path.read_text(encoding="utf-8")))


def formulation_of(person: str, plan: FormulationPlan, when: When) -> tuple[Written[Block], ...]:
    """Every block of the plan at the moment it was written, oldest first."""
    blocks = [
        Written(at=when(each.week), content=_MADE[each.kind](_Making(person=person, plan=each, when=when)))
        for each in plan.blocks
    ]
    return tuple(sorted(blocks, key=lambda block: block.at))


def handouts_of(plan: FormulationPlan, when: When) -> tuple[Written[str], ...]:
    """Every handout given, by its id, oldest first."""
    given = [Written(at=when(each.week), content=each.handout) for each in plan.handouts]
    return tuple(sorted(given, key=lambda one: one.at))


@dataclass(frozen=True, kw_only=True)
class _Making:
    """One block being made."""

    person: str
    plan: BlockPlan
    when: When

    def items(self) -> tuple[ProfileItem, ...]:
        return tuple(
            ProfileItem(id=item_id(self.person, f"{self.plan.kind}_{place}"), words=line.words, entry=line.entry)
            for place, line in enumerate(self.plan.lines, start=1)
        )

    def origins(self) -> Origins:
        return Origins(
            items=tuple(
                Origin(
                    id=item_id(self.person, f"{self.plan.kind}_{place}"),
                    words=line.words,
                    known_from=line.known_from,
                    entry=line.entry,
                )
                for place, line in enumerate(self.plan.lines, start=1)
            )
        )

    def safety(self) -> PresentSafety:
        asked_on = self.when(self.plan.week).date()
        return PresentSafety(concern=self.plan.concern, asked_on=asked_on, words=self.plan.words)


_MADE: Mapping[BlockKind, Callable[[_Making], Block]] = MappingProxyType(
    {
        BlockKind.HYPOTHESIS: lambda made: Hypothesis(pattern=made.plan.entries[0], words=made.plan.words),
        BlockKind.CORE_BELIEFS: lambda made: CoreBeliefs(items=made.items()),
        BlockKind.ORIGINS: _Making.origins,
        BlockKind.STRENGTHS: lambda made: Strengths(items=made.items()),
        BlockKind.PRESENT_SAFETY: _Making.safety,
        BlockKind.APPROACH: lambda made: Approach(approaches=made.plan.entries, words=made.plan.words),
        BlockKind.OBSERVATIONS: lambda made: Observations(items=made.items()),
        BlockKind.CONSENT: lambda made: Consent(told_on=made.when(made.plan.week).date(), words=made.plan.words),
    }
)
