"""Where the ids of new records come from."""

from random import Random
from typing import Protocol
from uuid import UUID, uuid4


class Ids(Protocol):
    """Makes ids that have the shape of a random UUID (version 4)."""

    def next(self) -> UUID:
        """An id that was not given before."""
        ...


class RandomIds:
    """Ids from the system's randomness, for real practices."""

    def next(self) -> UUID:
        """A random id."""
        return uuid4()


class SeededIds:
    """The same ids in the same order for the same seed, for the synthetic practice and tests."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)  # noqa: S311 - repeatable on purpose; no secret rests on it

    def next(self) -> UUID:
        """The seed's next id."""
        return UUID(int=self._random.getrandbits(128), version=4)
