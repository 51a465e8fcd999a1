"""The one shape of a scorecard: named parts with weights and the reason for each; and how one is computed.

A scorecard speaks of units among their peers, never of a person. No part may be an indicator without a direction.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from guanjian.kernel.words import Text
from guanjian.signals.indicator import Indicator, Means, Worse
from guanjian.stats import composite

DRAWS = 200
COVERED = 0.5  # a unit with values for less than half of the weights is not compared
PLACE = ["unit_code", "peers"]


@dataclass(frozen=True)
class Part:
    """One indicator in a scorecard: how much it weighs, and why."""

    code: str
    weight: float
    because: Text


@dataclass(frozen=True)
class Scorecard:
    """`least`: a unit with less exposure than this has no value in a part; `about`: what it is for, what it is not."""

    code: str
    title: Text
    about: Text
    parts: tuple[Part, ...]
    least: float = 20.0


def scores(
    card: Scorecard, known: dict[str, Indicator], measured: pd.DataFrame, units: pd.DataFrame, seed: int = 0
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The units of a scorecard and their parts; a unit that cannot be compared is in neither.

    `measured`: the table of `engine.measure`, restricted to the period wanted; `units`: the table of units. Units:
    `scorecard_code unit_code peers score low high coverage` (0 worst to 100 best; 90 % interval over sampling error and
    doubt about weights). Parts: `… indicator_code weight cases exposure value peer_median rank`.
    """
    sums = _sums(card, measured, units)
    if sums.empty:
        return _empty("score", "low", "high", "coverage"), _empty("indicator_code", "value", "peer_median", "rank")
    weights = np.array([part.weight for part in card.parts])
    indicators = [known[part.code] for part in card.parts]
    ranks = _ranks(indicators, sums, None)
    compared = composite.coverage(ranks, weights) >= COVERED
    sums, ranks = sums[compared].reset_index(drop=True), ranks[compared]
    rng = np.random.default_rng(seed)
    drawn = [composite.composite(_ranks(indicators, sums, rng), composite.doubtful(weights, rng)) for _ in range(DRAWS)]
    score = composite.composite(ranks, weights)
    low, high = np.quantile(np.array(drawn), (0.05, 0.95), axis=0)
    whole = sums[PLACE].assign(
        scorecard_code=card.code,
        score=100 * score,
        low=100 * np.minimum(low, score),
        high=100 * np.maximum(high, score),
        coverage=composite.coverage(ranks, weights),
    )
    return whole, _parts(card, sums, ranks)


def _sums(card: Scorecard, measured: pd.DataFrame, units: pd.DataFrame) -> pd.DataFrame:
    """Cases and exposure of every part by unit, with the unit's peers; units without any usable part are left out."""
    wanted = measured[measured["indicator_code"].isin([part.code for part in card.parts])]
    wide = wanted.pivot_table(index="unit_code", columns="indicator_code", values=["cases", "exposure"], aggfunc="sum")
    places = units.assign(peers=units["level"] + "/" + units["kind"] + "/" + units["peer_group"].fillna(""))
    sums = pd.DataFrame({"unit_code": wide.index}).merge(places[PLACE], on="unit_code", how="inner")
    for part in card.parts:
        for name in ("cases", "exposure"):
            found = wide[(name, part.code)] if (name, part.code) in wide else pd.Series(dtype=float)
            sums[f"{name} {part.code}"] = sums["unit_code"].map(found).fillna(0.0).astype(float)
        sums.loc[sums[f"exposure {part.code}"] < card.least, f"exposure {part.code}"] = 0.0
    used = sum(sums[f"exposure {part.code}"] for part in card.parts)
    return sums[used > 0].reset_index(drop=True) if len(sums) else sums


def _ranks(indicators: list[Indicator], sums: pd.DataFrame, rng: np.random.Generator | None) -> np.ndarray:
    """Units × parts; redrawn when a generator is given."""
    groups, columns = sums["peers"].to_numpy(), []
    for one in indicators:
        cases, exposure = (sums[f"{name} {one.code}"].to_numpy() for name in ("cases", "exposure"))
        share = rng is not None and one.means is Means.SHARE
        values = composite.redrawn(cases, exposure, share, rng)
        columns.append(composite.peer_ranks(values, groups, one.worse is Worse.LOWER))
    return np.column_stack(columns)


def _parts(card: Scorecard, sums: pd.DataFrame, ranks: np.ndarray) -> pd.DataFrame:
    """One row per unit and part: what the score is made of."""
    rows = []
    for number, part in enumerate(card.parts):
        cases, exposure = (sums[f"{name} {part.code}"] for name in ("cases", "exposure"))
        frame = sums[PLACE].assign(
            scorecard_code=card.code, indicator_code=part.code, weight=part.weight, cases=cases, exposure=exposure
        )
        frame["value"] = cases / exposure.where(exposure > 0)
        frame["peer_median"] = frame.groupby("peers")["value"].transform("median")
        rows.append(frame.assign(rank=ranks[:, number]))
    return pd.concat(rows, ignore_index=True)


def _empty(*columns: str) -> pd.DataFrame:
    return pd.DataFrame(columns=[*PLACE, "scorecard_code", *columns])
