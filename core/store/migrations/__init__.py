"""Alembic migrations: one revision per file in `versions`, run by `core.store.migrate`."""
