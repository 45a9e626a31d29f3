from collections.abc import Iterator, Mapping
from datetime import date, timedelta

import pytest
from pydantic import ValidationError

from core.analysis.scoring import score_response
from core.catalogue import Catalogue
from core.model.check_in import CheckIn
from sample_data.chance import Chance
from sample_data.draw import draw_practice, share_out
from sample_data.invented import InventedClient
from sample_data.plans import PEOPLE, level, read_plans
from sample_data.timetable import ZONE, moment
from tests.wording import assert_clean

AS_OF = date(2026, 5, 21)

# Week, GAD-7, PHQ-9, item 9. None where none was filled in.
TOTALS: Mapping[str, tuple[tuple[int, int | None, int | None, int], ...]] = {
    "Daniel": ((1, 10, 7, 0), (12, 12, 8, 0), (24, 8, 5, 0), (40, 5, 4, 0)),
    "Sarah": ((1, 16, 11, 0), (8, 15, 11, 0), (18, 10, 8, 0), (24, 18, 15, 0), (36, 9, 8, 0)),
    "Lena": ((1, 11, 8, 0), (12, 14, 11, 0), (24, 10, 8, 0), (32, 7, 5, 0)),
    "Emily": ((1, 15, 12, 0), (6, 15, 12, 0), (16, 11, 9, 0), (30, 6, 5, 0), (44, 4, 3, 0)),
    "Marcus": ((1, 14, 10, 0), (10, 12, 9, 0), (22, 6, 5, 0), (31, 16, 13, 0), (36, 13, 10, 0), (52, 6, 5, 0)),
    "Priya": ((1, 12, 9, 0),),
    "Tom": ((1, 10, 8, 0), (8, 10, 9, 0), (16, 12, 12, 0), (24, 15, 16, 1), (30, 17, 18, 1)),
    "Aisha": ((1, 9, 7, 0), (8, 11, 9, 0), (16, 14, 13, 0), (22, 17, 17, 1), (28, 19, 20, 2)),
    "Jonah": ((1, 9, 7, 0), (10, 11, 6, 0), (20, 8, 8, 0), (30, 10, 7, 0)),
    "Mei": ((1, 14, 11, 0), (6, 6, 5, 0), (14, 4, 3, 0), (26, 3, 3, 0), (40, 4, 2, 0)),
    "Rosa": ((1, 12, 8, 0), (8, 12, 8, 0), (15, 10, 7, 0), (28, 6, 5, 0)),
    "Karim": ((1, 11, 10, 0), (12, 10, 9, 0), (22, 9, 7, 0)),
}
WEEKS = {plan.name: plan.weeks for plan in read_plans()}


@pytest.fixture(scope="module")
def drawn(catalogue: Catalogue) -> tuple[InventedClient, ...]:
    return draw_practice(AS_OF, catalogue)


def name_of(person: InventedClient) -> str:
    return person.details.content.name


def contents(person: InventedClient) -> list[CheckIn]:
    return [check_in.first.content for check_in in person.check_ins]


def one(drawn: tuple[InventedClient, ...], name: str) -> InventedClient:
    return next(person for person in drawn if name_of(person) == name)


def everything_written(person: InventedClient) -> Iterator[date]:
    for check_in in person.check_ins:
        yield from (written.at.date() for written in (check_in.first, check_in.corrected) if written)
    for response in person.responses:
        yield from (written.at.date() for written in (response.first, response.review) if written)
    for written in (*person.sessions, *person.events, *person.partner, person.details, person.start_level):
        if written is not None:
            yield written.at.date()
    for note in person.notes:
        yield note.at.date()
        if note.addendum is not None:
            yield note.addendum.at.date()


def texts(person: InventedClient) -> Iterator[str]:
    for check_in in contents(person):
        yield from (text for text in (check_in.client_words, check_in.note) if text)
    yield from (check_in.reason for check_in in person.check_ins if check_in.reason)
    yield from (event.content.words for event in person.events)
    yield from (response.review.content.words for response in person.responses if response.review)
    for note in person.notes:
        yield from note.words.values()
        if note.addendum is not None:
            yield from (note.addendum.content.words, note.addendum.content.reason)


def test_same_day_and_seed_draw_the_same_people(drawn: tuple[InventedClient, ...], catalogue: Catalogue) -> None:
    assert draw_practice(AS_OF, catalogue) == drawn


def test_another_seed_draws_other_figures(drawn: tuple[InventedClient, ...], catalogue: Catalogue) -> None:
    assert contents(draw_practice(AS_OF, catalogue, seed=1)[1]) != contents(drawn[1])


def test_figures_of_one_person_are_pinned(drawn: tuple[InventedClient, ...]) -> None:
    sarah = contents(one(drawn, "Sarah"))

    assert [check_in.anxiety_average for check_in in sarah][:10] == [8, 7, 6, 7, 8, 8, 8, 7, 7, 5]
    assert [check_in.reassurance_count for check_in in sarah][-6:] == [8, 13, 6, 3, 4, 7]


def test_another_day_moves_the_course_without_changing_its_figures(
    drawn: tuple[InventedClient, ...], catalogue: Catalogue
) -> None:
    later = contents(draw_practice(AS_OF + timedelta(days=100), catalogue)[0])
    first = contents(drawn[0])

    assert [entry.anxiety_average for entry in later] == [entry.anxiety_average for entry in first]
    assert {(new.period_end - old.period_end).days for new, old in zip(later, first, strict=True)} == {100}


