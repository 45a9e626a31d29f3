"""The mark of a save that was just refused: by it the window moves the focus to the refused field, once.

A sentence leads to a field whose label it begins with or quotes; for the others the label stands here.
"""

import json
from collections.abc import Sequence
from html import escape
from typing import Final
from uuid import uuid4

import streamlit as st

FIELDS: Final = (
    ("A correction needs", "Reason for the correction"),
    ("A period of", "Days in the period"),
    ("A plan needs", "Form to plan"),
    ("A session of", "Minutes"),
    ("Birth year", "Birth year (optional)"),
    ("No item was answered", "Answers in order"),
    ("Nothing was answered", "Anxiety, average"),
    ("Pronouns", "Pronouns (optional)"),
    ("The addendum", "What to add"),
    ("The answers typed in order", "Answers in order"),
    ("The approach", "Words on it"),
    ("The average", "Anxiety, average"),
    ("The birth year", "Birth year (optional)"),
    ("The client's name", "Name shown"),
    ("The client's words", "In the client's words"),
    ("The clocks go forward", "Start"),
    ("The closing date", "Closed on"),
    ("The date of the partner status", "Day"),
    ("The day of the closing", "Closed on"),
    ("The day of the event", "Day"),
    ("The day of the handout", "Given on"),
    ("The day of the questionnaire", "Date"),
    ("The day of the session", "Day"),
    ("The day of the start", "Start date"),
    ("The event's day", "Day"),
    ("The event ", "What happened"),
    ("The folder", "Folder for backups"),
    ("The form's language", "Language of the form"),
    ("The kinds add up", "Distortions noticed"),
    ("The note", "Note"),
    ("The period", "Last day of the period"),
    ("The questionnaire's date", "Date"),
    ("The reason", "Reason"),
    ("The session on", "Day"),
    ("The start date", "Start date"),
    ("The words on consent", "Words on it"),
    ("The words on safety", "Words on it"),
    ("The working hypothesis", "In your words"),
    ("What you did", "In your words"),
)
"""How a sentence begins that does not name its field, and the label of the field it is about."""


def field_of(problem: str) -> str:
    """The label of the field that a refusal is about; empty where the sentence itself has to tell."""
    return next((label for opening, label in FIELDS if problem.startswith(opening)), "")


def mark(problems: Sequence[str]) -> None:
    """Draw the mark, which shows nothing. It is another one each time, so that no later run moves the focus again."""
    labels = json.dumps([field_of(problem) for problem in problems])
    st.html(f'<span data-refused="{uuid4().hex}" data-fields="{escape(labels)}"></span>')
