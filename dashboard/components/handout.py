"""One handout as a page to read and to print: drawing, text, one thing to try, room for notes, source line."""

import base64
from collections.abc import Mapping
from html import escape

import streamlit as st

from core.charts.palette import LIGHT
from core.model.definitions import Document
from core.model.handouts import Drawing, Handout
from dashboard import theme
from dashboard.components.page import header, section, small

NOT_ADVICE = "Not medical advice."
SAFETY_LINE = (
    "If somebody hurts, threatens or controls you, tell your therapist first. These pages are not made for that."
)
PAGE_KEY = "handout_page"

# On paper there is the page alone, dark on white, with ruled lines to write on.
PRINT_STYLE = """<style>
.handout-drawing{display:block;width:100%;max-width:27rem;height:auto}
.handout-paper,.handout-lines{display:none}
@media print{
[data-testid="stSidebar"],[data-testid="stHeader"],[data-testid="stToolbar"],[class*="st-key-bar_"],
  [class*="st-key-handout_controls"],[data-testid="stExpandSidebarButton"]{display:none!important}
html,body,.stApp,[data-testid="stAppViewContainer"],[data-testid="stMain"]{position:static!important;
  overflow:visible!important;height:auto!important;background:#fff!important}
.stApp *{color:#000!important}
[data-testid="stMainBlockContainer"]{padding:0!important;max-width:none}
.handout-screen{display:none}.handout-paper{display:block}
.handout-lines{display:block;height:6rem;background:repeating-linear-gradient(#fff 0 1.94rem,#777 1.94rem 2rem);
  print-color-adjust:exact;-webkit-print-color-adjust:exact}
@page{margin:18mm}
}
</style>"""


def draw_handout(handout: Handout, documents: Mapping[str, Document]) -> None:
    """Draw the page; what is around it on the screen is not printed."""
    st.html(PRINT_STYLE)
    with st.container(key=PAGE_KEY, width=720):
        header(handout.title)
        for paragraph in handout.opening:
            st.markdown(paragraph)
        st.html(_pictures(handout.drawing))
        if handout.points:
            st.markdown("\n".join(f"- {point}" for point in handout.points))
        for paragraph in handout.closing:
            st.markdown(paragraph)
        section("One thing to try this week")
        st.markdown(handout.try_this)
        st.html('<div class="handout-lines" aria-hidden="true"></div>')
        small(SAFETY_LINE)
        small(source_line(handout, documents))


def article_names(handout: Handout, documents: Mapping[str, Document]) -> list[str]:
    """The articles that the handout rests on, the main one first."""
    return list(dict.fromkeys(documents[pointer.document].handout_name for pointer in handout.pointers))


def source_line(handout: Handout, documents: Mapping[str, Document]) -> str:
    """Which sections of which article the handout rests on, each once, and that it is no advice."""
    sections: dict[str, dict[str, None]] = {}
    for pointer in handout.pointers:
        document = documents[pointer.document]
        sections.setdefault(document.handout_name, {})[f"“{document.section(pointer.section).shown}”"] = None
    places = "; ".join(f"{article}, {', '.join(headings)}" for article, headings in sections.items())
    return f"Based on: {places}. {NOT_ADVICE}"


def _pictures(drawing: Drawing) -> str:
    """The drawing twice, in the ink of this screen and in that of paper; only one of them is ever shown."""
    inks = (("screen", theme.palette().ink), ("paper", LIGHT.ink))
    return "".join(
        f'<img class="handout-drawing handout-{where}" alt="{escape(drawing.says)}" src="{_address(drawing, ink)}">'
        for where, ink in inks
    )


def _address(drawing: Drawing, ink: str) -> str:
    inked = drawing.svg.replace("<svg ", f'<svg color="{ink}" ', 1)
    return f"data:image/svg+xml;base64,{base64.b64encode(inked.encode()).decode()}"
