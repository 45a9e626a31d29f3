"""How lengths of time are written for people."""

from fractions import Fraction

MINUTES_IN_HOUR = 60
MINUTES_IN_DAY = 24 * MINUTES_IN_HOUR


def print_minutes(minutes: Fraction | int) -> str:
    """`gone at once`, `20 min`, `1 h 33 min`, `2 days 3 h`: whole minutes, and whole hours from a day on.

    Halves are written upwards (92.5 minutes are `1 h 33 min`).
    """
    whole = int(minutes + Fraction(1, 2))
    if whole == 0:
        return "gone at once"
    if whole < MINUTES_IN_HOUR:
        return f"{whole} min"
    if whole < MINUTES_IN_DAY:
        hours, rest = divmod(whole, MINUTES_IN_HOUR)
        return f"{hours} h {rest} min" if rest else f"{hours} h"
    days, hours = divmod(int(Fraction(whole, MINUTES_IN_HOUR) + Fraction(1, 2)), 24)
    shown = "1 day" if days == 1 else f"{days} days"
    return f"{shown} {hours} h" if hours else shown
