"""Prints the spec tables as docs/spec.md: `python -m tests.spec.publish`."""

from collections.abc import Iterable
from pathlib import Path

from tests.spec import (
    change_tables,
    count_tables,
    course_tables,
    full_tables,
    loop_tables,
    prompt_tables,
    rate_tables,
    series_tables,
    sign_tables,
    six_sign_tables,
    start_tables,
)
from tests.spec.spec import Case, Row, Spec

PAGE = Path(__file__).parents[2] / "docs" / "spec.md"
SPECS: tuple[Spec, ...] = (
    *rate_tables.SPECS,
    *full_tables.SPECS,
    *sign_tables.SPECS,
    *six_sign_tables.SPECS,
    *course_tables.SPECS,
    *start_tables.SPECS,
    *count_tables.SPECS,
    *change_tables.SPECS,
    *loop_tables.SPECS,
    *series_tables.SPECS,
    *prompt_tables.SPECS,
)

OPENING = """# How the record is read: tables in, readings out

Made from the tables in `tests/spec`, which are run as tests; change them there and run `python -m tests.spec.publish`.
Every case is a small table of check-ins or filled forms and what is read from it. Rows are recorded from top to bottom,
numbered c1, c2 and so on. The year is 2026 unless another is written. What is blank was not asked. Where a chapter
names no publication, no document and no study gives the numbers behind its readings: they are the project's defaults.
"""


def page(specs: Iterable[Spec]) -> str:
    """The whole page as Markdown."""
    parts = [OPENING]
    for spec in specs:
        parts += [f"## {spec.title}\n", f"{spec.about}\n", *(_case(case) for case in spec.cases)]
    return "\n".join(parts).rstrip() + "\n"


def _case(case: Case) -> str:
    reading = " · ".join(f"{name}: **{value}**" for name, value in case.reading.items())
    above = "All of them withdrawn.\n\n" if case.withdrawn else ""
    return f"### {case.name[0].upper()}{case.name[1:]}\n\n{above}{_table(case.rows)}\n\n→ {reading}\n"


def _table(rows: tuple[Row, ...]) -> str:
    if not rows:
        return "No check-in."
    columns = list(dict.fromkeys(name for row in rows for name in row.answers))
    head = [rows[0].heading, *(column.replace("_", " ") for column in columns)]
    lines = [head, ["---"] * len(head), *([row.which, *_answers(row, columns)] for row in rows)]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def _answers(row: Row, columns: list[str]) -> list[str]:
    return [row.answers.get(column, "") for column in columns]


if __name__ == "__main__":
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(SPECS), encoding="utf-8")
