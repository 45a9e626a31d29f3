"""Figures and sign readings as sentences: what was recorded and its base, never a direction or a verdict."""

from dataclasses import dataclass

from core.model.check_in_parts import SignAnswer
from core.model.days import print_window
from core.model.definitions import SignRule
from core.model.numbers import one_decimal, print_number
from core.model.readings import Asked, Level, Rate, SignReading, SignState
from core.model.words import STATE_WORDS


@dataclass(frozen=True, kw_only=True)
class SignSentence:
    """A sign's state and what it rests on, apart, so that a screen can set the state in bold."""

    lead: str
    rest: str

    @property
    def text(self) -> str:
        """The whole, as one line of plain text."""
        return f"{self.lead}. {self.rest}"


def sign_sentence(reading: SignReading, rule: SignRule) -> SignSentence:
    """The state in words, then the answers with their base, then what was left out.

    `rule` is the one the reading was made by; a reading with too little first says what it is short of, and
    one without any answer says only why there is none.
    """
    if reading.state is SignState.INSUFFICIENT:
        return SignSentence(lead=state_words(reading), rest=" ".join(_missing(reading, rule)))
    return SignSentence(lead=state_words(reading), rest=" ".join([_answers(reading), *_left_out(reading)]))


def state_words(reading: SignReading) -> str:
    """The state's name; a sign below the watch line that was seen at all says how often instead."""
    seen = reading.count(SignAnswer.OFTEN) + reading.count(SignAnswer.SOMETIMES)
    if reading.state is SignState.NOT_SEEN and seen:
        return f"Seen {seen} of {reading.asked_check_ins} times"
    return STATE_WORDS[reading.state]


def rate_sentence(rate: Rate) -> str:
    """`3.0 a week (12 in 28 observed days)`; the count alone under 7 observed days; a zero in words."""
    if not rate.observed_days:
        return _nothing_observed(rate.asked)
    days = _observed(rate.observed_days)
    if not rate.count:
        return f"none recorded in {days}{_partly(rate)}"
    known = _known(rate)
    count = f"{known}{print_number(rate.count)}"
    per_week = rate.per_week
    if per_week is None:
        return f"{count} in {_days(rate.observed_days)}{_partly(rate)}"
    return f"{known}{one_decimal(per_week)} a week ({count} in {days}{_partly(rate)})"


def level_sentence(level: Level) -> str:
    """`average 7.2 over 28 observed days, peak 9`; says which of the two was not asked."""
    if level.mean is None and level.peak is None:
        return _nothing_observed(level.asked)
    peak = "peak not asked" if level.peak is None else f"peak {level.peak}"
    if level.mean is None:
        return f"average not asked, {peak}"
    return f"average {one_decimal(level.mean)} over {_observed(level.observed_days)}, {peak}"


def not_asked_sentence(asked: Asked) -> str | None:
    """`not asked at 3 of 8 check-ins`, or `None` where nothing was left out."""
    if not asked.not_asked:
        return None
    return f"not asked at {asked.not_asked} of {_check_ins(asked.check_ins)}"


def _answers(reading: SignReading) -> str:
    base = _check_ins(reading.asked_check_ins)
    often, sometimes = reading.count(SignAnswer.OFTEN), reading.count(SignAnswer.SOMETIMES)
    if not often and not sometimes:
        return f"“Not present” at {reading.asked_check_ins} of {base}."
    return f"“Often” at {often} of {base}, “sometimes” at {sometimes}."


def _left_out(reading: SignReading) -> list[str]:
    total = _check_ins(_all_told(reading))
    no_occasion, not_asked = reading.count(SignAnswer.NO_OCCASION), reading.count(None)
    found = []
    if no_occasion:
        found.append(f"No occasion at {no_occasion} of {total}.")
    if not_asked:
        found.append(f"Not asked at {not_asked} of {total}.")
    return found


def _missing(reading: SignReading, rule: SignRule) -> list[str]:
    if not reading.entries:
        return [f"No check-in in the {_days(reading.window.days)} from {print_window(reading.window)}."]
    if not reading.asked_days:
        return _left_out(reading)
    if reading.asked_days < rule.min_asked_days:
        short_of = f"Asked on {reading.asked_days} of the {_days(rule.min_asked_days)} needed."
    else:
        short_of = f"Answered at {reading.asked_check_ins} of the {_check_ins(rule.min_check_ins)} needed."
    return [short_of, _answers(reading), *_left_out(reading)]


def _all_told(reading: SignReading) -> int:
    """Check-ins that count for the reading or did not ask; those that shorter ones replace are no part of it."""
    return len(reading.evidence) + reading.count(None)


def _nothing_observed(asked: Asked) -> str:
    return not_asked_sentence(asked) or "no record"


def _known(rate: Rate) -> str:
    return f"{'at least ' if rate.at_least else ''}{'about ' if rate.about else ''}"


def _partly(rate: Rate) -> str:
    return "; not every kind asked" if rate.partial else ""


def _observed(days: int) -> str:
    return f"{days} observed {'day' if days == 1 else 'days'}"


def _days(days: int) -> str:
    return f"{days} {'day' if days == 1 else 'days'}"


def _check_ins(count: int) -> str:
    return f"{count} {'check-in' if count == 1 else 'check-ins'}"