def test_there_are_the_twelve_and_each_file_is_one_of_them(drawn: tuple[InventedClient, ...]) -> None:
    assert [name_of(person) for person in drawn] == list(TOTALS)
    assert {path.stem for path in PEOPLE.glob("*.toml")} == {name.lower() for name in TOTALS}


def test_weekly_courses_end_seven_days_before_the_day_of_making(drawn: tuple[InventedClient, ...]) -> None:
    last = {name_of(person): max(entry.period_end for entry in contents(person)) for person in drawn}

    weekly = set(TOTALS) - {"Priya", "Mei"}
    assert {last[name] for name in weekly} == {date(2026, 5, 14)}
    assert (AS_OF - last["Priya"]).days > 28


@pytest.mark.parametrize("days", range(7))
def test_every_weekday_can_be_the_day_of_making(catalogue: Catalogue, days: int) -> None:
    as_of = AS_OF + timedelta(days=days)
    drawn = draw_practice(as_of, catalogue)

    assert max(day for person in drawn for day in everything_written(person)) < as_of
    todays = [session.content for person in drawn for session in person.sessions if session.content.day == as_of]
    assert sorted(f"{session.starts_at:%H:%M}" for session in todays) == ["11:00", "14:00"]


def test_leap_day_and_clock_changes_can_be_the_day_of_making(catalogue: Catalogue) -> None:
    for as_of in (date(2028, 2, 29), date(2026, 3, 29), date(2026, 10, 25)):
        assert len(draw_practice(as_of, catalogue)) == 12


@pytest.mark.parametrize("name", TOTALS)
def test_questionnaires_add_up_to_their_totals(
    drawn: tuple[InventedClient, ...], catalogue: Catalogue, name: str
) -> None:
    found: dict[int, dict[str, int | None]] = {}
    item_9: dict[int, int | None] = {}
    for response in one(drawn, name).responses:
        content = response.first.content
        week = WEEKS[name] + 1 - (AS_OF - content.day).days // 7
        score = score_response(catalogue.questionnaires[content.questionnaire], content.answers)
        if score.total is not None:
            found.setdefault(week, {})[content.questionnaire] = score.total
            item_9[week] = content.answers[9] if content.questionnaire == "phq9" else item_9.get(week)

    assert {week: (totals["gad7"], totals["phq9"], item_9[week]) for week, totals in found.items()} == {
        week: (gad7, phq9, last) for week, gad7, phq9, last in TOTALS[name]
    }


def test_every_text_uses_quiet_words(drawn: tuple[InventedClient, ...]) -> None:
    written = [text for person in drawn for text in texts(person)]

    assert len(written) > 200
    for text in written:
        assert_clean(text)


def test_no_text_is_said_twice_by_one_person(drawn: tuple[InventedClient, ...]) -> None:
    for person in drawn:
        said = [text for entry in contents(person) for text in (entry.client_words, entry.note) if text]
        assert sorted(set(said)) == sorted(said)


def test_most_of_the_words_of_a_plan_are_drawn(drawn: tuple[InventedClient, ...]) -> None:
    for plan, person in zip(read_plans(), drawn, strict=True):
        planned = {text for said in plan.said for text in (*said.words, *said.notes)}
        drawn_texts = {text for entry in contents(person) for text in (entry.client_words, entry.note) if text}
        assert len(drawn_texts & planned) >= len(planned) / 3, plan.name


def test_signs_and_kinds_are_those_of_the_catalogue(catalogue: Catalogue) -> None:
    for plan in read_plans():
        assert set(plan.course.signs) == set(catalogue.warning_signs), plan.name
        assert set(plan.course.distortions) <= set(catalogue.distortions), plan.name


def test_moments_are_local_times_of_the_practice() -> None:
    at = moment(AS_OF, next(plan for plan in read_plans() if plan.name == "Sarah").calendar.starts_at)

    assert at.isoformat() == "2026-05-21T11:00:00+01:00"
    assert str(at.tzinfo) == ZONE


def test_line_is_straight_between_its_points_and_level_outside() -> None:
    line = ((2, 4.0), (6, 8.0))

    assert [level(line, week) for week in (1, 2, 4, 6, 9)] == [4.0, 4.0, 6.0, 8.0, 8.0]


def test_answers_add_up_with_items_fixed_and_blank(catalogue: Catalogue) -> None:
    answers = share_out(catalogue.questionnaires["phq9"], 20, Chance(1, "x"), fixed={9: 2}, blank=(5,))

    assert answers[9] == 2
    assert answers[5] is None
    assert sum(answer or 0 for answer in answers.values()) == 20
    assert all(answer is None or 0 <= answer <= 3 for answer in answers.values())


def test_total_that_cannot_be_reached_is_refused(catalogue: Catalogue) -> None:
    with pytest.raises(ValueError, match="gad7 cannot add up to 22"):
        share_out(catalogue.questionnaires["gad7"], 22, Chance(1, "x"), fixed={})


def test_slip_of_the_pen_in_a_plan_is_found(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("people")
    for path in PEOPLE.glob("*.toml"):
        text = path.read_text("utf-8")
        (folder / path.name).write_text(text.replace("not_asked", "not_aked"), "utf-8")

    with pytest.raises(ValidationError, match="not_aked"):
        read_plans(folder)
