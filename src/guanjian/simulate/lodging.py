"""Who lodges what, where and when on one day? Agents by their ports and weekdays, traders with their goods and prices."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from guanjian.simulate.columns import digits
from guanjian.simulate.goods import CURRENCIES, CURRENCY_SHARE, IMPORT
from guanjian.simulate.period import DAY, ROUND_THE_CLOCK
from guanjian.simulate.streams import pick, stream
from guanjian.simulate.work import NONE, PRICE, Work
from guanjian.simulate.world import World

ITEM_SHARES = np.cumsum([0.72, 0.15, 0.06, 0.03, 0.02, 0.02])
WRONG_SHARES = np.cumsum([0.26, 0.44, 0.12, 0.05, 0.13])  # PRICE, QUANTITY, PERMIT, IPR, OTHER
RATES = np.array(list(CURRENCIES.values()))


class Lodging:
    """Draws the declarations of a day; keeps the weighted lists between days."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.at_weekday = lru_cache(7)(world.agents.lists)
        self.clients = world.traders.clients(len(world.agents.weight))

    def lodge(self, day: int) -> Work:
        """Who comes to which house at what time: not yet in the order of the entry numbers."""
        world, rng = self.world, stream(self.world.seed, "lodge", day)
        house = np.repeat(np.arange(world.units.houses), world.volume[day])
        ends, starts = self.at_weekday(world.period.dates[day].weekday())
        agent = world.agents.at_agent[pick(ends, starts, house, rng.random(len(house)))]
        client = pick(*self.clients, agent, rng.random(len(house)))
        trader = world.traders.client_trader[client]
        way = np.where(rng.random(len(house)) < world.traders.imports[trader], 0, 1)
        second = (world.agents.hour[agent] + rng.normal(0, 2.2, len(house))) * 3600
        night = (world.units.schedule[house] == ROUND_THE_CLOCK) & (rng.random(len(house)) < 0.2)
        second = np.where(night, rng.random(len(house)) * DAY, second).astype(np.int64)
        declared = world.period.midnight + day * DAY + np.clip(second, 0, DAY - 1)
        return Work(day, house, agent, trader, way, declared)

    def number(self, work: Work) -> None:
        """Entry numbers in the order of lodgement: house, year, direction, serial."""
        work.order(np.lexsort((work.declared, work.house)))
        count = self.world.volume[work.day]
        within = np.arange(work.count) - np.repeat(np.cumsum(count) - count, count)
        serial = self.world.serial_before[work.day][work.house] + within + 1
        year = np.full(work.count, self.world.period.dates[work.day].year)
        direction = (49 - work.way).astype(np.uint8)[:, None]  # "1" import, "0" export
        parts = [self.world.house_digits[work.house], digits(year, 4), direction, digits(serial, 9)]
        work.entry = np.concatenate(parts, axis=1)

    def load(self, work: Work) -> None:
        """The goods of every entry: which, how much, and what is wrong with some of them."""
        world, rng = self.world, stream(self.world.seed, "load", work.day)
        items = np.searchsorted(ITEM_SHARES, rng.random(work.count), side="right").clip(0, 5) + 1
        work.first_item = np.cumsum(items) - items
        work.item_entry = entry = np.repeat(np.arange(work.count), items)
        work.item_no = np.arange(len(entry)) - work.first_item[entry] + 1
        trader, way = work.trader[entry], work.way[entry]
        line = (rng.random(len(entry))[:, None] > world.traders.line_share[trader, :-1]).sum(axis=1)
        work.cell = cell = world.traders.lines[trader, way, line]
        worth = world.traders.size[trader] + world.traders.spread[trader] * rng.standard_normal(len(entry))
        work.quantity = np.maximum(1.0, np.rint(np.exp(worth) / items[entry] / world.goods.level[cell]))
        strange = np.where(rng.random(len(entry)) < 0.02, 2.5, 1.0)  # now and then an odd but honest price
        quality = world.traders.quality[trader] * world.scenario.honest.trader_price_sd / world.goods.spread[cell]
        work.noise = rng.standard_normal(len(entry)) * strange + quality
        work.currency = np.searchsorted(np.cumsum(CURRENCY_SHARE)[:-1], rng.random(len(entry)))
        work.factor = np.ones(len(entry))
        work.instead, work.relief = np.full(len(entry), -1), np.zeros(len(entry), bool)
        self._err(work, rng)

    def _err(self, work: Work, rng: np.random.Generator) -> None:
        first = work.cell[work.first_item]
        chance = (
            self.world.scenario.honest.violation * self.world.traders.risk[work.trader] * self.world.goods.risk[first]
        )
        kind = 1 + np.searchsorted(WRONG_SHARES[:-1], rng.random(work.count))
        work.wrong = np.where(rng.random(work.count) < chance, kind, NONE)
        work.wrong[(work.wrong == PRICE) & (work.way != IMPORT)] = NONE
        work.hidden = np.zeros(work.count, bool)
        share = rng.uniform(0.5, 0.85, work.count)
        work.factor = np.where((work.wrong == PRICE)[work.item_entry], share[work.item_entry], 1.0)

    def price(self, work: Work) -> None:
        """What is declared: the honest price, times what a dishonest trader leaves of it."""
        goods, entry = self.world.goods, work.item_entry
        today = self.world.period.dates[work.day].timetuple().tm_yday
        true = goods.price(work.cell, work.quantity, today, work.noise)
        rate = RATES[work.currency]
        work.unit_price = np.maximum(np.rint(true * work.factor / rate * 10_000), 1.0)
        work.item_value = np.rint(work.unit_price * work.quantity * rate / 100) / 100
        work.value = np.bincount(entry, work.item_value, work.count)
        work.true_value = np.bincount(entry, work.item_value / work.factor, work.count)
        true_rate = goods.rate[work.cell]
        work.rate = np.where(work.relief, 0.0, goods.rate[work.shown()])
        work.tax = np.bincount(entry, work.item_value * work.rate, work.count)
        saved = work.item_value * (1 / work.factor - 1) * true_rate + work.item_value * (true_rate - work.rate)
        work.short_tax = np.bincount(entry, saved, work.count)
