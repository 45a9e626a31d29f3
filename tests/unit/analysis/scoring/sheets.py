"""Answer sheets typed as a row of digits, and the working beside them, worked out again in fractions."""

import ast
import operator
from fractions import Fraction

from core.analysis.answers import parse_answers
from core.analysis.scoring import score_response
from core.catalogue import load_catalogue
from core.model.scores import Score

QUESTIONNAIRES = load_catalogue().questionnaires
_SIGNS = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv}


def score(name: str, row: str) -> Score:
    """The score of a row of digits; spaces may group them, `-` is a blank."""
    questionnaire = QUESTIONNAIRES[name]
    return score_response(questionnaire, parse_answers(questionnaire, row))


def worked(working: str) -> Fraction:
    """What a working such as `(3 + 6*2) / 7` comes to, exactly."""
    return _value(ast.parse(working, mode="eval").body)


def _value(node: ast.expr) -> Fraction:
    if isinstance(node, ast.Constant):
        return Fraction(str(node.value))
    assert isinstance(node, ast.BinOp), ast.dump(node)
    return _SIGNS[type(node.op)](_value(node.left), _value(node.right))


def check(name: str, row: str, working: str, band: str | None) -> None:
    """The total is what the working comes to, and the band is the published one."""
    found = score(name, row)
    assert found.total == worked(working)
    assert found.band == band


def check_parts(name: str, row: str, workings: dict[str, str | None]) -> None:
    """Each subscale is what its working comes to; `None` where there must be none."""
    found = score(name, row)
    for part, working in workings.items():
        assert found.subscale(part).value == (None if working is None else worked(working)), part


def check_no_total(name: str, row: str, blanks: str) -> None:
    """There is no total, band or line, and the reason names the blank items."""
    found = score(name, row)
    assert (found.total, found.printed, found.band, found.cut_offs) == (None, None, None, ())
    assert found.no_total_reason == f"incomplete, not scored: {blanks} not answered"


def lines(name: str, row: str) -> list[str]:
    """Where the total lies beside each published line."""
    return [reading.place for reading in score(name, row).cut_offs]
