"""The pages on which a backup is put back: which one, where to, what opens it, and how to go on with it."""

from collections.abc import Sequence
from html import escape
from pathlib import Path

from core.services.restores import NEWER, UNTOUCHED, Restored
from dashboard.server.account_pages import BACK, SETTINGS
from dashboard.server.page_parts import Field, choice, field, form, frame, link, problems_box, prose, section
from dashboard.server.refusals import Refused

PATH = "/auth/restore"
BY_PASSPHRASE, BY_CODE = "The passphrase of that day", "The recovery code of that day"
NONE_HERE = "No backup is in this folder, so there is nothing to restore: {folder}"
LONGEST_FOLDER = 1_000


def restore_page(token: str, *, name: str, backups: Sequence[str], folder: str, refused: Refused) -> str:
    """Choose a backup of `backups`, the new folder (`folder` is offered), and give what opens the backup."""
    typed = refused.typed
    known = Field(name="name", label="Your name", autocomplete="username", value=name, fixed=True)
    which = Field(
        name="backup", label="Backup", hint="Each was opened and checked on the day it was made.",
        value=typed.get("backup", ""),
    )  # fmt: skip
    where = Field(
        name="folder", label="New folder for it", hint="Its whole path. Nothing may be in its place.",
        value=typed.get("folder", folder), longest=LONGEST_FOLDER,
    )  # fmt: skip
    by = Field(name="by", label="What opens it", value=typed.get("by", ""))
    secret = Field(
        name="secret", label="Passphrase or recovery code", kind="password", autocomplete="current-password"
    )  # fmt: skip
    inside = (
        field(known)
        + choice(which, backups)
        + field(where)
        + choice(by, (BY_PASSPHRASE, BY_CODE))
        + field(secret)
    )  # fmt: skip
    main = problems_box(refused.problems) + form(PATH, token, inside, "Restore to a new folder") + link(SETTINGS, BACK)
    aside = section(
        "What happens",
        "The backup is checked page by page and copied into a new folder. The records that are open now, and the "
        "backup itself, stay as they are.",
        "You then look at the copy, and decide whether to go on with it.",
    ) + section(
        "From another place",
        "A backup that lies elsewhere, or a practice that cannot be opened any more, is restored at a terminal with: "
        "python3 run.py restore BACKUP --to FOLDER",
    )
    return frame("Restore from a backup", main, aside)


def restored_page(restored: Restored) -> str:
    """Where it is, what it holds, and how to go on."""
    place = restored.path.parent
    main = (
        prose(f"Restored and checked: {restored.path}", restored.holds)
        + "<h2>To look at it</h2>"
        + prose("Stop the program with Ctrl-C in its terminal, and start it on the new folder:")
        + _command(place)
        + prose(NEWER, UNTOUCHED)
        + "<h2>To go on with it</h2>"
        + prose(
            "Start with that command from now on; or, once the program is stopped, put the two files of the new folder "
            "into the usual one, in place of those that are there, and keep the old ones elsewhere until you are sure."
        )
        + link(SETTINGS, BACK)
    )
    return frame("The backup is restored", main)


def _command(folder: Path) -> str:
    quoted = str(folder).replace("'", "'\\''")
    return f"<p><code>python3 run.py --data '{escape(quoted)}'</code></p>"
