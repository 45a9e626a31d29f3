"""Brings the tables of an open connection to the newest revision, through Alembic's own interface."""

from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from core.errors import UnusableDatabase
from core.store.schema import VERSION_TABLE

SCRIPTS = Path(__file__).parent / "migrations"


def newest_revision(scripts: Path = SCRIPTS) -> str:
    """The revision this version of the program works with."""
    head = ScriptDirectory(str(scripts)).get_current_head()
    if head is None:
        raise RuntimeError("There is no migration at all.")
    return head


def revision_of(connection: Connection) -> str | None:
    """The revision of the tables on `connection`; `None` where there are none of ours."""
    context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
    return context.get_current_revision()


def refuse_newer(revision: str | None, label: str, scripts: Path = SCRIPTS) -> None:
    """Raise `UnusableDatabase` for a revision that none of our migrations makes."""
    known = {script.revision for script in ScriptDirectory(str(scripts)).walk_revisions()}
    if revision is not None and revision not in known:
        raise UnusableDatabase(
            f"{label} was made by a newer version of Secure Base (its tables are at revision {revision}). "
            "Nothing was changed; start the newer version."
        )


def upgrade(
    connection: Connection,
    *,
    drop_guards: Callable[[Connection], None],
    make_guards: Callable[[Connection], None],
    scripts: Path = SCRIPTS,
    to: str = "head",
) -> None:
    """Migrate within the transaction that is open on `connection`; the caller commits.

    Guards (triggers) are taken off before and made anew after, since rebuilding a table loses them.
    """
    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    config.attributes["connection"] = connection
    drop_guards(connection)
    command.upgrade(config, to)
    make_guards(connection)
