"""A readable file of an earlier version, looked at without opening it for work: whose practice is in it."""

from pathlib import Path

from sqlalchemy import select

from core.model.access import Role
from core.model.people import Actor
from core.store.file_check import refuse_foreign
from core.store.sqlite import make_engine
from core.store.tables import therapist


def owner_in(path: Path) -> Actor | None:
    """The therapist of the practice in the plain file at `path`; `None` where it holds no practice yet.

    Changes nothing, whatever revision the file is of. Raises `UnusableDatabase` for what is not ours.
    """
    refuse_foreign(path)
    engine = make_engine(path, begin="BEGIN DEFERRED", read_only=True)
    try:
        with engine.connect() as connection:
            row = connection.execute(select(therapist.c.id, therapist.c.practice_id, therapist.c.name)).first()
    finally:
        engine.dispose()
    if row is None:
        return None
    return Actor(id=row.id, practice_id=row.practice_id, name=row.name, role=Role.OWNER)
