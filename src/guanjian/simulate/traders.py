"""Who trades, and with which habits? Agents with ports and weekdays, their clients with goods, sizes and a price of their own."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from guanjian.simulate.goods import EXPORT, IMPORT, Goods
from guanjian.simulate.streams import pick, segments
from guanjian.simulate.units import Units

LINES = 4  # goods that a trader deals in, at most
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


@dataclass
class Agents:
    """Those who lodge. `own` agents are traders that lodge for themselves."""

    weight: np.ndarray
    home: np.ndarray  # the house where most of the work is
    own: np.ndarray
    weekday: np.ndarray  # [agent, weekday]: how much of the habit falls on it
    hour: np.ndarray  # when of the day they usually lodge
    enterprise: np.ndarray  # their place among the enterprises
    at_house: np.ndarray  # (agent, house) places, laid end to end by house
    at_agent: np.ndarray
    at_weight: np.ndarray

    def lists(self, weekday: int) -> tuple[np.ndarray, np.ndarray]:
        """The agents of every house with their weights on this weekday, ready for `pick`."""
        weight = self.at_weight * self.weekday[self.at_agent, weekday]
        return segments(self.at_house, weight, self.at_house.max() + 1)


@dataclass
class Traders:
    """Consignees; `lines[trader, way]` are the goods cells, `line_share` the running shares."""

    size: np.ndarray
    spread: np.ndarray
    quality: np.ndarray  # lasting difference of the prices (log, in standard deviations)
    risk: np.ndarray
    credit: np.ndarray
    imports: np.ndarray
    lines: np.ndarray
    line_share: np.ndarray
    client_agent: np.ndarray  # (agent, trader) places, laid end to end by agent
    client_trader: np.ndarray
    client_weight: np.ndarray

    def clients(self, agents: int) -> tuple[np.ndarray, np.ndarray]:
        """The clients of every agent, ready for `pick`."""
        return segments(self.client_agent, self.client_weight, agents)


def counts(declarations: int) -> tuple[int, int]:
    """How many agents and traders live on so many declarations."""
    scale = declarations / 200_000
    return max(320, round(900 * scale**0.4)), max(1500, round(11_000 * scale**0.6))


def settle_agents(units: Units, declarations: int, rng: np.random.Generator) -> Agents:
    """Agents of heavy-tailed size: most at one house, some in its district, a few far away."""
    count, houses = counts(declarations)[0], units.houses
    weight = np.exp(rng.normal(0, 1.1, count))
    home = np.concatenate(
        [np.repeat(np.arange(houses), 1), rng.choice(houses, max(0, count - houses), p=units.weight)]
    )[:count]
    weight *= (units.weight[home] / np.bincount(home, weight, houses)[home]) ** 0.5
    habit = np.ones((count, 7))
    keen = rng.random(count) < 0.35
    habit[keen, rng.integers(0, 5, keen.sum())] = rng.uniform(2, 6, keen.sum())
    house, agent, share = _ports(units, home, weight, rng)
    return Agents(
        weight=weight,
        home=home,
        own=rng.random(count) < 0.06,
        weekday=habit,
        hour=rng.normal(12.6, 2.0, count),
        enterprise=np.arange(count),
        at_house=house,
        at_agent=agent,
        at_weight=share,
    )


def _ports(units: Units, home: np.ndarray, weight: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, ...]:
    agents = np.arange(len(home))
    near = _neighbour(units, home, rng)
    far = rng.choice(units.houses, len(home), p=units.weight)
    extra = rng.choice(len(home), units.houses * 4, p=weight / weight.sum())  # nobody owns a port: others come by
    house = np.concatenate([home, near, far, np.repeat(np.arange(units.houses), 4)])
    agent = np.concatenate([agents, agents, agents, extra])
    shares = [np.ones(len(home)), rng.uniform(0.05, 0.4, len(home)), rng.uniform(0, 0.12, len(home))]
    share = np.concatenate([*shares, rng.uniform(0.05, 0.2, units.houses * 4)]) * weight[agent]
    order = np.lexsort((agent, house))
    return house[order], agent[order], share[order]


def _neighbour(units: Units, home: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    ends, starts = segments(units.district, units.weight, int(units.district.max()) + 1)
    return pick(ends, starts, units.district[home], rng.random(len(home)))


def settle_traders(agents: Agents, goods: Goods, declarations: int, rng: np.random.Generator) -> Traders:
    """Traders of heavy-tailed size with an agent or two and one to four goods."""
    count, lodgers = counts(declarations)[1], len(agents.weight)
    main = np.concatenate([np.arange(lodgers), rng.choice(lodgers, count - lodgers, p=_share(agents))])
    second = rng.choice(lodgers, count, p=_share(agents))
    two = (rng.random(count) < 0.25) & ~agents.own[second] & ~agents.own[main]
    agent = np.concatenate([main, second[two]])
    trader = np.concatenate([np.arange(count), np.flatnonzero(two)])
    size = np.exp(rng.normal(0, 1.0, count))
    order = np.lexsort((trader, agent))
    way = rng.random(count)
    lines, line_share = _lines(goods, count, rng)
    return Traders(
        size=rng.normal(11.4, 0.9, count),
        spread=rng.uniform(0.9, 1.5, count),
        quality=rng.normal(0, 1, count),
        risk=rng.gamma(4.0, 0.25, count),
        credit=rng.choice([1, 2, 3, 4, 5], count, p=[0.05, 0.1, 0.82, 0.02, 0.01]),
        imports=np.where(way < 0.5, 1.0, np.where(way < 0.88, 0.0, 0.5)),
        lines=lines,
        line_share=line_share,
        client_agent=agent[order],
        client_trader=trader[order],
        client_weight=(size[trader] * np.where(np.arange(len(agent)) < count, 1.0, 0.4))[order],
    )


def _share(agents: Agents) -> np.ndarray:
    weight = np.where(agents.own, 0.0, agents.weight**0.7)
    return weight / weight.sum()


def _lines(goods: Goods, count: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    lines = np.empty((count, 2, LINES), np.int64)
    group = rng.choice(3, count, p=[0.56, 0.24, 0.2])
    for way in (IMPORT, EXPORT):
        for kind in range(3):
            cells = np.flatnonzero((goods.way == way) & (goods.group == kind))
            chance = goods.popularity[cells] / goods.popularity[cells].sum()
            mine = np.flatnonzero(group == kind)
            lines[mine, way] = rng.choice(cells, (len(mine), LINES), p=chance)
    shares = rng.dirichlet([1.2, 0.6, 0.35, 0.2], count)
    return lines, np.cumsum(shares, axis=1)


def credit_codes(count: int) -> list[str]:
    """Codes of the right length and check character in an authority and region that are assigned to nobody."""
    body = np.char.add("00999900", np.char.zfill(np.arange(1, count + 1).astype(str), 9))
    values = np.array([[ALPHABET.index(c) for c in code] for code in body]) @ np.array(WEIGHTS)
    return [code + ALPHABET[(31 - value % 31) % 31] for code, value in zip(body, values, strict=True)]
