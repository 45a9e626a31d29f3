"""Words on their way into Markdown: what the page would replace even where it was escaped is broken unseen."""

import html
import re

import pytest

from dashboard.components.text import WORD_JOINER, label, literal

REPLACED = re.compile(r"(?:^|[\s\ufeff])(?:<->|->|<-|--|>=|<=|~=)(?:[\s\ufeff]|$)|:streamlit:|:material_\w+:|:[\w+-]+:")
"""What Streamlit's page replaces in a text whose escapes it has read already: symbols, icons, emoji."""


@pytest.mark.parametrize(
    "text",
    ["a -- b", "--", "a <- b -> c <-> d", ">= 3", "<=\u00a04", "about ~= 5", "\ufeff--\ufeff", ":streamlit:",
     ":material_delete:", "at 10:30:45", ":smile: :+1:", "::a:b::"],
)  # fmt: skip
def test_what_the_page_replaces_reaches_it_broken_and_reads_the_same(text: str) -> None:
    for shown in (literal(text), label(text)):
        read = html.unescape(shown)
        assert REPLACED.search(text)
        assert not REPLACED.search(read)
        assert read.replace(WORD_JOINER, "") == text


@pytest.mark.parametrize("text", ["well--known", "a->b", "10:30", "Plan: rest", "---"])
def test_what_is_left_alone_by_the_page_is_left_alone_here(text: str) -> None:
    assert html.unescape(literal(text)) == text
