"""The reassurance loop and distortions by kind over the 28 days from 24 April to 21 May 2026."""

from core.analysis.distortions import break_down
from core.analysis.reassurance import read_loop
from core.model.distortions import DistortionBreakdown, KindReading
from core.model.reassurance import ReassuranceLoop
from tests.builders import method
from tests.spec.spec import KINDS, Reading, Records, Spec, case, day, exact, row

TODAY = day("21 May")
METHOD = method()


def _loop(records: Records) -> Reading:
    found = read_loop(records, TODAY, METHOD)
    return {
        "described": f"{found.described} of {exact(found.rate.count)}",
        "relief": _relief(found),
        "lasted": _lasted(found),
        "under half": "yes" if found.under_half_described else "no",
    }


def _relief(found: ReassuranceLoop) -> str:
    relief = found.relief
    if relief.median is None:
        return "none"
    return f"{exact(relief.median)}, {relief.lowest} to {relief.highest}"


def _lasted(found: ReassuranceLoop) -> str:
    lasted = found.lasted
    if lasted.median is not None:
        return f"{exact(lasted.median)} min"
    if lasted.still_helping_after is None:
        return "none"
    return f"{lasted.outlasting} of {lasted.used} still helping after {lasted.still_helping_after} min"


def _which_count(records: Records) -> Reading:
    found = read_loop(records, TODAY, METHOD)
    days = found.days
    return {
        "described": str(found.described),
        "set aside": str(found.set_aside),
        "no record": str(len(days.no_record)),
        "not asked": str(len(days.not_asked)),
        "none asked": str(len(days.none_asked)),
    }


def _kinds(records: Records) -> Reading:
    found = break_down(records, TODAY, _view(records), method=METHOD, kinds=KINDS)
    by_kind = {reading.kind: reading for reading in found.kinds}
    sorting = found.sorting
    asked = (sorting.every_kind, sorting.some_kinds, sorting.total_only, sorting.not_asked)
    return {
        "mind-reading": _kind(by_kind[KINDS[0]]),
        "personalization": _kind(by_kind[KINDS[2]]),
        "mind-reading named": _share(found, by_kind[KINDS[0]]),
        "every, some, total, none": " ".join(map(str, asked)),
    }


def _view(records: Records):
    return records[0].content.period


def _kind(reading: KindReading) -> str:
    return f"{exact(reading.now.count)} in {reading.now.observed_days} days"


def _share(found: DistortionBreakdown, reading: KindReading) -> str:
    return "no share" if found.share(reading) is None else f"{exact(reading.named)} of {exact(found.sorting.named)}"


LOOP = Spec(
    "The reassurance loop",
    "Described episodes: “2 for 20” is relief 2 of 10 that lasted 20 minutes; “60+” was still helping after 60, a "
    "minimum and no value. Median time by the product-limit estimate; where it is not reached, the longest time that "
    "more than half (else half) are known to have outlasted.",
    _loop,
    (
        case(
            "two described: nothing but the counts",
            row("21 May", 7, reassurance=3, episodes="2 for 20; 4 for 30"),
            described="2 of 3", relief="none", lasted="none", under_half="no",
        ),
        case(
            "three described: at the line",
            row("21 May", 7, reassurance=3, episodes="2 for 20; 4 for 30; 9 for 60"),
            described="3 of 3", relief="4, 2 to 9", lasted="30 min", under_half="no",
        ),
        case(
            "three described and two that say how long: no time",
            row("21 May", 7, reassurance=3, episodes="2 for 20; 4 for 30; 9 for -"),
            described="3 of 3", relief="4, 2 to 9", lasted="none", under_half="no",
        ),
        case(
            "four described: the middle between two",
            row("21 May", 7, reassurance=4, episodes="2 for 20; 4 for 30; 5 for 40; 9 for 60"),
            described="4 of 4", relief="4 + 1/2, 2 to 9", lasted="35 min", under_half="no",
        ),
        case(
            "half described is not under half",
            row("21 May", 7, reassurance=6, episodes="2 for 20; 4 for 30; 9 for 60"),
            described="3 of 6", relief="4, 2 to 9", lasted="30 min", under_half="no",
        ),
        case(
            "one less than half described",
            row("21 May", 7, reassurance=7, episodes="2 for 20; 4 for 30; 9 for 60"),
            described="3 of 7", relief="4, 2 to 9", lasted="30 min", under_half="yes",
        ),
        case(
            "a minimum moves the median up: half of those left after 20 minutes ended by 60",
            row("21 May", 7, reassurance=4, episodes="2 for 10; 4 for 20+; 5 for 60; 9 for 60"),
            described="4 of 4", relief="4 + 1/2, 2 to 9", lasted="60 min", under_half="no",
        ),
        case(
            "one of three came back: more than half still helping",
            row("21 May", 7, reassurance=3, episodes="2 for 10; 4 for 30+; 9 for 60+"),
            described="3 of 3", relief="4, 2 to 9", lasted="2 of 3 still helping after 30 min", under_half="no",
        ),
        case(
            "two of four came back, two still helping: half is not past the median",
            row("21 May", 7, reassurance=4, episodes="2 for 10; 2 for 20; 4 for 60+; 9 for 60+"),
            described="4 of 4", relief="3, 2 to 9", lasted="3 of 4 still helping after 10 min", under_half="no",
        ),
        case(
            "two of four gone at the same time, two still helping: no time that more than half outlasted",
            row("21 May", 7, reassurance=4, episodes="2 for 10; 2 for 10; 4 for 60+; 9 for 60+"),
            described="4 of 4", relief="3, 2 to 9", lasted="2 of 4 still helping after 60 min", under_half="no",
        ),
        case(
            "three of four came back: the median is reached",
            row("21 May", 7, reassurance=4, episodes="2 for 10; 2 for 20; 4 for 30; 9 for 60+"),
            described="4 of 4", relief="3, 2 to 9", lasted="25 min", under_half="no",
        ),
    ),
)  # fmt: skip

