"""The longer part of a check-in: what blank, *none* and zero become."""

from core.analysis.course import History, course_of
from core.analysis.rates import rate
from core.charts.own import own_caption
from core.model.days import Window
from core.model.own_lists import ClientLists
from core.model.profile_items import OwnMeasureKind
from core.notes.full_facts import FactNames, facts_of
from tests.builders import OWN, method, own_measure
from tests.spec.spec import Reading, Records, Spec, case, day, exact, row

WINDOW = Window(day("24 Apr"), day("21 May"))
NAMES = FactNames(
    lists=ClientLists(measures=(own_measure(kind=OwnMeasureKind.COUNT),)),
    practices={"sc_pause_phrase": "Pause phrase", "sh_rituals": "Rituals to count on"},
)


def _told(records: Records) -> Reading:
    latest = max(records, key=lambda record: record.content.period_end)
    return {"told": "; ".join(fact.words for fact in facts_of(latest.content.full, NAMES)) or "nothing"}


def _own_count(records: Records) -> Reading:
    found = rate(records, OWN, WINDOW, kinds=5)
    course = course_of(
        History(check_ins=records, own_measures=(own_measure(kind=OwnMeasureKind.COUNT),)), WINDOW, method=method()
    )
    return {
        "count": exact(found.count),
        "observed days": str(found.observed_days),
        "per week": exact(found.per_week),
        "bars": ", ".join(exact(bar.per_week) for bar in course.own[0].bars) or "none",
    }


def _own_rating(records: Records) -> Reading:
    history = History(check_ins=records, own_measures=(own_measure(),))
    course = course_of(history, WINDOW, method=method())
    marks = course.own[0].marks
    return {
        "dots": ", ".join(exact(mark.average) for mark in marks) or "none",
        "joined to the one before": ", ".join("yes" if mark.joined else "no" for mark in marks) or "none",
        "caption": own_caption(course).partition("2026. ")[2],
    }


TOLD = Spec(
    "The longer part: blank, none and zero",
    "What a check-in's longer part says. A blank says nothing; *none* and 0 are answers, and are told.",
    _told,
    (
        case("all blank", row("21 May", 7, anxiety=4), told="nothing"),
        case("anxiety now, none", row("21 May", 7, now=0), told="anxiety now 0 of 10"),
        case("days with checking, none", row("21 May", 7, checking=0), told="checking: none recorded"),
        case("days with checking, all of them", row("21 May", 7, checking=7), told="checking: on 7 days"),
        case("no fights", row("21 May", 7, fights=0), told="fights: none recorded"),
        case("fights, the known topic not asked", row("21 May", 7, fights=3), told="fights: 3"),
        case(
            "fights, none of them on a known topic",
            row("21 May", 7, fights=3, known_topic=0),
            told="fights: 3, on a known topic none",
        ),
        case("signs of the body, none of them", row("21 May", 7, body="none"), told="in the body: none recorded"),
        case(
            "signs of the body, two of them",
            row("21 May", 7, body="stomach_ache, fast_heart"),
            told="in the body: fast heart, stomach ache",
        ),
        case("nothing practised", row("21 May", 7, practised="none"), told="practised: none recorded"),
        case(
            "practised, the days asked for one only",
            row("21 May", 7, practised="sc_pause_phrase 3, sh_rituals"),
            told="practised: Pause phrase (3 days), Rituals to count on",
        ),
        case("a count of the client's own, zero", row("21 May", 7, own=0), told="“Sleep” none recorded"),
    ),
)  # fmt: skip

OWN_COUNT = Spec(
    "A count in the client's own words",
    "It follows the rule of the built-in counts: a blank leaves its days out, a zero keeps them in.",
    _own_count,
    (
        case(
            "four weeks, all answered",
            row("21 May", 7, times=4, own=2),
            count="8", observed_days="28", per_week="2", bars="2, 2, 2, 2",
        ),
        case(
            "a blank week leaves its days out and has no bar",
            row("14 May", 7, times=3, own=2),
            row("21 May", 7, anxiety=5),
            count="6", observed_days="21", per_week="2", bars="2, 2, 2",
        ),
        case(
            "a zero week keeps its days in and has a bar of nothing",
            row("14 May", 7, times=3, own=2),
            row("21 May", 7, own=0),
            count="6", observed_days="28", per_week="1 + 1/2", bars="2, 2, 2, 0",
        ),
        case(
            "never asked",
            row("21 May", 7, times=2, anxiety=5),
            count="0", observed_days="0", per_week="none", bars="none",
        ),
    ),
)  # fmt: skip

OWN_RATING = Spec(
    "A rating in the client's own words",
    "Dots and a line as for anxiety: it is not drawn over more than 10 days without an answer.",
    _own_rating,
    (
        case(
            "a zero is a dot",
            row("14 May", 7, own=4),
            row("21 May", 7, own=0),
            dots="4, 0", joined_to_the_one_before="no, yes",
            caption="“Sleep”, rating 0 to 10: 0 to 4 of 10, asked at 2 of 2 check-ins.",
        ),
        case(
            "a week without an answer is bridged",
            row("7 May", 7, own=4),
            row("14 May", 7, anxiety=5),
            row("21 May", 7, own=6),
            dots="4, 6", joined_to_the_one_before="no, yes",
            caption="“Sleep”, rating 0 to 10: 4 to 6 of 10, asked at 2 of 3 check-ins.",
        ),
        case(
            "two weeks without an answer are a gap, though anxiety was asked",
            row("30 Apr", 7, own=4),
            row("14 May", 7, times=2, anxiety=5),
            row("21 May", 7, own=6),
            dots="4, 6", joined_to_the_one_before="no, no",
            caption="“Sleep”, rating 0 to 10: 4 to 6 of 10, asked at 2 of 4 check-ins.",
        ),
        case(
            "never asked",
            row("21 May", 7, anxiety=5),
            dots="none", joined_to_the_one_before="none",
            caption="“Sleep”, rating 0 to 10: asked at 0 of 1 check-in.",
        ),
    ),
)  # fmt: skip

SPECS = (TOLD, OWN_COUNT, OWN_RATING)
