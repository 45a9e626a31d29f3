"""How figures are written for people: the same digits in a chart, a table and a sentence."""

from collections.abc import Iterable
from fractions import Fraction

MOST_PLACES = 9


def one_decimal(value: Fraction) -> str:
    """`3.0`: one decimal, halves away from zero (2.25 is written 2.3)."""
    top, bottom = value.as_integer_ratio()
    tenths = (20 * abs(top) + bottom) // (2 * bottom)
    sign = "-" if top < 0 and tenths else ""
    return f"{sign}{tenths // 10}.{tenths % 10}"


def print_number(value: Fraction) -> str:
    """`12` where it is whole, else one decimal: `5.3`, and `5.0` for what only rounds to 5."""
    return str(value.numerator) if value.denominator == 1 else one_decimal(value)


def print_exact(value: Fraction) -> str:
    """`12`, `13.5` or `2.13` where decimals say it all, else a fraction: `29/12`. Nothing is rounded."""
    places = next((places for places in range(7) if (value * 10**places).denominator == 1), None)
    if places is None:
        return str(value)
    digits = str(abs(value.numerator) * 10**places // value.denominator).rjust(places + 1, "0")
    sign = "-" if value < 0 else ""
    return f"{sign}{digits[: len(digits) - places]}" + (f".{digits[-places:]}" if places else "")


def print_beside(value: Fraction, edges: Iterable[Fraction]) -> str:
    """`value` with at most two decimals, or with as many more as it needs to stay on its side of every edge.

    14.996 is not written 15.00 where something begins at 15.
    """
    if value.denominator == 1:
        return str(value.numerator)
    lines = tuple(edges)
    for places in (0, 1, *range(2, MOST_PLACES)):
        rounded = _rounded(value, places)
        if (places >= 2 or rounded == value) and all(_side(rounded, edge) == _side(value, edge) for edge in lines):
            return print_exact(rounded) if rounded == value else _padded(rounded, places)
    return str(value)


def count_of(amount: int, one: str, many: str | None = None) -> str:
    """`1 day`, `3 days`."""
    return f"{amount:,} {one if amount == 1 else many or one + 's'}"


def _rounded(value: Fraction, places: int) -> Fraction:
    """Halves away from zero, as `one_decimal` rounds them."""
    units = int(abs(value) * 10**places + Fraction(1, 2))
    return Fraction(units if value >= 0 else -units, 10**places)


def _side(value: Fraction, edge: Fraction) -> int:
    return (value > edge) - (value < edge)


def _padded(value: Fraction, places: int) -> str:
    whole, _, decimals = print_exact(value).partition(".")
    return f"{whole}.{decimals.ljust(places, '0')}"
