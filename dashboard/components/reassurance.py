"""The reassurance loop on a page: over time, its numbers, the plot of relief, the day grid, and the same as tables."""

from collections.abc import Sequence

import streamlit as st

from core.charts.day_grid import KEY as GRID_KEY
from core.charts.day_grid import day_grid
from core.charts.loop import KEY as LOOP_KEY
from core.charts.loop import loop_chart
from core.charts.loop_words import grid_caption, loop_caption, loop_cautions, loop_numbers, loop_table
from core.charts.relief_weeks import KEY as WEEKS_KEY
from core.charts.relief_weeks import relief_weeks_chart
from core.charts.relief_words import relief_caption, relief_table
from core.model.course import Course
from core.model.days import print_window
from core.model.measures import REASSURANCE
from core.model.reassurance import ReassuranceLoop, ReliefWeek
from dashboard.components.course import CONFIG
from dashboard.components.explain import explain_link
from dashboard.components.page import section, small
from dashboard.theme import palette

WIDTHS = (68, 32)
EXPLAINED = "how_loop"
WEEKS_EXPLAINED = "how_relief_weeks"


def reassurance_block(loop: ReassuranceLoop, *, compact: bool, poor_relief: int | None = None) -> None:
    """Draw plot and numbers side by side, then the day grid; with too little described, the counts alone.

    `poor_relief` is the highest relief that the rule in use calls poor.
    """
    section("Reassurance", f"{print_window(loop.window)}; one mark is one described episode")
    if not loop.enough:
        _numbers(loop)
        explain_link(EXPLAINED, key="loop")
        return
    as_table = st.toggle("As a table", key="loop_as_table", persist_state="session")
    left, right = st.columns(WIDTHS, gap="large")
    with right:
        _numbers(loop)
    with left:
        if as_table:
            st.dataframe(loop_table(loop), hide_index=True, alt=loop_caption(loop), key="loop_table")
        else:
            figure = loop_chart(loop, palette(), compact=compact, poor_relief=poor_relief)
            st.plotly_chart(figure, theme=None, config=CONFIG, alt=loop_caption(loop), key="loop_chart")
            small(LOOP_KEY)
    if not as_table:
        section("Day by day", print_window(loop.window))
        grid = day_grid(loop, palette(), compact=compact)
        st.plotly_chart(grid, theme=None, config=CONFIG, alt=grid_caption(loop), key="day_grid")
        small(GRID_KEY)
    small(grid_caption(loop))
    explain_link(EXPLAINED, key="loop")


def reassurance_weeks(course: Course, weeks: Sequence[ReliefWeek], *, compact: bool) -> None:
    """Draw how often reassurance was asked for and how long relief lasted over the days of `course`; above the loop.

    Draws nothing while reassurance was not asked about in these days.
    """
    if not course.bars.get(REASSURANCE):
        return
    told = relief_caption(course, weeks)
    section("Reassurance over time", print_window(course.window))
    if st.toggle("As a table", key="weeks_as_table", persist_state="session"):
        st.dataframe(relief_table(course, weeks), hide_index=True, alt=told, key="weeks_table")
    else:
        figure = relief_weeks_chart(course, weeks, palette(), compact=compact)
        st.plotly_chart(figure, theme=None, config=CONFIG, alt=told, key="weeks_chart")
        small(WEEKS_KEY)
    small(told)
    explain_link(WEEKS_EXPLAINED, key="relief_weeks")


def _numbers(loop: ReassuranceLoop) -> None:
    with st.container(gap="xsmall"):
        rows = [{"": number.label, "figure": number.text} for number in loop_numbers(loop)]
        st.table(rows, border="horizontal", hide_index=True, hide_header=True)
    for sentence in loop_cautions(loop):
        small(sentence)
