"""What is a look worth? What it may find by the newest results next door, and what a find there would teach.

Trees are grown seldom and remember long: a scheme that began last month is a drop in a year of results. Here the model's
chance counts as so many looks, and the newest looks next door are added to them. A find also pays by what it says of
everything else that is on the list: the more money passes in the same goods and the fewer have looked there, the more.
"""

from __future__ import annotations

import numpy as np

from guanjian.targeting.features import Memory
from guanjian.targeting.groups import place_in_group
from guanjian.targeting.relations import Relation
from guanjian.targeting.rows import Rows

NEXT_DOOR = (Relation(("hs4", "origin_country")), Relation(("consignee_id", "hs4")))
TEACHES = {Relation(("hs4", "origin_country")): 1.0, Relation(("hs4",)): 0.3}  # for how much of what passes there
LOOKS = 4.0  # the model's chance weighs as much as so many looks
FINDS = 1.0  # and its amount as much as so many finds


def worth(memory: Memory, rows: Rows, probability: np.ndarray, at_stake: np.ndarray) -> np.ndarray:
    """In yuan, for each declaration of one list; without a memory of results it is the expected loss."""
    if not memory.newest:
        return probability * at_stake
    tries, found, lost = sum(memory.lately(one, rows) for one in NEXT_DOOR).T
    chance = (LOOKS * probability + found) / (LOOKS + tries)
    amount = (FINDS * at_stake + lost) / (FINDS + found)
    taught = np.zeros(len(rows))
    for one, part in TEACHES.items():
        keys = one.keys(rows)
        group = np.unique(keys, return_inverse=True)[1]
        passes = np.where(keys == 0, 0, part * np.bincount(group, amount)[group])
        seen = 1 + memory.lately(one, rows)[:, 0]
        taught += passes / (seen + _before(group, chance * (amount + passes / seen), rows.text["entry_id"]))
    return chance * (amount + taught)


def _before(group: np.ndarray, rank: np.ndarray, entries: np.ndarray) -> np.ndarray:
    """How many of the same group would be opened first: the second look next door teaches less than the first."""
    order = np.lexsort((entries.astype(str), -rank))
    before = np.empty(len(rank), np.int64)
    before[order] = place_in_group(group[order])
    return before
