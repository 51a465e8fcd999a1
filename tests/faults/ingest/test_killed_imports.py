"""A process killed at any moment of an import leaves either the whole batch or none of it."""

import multiprocessing
import os
import random
import signal
import time
from pathlib import Path

import duckdb
import pytest

from guanjian.ingest import manifest, publish
from guanjian.ingest.importing import ingest
from guanjian.ingest.lake import Lake
from guanjian.ingest.receipt import Counts

FIRST, SECOND = 40_000, 30_000  # rows of the two batches; a quarter of the second revises the first
FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["guanjian.ingest.importing", "tests.faults.ingest.test_killed_imports"])


@pytest.fixture(scope="module")
def sources(tmp_path_factory):
    """Two folders: the second brings new entries, revisions, duplicates and broken rows over two months."""
    root = tmp_path_factory.mktemp("sources")
    with duckdb.connect() as connection:
        for name, low, high, extra in (("first", 0, FIRST, 0), ("second", 30_000, 30_000 + SECOND, 1)):
            (root / name / "declarations").mkdir(parents=True)
            for part in range(4):
                connection.execute(
                    f"""COPY (SELECT 'E' || i AS entry_id, '2200' AS unit_code, 'import' AS ie,
                        TIMESTAMP '2025-01-01' + to_hours(CAST(i % 1000 AS INT)) AS declared_at, '0110' AS trade_mode,
                        CASE WHEN i % 1000 = 999 THEN '' ELSE 'C' || i % 50 END AS consignee_id,
                        i + CASE WHEN i % 4 = 0 THEN {extra} ELSE 0 END AS value_cny
                        FROM range({low}, {high}) t(i) WHERE i % 4 = {part})
                        TO '{root}/{name}/declarations/part-{part}.parquet' (FORMAT parquet)"""
                )
    return root


def run(lake: Path, source: Path) -> None:
    ingest([source], Lake.open(lake, create=True))


def killed_after(lake: Path, source: Path, seconds: float) -> bool:
    """Import in a process of its own and kill it; True if it had not ended by itself."""
    child = FORKS.Process(target=run, args=(lake, source))
    child.start()
    child.join(seconds)
    child.kill()
    child.join()
    return child.exitcode == -signal.SIGKILL


def state(lake: Path) -> tuple[int, int]:
    """The number of entries and the sum of their values, now."""
    with duckdb.connect() as connection:
        query = f"SELECT count(*), CAST(coalesce(sum(value_cny), 0) AS BIGINT) FROM ({Lake.open(lake).select('declarations')})"
        return connection.execute(query).fetchone()


def expected(batches: int) -> tuple[int, int]:
    """The same worked out by plain arithmetic."""
    values = {i: i for i in range(FIRST) if i % 1000 != 999} if batches else {}
    if batches == 2:
        values |= {i: i + (i % 4 == 0) for i in range(30_000, 30_000 + SECOND) if i % 1000 != 999}
    return len(values), sum(values.values())


def stray(lake: Path) -> set[Path]:
    """Data files that no manifest names, and what was left on desks."""
    opened = Lake.open(lake)
    named = {Path(path) for path in opened.files("declarations")}
    named |= {lake / path for batch in opened.batches() for path in batch.quarantine}
    return {path for path in lake.rglob("*.parquet") if path not in named} | set((lake / "staging").iterdir())


@pytest.mark.slow
def test_kill_at_twenty_random_moments_leaves_whole_batches_only(sources, tmp_path):
    for warm in ("fork server starts", "measured"):
        began = time.monotonic()
        killed_after(tmp_path / warm, sources / "first", 120)
        took = time.monotonic() - began
    chance, lake, killed = random.Random(20), tmp_path / "lake", 0
    run(lake, sources / "first")
    assert state(lake) == expected(1)
    for _ in range(20):
        killed += killed_after(lake, sources / "second", chance.uniform(0.02, 0.95) * took)
        batches = len(Lake.open(lake).batches())
        assert state(lake) == expected(batches)
        assert stray(lake) == set()
        if batches == 2:  # it got through: begin again, so that twenty real imports are killed
            lake = tmp_path / f"lake-{killed}-{time.monotonic_ns()}"
            run(lake, sources / "first")
    assert killed >= 10
    receipt = ingest([sources / "second"], Lake.open(lake))
    assert receipt.tables["declarations"] == Counts(30_000, 22_480, 30, 7_490, 2_500)
    assert state(lake) == expected(2)
    assert stray(lake) == set()


def die_at(lake: Path, source: Path, step: int) -> None:
    """Import, and be killed at the given step of publishing: a file made durable, moved, or the manifest renamed."""
    left = [step]

    def counted(real):
        def step_or_die(*given):
            left[0] -= 1
            if left[0] < 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*given)

        return step_or_die

    for place in (publish, manifest):
        place.sync = counted(place.sync)
    Path.rename = counted(Path.rename)
    run(lake, source)


@pytest.mark.slow
def test_kill_at_each_step_of_publishing_leaves_all_or_nothing(sources, tmp_path):
    outcomes = []
    for step in range(60):
        lake = tmp_path / str(step)
        Lake.open(lake, create=True)
        child = FORKS.Process(target=die_at, args=(lake, sources / "first", step))
        child.start()
        child.join()
        batches = len(Lake.open(lake).batches())
        assert state(lake) == expected(batches)
        assert stray(lake) == set()
        outcomes.append(batches)
        if child.exitcode == 0:
            break
    assert outcomes == sorted(outcomes), "once it is there it stays"
    assert outcomes[0] == 0
    assert outcomes[-1] == 1
    assert len(outcomes) > 10
