"""The revision of a database's tables, told without changing anything in it."""

from sqlalchemy.exc import DBAPIError

from core.store import postgresql, sqlite_file
from core.store.data_key import DataKey
from core.store.file_check import refuse_foreign
from core.store.migrate import newest_revision, refuse_newer, revision_of
from core.store.named_faults import named_faults


def is_up_to_date(location: str, key: DataKey | None = None) -> bool:
    """Whether the tables at a path or URL are those of this version; false where an opening would bring them up to it.

    Raises what `open_store` raises for a database that cannot be used: one that is not ours, damaged, newer.
    """
    path = sqlite_file.path_of(location)
    if path is None:
        return _is_server_up_to_date(location)
    with named_faults(path):
        refuse_foreign(path, key)
        revision = sqlite_file.revision_in(path, key)
    refuse_newer(revision, str(path))
    return revision == newest_revision()


def _is_server_up_to_date(location: str) -> bool:
    backend = postgresql.PostgresBackend(postgresql.address(location))
    try:
        with backend.reader.connect() as connection:
            revision = revision_of(connection)
    except DBAPIError as error:
        problem = postgresql.unusable(backend.label, error)
    else:
        refuse_newer(revision, backend.label)
        return revision == newest_revision()
    finally:
        backend.close()
    raise problem
