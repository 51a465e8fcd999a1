"""Records begin and move through `moving` alone: nobody else writes them, sets their state, or appends to the ledger."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1] / "src" / "guanjian"
WRITES = {
    *("create", "save", "update", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create"),
    *("acreate", "asave", "aupdate", "adelete", "abulk_create", "abulk_update", "aget_or_create", "aupdate_or_create"),
}
MOVED = {"state", "hands", "facts", "version", "due_at", "closed_at", "entered_at", "verdict", "salt", "clocks"}
KINDS = {"Record", "Found", "Sealed"}
RECORDS = KINDS | {
    node.name
    for path in (ROOT / "loops").glob("*/models.py")
    for node in ast.parse(path.read_text()).body
    if isinstance(node, ast.ClassDef) and KINDS & {getattr(base, "id", "") for base in node.bases}
}
LOOPS = sorted(path for path in (ROOT / "loops").rglob("*.py") if "migrations" not in path.parts)
OTHERS = sorted(
    path
    for room in ("teamwork", "wiring", "crossing", "outside", "pages", "web", "api", "cli", "jobs", "lenses")
    for path in ([ROOT / room] if room.endswith(".py") else (ROOT / room).rglob("*.py"))
    if "migrations" not in path.parts
)


def written(tree: ast.AST) -> list[str]:
    """Calls of a writing method, and settings of a field that only a step moves."""
    calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    found = [call.attr for call in calls if isinstance(call, ast.Attribute) and call.attr in WRITES]
    targets = [one for node in ast.walk(tree) for one in getattr(node, "targets", [getattr(node, "target", None)])]
    found += [one.attr for one in targets if isinstance(one, ast.Attribute) and one.attr in MOVED]
    return found + [call.id for call in calls if isinstance(call, ast.Name) and call.id == "setattr"]


def writes_of_records(tree: ast.AST) -> list[str]:
    """Writing calls on a chain that begins with a record's class: `Clue.objects.filter(…).update(…)`."""
    found = []
    registers = {  # of the same name as a record: the register of who served where
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("guanjian.org")
        for alias in node.names
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES:
            names = {inner.id for inner in ast.walk(node.func) if isinstance(inner, ast.Name)}
            found += sorted(names & RECORDS - registers)
    return found


@pytest.mark.parametrize("path", LOOPS, ids=[str(path.relative_to(ROOT)) for path in LOOPS])
def test_no_loop_writes_a_record_by_itself(path):
    assert written(ast.parse(path.read_text())) == []


@pytest.mark.parametrize("path", OTHERS, ids=[str(path.relative_to(ROOT)) for path in OTHERS])
def test_no_other_room_writes_a_record(path):
    assert writes_of_records(ast.parse(path.read_text())) == []


def test_every_loop_has_its_record_here():
    assert len(RECORDS) == len(KINDS) + len(list((ROOT / "loops").glob("*/flow.py")))


def test_only_moving_and_the_ledger_itself_append():
    users = [
        str(path.relative_to(ROOT))
        for path in ROOT.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom)
        and node.module == "guanjian.ledger.rows"
        and "append" in {name.name for name in node.names}
    ]
    assert {user.split("/")[0] for user in users} <= {"moving", "ledger"}
    assert "moving/verbs.py" in users


@pytest.mark.parametrize(
    "sabotage",
    [
        "record.state = 'closed'",
        "Clue.objects.filter(pk=1).update(state='x')",
        "clue.save()",
        "setattr(clue, 'state', 1)",
    ],
)
def test_the_door_is_watched(sabotage):
    assert written(ast.parse(sabotage)) != []


def test_a_record_class_written_elsewhere_is_noticed():
    assert writes_of_records(ast.parse("Clue.objects.filter(pk=1).update(title='x')")) == ["Clue"]
    assert writes_of_records(ast.parse("Person.objects.create(username='x')")) == []
