"""Every generated sentence in every state: no banned word, and no verdict without the figures that it rests on."""

import importlib
import inspect
import pkgutil
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import CodeType, FrameType
from typing import Any

import pytest

import core.charts
import core.notes
from core.model.readings import SignState
from core.model.sign_findings import GroundKind, Side
from tests.unit.notes import chart_walks, note_walks
from tests.unit.notes.walks import WALKED, Told, Walk, every_finding
from tests.wording import assert_clean

assert chart_walks, note_walks  # their walks are registered when they are loaded

TEXT = ("str", "DataFrame", "Sentence", "Statement", "Fact", "LoopNumber", "Margin")
NOT_ABOUT_A_CLIENT = {
    "core.charts.sparkline.sparkline_svg": "a picture as an address",
    "core.charts.questionnaire_words.direction_words": "which way a form counts, and nothing about who filled it in",
    "core.notes.statements.statements_of": "the statements of the other functions of its module, put in order",
    "core.notes.statements.holds_period_figures": "whether a statement is of some kind",
}
VERDICT = re.compile(
    r"(?<!\w)(?:lower|higher|rising|easing|returned|confirmed|helped|poor relief|possible change|reliable \w+|"
    r"no (?:clear|reliable) change(?! is not)|(?:past|within) (?:the|both|all)|(?<!not )present|watch|not seen|"
    r"look here|the same(?! as none))(?!\w)",
    re.IGNORECASE,
)
MONTH = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
BASE = re.compile(
    rf"\d+ (?:of|to|in|and|×) |of \d|\d+ %|\d+ (?:{MONTH})\b|"
    r"\d+ (?:\w+ )?(?:days?|weeks?|times?|check-ins?|forms?|points?|values|episodes?|bars?|fights?)\b|"
    r"[Oo]ne more check-in|(?:average|peaks?|asked|seen|median) \d|\d+ on \d"
)
ENDS = re.compile(r"(?<=[.?])\s+|<br>")


def sentence_functions() -> Iterator[Callable[..., Any]]:
    """Every public function of the rooms of sentences and figures that hands back words."""
    for room in (core.notes, core.charts):
        for found in pkgutil.iter_modules(room.__path__, f"{room.__name__}."):
            module = importlib.import_module(found.name)
            for name, function in inspect.getmembers(module, inspect.isfunction):
                returned = re.sub(r"dict\[str, .*?Any\]", "", str(inspect.signature(function).return_annotation))
                if function.__module__ == found.name and not name.startswith("_") and any(t in returned for t in TEXT):
                    yield function


def full_name(function: Callable[..., Any]) -> str:
    return f"{function.__module__}.{function.__name__}"


FUNCTIONS = {full_name(function): function for function in sentence_functions()}


@pytest.fixture(scope="module")
def walked() -> tuple[dict[Walk, list[Told]], set[CodeType]]:
    """What every walk gives, and which of the functions that it was registered for it has run."""
    told, run = {}, set()
    for walk in dict.fromkeys(WALKED.values()):
        pending = {function.__code__ for function, its_walk in WALKED.items() if its_walk is walk}
        with _noting(pending, run):
            told[walk] = list(walk())
    return told, run


@contextmanager
def _noting(pending: set[CodeType], run: set[CodeType]) -> Iterator[None]:
    """Move what is called from `pending` to `run`; looks on only until all of it has been called."""
    before = sys.getprofile()

    def note(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_code in pending:
            pending.remove(frame.f_code)
            run.add(frame.f_code)
            if not pending:
                sys.setprofile(before)

    sys.setprofile(note)
    try:
        yield
    finally:
        sys.setprofile(before)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_that_makes_words_is_walked(name: str, walked: tuple[Any, set[CodeType]]) -> None:
    if name in NOT_ABOUT_A_CLIENT:
        return
    assert FUNCTIONS[name] in WALKED, f"{name} makes words and no walk leads through it: add one to tests/unit/notes"
    assert FUNCTIONS[name].__code__ in walked[1], f"the walk of {name} never comes there"


def test_what_is_left_out_is_still_there() -> None:
    assert set(NOT_ABOUT_A_CLIENT) <= set(FUNCTIONS) | {"core.notes.statements.holds_period_figures"}


@pytest.mark.parametrize("walk", dict.fromkeys(WALKED.values()), ids=lambda walk: walk.__name__)
def test_no_sentence_uses_a_banned_word(walk: Walk, walked: tuple[dict[Walk, list[Told]], Any]) -> None:
    told = {sentence for together in walked[0][walk] for sentence in together}
    assert any(told), "the walk gives nothing"
    for sentence in told:
        assert_clean(sentence)


@pytest.mark.parametrize("walk", dict.fromkeys(WALKED.values()), ids=lambda walk: walk.__name__)
def test_no_verdict_stands_without_its_base(walk: Walk, walked: tuple[dict[Walk, list[Told]], Any]) -> None:
    bare = {each for together in set(walked[0][walk]) for each in verdicts_without_base(together)}
    assert not bare, f"{len(bare)} verdicts without a figure beside them: {sorted(bare)[:5]}"


def verdicts_without_base(together: Told) -> Iterator[str]:
    """The sentences that hold a verdict and have no base, neither themselves nor the ones beside them."""
    told = [sentence for text in together for sentence in ENDS.split(text) if sentence]
    for at, sentence in enumerate(told):
        if VERDICT.search(sentence) and not BASE.search(" | ".join(told[max(at - 1, 0) : at + 2])):
            yield sentence


@pytest.mark.parametrize(
    ("together", "bare"),
    [
        (("Anxiety is lower.",), 1),
        (("Anxiety is lower.", "4.0 now (21 of 28 days)."), 0),
        (("4.0 now (21 of 28 days).", "Nothing else.", "Anxiety is lower."), 1),
        (("Present.",), 1),
        (("Present since 3 Mar 2026.",), 0),
        (("Not asked.",), 0),
    ],
)
def test_the_rule_for_a_base_can_fail(together: Told, bare: int) -> None:
    assert len(list(verdicts_without_base(together))) == bare


def test_the_walk_of_signs_comes_to_every_state_ground_and_side() -> None:
    findings = list(every_finding())
    assert {finding.state for finding in findings} == set(SignState)
    grounds = [ground for finding in findings for ground in finding.grounds]
    assert {ground.kind for ground in grounds} == set(GroundKind)
    assert {ground.side for ground in grounds} == set(Side)
    assert {finding.leaning for finding in findings} == {None, "rising", "easing"}
    standings = [finding.standing for finding in findings]
    for told in ("spell", "may_be", "eased_from", "returned_from", "last_known", "unanswered_days", "weeks"):
        assert any(getattr(standing, told) for standing in standings), told
    assert any(finding.forms for finding in findings)


def test_a_module_without_a_walk_would_be_seen() -> None:
    modules = {function.__module__ for function in WALKED}
    rooms = [f"{room.__name__}.{found.name}" for room in (core.notes, core.charts)
             for found in pkgutil.iter_modules(room.__path__)]  # fmt: skip
    of_words = {name.rpartition(".")[0] for name in FUNCTIONS} - {"core.charts.sparkline"}
    assert of_words <= modules
    assert {name for name in rooms if "sentences" in name or "words" in name} <= modules
