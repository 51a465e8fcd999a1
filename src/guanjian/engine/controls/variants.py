"""Variants: objects with the same sequence of activities are judged once; one vectorised pass, checked to be exact."""

from __future__ import annotations

import duckdb
import numpy as np
import pandas as pd

from guanjian.kernel.errors import GuanjianError


def fold(connection: duckdb.DuckDBPyConnection) -> int:
    """Build `log_cases(o, first_n, v)`, `log_variants(v, objects, first_n)` and `log_steps(o, n, a)`, the log of one object per variant.

    In `log_steps`, `o` is the variant and `n - first_n` the place in it, so that a rule's SQL is the same over both.
    """
    connection.execute("SET preserve_insertion_order = true")  # the log lies in the order of `n`: nothing to sort
    read = connection.execute("SELECT o, enum_code(a) AS a FROM log").fetchnumpy()
    objects, acts = read["o"], read["a"]
    if not len(objects):
        connection.execute("CREATE OR REPLACE TABLE log_steps AS SELECT o, n, a FROM log")
        connection.execute("CREATE OR REPLACE TABLE log_cases AS SELECT o, n AS first_n, o AS v FROM log")
        connection.execute("CREATE OR REPLACE TABLE log_variants AS SELECT o AS v, n AS objects, n AS first_n FROM log")
        return 0
    first, length, place = _cases(objects)
    shown, of, counts = _group(acts, first, length, place)
    cases = {"o": objects[first], "first_n": first, "v": of}
    kept = {"v": np.arange(len(shown), dtype=np.int32), "objects": counts, "first_n": first[shown]}
    _keep(connection, "log_cases", cases)
    _keep(connection, "log_variants", kept)
    ends = np.cumsum(length[shown])
    at = np.arange(ends[-1]) + np.repeat(first[shown] - ends + length[shown], length[shown])
    steps = {"o": np.repeat(kept["v"], length[shown]), "n": at, "a": acts[at]}
    _keep(connection, "log_steps", steps, "o, n, CAST(enum_range(NULL::activity_kind)[a + 1] AS activity_kind) AS a")
    return len(shown)


def _cases(objects: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Where each object begins, how many events it has, and the place of every event in its object."""
    first = np.flatnonzero(np.r_[True, objects[1:] != objects[:-1]])
    length = np.diff(np.r_[first, len(objects)])
    place = np.arange(len(objects), dtype=np.int32) - np.repeat(first.astype(np.int32), length)
    return first, length, place


def _group(
    acts: np.ndarray, first: np.ndarray, length: np.ndarray, place: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The representative object of each variant, the variant of each object, and the objects per variant."""
    for seed in range(3):
        dice = np.random.default_rng(seed)
        kinds = int(acts.max()) + 1
        by_place = dice.integers(1, 2**63, int(length.max()), dtype=np.uint64) | np.uint64(1)
        by_act = dice.integers(1, 2**63, kinds, dtype=np.uint64)
        table = np.multiply.outer(by_place, by_act).ravel()
        seal = np.add.reduceat(table.take(place * np.int32(kinds) + acts), first)
        of = pd.factorize(seal)[0].astype(np.int32)  # hashed: sorting the fingerprints took half of all the time
        counts = np.bincount(of)
        shown = np.empty(len(counts), np.int64)
        shown[of[::-1]] = np.arange(len(of))[::-1]  # the first of each
        if _same(acts, first, length, place, shown[of]):
            return shown, of, counts
    raise GuanjianError("环节序列的指纹三次碰撞。", "The fingerprints of activity sequences collided three times.")


def _same(acts: np.ndarray, first: np.ndarray, length: np.ndarray, place: np.ndarray, model: np.ndarray) -> bool:
    """True when every object equals, event by event, the one that stands for it: a fingerprint alone is no proof."""
    if not np.array_equal(length, length[model]):
        return False
    return bool((acts == acts[np.repeat(first[model].astype(np.int32), length) + place]).all())


def _keep(connection: duckdb.DuckDBPyConnection, name: str, columns: dict[str, np.ndarray], shown: str = "*") -> None:
    connection.register("arriving", columns)
    connection.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT {shown} FROM arriving")
    connection.unregister("arriving")
