"""The caseload as one table: three small lines, six marks, how long since a record, and what needs the therapist."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pandas as pd
import streamlit as st

from core.charts.marks import STATE_MARKS
from core.charts.palette import Palette
from core.charts.sparkline import sparkline_svg
from core.model.definitions import WarningSign
from core.model.people import Client
from core.model.readings import SignReading, SignState
from core.model.review import CaseloadRow, SparkSeries
from core.model.words import STATE_WORDS
from dashboard.components.text import ago

ROW_HEIGHT = 30
NAME_WIDTH, SPARK_WIDTH, VALUE_WIDTH, MARK_WIDTH, AGO_WIDTH, NEEDS_WIDTH = 96, 126, 58, 30, 74, 178
THERAPIST_WIDTH, SPARK_WIDTH_BESIDE_IT = 100, 92
HIGHEST_ANXIETY = 10.0
TOLD_STATES = (SignState.PRESENT, SignState.WATCH)


@dataclass(frozen=True, kw_only=True)
class CaseloadLook:
    """By what the table is drawn; `therapists` names whose each client is, and is empty where there is no need."""

    signs: Sequence[WarningSign]
    palette: Palette
    therapists: Mapping[UUID, str]


ORDERS: Mapping[str, Callable[[CaseloadRow], Any]] = {
    "Next session": lambda _: (),  # the order in which the caseload comes
    "Name": lambda row: (row.client.details.name.casefold(),),
    "Longest without a record": lambda row: (row.days_since_record is not None, -(row.days_since_record or 0)),
    "Needs": lambda row: (not row.needs, row.client.details.name.casefold()),
}


def in_order(rows: Sequence[CaseloadRow], order: str) -> list[CaseloadRow]:
    """The rows in one of the orders: none of them ranks people by what was recorded about them."""
    return sorted(rows, key=ORDERS[order])


def finder_names(
    open_clients: Sequence[Client], closed: Sequence[Client], therapists: Mapping[UUID, str]
) -> dict[UUID, str]:
    """What the finder shows for each client, open ones first: the name, `closed`, and the code where names are equal.

    Where `therapists` names whose each client is, that stands behind it.

    No two of them are alike: of two alike the browser could only ever open the first.
    """
    shown = {client.id: client.details.name for client in open_clients}
    shown |= {client.id: f"{client.details.name} (closed)" for client in closed}
    codes = {client.id: client.code for client in (*open_clients, *closed)}
    times = Counter(shown.values())
    told = {key: f"{name}, {codes[key]}" if times[name] > 1 else name for key, name in shown.items()}
    return {key: f"{name} · {therapists[key]}" if key in therapists else name for key, name in told.items()}


def states_in_words(readings: Sequence[SignReading], signs: Mapping[str, WarningSign]) -> str:
    """`● Present: reassurance; ◐ Watch: checking`, or what is left to say where neither is there."""
    groups = [
        f"{STATE_MARKS[state]} {STATE_WORDS[state]}: {', '.join(names)}"
        for state in TOLD_STATES
        if (names := [signs[each.sign].short_label.lower() for each in readings if each.state is state])
    ]
    if groups:
        return "; ".join(groups)
    seen = sum(reading.state is SignState.NOT_SEEN for reading in readings)
    if seen == len(readings):
        return f"{STATE_MARKS[SignState.NOT_SEEN]} {STATE_WORDS[SignState.NOT_SEEN]}: all six"
    words = STATE_WORDS[SignState.INSUFFICIENT].lower()
    return f"{STATE_MARKS[SignState.INSUFFICIENT]} {words} on {len(readings) - seen} of {len(readings)}"


def caseload_table(rows: Sequence[CaseloadRow], look: CaseloadLook, *, key: str, compact: bool) -> UUID | None:
    """Draw the table; return the client in whose row something was just chosen.

    On a phone (`compact`) there is no room for the small lines: what waits for the therapist comes first.
    """
    signs, spark_width = look.signs, SPARK_WIDTH_BESIDE_IT if look.therapists else SPARK_WIDTH
    frame = pd.DataFrame([_cells(row, look) for row in rows])
    config = {
        "Client": st.column_config.TextColumn(width=NAME_WIDTH),
        "Therapist": st.column_config.TextColumn(width=THERAPIST_WIDTH),
        "Anxiety, 12 weeks": st.column_config.ImageColumn(
            "Anxiety" if look.therapists else None, width=spark_width, help="the latest 12 weeks"
        ),
        "now": st.column_config.TextColumn(width=VALUE_WIDTH, help="the latest week with a value, average 0 to 10"),
        "Reassurance": st.column_config.ImageColumn(width=spark_width),
        "a week": st.column_config.TextColumn(width=VALUE_WIDTH, help="reassurance, the latest week with a value"),
        "Distortions": st.column_config.ImageColumn(width=spark_width),
        "a week ": st.column_config.TextColumn(width=VALUE_WIDTH, help="distortions, the latest week with a value"),
        **{sign.letter: st.column_config.TextColumn(width=MARK_WIDTH, help=sign.label) for sign in signs},
        "Recorded": st.column_config.TextColumn(width=AGO_WIDTH, help="days since the last day that a check-in covers"),
        "Needs": st.column_config.TextColumn(width=NEEDS_WIDTH),
    }
    state = st.dataframe(
        frame, hide_index=True, row_height=ROW_HEIGHT, height="content", on_select="rerun",
        selection_mode="single-cell", key=key, alt=_described(rows), column_config=config,
        column_order=_phone_columns(look) if compact else None,
    )  # fmt: skip
    chosen = state["selection"]["cells"]
    return rows[chosen[0][0]].client.id if chosen else None


def _phone_columns(look: CaseloadLook) -> list[str]:
    whose = ["Therapist"] if look.therapists else []
    return ["Client", *whose, "Needs", "Recorded", *(sign.letter for sign in look.signs)]


def _cells(row: CaseloadRow, look: CaseloadLook) -> dict[str, str]:
    marks = {reading.sign: STATE_MARKS[reading.state] for reading in row.readings}
    palette = look.palette
    return {
        "Client": row.client.details.name,
        **({"Therapist": look.therapists.get(row.client.id, "")} if look.therapists else {}),
        "Anxiety, 12 weeks": sparkline_svg(
            row.anxiety.weeks, color=palette.anxiety, palette=palette, highest=HIGHEST_ANXIETY
        ),
        "now": _value(row.anxiety),
        "Reassurance": sparkline_svg(row.reassurance.weeks, color=palette.reassurance, palette=palette),
        "a week": _value(row.reassurance),
        "Distortions": sparkline_svg(row.distortions.weeks, color=palette.distortions, palette=palette),
        "a week ": _value(row.distortions),
        **{sign.letter: marks[sign.id] for sign in look.signs},
        "Recorded": ago(row.days_since_record),
        "Needs": ", ".join(row.needs),
    }


def _value(series: SparkSeries) -> str:
    latest = series.latest
    return "" if latest is None else f"{latest:.1f}".removesuffix(".0")


def _described(rows: Sequence[CaseloadRow]) -> str:
    waiting = sum(1 for row in rows if row.needs)
    return f"Caseload: {len(rows)} clients, {waiting} with something that needs you. Choosing a row opens its review."
