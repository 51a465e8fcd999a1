"""Where do the words of what may be found lie? SQLite: a full-text table kept in step by triggers; PostgreSQL: two indexes.

Both stand on the columns of `Findable`, so that a row and its words are written, rolled back and deleted as one.
"""

from __future__ import annotations

TABLE, WORDS = "moving_findable", "moving_words"
COLUMNS = ("title", "words", "reach")
_NAMES = ", ".join(COLUMNS)


def install(connection) -> None:
    """Make the full-text table or the indexes; whoever rebuilds the table of `Findable` must call this again."""
    statements = _sqlite() if connection.vendor == "sqlite" else _postgresql()
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def refill(connection) -> None:
    """Make the words anew from the rows that are there."""
    statements = [
        f"INSERT INTO {WORDS}({WORDS}) VALUES ('rebuild')",
        f"INSERT INTO {WORDS}({WORDS}) VALUES ('optimize')",
    ]
    with connection.cursor() as cursor:
        for statement in statements if connection.vendor == "sqlite" else [f"REINDEX TABLE {TABLE}"]:
            cursor.execute(statement)


def _sqlite() -> list[str]:
    """The pieces are cut already: the tokenizer `ascii` parts them at spaces and leaves every Chinese character whole."""
    old, new = (", ".join(f"{row}.{name}" for name in COLUMNS) for row in ("OLD", "NEW"))
    take = f"INSERT INTO {WORDS}({WORDS}, rowid, {_NAMES}) VALUES ('delete', OLD.id, {old});"
    put = f"INSERT INTO {WORDS}(rowid, {_NAMES}) VALUES (NEW.id, {new});"
    changed = " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in COLUMNS)
    made = [
        f"CREATE VIRTUAL TABLE IF NOT EXISTS {WORDS} USING fts5"
        f"({_NAMES}, content='{TABLE}', content_rowid='id', tokenize='ascii')"
    ]
    for name, when, what in (
        ("added", "INSERT", put),
        ("gone", "DELETE", take),
        ("changed", "UPDATE", f"{take} {put}"),
    ):
        only = f"WHEN {changed}" if when == "UPDATE" else ""
        made += [
            f"DROP TRIGGER IF EXISTS {WORDS}_{name}",
            f"CREATE TRIGGER {WORDS}_{name} AFTER {when} ON {TABLE} FOR EACH ROW {only} BEGIN {what} END",
        ]
    return made


def _postgresql() -> list[str]:
    return [
        f"CREATE INDEX IF NOT EXISTS {WORDS}_{name} ON {TABLE} USING gin (to_tsvector('simple', {name}))"
        for name in ("title", "words")
    ]
