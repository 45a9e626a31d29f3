"""A second scorer for the tests: written from the published rules in words, sharing no line with the program.

Numbers are pairs of whole numbers, numerator and denominator, compared by multiplying across.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

Ratio = tuple[int, int]
Answers = Mapping[int, int | None]


@dataclass(frozen=True, kw_only=True)
class Form:
    """One form as its rules say it: lowest and highest answer of each item, what is turned, what is left out."""

    ends: dict[int, tuple[int, int]]
    turned: frozenset[int] = frozenset()
    left_out: frozenset[int] = frozenset()
    mean: bool = False
    total: bool = True
    may_miss: int = 0
    step: int = 1
    parts: dict[str, tuple[int, ...]] = field(default_factory=dict)
    # A band's name and the total (times two) from which it holds; `True` where that total itself is still below.
    bands: tuple[tuple[str, int, bool], ...] = ()
    # A line in hundredths, and the side on which it is reached.
    lines: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Second:
    """What the second scorer finds."""

    total: Ratio | None
    parts: dict[str, Ratio | None]
    band: str | None
    reached: tuple[bool, ...]


def _same(count: int, low: int, high: int) -> dict[int, tuple[int, int]]:
    return dict.fromkeys(range(1, count + 1), (low, high))


def _numbers(text: str) -> frozenset[int]:
    return frozenset(int(number) for number in text.split())


GAD_BANDS = (("minimal", 0, False), ("mild", 10, False), ("moderate", 20, False), ("severe", 30, False))
PHQ_BANDS = (*GAD_BANDS[:3], ("moderately severe", 30, False), ("severe", 40, False))
ECR_R_TURNED = "9 11 20 22 26 27 28 29 30 31 33 34 35 36"

FORMS: dict[str, Form] = {
    "gad7": Form(
        ends=_same(7, 0, 3), bands=GAD_BANDS, lines=((800, "at least"), (1000, "at least"), (800, "at least"))
    ),
    "gad2": Form(ends=_same(2, 0, 3), lines=((300, "at least"),) * 2),
    "phq9": Form(ends=_same(9, 0, 3), bands=PHQ_BANDS, lines=((1000, "at least"),) * 3),
    "phq2": Form(ends=_same(2, 0, 3), lines=((300, "at least"), (200, "at least"))),
    "ecr_r": Form(
        ends=_same(36, 1, 7),
        turned=_numbers(ECR_R_TURNED),
        mean=True,
        total=False,
        parts={"anxiety": tuple(range(1, 19)), "avoidance": tuple(range(19, 37))},
    ),
    "ecr_12": Form(
        ends=_same(12, 1, 7),
        turned=_numbers("6 9 10 11 12"),
        mean=True,
        total=False,
        parts={"anxiety": (1, 2, 3, 5, 7, 8), "avoidance": (4, 6, 9, 10, 11, 12)},
    ),
    "ecr_s": Form(
        ends=_same(12, 1, 7),
        turned=_numbers("1 5 8 9"),
        total=False,
        parts={"anxiety": (2, 4, 6, 8, 10, 12), "avoidance": (1, 3, 5, 7, 9, 11)},
    ),
    "ecr_rs": Form(
        ends=_same(9, 1, 7),
        turned=_numbers("1 2 3 4"),
        mean=True,
        total=False,
        parts={"avoidance": (1, 2, 3, 4, 5, 6), "anxiety": (7, 8, 9)},
    ),
    "rses": Form(
        ends=_same(10, 0, 3),
        turned=_numbers("2 5 6 8 9"),
        may_miss=2,
        bands=(("low", 0, False), ("middle", 30, False), ("high", 52, False)),
        lines=((1500, "below"),),
    ),
    "scs_sf": Form(
        ends=_same(12, 1, 5),
        turned=_numbers("1 4 8 9 11 12"),
        mean=True,
        parts={
            "self_kindness": (2, 6),
            "self_judgment": (11, 12),
            "common_humanity": (5, 10),
            "isolation": (4, 8),
            "mindfulness": (3, 7),
            "over_identification": (1, 9),
        },
        bands=(("low", 2, False), ("moderate", 5, False), ("high", 7, True)),
    ),
    "ders_16": Form(
        ends=_same(16, 1, 5),
        parts={
            "clarity": (1, 2),
            "goals": (3, 7, 15),
            "impulse": (4, 8, 11),
            "strategies": (5, 6, 12, 14, 16),
            "nonacceptance": (9, 10, 13),
        },
    ),
    "ders_18": Form(
        ends=_same(18, 1, 5),
        turned=_numbers("1 4 6"),
        parts={
            "awareness": (1, 4, 6),
            "clarity": (2, 3, 5),
            "goals": (8, 12, 15),
            "impulse": (9, 16, 18),
            "nonacceptance": (7, 13, 14),
            "strategies": (10, 11, 17),
        },
    ),
    "csi_4": Form(ends={1: (0, 6), 2: (0, 5), 3: (0, 5), 4: (0, 5)}, lines=((1350, "below"),)),
    "ras": Form(ends=_same(7, 1, 5), turned=_numbers("4 7"), mean=True),
    "wsas": Form(
        ends=_same(5, 0, 8),
        may_miss=1,
        bands=(
            ("below the first line", 0, False),
            ("significant", 20, False),
            ("moderately severe or more", 42, False),
        ),
        lines=((1000, "at least"),),
    ),
    "diri_rs": Form(ends=_same(4, 1, 7), mean=True),
    "roci": Form(ends=_same(14, 0, 4), left_out=_numbers("2 8"), mean=True, lines=((213, "above"),)),
    "cd_quest": Form(ends=_same(15, 0, 5)),
    "cds": Form(
        ends=_same(20, 1, 7),
        parts={"interpersonal": tuple(range(1, 20, 2)), "achievement": tuple(range(2, 21, 2))},
    ),
    "pss_4": Form(ends=_same(4, 0, 4), turned=_numbers("2 3")),
    "pss_10": Form(
        ends=_same(10, 0, 4),
        turned=_numbers("4 5 7 8"),
        bands=(("low", 0, False), ("moderate", 28, False), ("high", 54, False)),
    ),
    "oasis": Form(ends=_same(5, 0, 4), lines=((800, "at least"),) * 3),
    "ucla_3": Form(ends=_same(3, 1, 3), lines=((400, "at least"),)),
    "cbi_personal": Form(ends=_same(6, 0, 100), mean=True, may_miss=3, step=25),
}


def second_score(name: str, answers: Answers) -> Second:
    """The score of `answers` to the form `name`; items that are absent were not answered."""
    form = FORMS[name]
    everything = tuple(number for number in form.ends if number not in form.left_out)
    total = _add(form, everything, answers, form.may_miss) if form.total else None
    return Second(
        total=total,
        parts={part: _add(form, numbers, answers, 0) for part, numbers in form.parts.items()},
        band=None if total is None else _band(form, total),
        reached=() if total is None else tuple(_reaches(total, line, side) for line, side in form.lines),
    )


def _add(form: Form, numbers: tuple[int, ...], answers: Answers, may_miss: int) -> Ratio | None:
    added = given = 0
    for number in numbers:
        answer = answers.get(number)
        if answer is None:
            continue
        low, high = form.ends[number]
        added += (high - answer) + low if number in form.turned else answer
        given += 1
    if given == 0 or given < len(numbers) - may_miss:
        return None
    return (added, given) if form.mean else (added * len(numbers), given)


def _band(form: Form, total: Ratio) -> str | None:
    top, bottom = total
    found = None
    for label, twice, above in form.bands:
        if 2 * top > twice * bottom or (2 * top == twice * bottom and not above):
            found = label
    return found


def _reaches(total: Ratio, hundredths: int, side: str) -> bool:
    top, line = 100 * total[0], hundredths * total[1]
    return {"at least": top >= line, "above": top > line, "below": top < line}[side]
