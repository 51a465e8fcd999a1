"""Small tables for the tests of targeting: a market with one bad consignee, and the public Korean set."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np

from guanjian.targeting import mapping, reading
from guanjian.targeting.rows import DAY, Rows

BEGIN = 1_700_000_000
KOREA = "data/customs/kcs2022"


def market(size: int = 600, seed: int = 7, bad: str = "C3") -> Rows:
    """One declaration an hour; the bad consignee undervalues four times in five, a result comes two days later."""
    rng = np.random.default_rng(seed)
    consignee = np.char.add("C", rng.integers(0, 12, size).astype(str)).astype(object)
    cheats = (consignee == bad) & (rng.random(size) < 0.8)
    goods = rng.choice(["8501100000", "8501200000", "2204210000"], size).astype(object)
    quantity = rng.lognormal(4, 0.5, size)
    value = quantity * 100 * rng.lognormal(0, 0.1, size) * np.where(cheats, 0.5, 1)
    at = BEGIN + np.arange(size) * 3600
    text = {
        "entry_id": np.char.add("E", np.arange(size).astype(str)).astype(object),
        "unit_code": rng.choice(["2201", "2202"], size).astype(object),
        "consignee_id": consignee,
        "agent_id": rng.choice(["A1", "A2", "A3"], size).astype(object),
        "hs_code": goods,
        "origin_country": rng.choice(["DE", "JP"], size).astype(object),
    }
    number = {"value_cny": value, "quantity": quantity, "net_kg": quantity * 2, "tax_rate": np.full(size, 10.0)}
    evaded = np.where(cheats, value * 0.1, 0.0)
    return Rows.of(text, number, at, found=cheats.astype(float), evaded=evaded, known=at + 2 * DAY)


@lru_cache(maxsize=1)
def korea(folder: Path) -> tuple[Rows, Rows]:
    """The public set: what is learned from (train and valid), and the test."""
    said = mapping.load("kcs2022")
    train, valid, test = (
        reading.from_file(folder / f"df_syn_{part}_eng.csv", said) for part in ("train", "valid", "test")
    )
    return Rows.joined([train, valid]), test
