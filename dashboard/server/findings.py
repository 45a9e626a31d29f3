"""A line of the doctor's report."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What was looked at and what was found there.

    `wrong` says what to mend, `notice` what is worth knowing and keeps nothing from working; both are empty when all
    is well.
    """

    about: str
    found: str
    wrong: str = ""
    notice: str = ""
