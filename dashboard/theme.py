"""How the pages look: colours of the theme in use, marks and words of fixed choices, the style block, the logo.

Colours and marks that figures share live in `core.charts`; the theme's own keys in `.streamlit/config.toml`.
"""

from pathlib import Path

import streamlit as st

from core.charts.marks import ANSWER_MARKS, NO_RECORD_MARK, SESSION_MARKS, STATE_MARKS
from core.charts.palette import DARK, LIGHT, Palette
from core.model.calendar import SessionStatus
from core.model.check_in_parts import SignAnswer
from core.model.readings import SignState
from core.model.words import ANSWER_WORDS, NO_RECORD_WORDS, SESSION_WORDS, STATE_WORDS

_HERE = Path(__file__).parent
LOGO = (_HERE / "logo.svg").read_text(encoding="utf-8").strip()
ICON = (_HERE / "icon.svg").read_text(encoding="utf-8").strip()

SYNTHETIC_LINE = "**SYNTHETIC** · Everybody here is invented. Do not enter real people."

_ANSWERS = "  ".join(f"{ANSWER_MARKS[answer]} {ANSWER_WORDS[answer]}" for answer in (*SignAnswer, None))
_SESSIONS = "  ".join(
    f"{SESSION_MARKS[status]} {SESSION_WORDS[status]}"
    for status in (SessionStatus.ATTENDED, SessionStatus.MISSED, SessionStatus.CANCELLED)
)
CHART_KEY = (
    f"{_ANSWERS}  {NO_RECORD_MARK} {NO_RECORD_WORDS}.  Pale bar: about, or only some kinds; with ↑: at least; "
    f"0: asked, none; narrow hollow bar: under 4 days.  Session: {_SESSIONS}.  "
    "High, middle and low are display bands, not cut-offs."
)
STATES_KEY = "  ".join(f"{STATE_MARKS[state]} {STATE_WORDS[state]}" for state in reversed(SignState))

CSS = """<style>
/* page measure: horizontal padding is not a theme key */
[data-testid="stMainBlockContainer"]{padding-left:2.25rem;padding-right:2.25rem;max-width:1240px;margin:0 auto}
@media (max-width:640px){[data-testid="stMainBlockContainer"]{padding-left:1rem;padding-right:1rem}}
/* what is scrolled to, as by the Tab key, stops under the header and not behind it */
[data-testid="stMain"]{scroll-padding:4rem 0 1rem}
/* section label: small capitals over a hairline, the words after it in plain type */
[data-testid="stMarkdownContainer"] h5{font-family:inherit;font-weight:600;font-size:.92rem;
  font-variant-caps:all-small-caps;letter-spacing:.06em;padding:.12rem 0 0;
  border-top:1px solid currentColor;margin-top:.1rem}
[data-testid="stMarkdownContainer"] h5 em{font-style:normal;font-weight:400;font-variant-caps:normal;letter-spacing:0;
  font-size:.84rem;padding-left:.5em}
/* ledger tables: rules between rows only, close set */
[data-testid="stTable"] td,[data-testid="stTable"] th{padding:.2rem .6rem .2rem 0;border-left:0;border-right:0;
  vertical-align:baseline;line-height:1.3}
[data-testid="stTable"] th{font-weight:400}
[data-testid="stTable"] tr>:first-child{padding-left:0}
/* a title and the line under it read as one */
[data-testid="stMarkdownContainer"] h1{padding:0 0 .1rem}
/* statements from the record: a rule at the left; the therapist's own words stay in boxes */
[class*="st-key-record_"]{border-left:3px solid color-mix(in srgb,currentColor 45%,transparent);
  padding-left:.8rem;gap:0}
/* label of a primary button: paper in light, dark ink in dark, where a light label has too little contrast */
[data-testid^="stBaseButton-primary"],[data-testid^="stBaseButton-primary"] p{color:light-dark(#FBF9F4,#1C1A17)}
/* and under the pointer, where the theme's own shade has too little contrast in dark */
button[data-testid^="stBaseButton-primary"]:is(:hover,:active,[data-hovered="true"],[data-pressed="true"]){
  background-color:light-dark(#0F3748,#7DB3C5);border-color:light-dark(#0F3748,#7DB3C5)}
/* and so for a choice under the pointer */
[data-testid="stButtonGroup"] button:is(:hover,[data-hovered="true"]) p{color:light-dark(#25221E,#EDE8DE)}
/* the bar that says which practice is open: as slim as its words */
[class*="st-key-bar_"]{margin:-.4rem 0 -.75rem}
[class*="st-key-bar_"] button{min-height:1.5rem;padding-top:0;padding-bottom:0}
/* a sentence that opens its entries reads as a sentence, not as a faded label */
[class*="st-key-sign_"] summary,[class*="st-key-sign_"] summary p,
[class*="st-key-fold_"] summary,[class*="st-key-fold_"] summary p{color:inherit;font-size:1rem;opacity:1}
/* a way to another page begins where the words above it begin */
[data-testid="stMainBlockContainer"] [data-testid="stPageLink-NavLink"]{padding-left:0}
/* the focus is seen also on the page that is open, whose link is shaded anyway, and on the screen that arrows scroll */
[data-testid="stPageLink-NavLink"]:focus-visible,[data-testid="stMain"]:focus-visible{
  outline:2px solid light-dark(#14465C,#9FD3E0);outline-offset:-2px}
/* the copy button of a note stays in sight */
[class*="st-key-plain_text"] div:has([data-testid="stElementToolbarButton"]){opacity:1;visibility:visible}
[class*="st-key-plain_text"] pre{padding-top:2.75rem}
/* the lines under the ledger stand as close as its rows */
[class*="st-key-ledger_lines"] p{line-height:1.35;font-size:.875rem}
/* phone: a label and its control stand close */
@media (max-width:640px){[data-testid="stHorizontalBlock"]{row-gap:.25rem}}
/* phone: eleven ratings in one row */
@media (max-width:640px){[class*="st-key-rate_"] [data-testid="stButtonGroup"] button{padding-left:0;padding-right:0;
  min-width:28px;min-height:36px;flex:1 1 auto;max-width:none}}
</style>"""


def palette() -> Palette:
    """The colours of the theme that this browser shows now; light before the browser has said which."""
    return DARK if st.context.theme.type == "dark" else LIGHT
