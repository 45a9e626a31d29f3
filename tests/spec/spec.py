"""A spec is a table: check-ins in, a reading out. The same rows are run as a test and printed in docs/spec.md."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from typing import ClassVar

from core.model.check_in import CheckIn
from core.model.check_in_parts import CountKind, Episode, ReliefEnded, SignAnswer
from core.model.days import print_day_short
from core.model.full_answers import BodySign, FullAnswers
from core.model.records import Recorded
from tests.builders import OWN, SIGN, check_in, recorded

YEAR = 2026
KINDS = ("cd_mind_reading", "cd_catastrophizing", "cd_personalization", "cd_black_white", "cd_emotional_reasoning")

Records = tuple[Recorded[CheckIn], ...]
Reading = Mapping[str, str]


def day(text: str) -> date:
    """`21 May`, in the year of the tables unless one is written."""
    parts = text.split()
    year = parts[2] if len(parts) == 3 else str(YEAR)
    return datetime.strptime(f"{parts[0]} {parts[1]} {year}", "%d %b %Y").replace(tzinfo=UTC).date()


@dataclass(frozen=True)
class Row:
    """`times` check-ins of `days` days in a row, the last one ending on `ends`, all with the same answers.

    Answers are written as a reader would: `reassurance="about 12"`, `kinds="3 2 -"`, `sign="often"`.
    """

    ends: str
    days: int
    answers: Mapping[str, str]
    times: int = 1
    heading: ClassVar[str] = "check-ins"

    @property
    def which(self) -> str:
        """How the row is named in the printed table."""
        days = "1 day" if self.days == 1 else f"{self.days} days"
        if self.times == 1:
            return f"{days} to {self.ends}"
        return f"{self.times} in a row, {days} each, the last to {self.ends}"

    def check_ins(self) -> list[CheckIn]:
        """The check-ins of the row, oldest first."""
        last = day(self.ends)
        ends = [last - timedelta(days=self.days * back) for back in reversed(range(self.times))]
        return [self._check_in(end) for end in ends]

    def _check_in(self, end: date) -> CheckIn:
        count_words = self.answers.get("reassurance", "").split()
        sign = self.answers.get("sign")
        return check_in(
            end,
            self.days,
            anxiety=_number(self.answers.get("anxiety")),
            peak=_number(self.answers.get("peak")),
            reassurance=_number(count_words[-1]) if count_words else None,
            count_kind=CountKind("_".join(count_words[:-1]) or "exact"),
            distortions=_number(self.answers.get("unsorted")),
            kinds=_kinds(self.answers.get("kinds")),
            signs={SIGN: SignAnswer(sign.replace(" ", "_"))} if sign else None,
            episodes=_episodes(self.answers.get("episodes", "")),
            full=self._full(),
        )

    def _full(self) -> FullAnswers | None:
        """The longer part; `body="none"` and `practised="none"` mean asked, and there was none."""
        own, body, practised = (self.answers.get(name) for name in ("own", "body", "practised"))
        full = FullAnswers(
            anxiety_now=_number(self.answers.get("now")),
            checking_days=_number(self.answers.get("checking")),
            conflicts=_number(self.answers.get("fights")),
            repeated_conflicts=_number(self.answers.get("known_topic")),
            body_signs=None if body is None else frozenset(map(BodySign, _chosen(body))),
            practised=None if practised is None else dict(map(_practice, _chosen(practised))),
            own_measures={} if own is None else {OWN: int(own)},
        )
        return full if full.answered else None


def row(ends: str, days: int, *, times: int = 1, **answers: str | int) -> Row:
    """A row with its answers as keywords; what is not named was left blank."""
    return Row(ends, days, {name: str(value) for name, value in answers.items()}, times)


@dataclass(frozen=True)
class Case:
    """One table and what is read from it. Rows are recorded in the order in which they stand."""

    name: str
    rows: tuple[Row, ...]
    reading: Reading
    withdrawn: bool = False

    def records(self) -> Records:
        """The check-ins as stored, numbered and recorded one after the other."""
        contents = [content for line in self.rows for content in line.check_ins()]
        noon = datetime.combine(day("21 May"), time(12), UTC)
        return tuple(
            recorded(content, number, recorded_at=noon + timedelta(minutes=number), withdrawn=self.withdrawn)
            for number, content in enumerate(contents, start=1)
        )


@dataclass(frozen=True)
class Spec:
    """Cases that share one way of reading."""

    title: str
    about: str
    read: Callable[[Records], Reading]
    cases: tuple[Case, ...] = field(default=())


def case(name: str, *rows: Row, **reading: str) -> Case:
    """A case with its expected reading as keywords; `observed_days` is printed as `observed days`."""
    named = {key.replace("_", " "): value for key, value in reading.items()}
    return Case(name, rows, named)


def withdrawn(one: Case) -> Case:
    """The same case with every check-in withdrawn."""
    return replace(one, withdrawn=True)


def exact(number: Fraction | None) -> str:
    """A fraction as whole number or `12 + 6/7`; `none` where there is no figure."""
    if number is None:
        return "none"
    whole, rest = divmod(number.numerator, number.denominator)
    if not rest:
        return str(whole)
    return f"{whole} + {rest}/{number.denominator}" if whole else f"{rest}/{number.denominator}"


def days_of(start: date, end: date) -> str:
    """`4 May to 10 May`, or one day."""
    return print_day_short(start) if start == end else f"{print_day_short(start)} to {print_day_short(end)}"


def yes(*, about: bool, at_least: bool, partial: bool = False) -> str:
    """The flags that hold, in words."""
    held = {"about": about, "at least": at_least, "partial": partial}
    return ", ".join(word for word, holds in held.items() if holds) or "exact"


def _chosen(text: str) -> list[str]:
    return [] if text == "none" else text.split(", ")


def _practice(text: str) -> tuple[str, int | None]:
    """`sc_pause_phrase 3`, or without its days."""
    name, _, days = text.partition(" ")
    return name, _number(days)


def _number(text: str | None) -> int | None:
    return None if text in {None, "", "-"} else int(text or 0)


def _episodes(text: str) -> list[Episode]:
    """`2 for 20; 6 for 60+ on 14 May`: relief, minutes (with + still helping, else worry came back), and the day."""
    found = []
    for told in filter(None, text.split("; ")):
        relief, _, rest = told.partition(" for ")
        minutes, _, on = rest.partition(" on ")
        helping = ReliefEnded.STILL_HELPING if minutes.endswith("+") else ReliefEnded.WORRY_CAME_BACK
        found.append(
            Episode(
                day=day(on) if on else None,
                relief=_number(relief),
                relief_minutes=_number(minutes.removesuffix("+")),
                ended=helping,
            )
        )
    return found


def _kinds(text: str | None) -> dict[str, int] | None:
    if text is None:
        return None
    return {kind: int(count) for kind, count in zip(KINDS, text.split(), strict=True) if count != "-"}
