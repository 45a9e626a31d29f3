"""How figures are worked out, told in words: chapters of explanations, with numbers of the rules and a worked example.

Facts about signs, measures and questionnaires stand in their own definitions and are not told again here.
"""

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from core.model.definitions import Definition, Identifier, Text


@dataclass(frozen=True, kw_only=True)
class RuleNumber(Definition):
    """A number of one of the rules, `rule` by its id, with what it does; its value stays in the rule."""

    rule: Text
    name: Identifier
    does: Text


@dataclass(frozen=True, kw_only=True)
class WorkedExample(Definition):
    """One case of the published tables: `given` are its check-ins, `read` what is read from them.

    `case` is the case's name there; `working` is the way from one to the other in words.
    """

    case: Text
    given: Annotated[tuple[Text, ...], Field(min_length=1)]
    read: Text
    working: Text


@dataclass(frozen=True, kw_only=True)
class Explanation(Definition):
    """How one figure comes about: `lead` in a sentence, `steps` in turn, and what it `cannot_see`.

    `measures` are the ids of what it is worked out from, where these are few; `sign` is the sign whose own rule it is,
    `see` the ids of explanations that go on from here.
    A number of a rule stands in `lead` and `steps` as `{R0.window_days}` until it is loaded. Without a `source`
    everything in it is a project default.
    """

    id: Annotated[str, Field(pattern=r"^how_[a-z_]+$")]
    label: Text
    lead: Text
    steps: tuple[Text, ...] = ()
    measures: tuple[Identifier, ...] = ()
    sign: Identifier | None = None
    see: tuple[Identifier, ...] = ()
    numbers: tuple[RuleNumber, ...] = ()
    example: WorkedExample | None = None
    cannot_see: Text | None = None
    source: Text | None = None


@dataclass(frozen=True, kw_only=True)
class Chapter(Definition):
    """A part of the page on how things are worked out; its explanations come before what it lists besides.

    `measures` are the ids of the measures that stand in it.
    """

    id: Identifier
    label: Text
    about: Text
    measures: tuple[Identifier, ...] = ()
    explanations: tuple[Explanation, ...] = ()
