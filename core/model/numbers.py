"""How figures are written for people: the same digits in a chart, a table and a sentence."""

from fractions import Fraction


def one_decimal(value: Fraction) -> str:
    """`3.0`: one decimal, halves away from zero (2.25 is written 2.3)."""
    tenths = int(abs(value) * 10 + Fraction(1, 2))
    sign = "-" if value < 0 and tenths else ""
    return f"{sign}{tenths // 10}.{tenths % 10}"


def print_number(value: Fraction) -> str:
    """`12` where it is whole, else one decimal: `5.3`, and `5.0` for what only rounds to 5."""
    return str(value.numerator) if value.denominator == 1 else one_decimal(value)
