"""Prints the access matrix as docs/safety/access.md: `python -m tests.access.publish`."""

from collections.abc import Iterable
from pathlib import Path

from core.model.access import EVERY, NONE, OF_PRACTICE, OWN, SEEN, Act, Role, allowed_relations
from tests.access.rows import ROWS, About, Row

PAGE = Path(__file__).parents[2] / "docs" / "safety" / "access.md"
ROLES = (Role.OWNER, Role.THERAPIST, Role.ASSISTANT, Role.SUPERVISOR)

OPENING = """# Who may do what

Made from `core/model/access.py` and from the rows of `tests/access/rows.py`, each of which is tried by every role on a
client of their own, one shared with them, a colleague's and one of another practice; change them there and run
`python -m tests.access.publish`. A service without a row fails the tests. What is refused changes nothing, gives
nothing away and leaves a line in the audit trail; another practice's client is answered as one who does not exist.

- **own** clients are those whose therapist one is, **shared** ones may be read since somebody shared them.
- A draft of a note is its writer's alone, the owner included. A client without a named therapist is the owner's.
- Whether something may be done is decided in the services, from the role that stands in the database at that moment.
  A screen that is not offered is therefore no protection, and none is needed.
"""
SAID = {EVERY: "every client", SEEN: "own and shared", OWN: "own", NONE: "–"}
IN_PRACTICE = {EVERY: "yes", NONE: "–"}
WHOSE = {About.LIST: "of a list: those clients alone", About.SIGN_IN: "their own sign-ins alone"}


def page() -> str:
    """The whole page as Markdown."""
    about_clients = [act for act in Act if act not in OF_PRACTICE]
    parts = [
        OPENING,
        "## By act\n",
        "To a client:\n",
        _table(("act", *ROLES), (_act(act) for act in about_clients)),
        "In the practice as a whole:\n",
        _table(("act", *ROLES), (_act(act) for act in Act if act in OF_PRACTICE)),
        "## By service\n",
        _table(("service", "act", "note"), (_service(row) for row in sorted(ROWS, key=lambda row: row.name))),
    ]
    return "\n".join(parts).rstrip() + "\n"


def _act(act: Act) -> list[str]:
    words = IN_PRACTICE if act in OF_PRACTICE else SAID
    return [act.value.replace("_", " "), *(words[allowed_relations(role, act)] for role in ROLES)]


def _service(row: Row) -> list[str]:
    return [f"`{row.name}`", row.act.value.replace("_", " "), WHOSE.get(row.about, "")]


def _table(head: Iterable[str], rows: Iterable[list[str]]) -> str:
    cells = [list(head)]
    lines = [*cells, ["---"] * len(cells[0]), *rows]
    return "\n".join("| " + " | ".join(each) + " |" for each in lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
