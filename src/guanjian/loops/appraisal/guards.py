"""The database's own refusal to change what was published: triggers, the same rule on SQLite and on PostgreSQL."""

from __future__ import annotations

TABLE, NAMES = "appraisal_appraisal", ("appraisal_published_keep", "appraisal_published_still")
SAYS = "a published appraisal is not changed"
PUBLISHED = "OLD.published_at IS NOT NULL"


def install(connection) -> None:
    """Put the triggers in place; whoever rebuilds the table must call this again."""
    with connection.cursor() as cursor:
        for statement in _sqlite() if connection.vendor == "sqlite" else _postgresql():
            cursor.execute(statement)


def _sqlite() -> list[str]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{SAYS}'); END"
    made = []
    for name, verb in zip(NAMES, ("DELETE", "UPDATE"), strict=True):
        made.append(f"DROP TRIGGER IF EXISTS {name}")
        made.append(f"CREATE TRIGGER {name} BEFORE {verb} ON {TABLE} FOR EACH ROW WHEN {PUBLISHED} {refuse}")
    return made


def _postgresql() -> list[str]:
    made = [
        "CREATE OR REPLACE FUNCTION appraisal_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{SAYS}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    ]
    for name, verb in zip(NAMES, ("DELETE", "UPDATE"), strict=True):
        made.append(f"DROP TRIGGER IF EXISTS {name} ON {TABLE}")
        made.append(
            f"CREATE TRIGGER {name} BEFORE {verb} ON {TABLE} FOR EACH ROW WHEN ({PUBLISHED}) "
            "EXECUTE FUNCTION appraisal_refuse()"
        )
    return made
