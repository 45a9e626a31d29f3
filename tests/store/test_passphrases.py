"""Which passphrases are taken, and what is said about the others."""

import pytest

from core.store.passphrases import as_bytes, passphrase_problems

TAKEN = [
    "river candle seven moth plank",
    "kX9!fq2Lm#7v",
    "wet owl box ink fig",
    "d\u00e9j\u00e0 vu sous la pluie grise",
    "\u6c34\u6708\u706b\u6728\u91d1\u571f\u65e5\u98a8\u96f2\u6d77\u5c71\u5ddd",
    "x" * 500 + " river candle seven moth plank",
    "river candle seven moth plank " * 33,
    " river candle seven moth ",
]
REFUSED = [
    ("", "is needed"),
    ("            ", "is needed"),
    ("short", "has 5 characters"),
    ("elevenchars", "has 11 characters"),
    ("password1234", "guess"),
    ("passwordpassword", "guess"),
    ("aaaaaaaaaaaa", "guess"),
    ("qwertyuiop12", "guess"),
    ("123456789012", "guess"),
    ("21.05.1988 1988", "guess"),
    ("iloveyou1234", "guess"),
    ("a a a a a a", "guess"),
    ("Anna Schmidt", "guess"),
    ("annaschmidt1", "guess"),
    ("x" * 5_000, "longer"),
]


@pytest.mark.parametrize("passphrase", TAKEN)
def test_passphrase_that_is_hard_to_guess_is_taken(passphrase):
    assert passphrase_problems(passphrase, ["Anna Schmidt"]) == ()


@pytest.mark.parametrize(("passphrase", "said"), REFUSED)
def test_passphrase_that_is_not_taken_is_told_why(passphrase, said):
    (problem,) = passphrase_problems(passphrase, ["Anna Schmidt", " "])
    assert said in problem
    assert passphrase.strip() == "" or passphrase not in problem


def test_space_at_an_end_is_kept():
    assert as_bytes("a ") != as_bytes("a")


def test_signs_that_are_no_text_still_make_bytes():
    assert as_bytes("\ud800") == b"\xed\xa0\x80"
