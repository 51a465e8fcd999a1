"""Does an officer differ from colleagues on the very same work? One count per officer and cell, hypergeometric inside."""

from __future__ import annotations

import numpy as np
import pandas as pd

from guanjian.signals.period import months
from guanjian.stats.exact import cell_sums, upper_tail
from guanjian.stats.robust import overdispersion


def beyond_colleagues(counts: pd.DataFrame, same_work: list[str], least: int) -> pd.DataFrame:
    """Every officer with at least `least` pieces of comparable work: seen, expected, p-value and score.

    `counts`: one row per cell (`same_work`) and `officer_id`, with `done` pieces of work, `marked` of them conspicuous,
    `unit_code` and the month `on`. Cells where nothing or everything is marked, or one officer did all, say nothing and
    leave. The variance is widened by how much the middle half of all officers spreads beyond theory.
    """
    cells = counts.groupby(same_work)
    whole, marked = (cells[name].transform("sum").to_numpy(float) for name in ("done", "marked"))
    mean, variance = cell_sums(whole, marked, counts["done"].to_numpy(float))
    counts = counts.assign(expected=mean, variance=variance)[variance > 0]
    counts = counts.sort_values(["officer_id", "done", "unit_code"], ascending=[True, False, True], kind="stable")
    of = counts.groupby("officer_id", as_index=False).agg(
        done=("done", "sum"),
        observed=("marked", "sum"),
        expected=("expected", "sum"),
        variance=("variance", "sum"),
        cells=("marked", "size"),
        unit_code=("unit_code", "first"),
        first=("on", "min"),
        last=("on", "max"),
    )
    of = of[of["done"] >= least].reset_index(drop=True).astype({"observed": float})
    wider = overdispersion(((of["observed"] - of["expected"]) / np.sqrt(of["variance"])).to_numpy(float))
    p_value = upper_tail(of["observed"], of["expected"], of["variance"] * wider)
    period = months(of["first"], of["last"])
    of = of.rename(columns={"officer_id": "subject_id"}).drop(columns=["first", "last", "variance"])
    return of.assign(p_value=p_value, score=-np.log10(p_value), period=period, wider=wider)
