"""The sentences that say in words what the hero chart shows: alternative text, and the line under the figure."""

from fractions import Fraction

from core.charts.strip import state_base
from core.charts.words import ChartWords, change_words, listed
from core.model.course import CountBar, Course
from core.model.days import Window, print_day, print_window
from core.model.measures import ANXIETY, ANXIETY_PEAK, CHARTED, COUNTS
from core.model.numbers import count_of, print_number
from core.model.readings import Asked, SignReading, SignState
from core.model.sign_findings import SignFinding

MOST_GAPS_NAMED = 4
STATES_IN_ORDER = (SignState.PRESENT, SignState.WATCH, SignState.NOT_SEEN, SignState.INSUFFICIENT)


def caption(course: Course, words: ChartWords) -> str:
    """What is drawn, its base, the lowest and highest of each measure, gaps, what was not asked, and the states now.

    It names no direction and no change: those need the comparison over 28 days.
    """
    names = listed([words.measures[measure].name.lower() for measure in CHARTED] + ["the warning signs"])
    what = f"{names[0].upper()}{names[1:]}"
    if not course.check_ins:
        return " ".join([f"{what}: no check-in from {print_window(course.window)}.", *_states(course, words)])
    covered = f"covering {course.observed_days:,} of {count_of(course.window.days, 'day')}"
    base = f"{what}, {print_window(course.window)}: {count_of(course.check_ins, 'check-in')} {covered}."
    sentences = [
        base,
        *_anxiety(course, words),
        *(sentence for measure in COUNTS for sentence in _count(course, measure, words)),
        *_gaps(course),
        *_not_asked(course, words),
        *_changes(course),
        *_states(course, words),
    ]
    return " ".join(sentences)


def _anxiety(course: Course, words: ChartWords) -> list[str]:
    name = words.measures[ANXIETY].name
    averages = [mark.average for mark in course.anxiety if mark.average is not None]
    peaks = [mark.peak for mark in course.anxiety if mark.peak is not None]
    parts = []
    if averages:
        parts.append(f"average {value_range(averages)}")
    if peaks:
        parts.append(
            f"{'peak' if min(peaks) == max(peaks) else 'peaks'} {value_range([Fraction(peak) for peak in peaks])}"
        )
    if not parts:
        return [f"{name} not asked."]
    weekly = ", drawn as weekly means" if any(mark.weekly for mark in course.anxiety) else ""
    return [f"{name}: {', '.join(parts)} of 10{weekly}."]


def _count(course: Course, measure: str, words: ChartWords) -> list[str]:
    name, bars = words.measures[measure].name, course.bars.get(measure, ())
    whole = [bar for bar in bars if not bar.thin]
    thin = len(bars) - len(whole)
    if not bars:
        return [f"{name} not asked."]
    parts = [f"{value_range([bar.per_week for bar in whole])} a week"] if whole else []
    if thin:
        parts.append(f"{count_of(thin, 'bar')} of under 4 observed days shown as a count only")
    return [f"{name}: {', '.join([*parts, *exactness(bars)])}."]


def exactness(bars: tuple[CountBar, ...]) -> list[str]:
    """How many of the bars are marked as less exact, and how."""
    kinds = {
        "marked about": sum(bar.about for bar in bars),
        "marked at least": sum(bar.at_least for bar in bars),
        "from some kinds only": sum(bar.partial for bar in bars),
    }
    return [f"{amount} {kind}" for kind, amount in kinds.items() if amount]


def _gaps(course: Course) -> list[str]:
    if not course.gaps:
        return []
    named = sorted(sorted(course.gaps, key=_length)[-MOST_GAPS_NAMED:])
    text = f"No record {listed([_span(gap) for gap in named])}"
    others = len(course.gaps) - len(named)
    if others:
        days = sum(gap.days for gap in course.gaps) - sum(gap.days for gap in named)
        text += f", and {count_of(others, 'more gap')} ({count_of(days, 'day')})"
    return [f"{text}."]


def _not_asked(course: Course, words: ChartWords) -> list[str]:
    labels = {ANXIETY: "anxiety average", ANXIETY_PEAK: "anxiety peak"}
    labels |= {measure: words.measures[measure].whole for measure in COUNTS}
    labels |= {sign: f"the sign {name.lower()}" for sign, name in words.signs.items()}
    left_out = [_share(label, course.asked[key]) for key, label in labels.items() if _left_out(course, key)]
    if not left_out:
        return ["Nothing was left unasked."]
    return [f"Not asked: {', '.join(left_out)} of {count_of(course.check_ins, 'check-in')}."]


def _left_out(course: Course, key: str) -> bool:
    return key in course.asked and course.asked[key].not_asked > 0


def _share(label: str, asked: Asked) -> str:
    return f"{label} at {asked.not_asked}"


def _changes(course: Course) -> list[str]:
    return [
        f"{change_words(change).capitalize()} on {print_day(change.day)}; compare across that day with care."
        for change in course.recording_changes
    ]


def _states(course: Course, words: ChartWords) -> list[str]:
    parts = []
    for state in STATES_IN_ORDER:
        names = [
            words.signs[reading.sign] + (f" ({base})" if (base := _state_base(reading)) else "")
            for reading in course.readings
            if reading.state is state and reading.sign in words.signs
        ]
        if names:
            parts.append(f"{words.states[state]}: {listed(names)}")
    return [f"Signs now. {'. '.join(parts)}."] if parts else []


def _state_base(reading: SignReading) -> str:
    """What a state rests on, and whether the latest check-ins point elsewhere."""
    leaning = reading.leaning if isinstance(reading, SignFinding) else None
    return state_base(reading) + (f", may be {leaning}" if leaning else "")


def value_range(values: list[Fraction]) -> str:
    """`2 to 7`, or one number where they are all the same."""
    lowest, highest = print_number(min(values)), print_number(max(values))
    return lowest if lowest == highest else f"{lowest} to {highest}"


def _span(gap: Window) -> str:
    return f"on {print_window(gap)}" if gap.days == 1 else f"from {print_window(gap)}"


def _length(gap: Window) -> int:
    return gap.days
