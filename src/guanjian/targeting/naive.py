"""What would simple rules have found? Always beside the model: it must earn its keep against them.

Isolation forest is not here: it needs a library that the platform does not otherwise carry.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from guanjian.kernel.words import Text
from guanjian.targeting.heads import Heads
from guanjian.targeting.past import Past
from guanjian.targeting.relations import Relation
from guanjian.targeting.rows import Rows
from guanjian.targeting.settings import Settings

GROUP = Relation(("hs6", "origin_country", "tax_rate", "trade_mode"))
CODES = (
    "unit_code",
    "consignee_id",
    "agent_id",
    "overseas_party",
    "hs10",
    "hs6",
    "hs4",
    "origin_country",
    "trade_mode",
)
NUMBERS = ("value_cny", "net_kg", "quantity", "tax_rate")
PULL = 1.0
Rule = Callable[[Rows, Rows], np.ndarray]


def price(before: Rows, now: Rows) -> np.ndarray:
    """The dearest declarations first."""
    return np.nan_to_num(now.number["value_cny"])


def consignee(before: Rows, now: Rows) -> np.ndarray:
    """Consignees with the highest rate of finds first."""
    return _rates(before, now, Relation(("consignee_id",)), money=False)


def group(before: Rows, now: Rows) -> np.ndarray:
    """The rate of finds in the group of goods, origin, rate and trade mode."""
    return _rates(before, now, GROUP, money=False)


def group_revenue(before: Rows, now: Rows) -> np.ndarray:
    """The mean evaded revenue in the same group: the rule that collects, where amounts are known."""
    return _rates(before, now, GROUP, money=True)


def trees(before: Rows, now: Rows) -> np.ndarray:
    """Plain boosted trees on what stands in the declaration, without any history."""
    return PlainTrees.train(before, Settings()).score(now)[0]


RULES: dict[str, tuple[Text, Rule]] = {
    "price": (Text("按价格", "price"), price),
    "consignee": (Text("按收发货人历史", "rate of the consignee"), consignee),
    "group": (Text("按组均值", "group mean"), group),
    "trees": (Text("普通提升树", "plain boosted trees"), trees),
}


@dataclass(frozen=True, slots=True)
class PlainTrees:
    """The same two heads on raw codes and numbers, without any history."""

    names: dict[str, np.ndarray]  # of each code what was seen in training
    heads: Heads

    @classmethod
    def train(cls, before: Rows, settings: Settings) -> PlainTrees:
        """Learn from what was examined."""
        looked = before.take(before.examined)
        names = {column: np.unique(looked.key[column]) for column in CODES}
        return cls(names, Heads.of(_raw(looked, names), [*CODES, *NUMBERS], looked, settings))

    def score(self, now: Rows) -> tuple[np.ndarray, np.ndarray]:
        """Probability and amount."""
        matrix = _raw(now, self.names)
        return self.heads.probability(matrix), self.heads.at_stake(matrix, now)


def _raw(rows: Rows, names: dict[str, np.ndarray]) -> np.ndarray:
    """Codes as their place in the alphabet of what was seen in training; an unknown one is missing."""
    columns = []
    for column, known in names.items():
        place = np.minimum(np.searchsorted(known, rows.key[column]), len(known) - 1)
        columns.append(np.where(known[place] == rows.key[column], place, np.nan))
    return np.column_stack([*columns, *(rows.number[name] for name in NUMBERS)]).astype(np.float32)


def _rates(before: Rows, now: Rows, relation: Relation, money: bool) -> np.ndarray:
    looked = before.take(before.examined)
    wanted = np.nan_to_num(looked.evaded) if money else looked.found
    past = Past.of(relation.keys(looked), looked.known, np.column_stack([np.ones(len(looked)), wanted]))
    tries, sums = past.before(relation.keys(now), now.at).T
    overall = wanted.mean() if len(wanted) else 0.0
    return (sums + PULL * overall) / (tries + PULL)
