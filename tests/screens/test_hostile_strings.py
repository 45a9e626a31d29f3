"""Three hundred hostile texts, each alone in each kind of field: drawn letter by letter, none of it as markup."""

from collections.abc import Callable, Iterator, Sequence

import pytest
from streamlit.testing.v1 import AppTest

from core.model.calendar import EVENT_LENGTH
from core.model.people import NAME_LENGTH
from core.services.clients import add_client
from dashboard import runtime, selection
from dashboard.components.text import WORD_JOINER, label, literal
from dashboard.runtime import Workplace
from tests.isolation.hostile_record import Written, all_in_one_record, alone_in_each_field, listed
from tests.isolation.hostile_strings import FAMILIES, MARK, STRINGS, fitting, mark_of, one_of_each_family
from tests.services.entries import details, form

Open = Callable[..., AppTest]
BATCH = 25
BY_MARK = {mark_of(text): text for text in STRINGS}
BOXES = ("button", "checkbox", "text_input", "text_area", "date_input", "toggle", "expander")
CHOICES = ("segmented_control", "pills", "radio", "selectbox", "multiselect")
SCREENS = ("review", "check_in", "questionnaires", "note", "profile")
ALL_SCREENS = (*SCREENS, "sessions", "notes")


def as_markdown(at: AppTest) -> Iterator[str]:
    """Every text on the screen that Streamlit reads as Markdown."""
    for kind in ("markdown", "success", "info", "warning", "error"):
        yield from (each.value for each in getattr(at, kind))
    for kind in (*BOXES, *CHOICES):
        yield from (each.label for each in getattr(at, kind))
    yield from (option for each in at.radio for option in each.options)
    for each in (*at.segmented_control, *at.pills):  # an emoji at the start of an option is drawn on its own
        yield from (f"{option.content_icon} {option.content}".strip() for option in each.proto.options)


def as_it_is(at: AppTest) -> Iterator[str]:
    """Every text on the screen that is shown as it stands."""
    for kind in ("text", "text_input", "text_area"):
        yield from (str(each.value) for each in getattr(at, kind))
    for kind in ("selectbox", "multiselect"):
        yield from (option for each in getattr(at, kind) for option in each.options)
    yield from (str(cell) for table in (*at.dataframe, *at.table) for cell in table.value.to_numpy().ravel())


def line_by_line(text: str) -> str:
    """Words that are drawn as they were broken into lines; empty lines are left out."""
    return "  \n".join(map(literal, filter(str.strip, text.splitlines())))


def marks_drawn(at: AppTest) -> set[str]:
    """The marks of all hostile texts on the screen; fails where one is not there whole, or is markup."""
    assert not at.exception, [each.message for each in at.exception]
    seen = set()
    for texts, shown in ((as_markdown(at), (literal, label, line_by_line)), (as_it_is(at), (str,))):
        for body in texts:
            for mark in MARK.findall(body):
                # Where a joiner is needed depends on what stands around the text; the browser's test looks at them.
                ways = (way(BY_MARK[mark].strip()).replace(WORD_JOINER, "") for way in shown)
                assert any(way in body.replace(WORD_JOINER, "") for way in ways), body
                seen.add(mark)
    return seen


def write(practice: Workplace, service: Callable[..., Written], *given: object) -> Written:
    with practice.store.writing(practice.actor) as work:
        written = service(work, runtime.catalogue(), *given)
        work.commit()
    return written


def looks(open_page: Open, written: Written, screens: Sequence[str]) -> Iterator[tuple[str, set[str]]]:
    """Each of the screens of this client, drawn one after the other in one window, with the marks on it."""
    at = open_page(screens[0], written.client_id, **{selection.NOTE: written.note_id})
    yield screens[0], marks_drawn(at)
    for screen in screens[1:]:
        yield screen, marks_drawn(at.switch_page(f"screens/{screen}.py").run())


def stands_alone_everywhere(practice: Workplace, open_page: Open, texts: Sequence[str], screens: Sequence[str]) -> None:
    for text in texts:
        written = write(practice, alone_in_each_field, text)
        for screen, drawn in looks(open_page, written, screens):
            assert mark_of(text) in drawn or len(text) > NAME_LENGTH, (screen, text)


def test_there_are_three_hundred_different_ones() -> None:
    assert len(STRINGS) == len(set(STRINGS)) == len(BY_MARK) == 300
    assert len(FAMILIES) == len(one_of_each_family())


def test_one_of_each_family_alone_in_each_field_is_drawn_letter_by_letter(practice: Workplace, open_page: Open) -> None:
    stands_alone_everywhere(practice, open_page, one_of_each_family(), SCREENS)


@pytest.mark.faults
@pytest.mark.parametrize("start", range(0, len(STRINGS), BATCH))
def test_each_of_three_hundred_alone_in_each_field_is_drawn_letter_by_letter(
    practice: Workplace, open_page: Open, start: int
) -> None:
    stands_alone_everywhere(practice, open_page, STRINGS[start : start + BATCH], ALL_SCREENS)


def test_each_as_a_line_of_a_profile_is_drawn_letter_by_letter(practice: Workplace, open_page: Open) -> None:
    lines = fitting(200)
    with practice.store.writing(practice.actor) as work:
        made = tuple(listed(work, runtime.catalogue(), lines))
        work.commit()
    for client_id, held in made:
        assert marks_drawn(open_page("profile", client_id)) == set(map(mark_of, held))


def test_each_as_an_event_and_an_addendum_is_drawn_letter_by_letter(practice: Workplace, open_page: Open) -> None:
    written = write(practice, all_in_one_record, STRINGS, STRINGS)
    drawn = dict(looks(open_page, written, ("sessions", "note")))
    assert drawn == {"sessions": set(map(mark_of, fitting(EVENT_LENGTH))), "note": set(BY_MARK)}


def test_each_as_the_name_of_a_client_stands_on_today(practice: Workplace, open_page: Open) -> None:
    names = fitting(NAME_LENGTH)
    with practice.store.writing(practice.actor) as work:
        for name in names:
            add_client(work, details(name, started_on=work.today), form())
        work.commit()
    assert marks_drawn(open_page("today")) == set(map(mark_of, names))
