"""The start level of reassurance, as of 21 May 2026."""

from datetime import date

from core.analysis.start_level import start_level
from core.model.measures import REASSURANCE
from core.model.readings import Rate
from tests.builders import method
from tests.spec.spec import Reading, Records, Spec, case, day, days_of, exact, row


def _start(records: Records) -> Reading:
    return _told(records, None)


def _moved(records: Records) -> Reading:
    return _told(records, day("1 Apr"))


def _told(records: Records, moved_to: date | None) -> Reading:
    found = start_level(records, REASSURANCE, day("21 May"), method=method(), moved_to=moved_to)
    if not isinstance(found, Rate):
        return {"start level": "none"}
    return {
        "start level": f"{exact(found.count)} in {found.observed_days} observed days",
        "days": days_of(found.window.start, found.window.end),
    }


SETTLED = Spec(
    "Start level",
    "The first 28 observed days after settling in; none under 14 observed days. The first two check-ins are the "
    "settling in: they are left out when the third one ends within six weeks of the first.",
    _start,
    (
        case("nothing recorded", **{"start level": "none"}),
        case(
            "one check-in of a week: too few days",
            row("21 May", 7, reassurance=7),
            **{"start level": "none"},
        ),
        case(
            "two check-ins: no third one yet, so both are taken",
            row("21 May", 7, times=2, reassurance=7),
            **{"start level": "14 in 14 observed days", "days": "8 May to 21 May"},
        ),
        case(
            "three check-ins: two settle in, seven days are left",
            row("21 May", 7, times=3, reassurance=7),
            **{"start level": "none"},
        ),
        case(
            "13 observed days after settling in: one below",
            row("8 May", 7, times=2, reassurance=70),
            row("21 May", 1, times=13, reassurance=1),
            **{"start level": "none"},
        ),
        case(
            "14 observed days after settling in: at the line",
            row("7 May", 7, times=2, reassurance=70),
            row("21 May", 7, times=2, reassurance=7),
            **{"start level": "14 in 14 observed days", "days": "8 May to 21 May"},
        ),
        case(
            "the first 28 observed days and no more",
            row("1 Jan", 7, times=2, reassurance=70),
            row("29 Jan", 7, times=4, reassurance=7),
            row("26 Feb", 7, times=4, reassurance=70),
            **{"start level": "28 in 28 observed days", "days": "2 Jan to 29 Jan"},
        ),
        case(
            "days not asked do not use up the 28",
            row("1 Jan", 7, times=2, reassurance=70),
            row("15 Jan", 7, times=2, reassurance=7),
            row("29 Jan", 7, times=2, anxiety=5),
            row("26 Feb", 7, times=4, reassurance=14),
            **{"start level": "42 in 28 observed days", "days": "2 Jan to 12 Feb"},
        ),
        case(
            "the third check-in ends 42 days after the first: at the line",
            row("1 Mar", 7, reassurance=70),
            row("8 Mar", 7, reassurance=70),
            row("12 Apr", 14, reassurance=14),
            **{"start level": "14 in 14 observed days", "days": "30 Mar to 12 Apr"},
        ),
        case(
            "the third check-in ends 43 days after the first: nothing is left out",
            row("1 Mar", 7, reassurance=7),
            row("8 Mar", 7, reassurance=7),
            row("13 Apr", 14, reassurance=14),
            **{"start level": "28 in 28 observed days", "days": "23 Feb to 13 Apr"},
        ),
    ),
)

MOVED = Spec(
    "Start level moved to 1 April",
    "The therapist's own start day holds: the first 28 observed days from it on, with every check-in.",
    _moved,
    (
        case(
            "days before it do not count",
            row("7 Apr", 14, reassurance=14),
            row("28 Apr", 7, times=3, reassurance=14),
            **{"start level": "49 in 28 observed days", "days": "1 Apr to 28 Apr"},
        ),
        case(
            "too few days since: none",
            row("31 Mar", 7, times=4, reassurance=7),
            row("13 Apr", 13, reassurance=13),
            **{"start level": "none"},
        ),
    ),
)

SPECS = (SETTLED, MOVED)
