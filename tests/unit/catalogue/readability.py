"""The Flesch-Kincaid grade of a text: years of US schooling, where grade 6 to 7 is a reader of about 12.

Source: Kincaid, Fishburne, Rogers & Chissom 1975, Navy research report 8-75; from memory, not checked:
0.39 * words per sentence + 11.8 * syllables per word - 15.59. It counts lengths and nothing else: not whether a
word is known, whether sentences follow from each other, or whether the thing said is hard. Syllables are counted by
groups of vowels, which is off by one for some words. A low grade is needed and is not enough: read it aloud.
"""

import re

_SENTENCE_END = re.compile(r"[.!?]+[”\"’)]*(?:\s|$)|\n")
_WORD = re.compile(r"[A-Za-z]+(?:[’'][a-z]+)?")
_VOWELS = re.compile(r"[aeiouy]+")


def grade(text: str) -> float:
    """The Flesch-Kincaid grade of `text`."""
    words = _WORD.findall(text)
    return 0.39 * len(words) / len(sentences(text)) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def sentences(text: str) -> list[str]:
    """The sentences of `text`; the end of a line ends one too."""
    return [part for part in _SENTENCE_END.split(text) if _WORD.search(part)]


def syllables(word: str) -> int:
    """About how many syllables `word` has: its groups of vowels, without most silent endings."""
    plain = re.sub(r"[’'].*", "", word.casefold())
    if len(plain) > 3:
        plain = re.sub(r"(?<![aeiouytdl])ed$|(?<![aeiouyl])e$", "", plain)
    return max(1, len(_VOWELS.findall(plain)))
