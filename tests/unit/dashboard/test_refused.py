"""Which field a refused save leads to: by how its sentence begins, with labels that stand on the screens."""

from pathlib import Path

import pytest

from core.errors import InvalidInput
from core.model.calendar import EventDetails, SessionDetails, SessionStatus
from core.model.people import ClientDetails
from dashboard.components import refused
from tests.builders import TODAY, check_in

DASHBOARD = Path(refused.__file__).resolve().parents[1]


def problem_of(make: object) -> str:
    assert callable(make)
    with pytest.raises(InvalidInput) as refusal:
        make()
    return refusal.value.problems[0]


@pytest.mark.parametrize(
    ("make", "field"),
    [
        (lambda: EventDetails(day=TODAY, words=" "), "What happened"),
        (lambda: ClientDetails(name="", started_on=TODAY), "Name shown"),
        (lambda: ClientDetails(name="Ada", started_on=TODAY, birth_year=2030), "Birth year (optional)"),
        (lambda: check_in(period_days=0, note="x"), "Days in the period"),
        (lambda: check_in(anxiety=7, peak=3), "Anxiety, average"),
        (
            lambda: SessionDetails(day=TODAY, starts_at=None, minutes=0, status=SessionStatus.ATTENDED),
            "Minutes",
        ),
    ],
)
def test_sentence_that_does_not_name_its_field_leads_to_it(make: object, field: str) -> None:
    assert refused.field_of(problem_of(make)) == field


def test_sentence_that_names_its_field_needs_no_entry() -> None:
    assert refused.field_of(problem_of(lambda: check_in(anxiety=11))) == ""


def test_every_label_of_the_list_stands_on_a_screen() -> None:
    drawn = "".join(
        path.read_text() for path in DASHBOARD.rglob("*.py") if path.name != "refused.py" and "server" not in path.parts
    )
    assert [label for _, label in refused.FIELDS if f'"{label}"' not in drawn] == []


def test_longer_openings_stand_before_shorter_ones_that_they_begin_with() -> None:
    openings = [opening for opening, _ in refused.FIELDS]
    hidden = [
        later for place, earlier in enumerate(openings) for later in openings[place + 1 :] if later.startswith(earlier)
    ]
    assert hidden == []
