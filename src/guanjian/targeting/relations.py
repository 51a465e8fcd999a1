"""Whose history counts? The parties, goods and places of a declaration, and the crosses between them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from guanjian.kernel.words import Text
from guanjian.targeting.keys import crossed
from guanjian.targeting.rows import Rows

NAMES = {
    "consignee_id": Text("收发货人", "the consignee"),
    "agent_id": Text("报关企业", "the agent"),
    "overseas_party": Text("境外收发货人", "the overseas party"),
    "hs10": Text("10位商品编号", "the 10-digit commodity code"),
    "hs8": Text("8位商品编号", "the 8-digit commodity code"),
    "hs6": Text("6位商品编号", "the 6-digit commodity code"),
    "hs4": Text("4位品目", "the 4-digit heading"),
    "origin_country": Text("原产地", "the origin"),
    "departure_country": Text("启运地", "the country of departure"),
    "unit_code": Text("申报关区", "the office"),
    "trade_mode": Text("监管方式", "the trade mode"),
    "duty_nature": Text("征免性质", "the nature of duty"),
    "transport_mode": Text("运输方式", "the mode of transport"),
    "tax_rate": Text("税率", "the rate"),
    "net_kg": Text("净重", "the net weight"),
}


@dataclass(frozen=True, slots=True)
class Relation:
    """A column, or several together, whose past is remembered."""

    parts: tuple[str, ...]

    @property
    def name(self) -> str:
        return "*".join(self.parts)

    @property
    def title(self) -> Text:
        """In words: the parts side by side."""
        told = [NAMES.get(part, Text(part, part)) for part in self.parts]
        return Text("＋".join(one.zh for one in told), " with ".join(one.en for one in told))

    def keys(self, rows: Rows) -> np.ndarray:
        """The key of every row."""
        first, *more = (rows.key[part] for part in self.parts)
        return crossed(first, *more) if more else first


def relations(parts: Iterable[Iterable[str]]) -> tuple[Relation, ...]:
    """One relation for each list of columns."""
    return tuple(Relation(tuple(one)) for one in parts)


HISTORY = relations(
    [
        ["consignee_id"],
        ["agent_id"],
        ["overseas_party"],
        ["hs10"],
        ["hs8"],
        ["hs6"],
        ["hs4"],
        ["origin_country"],
        ["unit_code"],
        ["consignee_id", "hs6"],
        ["consignee_id", "overseas_party"],
        ["agent_id", "hs6"],
        ["agent_id", "overseas_party"],
        ["overseas_party", "hs6"],
        ["hs10", "origin_country"],
        ["hs6", "origin_country"],
        ["hs4", "origin_country"],
        ["unit_code", "hs6"],
        ["unit_code", "agent_id"],
    ]
)
ACQUAINTANCE = relations(
    [
        ["consignee_id"],
        ["agent_id"],
        ["overseas_party"],
        ["consignee_id", "agent_id"],
        ["consignee_id", "overseas_party"],
        ["consignee_id", "hs6"],
        ["overseas_party", "hs6"],
        ["hs10", "origin_country"],
    ]
)
IDLE = relations([["consignee_id"], ["consignee_id", "hs6"], ["consignee_id", "overseas_party"]])
LOSS = relations(
    [
        ["consignee_id"],
        ["overseas_party"],
        ["hs6"],
        ["hs4", "origin_country"],
        ["hs6", "origin_country"],
        ["agent_id", "hs6"],
        ["consignee_id", "hs6"],
    ]
)
FRESH = relations(
    [
        ["consignee_id"],
        ["overseas_party"],
        ["hs4"],
        ["hs4", "origin_country"],
        ["consignee_id", "hs4"],
    ]
)
