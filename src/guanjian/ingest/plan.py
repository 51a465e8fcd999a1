"""Which file fills which table? By the folder's or the file's name, by `--table`, or by a mapping."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from guanjian.customs import TABLES
from guanjian.ingest.mapping import Mapping
from guanjian.ingest.sources import suffix_of
from guanjian.kernel.errors import BadInput, NotFound

LOGS = (".xes", ".xes.gz", ".jsonocel", ".ocel.json", ".sqlite", ".sqlite3", ".db")


@dataclass(frozen=True, slots=True)
class Work:
    """One file and the tables that it fills."""

    path: Path
    tables: tuple[str, ...]

    def seal(self, digest: str, mapping: Mapping | None) -> str:
        """The same content, read in the same way, is the same source, whatever it is called."""
        return sha256("|".join((digest, *self.tables, mapping.text if mapping else "")).encode()).hexdigest()


def find(paths: Iterable[str | Path], table: str | None, mapping: Mapping | None) -> tuple[list[Work], list[str]]:
    """The work to do, in the order given, folders by name; and the files in folders that are nobody's table."""
    if table and mapping:
        raise BadInput("--table 与 --mapping 只能用一个。", "Use either --table or --mapping, not both.")
    if table and table not in TABLES:
        raise BadInput(
            f"没有“{table}”这张表；可用：{' '.join(TABLES)}",
            f"There is no table “{table}”; these are: {' '.join(TABLES)}",
        )
    works, skipped = [], []
    for path in map(Path, paths):
        if not path.exists():
            raise NotFound(f"没有这个文件或目录：{path}", f"There is no such file or folder: {path}")
        files = _inside(path) if path.is_dir() else [path]
        for file in files:
            tables = _tables(file, table, mapping)
            if tables:
                works.append(Work(file, tables))
            elif path.is_dir():
                skipped.append(str(file))
            else:
                raise _whose(file)
    if not works:
        raise BadInput("没有可导入的文件。", "There is no file to import.")
    return works, skipped


def _inside(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith((".", "_")))


def _tables(path: Path, table: str | None, mapping: Mapping | None) -> tuple[str, ...]:
    suffix = suffix_of(path)
    if suffix in LOGS or (suffix == ".json" and "events" in (table, path.name.split(".")[0], path.parent.name)):
        return ("events",)
    if suffix in ("", ".json"):
        return ()
    if mapping:
        return tuple(mapping.tables)
    named = (table, path.name.split(".")[0], path.parent.name)
    return next(((name,) for name in named if name in TABLES), ())


def _whose(path: Path) -> BadInput:
    if not suffix_of(path):
        return BadInput(f"不认识这种文件：{path.name}", f"{path.name} is not a kind of file that can be imported")
    return BadInput(
        f"看不出 {path.name} 属于哪张表，请用 --table 或 --mapping 指明。",
        f"Nothing says which table {path.name} is; name it with --table or --mapping.",
    )
