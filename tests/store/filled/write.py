"""Write the rows of a SQLite file of the newest revision as SQL that both databases take."""

import sys
from pathlib import Path

from sqlalchemy import Boolean, create_engine, text

from core.store import record_tables, tables
from core.store.migrate import newest_revision
from core.store.schema import METADATA

assert tables.practice is not None
assert record_tables.note is not None


def literal(value: object, *, boolean: bool) -> str:
    if value is None:
        return "NULL"
    if boolean:
        return "TRUE" if value else "FALSE"
    return str(value) if isinstance(value, int) else "'" + str(value).replace("'", "''") + "'"


def statements(file: Path) -> list[str]:
    found = []
    with create_engine(f"sqlite:///{file}").connect() as connection:
        for table in METADATA.sorted_tables:
            names = [column.name for column in table.columns]
            booleans = [isinstance(column.type, Boolean) for column in table.columns]
            for row in connection.execute(text(f"SELECT {', '.join(names)} FROM {table.name}")):
                values = [literal(value, boolean=boolean) for value, boolean in zip(row, booleans, strict=True)]
                found.append(f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({', '.join(values)});")
    return found


if __name__ == "__main__":
    target = Path(__file__).parent / f"{newest_revision()}.sql"
    target.write_text("\n".join(statements(Path(sys.argv[1]))) + "\n")
    print(f"{target} written")
