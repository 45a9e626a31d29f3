"""The hero chart with its period choice, its caption, and the same data as a table."""

from collections.abc import Mapping

import streamlit as st

from core.charts.caption import caption
from core.charts.hero import HeroOptions, hero_chart
from core.charts.own import own_caption, own_chart
from core.charts.table import course_table
from core.charts.words import ChartWords
from core.model.course import Course
from core.model.days import print_window
from core.model.definitions import WarningSign
from dashboard import selection
from dashboard.components.explain import explain_links
from dashboard.components.page import section, small
from dashboard.components.text import literal
from dashboard.theme import CHART_KEY, palette

PERIOD_KEY, ALL = "period_in_view", "All"
PERIODS: Mapping[str, int | None] = {"12 weeks": 12, "6 months": 26, ALL: None}
SHOWN = {"peak": "peaks", "sessions": "sessions", "events": "events", "start": "start level"}
EXPLAINED = {
    "how_bars": "Bars",
    "how_line": "The line, and where it breaks",
    "how_sign_square": "A square of the strip",
    "how_gaps": "Days without a record",
    "how_days": "Which check-in counts on which day",
    "how_start": "Start level",
}
CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False}


def chosen_weeks() -> int | None:
    """The length of the period in view in weeks; `None` for all."""
    return PERIODS[selection.value(PERIOD_KEY) or ALL]


def course_block(course: Course, signs: Mapping[str, WarningSign], *, compact: bool) -> None:
    """Draw the chart, its key, what it says in words, and on demand its table."""
    words = ChartWords(signs={code: sign.short_label for code, sign in signs.items()})
    told = caption(course, words)
    section("Course", print_window(course.window))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.segmented_control(
            "Period in view", list(PERIODS), default=ALL, required=True, key=PERIOD_KEY, label_visibility="collapsed",
            persist_state="session",
        )  # fmt: skip
        shown = st.pills(
            "Show on the chart", list(SHOWN), selection_mode="multi", default=list(SHOWN),
            format_func=SHOWN.__getitem__, key="shown_on_chart", label_visibility="collapsed", persist_state="session",
        )  # fmt: skip
        narrow = st.toggle("Narrow chart", value=compact, key="narrow_chart", persist_state="session")
        as_table = st.toggle("As a table", key="course_as_table", persist_state="session")
    if as_table:
        said = f"{told} {own_caption(course)}" if course.own else told
        st.dataframe(course_table(course, words), hide_index=True, alt=said, key="course_table")
    else:
        options = HeroOptions(**{name: name in shown for name in SHOWN})
        figure = hero_chart(course, words, palette(), compact=narrow, show=options)
        st.plotly_chart(figure, theme=None, config=CONFIG, alt=told, key="hero_chart")
        small(CHART_KEY)
    small(told)
    if course.own:
        _own_block(course, compact=narrow, as_table=as_table)
    explain_links(EXPLAINED, key="course", label="How the chart is worked out")


def _own_block(course: Course, *, compact: bool, as_table: bool) -> None:
    """The client's own measures under the three panels; in the table they are columns of it."""
    told = own_caption(course)
    if not as_table:
        figure = own_chart(course, palette(), compact=compact)
        st.plotly_chart(figure, theme=None, config=CONFIG, alt=told, key="own_chart")
    small(literal(told))
