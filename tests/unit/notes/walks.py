"""Every sentence that is made about a client, walked through every state of what it is made from.

A walk gives what stands together on a page: a sentence and its neighbours. `WALKED` says which walk covers a function.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import product
from typing import Any
from uuid import UUID

from msgspec import structs

from core.analysis.change import change_on
from core.analysis.changes import changes_of
from core.analysis.counts import compare_rates, describe_rate
from core.analysis.practised import read_security_side
from core.analysis.rates import rate
from core.analysis.sign_forms import with_forms
from core.analysis.talking_therapies import talking_therapies
from core.analysis.warning_signs import read_sign
from core.catalogue import load_catalogue
from core.model.check_in import CheckIn
from core.model.check_in_parts import CountKind, Episode, ReliefEnded, SignAnswer
from core.model.counts import CountRates, Dispersion
from core.model.days import Window
from core.model.findings import Direction
from core.model.full_answers import FullAnswers, Reaction
from core.model.measures import CHARTED, DISTORTIONS, REASSURANCE
from core.model.prompts import PROMPTS, PromptState
from core.model.records import Recorded
from core.model.series_findings import Phase, Signal, SignalKind
from core.model.sign_findings import SignFinding
from core.model.sign_thresholds import ThresholdChange, thresholds_in_force
from core.notes import (
    change_sentences,
    count_sentences,
    own_change_sentences,
    practised_sentences,
    prompt_sentences,
    sentences,
    sign_grounds,
    sign_sentences,
)
from tests.builders import CLIENT, TODAY, all_recorded, check_in, daily, method, thresholds, weekly
from tests.prompt_builders import answer
from tests.unit.charts.forms import answered, filled
from tests.unit.notes import test_change_sentences as scores
from tests.unit.notes import test_own_change_sentences as own
from tests.unit.notes import test_prompt_sentences as prompts

Told = tuple[str, ...]
Walk = Callable[[], Iterator[Told]]

WALKED: dict[Callable[..., Any], Walk] = {}
CATALOGUE = load_catalogue()
DEFAULT = thresholds()
OFTEN, SOMETIMES, NOT_PRESENT = SignAnswer.OFTEN, SignAnswer.SOMETIMES, SignAnswer.NOT_PRESENT
TOPIC = UUID(int=81)
FOUR_WEEKS = Window.ending(TODAY, 28)
WEEK = timedelta(weeks=1)


def walks(*functions: Callable[..., Any]) -> Callable[[Walk], Walk]:
    """Register a walk for the functions whose sentences it gives."""

    def registered(walk: Walk) -> Walk:
        WALKED.update(dict.fromkeys(functions, walk))
        return walk

    return registered


@walks(change_sentences.change_sentences)
def of_scores() -> Iterator[Told]:
    """Two and three forms of every questionnaire: falling, rising, level, from either end, with one left open."""
    for form in CATALOGUE.questionnaires.values():
        if not form.has_total:
            continue
        low, high = map(int, form.axis)
        middle = (low + high) // 2
        at = sorted({low, low + 1, low + 4, middle - 1, middle, middle + 5, high - 1, high} & set(range(low, high + 1)))
        for totals in [(value,) for value in at] + [
            *product(at, repeat=2),
            *((a, b, b) for a, b in product(at, repeat=2)),
        ]:
            yield change_sentences.change_sentences(change_on(form, scores.forms(form.id, totals)))
        if form.items:
            yield change_sentences.change_sentences(change_on(form, scores.forms(form.id, (high, None, low))))


@walks(change_sentences.rule_set_sentences)
def of_the_rule_set() -> Iterator[Told]:
    for first, last, attended in product(((16, 14), (6, 5), (16, 5)), ((9, 7), (20, 18), (16, 14), (4, 18)), (1, 6)):
        known = {
            name: scores.forms(name, pair)
            for name, pair in zip(("phq9", "gad7"), zip(first, last, strict=True), strict=True)
        }
        yield change_sentences.rule_set_sentences(talking_therapies(CATALOGUE.questionnaires, known, attended=attended))
    yield change_sentences.rule_set_sentences(talking_therapies(CATALOGUE.questionnaires, {}, attended=3))


@walks(count_sentences.rates_sentences, count_sentences.rate_range_sentence, count_sentences.ratio_sentence)
def of_counts() -> Iterator[Told]:
    spreads: tuple[Dispersion, ...] = (scores.UNKNOWN, scores.BURSTS)
    counts = ((0, 0), (0, 7), (4, 6), (0, 28), (9, 28), (31, 28), (60, 28))
    for later, earlier, spread in product(counts, counts, spreads):
        found = [scores.a_rate(*each) for each in (later, earlier)]
        now = describe_rate(found[0], spread)
        ratio = compare_rates(found[0], found[1], spread)
        yield (
            sentences.rate_sentence(found[0]),
            count_sentences.rate_range_sentence(now),
            count_sentences.ratio_sentence(ratio),
            *count_sentences.rates_sentences(CountRates(now=now, ratio=ratio), "Reassurance"),
        )


@walks(sentences.rate_sentence, sentences.not_asked_sentence)
def of_figures() -> Iterator[Told]:
    records = [(), weekly(1, anxiety=4), weekly(4, anxiety=4, peak=8, reassurance=3, distortions=2), weekly(4, peak=8)]
    records += [daily(3, reassurance=1), weekly(4, reassurance=0), all_recorded(check_in(kinds={"cd_mind_reading": 3}))]
    records += [all_recorded(check_in(reassurance=9, count_kind=kind)) for kind in CountKind]
    for known, measure in product(records, (REASSURANCE, DISTORTIONS)):
        found = rate(known, measure, FOUR_WEEKS, kinds=5)
        yield sentences.rate_sentence(found), sentences.not_asked_sentence(found.asked) or ""


@walks(
    own_change_sentences.verdict_words,
    own_change_sentences.own_change_sentence,
    own_change_sentences.review_sentences,
    own_change_sentences.would_change_sentence,
    own_change_sentences.caution_sentences,
)
def of_own_changes() -> Iterator[Told]:
    """Every verdict and direction of every measure against every base, and what long and short records give."""
    found = list(own.every_change())
    for records in (weekly(1, anxiety=4), weekly(30, anxiety=5, reassurance=3, distortions=4), daily(90, anxiety=5)):
        for measure in changes_of(records, (), TODAY, rules=own.rules()).measures:
            found += [each.change for each in measure.compared.values()]
    for change in found:
        words = own_change_sentences.verdict_words(change)
        yield (
            words,
            own_change_sentences.own_change_sentence(change, "Anxiety"),
            *own_change_sentences.review_sentences(change),
        )
        yield own_change_sentences.caution_sentences(change)
        yield (own_change_sentences.would_change_sentence(change) or "",)


@walks(own_change_sentences.slope_sentence, own_change_sentences.phase_sentence, own_change_sentences.signal_sentences)
def of_slopes_phases_and_charts() -> Iterator[Told]:
    for measure in CHARTED:
        for direction in (None, *Direction):
            yield (own_change_sentences.slope_sentence(own.a_slope(direction, measure=measure), own.NOW, "Anxiety"),)
        for difference, enough in product((-2, -1, 0, 1, 2), (True, False)):
            pair = own.a_phase_pair(difference, enough=enough, measure=measure)
            yield (own_change_sentences.phase_sentence(pair, "Anxiety"),)
        for kind, side, length in product(SignalKind, Direction, (1, 5)):
            signals = [Signal(kind=kind, side=side, days=(own.NOW,))] * length
            yield own_change_sentences.signal_sentences(own.a_chart(*signals, measure=measure), "Anxiety")
        yield own_change_sentences.signal_sentences(own.a_chart(measure=measure), "Anxiety")
    for records in (weekly(2, anxiety=4), weekly(40, anxiety=5, reassurance=3), daily(60, anxiety=5)):
        rules = own.rules(Phase(day=TODAY - 8 * WEEK, words="new plan"))
        for found in changes_of(records, (), TODAY, rules=rules).measures:
            yield (own_change_sentences.slope_sentence(found.slope, found.slope_window, "Anxiety"),)
            yield own_change_sentences.signal_sentences(found.chart, "Anxiety")
            yield from ((own_change_sentences.phase_sentence(phase, "Anxiety"),) for phase in found.phases)


@walks(
    sign_sentences.sign_sentence,
    sign_sentences.state_words,
    sign_sentences.would_change_sentence,
    sign_grounds.ground_sentence,
    sign_grounds.form_sentence,
)
def of_signs() -> Iterator[Told]:
    """What a panel shows of each sign in every state and with every ground."""
    for finding in every_finding():
        sentence = sign_sentences.sign_sentence(finding, DEFAULT, {TOPIC: "time with family"})
        yield (sentence.text, sign_sentences.sign_sentence(finding, DEFAULT).text)
        yield (sign_sentences.state_words(finding), sentence.rest)
        yield from ((sign_grounds.ground_sentence(ground, {}),) for ground in finding.grounds)
        yield from ((sign_grounds.form_sentence(form),) for form in finding.forms)
        yield from ((sign_sentences.would_change_sentence(change),) for change in finding.would_change)


def every_finding() -> Iterator[SignFinding]:
    """Each sign after four weeks of every mix of answers, with little and with much told beside; and long courses."""
    mixes = list(product((OFTEN, SOMETIMES, NOT_PRESENT, SignAnswer.NO_OCCASION, None), repeat=2))
    for sign, (early, late), beside in product(CATALOGUE.warning_signs, mixes, (bare, much, little)):
        contents = [beside(sign, each) for each in (early, early, late, late)]
        yield read_sign(sign, weeks(contents), TODAY, DEFAULT)
    courses = (
        [OFTEN], [OFTEN] * 10, [OFTEN] * 10 + [SOMETIMES] * 6, [OFTEN] * 8 + [NOT_PRESENT] * 8 + [OFTEN] * 4,
        [NOT_PRESENT] * 4 + [OFTEN], [OFTEN] * 4 + [None] * 5, [OFTEN] * 6 + [NOT_PRESENT] * 3, [],
    )  # fmt: skip
    sheets = [filled("diri_rs", 4.5, TODAY), answered("csi_4", {1: 3, 2: 2, 3: 2, 4: 2}, TODAY, 2)]
    for sign, course in product(CATALOGUE.warning_signs, courses):
        found = read_sign(sign, weeks([bare(sign, each) for each in course]), TODAY, DEFAULT)
        yield from with_forms([found], sheets, signs=CATALOGUE.warning_signs, forms=CATALOGUE.questionnaires)


def weeks(contents: list[CheckIn]) -> tuple[Recorded[CheckIn], ...]:
    last = len(contents) - 1
    return all_recorded(*(replace(each, period_end=TODAY - (last - at) * WEEK) for at, each in enumerate(contents)))


def bare(sign: str, answered_with: SignAnswer | None) -> CheckIn:
    return check_in(signs={sign: answered_with} if answered_with else None)


def much(sign: str, answered_with: SignAnswer | None) -> CheckIn:
    """A check-in of the longer form with a lot of everything."""
    full = FullAnswers(
        checking_days=6, conflicts=3, repeated_conflicts=3, conflict_topic=TOPIC, withdrew=SOMETIMES,
        avoided_decisions=OFTEN, reactions=frozenset({Reaction.PANIC}), practised={"pr_sharing": None},
    )  # fmt: skip
    episodes = [Episode(relief=2, relief_minutes=minutes) for minutes in (5, 10, 20)]
    made = check_in(peak=9, reassurance=12, count_kind=CountKind.AT_LEAST, episodes=episodes, full=full,
                    kinds={"cd_mind_reading": 6, "cd_catastrophizing": 5})  # fmt: skip
    return replace(made, signs={sign: answered_with} if answered_with else {})


def little(sign: str, answered_with: SignAnswer | None) -> CheckIn:
    """The same form with next to nothing, and reassurance that helped."""
    full = FullAnswers(checking_days=0, conflicts=1, repeated_conflicts=1, conflict_topic=TOPIC, practised={})
    helping = ReliefEnded.STILL_HELPING
    episodes = [Episode(relief=8, relief_minutes=240, ended=helping)]
    made = check_in(peak=2, reassurance=1, count_kind=CountKind.ABOUT, episodes=episodes, full=full,
                    kinds={"cd_mind_reading": 0, "cd_catastrophizing": 0})  # fmt: skip
    return replace(made, signs={sign: answered_with} if answered_with else {})


@walks(sign_sentences.thresholds_sentence)
def of_thresholds() -> Iterator[Told]:
    changes = [
        ThresholdChange(name="window_days", value=42, day=TODAY, author="Dr Example"),
        ThresholdChange(name="watch_share", value=0.4, day=TODAY, author="Dr Other", client_id=CLIENT),
    ]
    for kept in ([], changes[:1], changes):
        in_force = thresholds_in_force(DEFAULT, kept, CLIENT)
        yield (sign_sentences.thresholds_sentence(in_force, "Dr Example") or "",)


@walks(
    prompt_sentences.prompt_sentences,
    prompt_sentences.prompt_label,
    prompt_sentences.rest_sentence,
    prompt_sentences.answer_words,
)
def of_prompts() -> Iterator[Told]:
    for name in PROMPTS:
        prompt = prompts.EVERYTHING[name]
        yield prompt_sentences.prompt_sentences(prompt, prompts.NAMES)
        yield (prompt_sentences.prompt_label(name, prompts.NAMES),)
        given = answer(name)
        resting = structs.replace(prompt, state=PromptState.RESTING, answers=(given,), shows_again_on=TODAY)
        yield prompt_sentences.rest_sentence(resting), prompt_sentences.answer_words(given)


@walks(practised_sentences.practised_sentence, practised_sentences.asked_sentence)
def of_practice() -> Iterator[Told]:
    given: tuple[dict[str, int | None] | None, ...] = (None, {}, {"sh_rituals": 1}, {"sh_rituals": None})
    for early, late, days in product(given, given, (1, 7)):
        made = [
            replace(check_in(TODAY - back * WEEK, days, note="any"), full=FullAnswers(practised=each))
            for back, each in ((1, early), (0, late))
        ]
        side = read_security_side(all_recorded(*made), TODAY, method().rate_rule)
        yield (practised_sentences.asked_sentence(side),)
        yield from ((practised_sentences.practised_sentence(each),) for each in side.practised)
    yield (practised_sentences.asked_sentence(read_security_side((), TODAY, method().rate_rule)),)
