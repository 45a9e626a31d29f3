"""What holds for every form and any answers: one answer moves the score its own way, and two scorers agree."""

import secrets
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.analysis.scoring import score_response
from core.errors import InvalidInput
from core.model.questionnaire_definitions import Item, Questionnaire
from core.model.scores import Score
from tests.second_scorer import FORMS, Ratio, second_score
from tests.unit.analysis.scoring.sheets import QUESTIONNAIRES

SHEETS = 10_000
EVERY = st.sampled_from(list(QUESTIONNAIRES.values()))


def filled_sheet(questionnaire: Questionnaire) -> st.SearchStrategy[dict[int, int]]:
    return st.fixed_dictionaries({item.number: st.sampled_from(list(item.values)) for item in questionnaire.items})


def values_holding(found: Score, questionnaire: Questionnaire, item: Item) -> list[Fraction]:
    """The total and the subscales in which `item` counts."""
    parts = [found.subscale(each.id).value for each in questionnaire.subscales if item.number in each.items]
    return [value for value in (found.total, *parts) if value is not None]


@given(st.data())
def test_each_item_moves_the_score_in_its_stated_direction(data: st.DataObject) -> None:
    questionnaire = data.draw(EVERY)
    answers = data.draw(filled_sheet(questionnaire))
    item = data.draw(st.sampled_from(questionnaire.items))
    lower, higher = sorted(data.draw(st.lists(st.sampled_from(list(item.values)), min_size=2, max_size=2, unique=True)))
    before = values_holding(score_response(questionnaire, answers | {item.number: lower}), questionnaire, item)
    after = values_holding(score_response(questionnaire, answers | {item.number: higher}), questionnaire, item)
    for less, more in zip(before, after, strict=True):
        if not item.scored:
            assert less == more
        elif item.reverse:
            assert less > more
        else:
            assert less < more


@given(st.data())
def test_score_lies_on_its_axis_and_in_one_band(data: st.DataObject) -> None:
    questionnaire = data.draw(EVERY)
    found = score_response(questionnaire, data.draw(filled_sheet(questionnaire)))
    assert (found.total is None) == (not questionnaire.has_total)
    if found.total is not None:
        assert questionnaire.axis[0] <= found.total <= questionnaire.axis[1]
        assert (found.band is None) == (not questionnaire.bands)
    for subscale in found.subscales:
        assert subscale.value is not None
        assert subscale.lowest <= subscale.value <= subscale.highest


@given(st.data())
def test_printed_total_never_shows_another_side_of_a_band_or_line(data: st.DataObject) -> None:
    questionnaire = data.draw(EVERY)
    answers: dict[int, int | None] = dict(data.draw(filled_sheet(questionnaire)))
    for number in data.draw(st.sets(st.sampled_from(sorted(answers)), max_size=questionnaire.most_missing)):
        answers[number] = None
    found = score_response(questionnaire, answers)
    if found.total is None or found.printed is None:
        return
    shown = Fraction(found.printed)
    assert abs(shown - found.total) <= Fraction(1, 200)
    assert [band.reached(shown) for band in questionnaire.bands] == [
        band.reached(found.total) for band in questionnaire.bands
    ]
    assert [line.reached(shown) for line in questionnaire.all_cut_offs] == [
        line.reached(found.total) for line in questionnaire.all_cut_offs
    ]


@given(st.data())
def test_blank_never_counts_as_an_answer(data: st.DataObject) -> None:
    questionnaire = data.draw(EVERY)
    answers: dict[int, int | None] = dict(data.draw(filled_sheet(questionnaire)))
    blank = data.draw(st.sets(st.sampled_from(sorted(answers)), min_size=1))
    found = score_response(questionnaire, {number: value for number, value in answers.items() if number not in blank})
    assert found == score_response(questionnaire, answers | dict.fromkeys(blank))
    assert {number for number, value in found.answers.items() if value is None} == blank
    counted = blank & {item.number for item in questionnaire.scored_items}
    if questionnaire.has_total:
        assert (found.total is None) == (len(counted) > questionnaire.most_missing)
        assert found.filled == (found.total is not None and bool(counted))


@given(EVERY, st.data())
def test_answer_of_the_wrong_sort_is_a_named_error(questionnaire: Questionnaire, data: st.DataObject) -> None:
    item = data.draw(st.sampled_from(questionnaire.items))
    wrong = data.draw(
        st.one_of(
            st.booleans(), st.floats(), st.text(), st.integers(max_value=item.minimum - 1),
            st.integers(min_value=item.maximum + 1), st.just([1]), st.binary(),
        )
    )  # fmt: skip
    with pytest.raises(InvalidInput) as refusal:
        score_response(questionnaire, {item.number: wrong})  # type: ignore[dict-item]  # the point of the test
    (problem,) = refusal.value.problems
    assert problem.startswith(f"Item {item.number} takes ")
    assert problem.endswith("Nothing was saved.")


def test_second_scorer_knows_every_shipped_form() -> None:
    assert set(FORMS) == set(QUESTIONNAIRES)


def test_ten_thousand_random_sheets_score_alike_by_both_scorers() -> None:
    seed = secrets.randbits(32)
    chance = Random(seed)
    names = sorted(FORMS)
    for number in range(SHEETS):
        name = names[number % len(names)]
        answers = random_sheet(chance, name)
        first, second = score_response(QUESTIONNAIRES[name], answers), second_score(name, answers)
        where = f"seed {seed}, sheet {number}: {name} {answers}"
        assert first.total == as_fraction(second.total), where
        assert {part.id: part.value for part in first.subscales} == {
            part: as_fraction(value) for part, value in second.parts.items()
        }, where
        assert first.band == second.band, where
        checked = [line for line in QUESTIONNAIRES[name].all_cut_offs if not line.origin.remembered]
        assert len(checked) == len(FORMS[name].lines), where
        assert tuple(reading.reached for reading in first.cut_offs) == second.reached, where


def random_sheet(chance: Random, name: str) -> dict[int, int | None]:
    """Any answers, a few blanks on every third sheet, and now and then everything at one end."""
    form = FORMS[name]
    style = chance.randrange(6)
    answers: dict[int, int | None] = {}
    for number, (low, high) in form.ends.items():
        answers[number] = {0: low, 1: high}.get(style, chance.randrange(low, high + 1, form.step))
    if chance.randrange(3) == 0:
        for number in chance.sample(sorted(answers), k=min(len(answers), chance.randrange(1, 5))):
            answers[number] = None
    return answers


def as_fraction(ratio: Ratio | None) -> Fraction | None:
    return None if ratio is None else Fraction(*ratio)
