"""The counts of a check-in: blank is not asked, *None* is a real zero, and any number can be typed."""

from collections.abc import Sequence

import streamlit as st

from core.model.check_in import CheckIn
from core.model.check_in_parts import CountKind
from core.model.definitions import Distortion
from core.model.words import COUNT_KIND_WORDS
from dashboard import selection
from dashboard.components.numbers import NumberBoxes
from dashboard.components.page import labelled_row, small

QUICK_COUNTS = (0, 1, 2, 3, 4, 5)


def reassurance_row(key: str, initial: CheckIn | None, numbers: NumberBoxes) -> tuple[int | None, CountKind | None]:
    """Draw how often reassurance was asked for, and, above 0, how exact that is."""
    with (
        labelled_row("Asked for reassurance", "times in the period"),
        st.container(horizontal=True, vertical_alignment="center"),
    ):
        count = _count(numbers, "Asked for reassurance", f"{key}_rs", initial.reassurance_count if initial else None)
        kind: CountKind | None = None
        if count:
            kind = st.segmented_control(
                "How exact the count is", list(CountKind), format_func=COUNT_KIND_WORDS.__getitem__, required=True,
                default=(initial.reassurance_count_kind if initial else None) or CountKind.ABOUT,
                key=f"{key}_rs_kind", label_visibility="collapsed", persist_state="session",
            )  # fmt: skip
    return count, kind


def distortions_row(key: str, initial: CheckIn | None, numbers: NumberBoxes) -> int | None:
    """Draw the total of distortions noticed."""
    known = initial.distortions_total if initial and initial.distortions_unsorted is not None else None
    with (
        labelled_row("Distortions noticed", "total; by kind below"),
        st.container(horizontal=True, vertical_alignment="center"),
    ):
        return _count(numbers, "Distortions noticed", f"{key}_cd", known)


def _count(numbers: NumberBoxes, label: str, key: str, initial: int | None) -> int | None:
    """Buttons for None and 1 to 5, and a box for more: choosing in one empties the other."""
    quick_key, box_key = f"{key}_quick", f"{key}_box"
    quick = st.segmented_control(
        label, QUICK_COUNTS, default=initial if initial in QUICK_COUNTS else None,
        format_func=lambda count: str(count) if count else "None", key=quick_key, label_visibility="collapsed",
        on_change=selection.clear_others, args=(quick_key, (box_key,)), persist_state="session",
    )  # fmt: skip
    box = numbers.box(
        f"{label}, another number", key=box_key, initial=None if initial in QUICK_COUNTS else initial,
        placeholder="other", label_visibility="collapsed", width=90,
        on_change=selection.clear_others, args=(box_key, (quick_key,)),
    )  # fmt: skip
    count = quick if quick is not None else box
    if count is None:
        small("not asked")
    return count


def kind_rows(key: str, initial: CheckIn | None, kinds: Sequence[Distortion], numbers: NumberBoxes) -> dict[str, int]:
    """Draw a box for each kind of distortion; return the kinds that were asked."""
    keys = {kind.id: f"{key}_{kind.id}" for kind in kinds}
    given = initial.distortions_by_kind if initial else {}
    st.markdown("**Distortions by kind** :gray[:small[blank: this kind was not asked]]")
    st.button("None noticed", key=f"{key}_no_kind", on_click=_write_zeros, args=(key, tuple(keys.values())))
    counts: dict[str, int] = {}
    for place, kind in zip(st.columns(len(keys)), kinds, strict=True):
        count = numbers.box(
            kind.label, key=keys[kind.id], initial=given.get(kind.id), place=place, placeholder="not asked",
            help=kind.definition,
        )  # fmt: skip
        if count is not None:
            counts[kind.id] = count
    return counts


def _write_zeros(key: str, kinds: Sequence[str]) -> None:
    for kind in kinds:
        selection.put(kind, "0")
    selection.put(f"{key}_cd_quick", 0)
    selection.put(f"{key}_cd_box", None)