DAYS = Spec(
    "Which described episodes count",
    "An episode with a day counts where its check-in has that day by the exposure rule; one without a day, where its "
    "check-in has more than half of its own days.",
    _which_count,
    (
        case(
            "a week with a day for each",
            row("21 May", 7, reassurance=2, episodes="2 for 20 on 15 May; 4 for 30 on 21 May"),
            described="2", set_aside="0", no_record="21", not_asked="0", none_asked="0",
        ),
        case(
            "a diary of the same day has it, not the week",
            row("21 May", 7, reassurance=2, episodes="2 for 20 on 18 May; 4 for 30 on 21 May"),
            row("18 May", 1, reassurance=1, episodes="2 for 20 on 18 May"),
            described="2", set_aside="1", no_record="21", not_asked="0", none_asked="0",
        ),
        case(
            "without a day, four of seven days left: counts",
            row("21 May", 7, reassurance=1, episodes="2 for 20"),
            row("17 May", 3, reassurance=0),
            described="1", set_aside="0", no_record="21", not_asked="0", none_asked="3",
        ),
        case(
            "without a day, three of seven days left: set aside",
            row("21 May", 7, reassurance=1, episodes="2 for 20"),
            row("18 May", 4, reassurance=0),
            described="0", set_aside="1", no_record="21", not_asked="0", none_asked="4",
        ),
        case(
            "a day that left it blank takes none away",
            row("21 May", 7, reassurance=1, episodes="2 for 20 on 18 May"),
            row("18 May", 1, anxiety=5),
            described="1", set_aside="0", no_record="21", not_asked="0", none_asked="0",
        ),
        case(
            "a blank week and a week of none",
            row("14 May", 7, anxiety=5),
            row("21 May", 7, reassurance=0),
            described="0", set_aside="0", no_record="14", not_asked="7", none_asked="7",
        ),
        case(
            "a day before the window",
            row("27 Apr", 7, reassurance=2, episodes="2 for 20 on 23 Apr; 4 for 30 on 24 Apr"),
            described="1", set_aside="0", no_record="24", not_asked="0", none_asked="0",
        ),
    ),
)  # fmt: skip

BY_KIND = Spec(
    "Distortions by kind",
    "Each kind has the days on which it was asked. Shares are of what was named where every kind was asked. How many "
    "check-ins asked every kind, some, only a total, or nothing.",
    _kinds,
    (
        case(
            "every kind asked",
            row("14 May", 7, kinds="3 2 0 1 0"),
            row("21 May", 7, kinds="1 0 0 1 0"),
            **{
                "mind-reading": "4 in 14 days",
                "personalization": "0 in 14 days",
                "mind-reading named": "4 of 8",
                "every, some, total, none": "2 0 0 0",
            },
        ),
        case(
            "some kinds asked: their days count, their share does not",
            row("14 May", 7, kinds="3 2 0 1 0"),
            row("21 May", 7, kinds="5 0 - - -"),
            **{
                "mind-reading": "8 in 14 days",
                "personalization": "0 in 7 days",
                "mind-reading named": "3 of 6",
                "every, some, total, none": "1 1 0 0",
            },
        ),
        case(
            "a total, and a check-in that asked nothing of it",
            row("14 May", 7, unsorted=9),
            row("21 May", 7, anxiety=5),
            **{
                "mind-reading": "0 in 0 days",
                "personalization": "0 in 0 days",
                "mind-reading named": "no share",
                "every, some, total, none": "0 0 1 1",
            },
        ),
        case(
            "every kind asked and none named",
            row("21 May", 7, kinds="0 0 0 0 0"),
            **{
                "mind-reading": "0 in 7 days",
                "personalization": "0 in 7 days",
                "mind-reading named": "no share",
                "every, some, total, none": "1 0 0 0",
            },
        ),
        case(
            "the part of a count on the days of the window",
            row("27 Apr", 7, kinds="7 0 0 0 0"),
            **{
                "mind-reading": "4 in 4 days",
                "personalization": "0 in 4 days",
                "mind-reading named": "4 of 4",
                "every, some, total, none": "1 0 0 0",
            },
        ),
    ),
)

SPECS = (LOOP, DAYS, BY_KIND)
