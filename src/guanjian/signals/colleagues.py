"""Does an officer differ from colleagues on the very same work? One count per officer and cell.

`beyond_colleagues` shuffles the marks of a cell (hypergeometric); `beyond_usual` is for marks so rare that a cell holds
none but his: what the others there do, and the whole administration behind them, says how rare they are.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from guanjian.signals.period import months
from guanjian.stats.exact import cell_sums, upper_tail
from guanjian.stats.robust import overdispersion

FINE = 9  # decimals from which two officers are equally conspicuous
OUTLYING = 0.05  # the most conspicuous officers do not say how much officers differ anyway


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


def beyond_usual(counts: pd.DataFrame, kind: list[str], least: int, borrowed: float) -> pd.DataFrame:
    """Every officer with at least `least` pieces of work: marks seen, marks to be expected, p-value and score.

    `counts`: as above, one row per cell and officer, with `whole` pieces and `marks` of the cell, and `last`, the month
    of the last one. The rate of a cell is that of its other pieces, and of `borrowed` more at the rate of all work of
    its `kind` elsewhere. The variance knows that a rate is learned from few, and how much officers differ.
    """
    own, rest = counts["done"].to_numpy(float), (counts["whole"] - counts["done"]).to_numpy(float)
    others = (counts["marks"] - counts["marked"]).to_numpy(float)
    usual = counts[["unit_code", *kind]].merge(_elsewhere(counts, kind), how="left")["usual"].to_numpy(float)
    rate = (others + borrowed * usual) / (rest + borrowed)
    single = own * rate * (1 - rate)
    counts = counts.assign(
        expected=own * rate, single=single, twice=single * (own - 1), learned=single * (own - 1) / (rest + borrowed + 1)
    ).sort_values(["officer_id", "done", "unit_code"], ascending=[True, False, True], kind="stable")
    of = counts.groupby("officer_id", as_index=False).agg(
        done=("done", "sum"), observed=("marked", "sum"), expected=("expected", "sum"), single=("single", "sum"),
        twice=("twice", "sum"), learned=("learned", "sum"), unit_code=("unit_code", "first"), first=("on", "min"),
        last=("last", "max"),
    )  # fmt: skip
    of = of[of["done"] >= least].reset_index(drop=True).astype({"observed": float})
    variance = of["single"] + of["learned"] + of["twice"] * _alike(of)
    p_value = upper_tail(of["observed"], of["expected"], variance)
    period = months(of["first"], of["last"])
    of = of.rename(columns={"officer_id": "subject_id"}).drop(columns=["first", "last", "single", "twice", "learned"])
    return of.assign(p_value=p_value, score=-np.log10(p_value), period=period)


def _elsewhere(counts: pd.DataFrame, kind: list[str]) -> pd.DataFrame:
    """The rate of a kind of work in all other units, without the unit that has most marks: it may be the culprit's."""
    cells = counts.drop_duplicates(["unit_code", *kind]).sort_values("unit_code")
    most = cells.sort_values("marks", ascending=False, kind="stable").drop_duplicates(kind).index
    plain = cells[["whole", "marks"]].mul(~cells.index.isin(most), axis=0)
    every = plain.groupby([cells[name] for name in kind]).transform("sum") - plain
    usual = (every["marks"] + 0.5) / (every["whole"] + 1.0)
    return cells[["unit_code", *kind]].assign(usual=usual)


def _alike(of: pd.DataFrame) -> np.ndarray:
    """How much the pieces of one officer go together: learned from other units, without the most conspicuous officers."""
    excess = ((of["observed"] - of["expected"]) ** 2 - of["single"]).round(FINE)
    kept = np.argsort(excess.to_numpy(float), kind="stable")[: len(of) - int(np.ceil(OUTLYING * len(of)))]
    told = pd.DataFrame({"unit": of["unit_code"], "excess": 0.0, "pairs": 0.0})
    told.iloc[kept, 1:] = np.column_stack([excess, of["twice"]])[kept]
    there = told.groupby("unit")[["excess", "pairs"]].transform("sum")
    elsewhere = (told[["excess", "pairs"]].sum() - there).to_numpy(float)
    return np.clip(
        np.divide(elsewhere[:, 0], elsewhere[:, 1], out=np.zeros(len(of)), where=elsewhere[:, 1] > 1e-9), 0, 0.99
    )
