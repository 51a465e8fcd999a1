"""How is a pair of an officer and a trader named and judged? Alike in every detector that counts how often two meet."""

from __future__ import annotations

import numpy as np
import pandas as pd

from guanjian.stats.coincidence import tails

PAIR = ["unit_code", "officer_id", "trader_id"]
FIGURES = ("observed", "expected", "variance")


def named(officers: np.ndarray, traders: np.ndarray) -> dict[str, object]:
    """The columns that say whom a row is about."""
    subjects = [f"{officer}|{trader}" for officer, trader in zip(officers, traders, strict=True)]
    return {"officer_id": officers, "trader_id": traders, "subject_id": subjects}


def judged(of: pd.DataFrame) -> pd.DataFrame:
    """Rows with FIGURES: `p_value` and `score` (−lg p) instead of the variance, widened by how much all pairs scatter."""
    p_value = tails(*(of[name].to_numpy(float) for name in FIGURES))
    return of.assign(p_value=p_value, score=-np.log10(p_value)).drop(columns="variance")
