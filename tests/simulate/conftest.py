"""One small simulated administration for all tests of this folder, read back with DuckDB."""

import json
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from guanjian.simulate import run

DECLARATIONS = 40_000


@dataclass
class Simulated:
    """A written simulation: its folder, its truth as read from the file, and questions in SQL."""

    folder: Path

    @property
    def truth(self) -> dict:
        return json.loads((self.folder / "truth.json").read_text("utf-8"))

    def planted(self, kind: str) -> dict:
        return next(truth for truth in self.truth["planted"] if truth["kind"] == kind)

    def arisen(self, kind: str) -> dict[str, set[str]]:
        return {t["subject_id"]: set(t["entries"]) for t in self.truth["arisen"] if t["kind"] == kind}

    def formal(self, kind: str) -> set[str]:
        return {entry for t in self.truth["formal"] if t["kind"] == kind for entry in t["entries"]}

    def ask(self, sql: str) -> list[tuple]:
        """`{declarations}` in the text stands for that table."""
        tables = {path.name: f"'{path}/*.parquet'" for path in self.folder.iterdir() if path.is_dir()}
        with duckdb.connect() as connection:
            return connection.execute(sql.format(**tables)).fetchall()


@pytest.fixture(scope="session")
def everything(tmp_path_factory) -> Simulated:
    folder = tmp_path_factory.mktemp("simulated") / "everything"
    run("everything", DECLARATIONS, 7, folder)
    return Simulated(folder)


@pytest.fixture(scope="session")
def quiet(tmp_path_factory) -> Simulated:
    folder = tmp_path_factory.mktemp("simulated") / "quiet"
    run("quiet", 20_000, 7, folder)
    return Simulated(folder)
