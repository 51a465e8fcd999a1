"""The database's own refusal to change what was written: triggers, the same rule on SQLite and on PostgreSQL."""

from __future__ import annotations

CONTENT = ("id", "stream", "at", "event", "subject", "actor", "body", "record_hash")
FROZEN = ("ledger_checkpoint", "ledger_node")
NAMES = (
    "ledger_entry_keep",
    "ledger_entry_once",
    *(f"{table}_{what}" for table in FROZEN for what in ("keep", "still")),
)
SAYS = "the ledger is only appended to"


def install(connection) -> None:
    """Put the triggers in place; whoever rebuilds a ledger table must call this again."""
    statements = _sqlite() if connection.vendor == "sqlite" else _postgresql()
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def missing(connection) -> list[str]:
    """The triggers that should be there and are not, or are switched off."""
    if connection.vendor == "sqlite":
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    else:
        query = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')"
    with connection.cursor() as cursor:
        cursor.execute(query)
        present = {row[0] for row in cursor.fetchall()}
    return [name for name in NAMES if name not in present]


def _rewrites(differs: str) -> str:
    """True for an update that does more than seal once: a sealed entry, or another column."""
    changed = " OR ".join(f"NEW.{column} {differs} OLD.{column}" for column in CONTENT)
    return f"OLD.sealed_index IS NOT NULL OR {changed}"


def _sqlite() -> list[str]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{SAYS}'); END"
    rules = [
        ("ledger_entry_keep", "DELETE ON ledger_entry", ""),
        ("ledger_entry_once", "UPDATE ON ledger_entry", f"WHEN {_rewrites('IS NOT')}"),
    ]
    for table in FROZEN:
        rules += [(f"{table}_keep", f"DELETE ON {table}", ""), (f"{table}_still", f"UPDATE ON {table}", "")]
    made = []
    for name, what, when in rules:
        made += [
            f"DROP TRIGGER IF EXISTS {name}",
            f"CREATE TRIGGER {name} BEFORE {what} FOR EACH ROW {when} {refuse}",
        ]
    return made


def _postgresql() -> list[str]:
    function = (
        "CREATE OR REPLACE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{SAYS}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    rules = [("ledger_entry_once", "UPDATE ON ledger_entry FOR EACH ROW", f"WHEN ({_rewrites('IS DISTINCT FROM')})")]
    for table in ("ledger_entry", *FROZEN):
        rules.append((f"{table}_keep", f"DELETE OR TRUNCATE ON {table} FOR EACH STATEMENT", ""))
    rules += [(f"{table}_still", f"UPDATE ON {table} FOR EACH STATEMENT", "") for table in FROZEN]
    made = [function]
    for name, what, when in rules:
        made += [
            f"DROP TRIGGER IF EXISTS {name} ON {what.split(' ON ')[1].split()[0]}",
            f"CREATE TRIGGER {name} BEFORE {what} {when} EXECUTE FUNCTION ledger_refuse()",
        ]
    return made
