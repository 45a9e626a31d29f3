"""A check for any test that produces a sentence about a client: it uses none of the banned words."""

from core.catalogue import find_banned_words, load_catalogue

_WORDING = load_catalogue().wording


def assert_clean(sentence: str) -> None:
    """Fail, naming the words and the sentence, when `sentence` uses a banned word."""
    found = find_banned_words(sentence, _WORDING)
    reasons = {word.text: word.instead or word.reason for word in _WORDING.banned if word.text in found}
    assert not found, f"banned words {reasons} in: {sentence}"
