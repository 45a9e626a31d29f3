"""Seeded chance that gives the same draw on every platform and Python version.

Only `Random.random` is used, whose sequence Python promises to keep, and plain arithmetic: no logarithm,
no library distribution and no `sum` (which adds more exactly since Python 3.12).
"""

from collections.abc import Mapping, Sequence
from random import Random
from typing import TypeVar

Item = TypeVar("Item")

UNIFORMS_IN_A_NORMAL = 12


class Chance:
    """A stream of draws; one stream for each client and topic keeps a change in one from moving the others."""

    def __init__(self, seed: int, *topics: str) -> None:
        self._random = Random("/".join([str(seed), *topics]))  # noqa: S311 - repeatable on purpose; no secret here

    def share(self) -> float:
        """Anything from 0 up to, not including, 1."""
        return self._random.random()

    def happens(self, probability: float) -> bool:
        """Whether something of this probability (0-1) happens."""
        return self.share() < probability

    def normal(self) -> float:
        """About standard normal (mean 0, SD 1, within 6): the sum of twelve uniform draws, less 6."""
        total = 0.0
        for _ in range(UNIFORMS_IN_A_NORMAL):
            total += self.share()
        return total - UNIFORMS_IN_A_NORMAL / 2

    def whole(self, low: int, high: int) -> int:
        """A whole number, both ends included."""
        return low + int(self.share() * (high - low + 1))

    def pick(self, items: Sequence[Item]) -> Item:
        """One of `items`, each as likely as the others."""
        return items[int(self.share() * len(items))]

    def weighted(self, weights: Mapping[Item, float]) -> Item:
        """One of the keys, in proportion to its weight; the weights need not add up to 1."""
        total = 0.0
        for weight in weights.values():
            total += weight
        left = self.share() * total
        for item, weight in weights.items():
            left -= weight
            if left < 0:
                return item
        return next(reversed(list(weights)))

    def count(self, mean: float, dispersion: int) -> int:
        """A count: negative binomial with this mean and a whole `dispersion`; lower spreads more.

        Found by walking up the probabilities, each worked out from the one before.
        """
        if mean <= 0:
            return 0
        stays = mean / (mean + dispersion)
        probability = 1.0
        for _ in range(dispersion):
            probability *= 1 - stays
        left, value = self.share() - probability, 0
        while left >= 0 and probability > 0:
            probability *= stays * (value + dispersion) / (value + 1)
            value += 1
            left -= probability
        return value
