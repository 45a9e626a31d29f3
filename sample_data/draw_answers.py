"""Draws one check-in around the lines of a plan: ratings, counts, kinds, signs and episodes.

The noise is the project's own assumption, as is everything here: no study gives it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from core.model.check_in_parts import HIGHEST_RATING, CountKind, Episode, How, PartOfDay, ReliefEnded, SignAnswer
from core.model.days import DAYS_IN_WEEK, Window
from sample_data.chance import Chance
from sample_data.plans import Plan, level

CARRIED_OVER = 0.5
ANXIETY_SD = 0.7
REASSURANCE_DISPERSION = 4
DISTORTION_DISPERSION = 12
SIGN_SD = 0.12
SOMETIMES_FROM, OFTEN_FROM = 0.25, 0.62
RELIEF_SD = 1.3
RELIEF_MINUTES = (0, 5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 240, 360, 720, 1440)
HOW = {How.ASKED: 0.6, How.HINTED: 0.2, How.CHECKED: 0.12, How.TESTED: 0.08}


@dataclass
class Answers:
    """Draws the figures of one person's check-ins, in the order of their weeks.

    Anxiety keeps half of its last distance from the line, so the object remembers it.
    """

    plan: Plan
    seed: int
    _deviation: float = 0.0
    _streams: dict[str, Chance] = field(default_factory=dict)

    def chance(self, topic: str) -> Chance:
        """This person's stream of draws for one topic."""
        return self._streams.setdefault(topic, Chance(self.seed, self.plan.name, topic))

    def anxiety(self, week: int) -> tuple[int, int]:
        """Average and peak, 0-10, the peak never below the average."""
        chance = self.chance("anxiety")
        self._deviation = CARRIED_OVER * self._deviation + ANXIETY_SD * chance.normal()
        average = _within_rating(level(self.plan.course.anxiety, week) + self._deviation)
        above = (chance.share() + chance.share()) * self.plan.course.peak_above
        return average, _within_rating(average + above)

    def reassurance(self, week: int, days: int) -> int | None:
        """How often reassurance was sought in a period of `days` days; `None` when it was not asked."""
        chance = self.chance("reassurance")
        mean = level(self.plan.course.reassurance, week) * days / DAYS_IN_WEEK
        count = chance.count(mean, REASSURANCE_DISPERSION)
        return None if self._blank(chance, week, self.plan.record.not_asked) else count

    def count_kind(self, week: int) -> CountKind:
        """How exactly counts are known in `week`."""
        return next(kind for start, kind in reversed(self.plan.record.count_kinds) if start <= week)

    def distortions(self, week: int, days: int) -> tuple[Mapping[str, int], int | None]:
        """Distortions by kind, and those not sorted: a quick total, what is left of a total, or `None`."""
        chance, record = self.chance("distortions"), self.plan.record
        counts = {
            kind: chance.count(level(line, week) * days / DAYS_IN_WEEK, DISTORTION_DISPERSION)
            for kind, line in self.plan.course.distortions.items()
        }
        named, left = chance.happens(record.kinds_named), chance.whole(0, 2)
        asked = not self._blank(chance, week, record.not_asked)
        if not asked:
            return {}, None
        if record.partial_kinds:
            some = record.kinds_asked or tuple(counts)
            return {kind: counts[kind] for kind in some[: chance.whole(2, len(some))]}, None
        return (counts, left or None) if named else ({}, sum(counts.values()))

    def signs(self, week: int) -> dict[str, SignAnswer]:
        """The signs that were asked and their answers."""
        chance, record = self.chance("signs"), self.plan.record
        answers = {}
        for sign, line in self.plan.course.signs.items():
            answer = _sign_answer(level(line, week) + SIGN_SD * chance.normal())
            blank = self._blank(chance, week, record.rarely_asked.get(sign, record.not_asked))
            if record.no_occasion_from is not None and week >= record.no_occasion_from and sign in record.no_occasion:
                answers[sign] = SignAnswer.NO_OCCASION
            elif not blank:
                answers[sign] = answer
        return answers

    def episodes(self, week: int, period: Window, count: int | None) -> tuple[Episode, ...]:
        """Some of the `count` times, described; never more than were counted."""
        described = self.chance("episodes").whole(0, self.plan.record.episodes_most)
        return tuple(self._episode(week, period) for _ in range(min(described, count or 0)))

    def _blank(self, chance: Chance, week: int, probability: float) -> bool:
        """Whether a field is left blank; drawn in every week, so that a full one does not move the others."""
        drawn = chance.happens(probability)
        return drawn and week not in self.plan.record.full_weeks

    def _episode(self, week: int, period: Window) -> Episode:
        chance = self.chance("episodes")
        weights = next(whom.weights for whom in reversed(self.plan.whom) if whom.from_week <= week)
        relief = _within_rating(level(self.plan.course.relief, week) + RELIEF_SD * chance.normal())
        helping = chance.happens(0.2 if relief >= 6 else 0.04)
        back = ReliefEnded.WORRY_CAME_BACK if chance.happens(0.8) else None
        return Episode(
            day=chance.pick(tuple(period)),
            part_of_day=chance.pick(tuple(PartOfDay)),
            whom=chance.weighted(weights),
            how=chance.weighted(HOW),
            relief=relief,
            relief_minutes=self._minutes(relief) if relief else 0,
            ended=ReliefEnded.STILL_HELPING if helping else back,
            same_worry=None if chance.happens(0.2) else chance.happens(0.6 if relief <= 3 else 0.25),
        )

    def _minutes(self, relief: int) -> int | None:
        """How long relief lasted: steps that grow, so that long times are rare; `None` when not known."""
        chance = self.chance("minutes")
        step = round(1.1 * relief + 1.5 * chance.normal())
        minutes = RELIEF_MINUTES[max(0, min(step, len(RELIEF_MINUTES) - 1))]
        return None if chance.happens(0.12) else minutes


def _sign_answer(latent: float) -> SignAnswer:
    if latent > OFTEN_FROM:
        return SignAnswer.OFTEN
    return SignAnswer.SOMETIMES if latent > SOMETIMES_FROM else SignAnswer.NOT_PRESENT


def _within_rating(value: float) -> int:
    return max(0, min(HIGHEST_RATING, round(value)))
