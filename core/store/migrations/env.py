"""Run by Alembic for every migration: works on the connection and in the transaction it is handed."""

from alembic import context

from core.store import record_tables, tables
from core.store.schema import METADATA, VERSION_TABLE

connection = context.config.attributes["connection"]
assert {tables.practice, record_tables.check_in} <= set(METADATA.tables.values())
context.configure(
    connection=connection,
    target_metadata=METADATA,
    version_table=VERSION_TABLE,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
