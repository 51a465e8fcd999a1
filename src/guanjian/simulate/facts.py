"""How does a day's work look as rows of the fact tables?"""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from guanjian.simulate import columns
from guanjian.simulate.control import LANES
from guanjian.simulate.goods import CURRENCIES, MEAN_KG, PARTNERS
from guanjian.simulate.handling import HANDLINGS
from guanjian.simulate.parts import Parts
from guanjian.simulate.units import PORTS
from guanjian.simulate.work import MODES, Work
from guanjian.simulate.world import World

TRADE_MODES = ("0110", "0615", "0214", "1233", "3010")
TRADE_SHARES = np.cumsum([0.8, 0.13, 0.04, 0.02, 0.01])
GENERAL = 0  # the only mode of trade here that pays duty
DUTY_NATURES = ("101", "503", "502", "307", "299")
FIND_KINDS = ("tax", "delete_amend", "permit", "ipr", "other")
TOPICS = ("涉税商品", "套代购", "农产品", "成品油", "濒危物种", "固体废物", "涉检", "骗退税")
TOPIC_SHARES = np.cumsum([0.34, 0.18, 0.26, 0.05, 0.05, 0.04, 0.05, 0.03])  # rough shares of the cases of 2023
DIRECTIONS = pa.array(["import", "export"])
CHOICES = {
    name: pa.array(list(words))
    for name, words in {
        "ports": PORTS.values(), "trade": TRADE_MODES, "nature": DUTY_NATURES, "terms": ("1", "3", "2"), "lanes": LANES,
        "modes": MODES, "finds": FIND_KINDS, "handling": HANDLINGS, "currency": CURRENCIES, "partners": PARTNERS,
        "topics": TOPICS,
    }.items()
}  # fmt: skip


def mixed(values: np.ndarray, salt: int) -> np.ndarray:
    """A fixed pseudo-random fraction per number: for features that belong to a trader and never change."""
    mixed = (values.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15) + np.uint64(salt)) * np.uint64(0xBF58476D1CE4E5B9)
    return (mixed >> np.uint64(40)).astype(np.float64) / 2**24


def trade_mode(trader: np.ndarray, way: np.ndarray | int) -> np.ndarray:
    """The mode in which a trader always imports, and the one in which he exports."""
    return np.searchsorted(TRADE_SHARES[:-1], mixed(trader * 3 + way, 1))


def declarations(world: World, work: Work, parts: Parts) -> None:
    """One row per entry."""
    goods, words, first = world.goods, world.words, work.cell[work.first_item]
    net = np.bincount(work.item_entry, work.quantity * goods.kg[work.cell], work.count)
    gross = net * (MEAN_KG - 0.03 + 0.06 * mixed(work.trader, 5))
    mode = trade_mode(work.trader, work.way)
    enterprise = world.trader_enterprise(work.trader)
    agent = np.where(world.agents.own[work.agent], -1, world.agents.enterprise[work.agent])
    abroad = np.where(work.way == 0, goods.origin[first], -1)
    partner = (mixed(work.trader, 2) ** 2 * len(PARTNERS)).astype(np.int64)
    country = pa.concat_arrays([goods.countries, CHOICES["partners"]])
    released = np.where(work.release_at <= world.period.cutoff, work.release_at, -1)
    parts.add(
        "declarations",
        entry_id=columns.texts(work.entry),
        unit_code=columns.names(work.house, words["units"]),
        ie=columns.names(work.way, DIRECTIONS),
        declared_at=columns.stamps(work.declared),
        released_at=columns.stamps(released),
        trade_mode=columns.names(mode, CHOICES["trade"]),
        duty_nature=columns.names(mode, CHOICES["nature"]),
        transport_mode=columns.names(world.units.transport[work.house], CHOICES["ports"]),
        trade_term=columns.names((mixed(work.trader, 3) * 3).astype(int), CHOICES["terms"]),
        consignee_id=columns.spelled(enterprise, words["enterprises"]),
        agent_id=columns.spelled(agent, words["enterprises"]),
        overseas_party=columns.texts(columns.prefixed("SIM-", columns.digits(work.trader * 7 + first % 3, 8))),
        departure_country=columns.names(np.where(work.way == 0, abroad, len(goods.countries) + partner), country),
        gross_kg=columns.amounts(gross),
        net_kg=columns.amounts(net),
        packages=pa.array(np.maximum(1, np.rint(gross / 420)).astype(np.int64)),
        value_cny=columns.amounts(work.value),
        tax_cny=columns.amounts(work.tax * (mode == GENERAL)),
    )


def items(world: World, work: Work, parts: Parts) -> None:
    """One row per goods line."""
    goods, mode = world.goods, trade_mode(work.trader, work.way)
    rate, shown = work.rate * (mode == GENERAL)[work.item_entry], work.shown()
    parts.add(
        "items",
        entry_id=columns.texts(work.entry[work.item_entry]),
        item_no=pa.array(work.item_no),
        hs_code=columns.names(goods.commodity[shown], goods.hs),
        goods_name=columns.names(goods.commodity[work.cell], goods.names),
        quantity=columns.amounts(work.quantity),
        quantity_unit=columns.names(goods.unit[work.cell], goods.units),
        unit_price=columns.exact(work.unit_price.astype(np.int64)),
        currency=columns.names(work.currency, CHOICES["currency"]),
        value_cny=columns.amounts(work.item_value),
        origin_country=columns.names(goods.origin[shown], goods.countries),
        tax_rate=pa.array(rate),
        tax_cny=columns.amounts(work.item_value * rate),
    )


def selections(world: World, work: Work, parts: Parts) -> None:
    """One row per entry, opened or not, with the chance that it had."""
    parts.add(
        "selections",
        entry_id=columns.texts(work.entry),
        decided_at=columns.stamps(work.decided),
        unit_code=columns.names(work.house, world.words["units"]),
        lane=columns.names(work.lane, CHOICES["lanes"]),
        selected=pa.array(work.selected),
        propensity=pa.array(np.round(work.propensity, 6)),
        score=pa.array(np.round(work.score, 4)),
        model_version=columns.constant("sim-1", work.count),
    )
