"""The box a draft's words are typed into: our own editor, which sends them by itself and says when they are stored.

Its text never travels through Streamlit's widgets: a run of the script neither saves nor loses it. What the script
hands over is the stored text; the editor takes it unless this window holds newer words.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import streamlit as st
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest

from core.model.notes import SECTION_LENGTH, Note

DASHBOARD: Final = Path(__file__).resolve().parents[1]
COMPONENT: Final = "secure-base.draft"
MANIFEST: Final = ComponentManifest(
    name="secure-base", version="1", components=[ComponentConfig(name="draft", asset_dir="assets/editor")]
)
"""Where the editor's files lie. Streamlit reads this for installed packages only; a script that stood in the page as
text instead would need a wider security policy than this program allows."""
BOXES: Final = '<div class="draft"></div>'
WAITS: Final = "waits_for_words"
"""Begins the key of a container whose buttons are pressed only once every box of this window is stored."""


def draft_box(note: Note, section: str, label: str, *, writer: UUID) -> None:
    """Draw the box of one section with its line under it; `writer` is who is signed in."""
    words = note.content.words.get(section, "")
    _draw(
        f"draft_{note.id}_{section}",
        {"note": str(note.id), "section": section, "label": f"{label}: your words", "writer": str(writer)}
        | {"text": words, "revision": note.words_revision(section), "longest": SECTION_LENGTH},
    )


def left_over(note: Note, labels: Mapping[str, str], *, writer: UUID) -> None:
    """Draw what this window still holds of a note that was signed elsewhere and never took it; else nothing.

    `labels` are the labels of the sections, by id.
    """
    _draw(f"left_over_{note.id}", {"note": str(note.id), "labels": dict(labels), "writer": str(writer)})


def _draw(key: str, data: dict[str, Any]) -> None:
    # In each run: what is registered belongs to the server that runs, and takes less than a millisecond.
    known = get_bidi_component_manager()
    if known.get_component_asset_root(COMPONENT) is None:
        known.register_from_manifest(MANIFEST, DASHBOARD)
    draw = st.components.v2.component(COMPONENT, html=BOXES, css="editor.css", js="editor.js")
    draw(key=key, data=data)
