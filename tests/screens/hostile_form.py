"""A clinic's own questionnaire with texts that would be links and pictures if they were taken as Markdown."""

import re
from itertools import count
from pathlib import Path

from core.catalogue.loading import FOLDER
from dashboard.runtime import CLINIC_FOLDER

HOSTILE = "**bold** [a](http://b.example) ![p](http://c.example/p.png) $x$ :red[r]"
FORM = "own_form"
_NAMES = "name|short_name|construct|recall|bears_on|licence|citation|doi|topic|label|use|population|camcops|mundt"
_TEXT = re.compile(rf'\b({_NAMES}) = "[^"]*"')


def put_hostile_form(data_folder: Path) -> None:
    """Put the form into the clinic's folder, read at the next start: a shipped one with its texts replaced."""
    shipped = (FOLDER / "questionnaires" / "wsas.toml").read_text("utf-8")
    number = count(1)
    text = _TEXT.sub(lambda found: f'{found[1]} = "{HOSTILE} {next(number)}"', shipped)
    text = text.replace('id = "wsas"', f'id = "{FORM}"').replace('ships = "scoring_only"', 'ships = "topics"')
    folder = data_folder / CLINIC_FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{FORM}.toml").write_text(text, encoding="utf-8")


def taken_as_markdown(texts: list[str]) -> list[str]:
    """Those of `texts` in which something of the hostile words still is markup."""
    return [text for text in texts if any(part in text for part in ("**bold", "](http", "![p", ":red[", "$x$"))]
