"""Scores of questionnaires beside the warning signs: the latest one in each sign's own days, and no more than that."""

from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from core.model.definitions import WarningSign
from core.model.questionnaire_definitions import Questionnaire
from core.model.review import ScoredResponse
from core.model.scores import Score
from core.model.sign_findings import FormBeside, SignFinding


def with_forms(
    findings: Iterable[SignFinding],
    responses: Sequence[ScoredResponse],
    *,
    signs: Mapping[str, WarningSign],
    forms: Mapping[str, Questionnaire],
) -> tuple[SignFinding, ...]:
    """`findings` with the scores that stand beside each; their states and everything else stay as they are.

    Of every scale that a sign names, the latest response with a score counts, where it was filled in on a day of the
    sign's window; of one day the one recorded last. A form without a score is passed over, and an older one is not
    carried into the window. Source: the pairing stands in the catalogue with its own origin; the days are a project
    default.
    """
    return tuple(
        replace(finding, forms=_beside(finding, signs[finding.sign], responses, forms))
        if signs[finding.sign].scales
        else finding
        for finding in findings
    )


def _beside(
    finding: SignFinding,
    sign: WarningSign,
    responses: Sequence[ScoredResponse],
    forms: Mapping[str, Questionnaire],
) -> tuple[FormBeside, ...]:
    within = sorted(
        (each for each in responses if each.day in finding.window),
        key=lambda each: (each.day, each.response.ref.number),
        reverse=True,
    )
    found = []
    for scale in sign.scales:
        questionnaire, _, part = scale.partition(".")
        told = (
            _told(each, forms, scale, part) for each in within if each.response.content.questionnaire == questionnaire
        )
        found += [form for form in told if form is not None][:1]
    return tuple(found)


def _told(scored: ScoredResponse, forms: Mapping[str, Questionnaire], scale: str, part: str) -> FormBeside | None:
    """The score of one scale of a response, `None` without one; without a `part` the total is meant."""
    score = scored.score
    if part:
        subscale = {each.id: each for each in score.subscales}.get(part)
        if subscale is None or subscale.printed is None:
            return None
        name, printed = f"{score.short_name} {subscale.label}", subscale.printed
        lowest, highest, answered, items = subscale.lowest, subscale.highest, subscale.answered, subscale.items
    else:
        if score.printed is None or score.lowest is None or score.highest is None:
            return None
        name, printed = score.short_name, score.printed
        lowest, highest, answered, items = score.lowest, score.highest, score.answered, score.items
    return FormBeside(
        scale=scale,
        name=name,
        about=forms[score.questionnaire_id].construct,
        printed=printed,
        lowest=lowest,
        highest=highest,
        day=scored.day,
        answered=0 if score.entered else answered,
        items=0 if score.entered else items,
        lines=() if part else _lines(score),
        ref=scored.response.ref,
    )


def _lines(score: Score) -> tuple[str, ...]:
    """Where the total lies: `band “mild”`, `below 13.5, notable dissatisfaction`."""
    band = [f"band “{score.band}”"] if score.band else []
    reached = [each for each in score.cut_offs if each.reached]
    return (*band, *(f"{each.place[0].lower()}{each.place[1:]}, {each.cut_off.use}" for each in reached))
