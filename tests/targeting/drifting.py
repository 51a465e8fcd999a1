"""A world in which fraud moves on: schemes are born, run among those who deal in the goods, and die; truth is known.

Beside them about one heading in seven slips for ever in a small way: errors of classification and paperwork that are found
often and move little duty, about a tenth of all that is evaded (docs/decisions/0022-slips-are-small.md). Schemes last as long
as frauds do that come to light (0023-schemes-last.md).

Nothing here knows how the model looks at a declaration. Prices, traders and rates are invented; only the scale
(declarations a week, share examined) is that of the acceptance line.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from guanjian.targeting.rows import DAY, Rows

WEEK = 7 * DAY
BEGIN = 1_577_664_000  # Monday 2019-12-30
GOODS, HEADINGS, AGENTS, PARTIES, ORIGINS, OFFICES = 300, 60, 80, 1200, 25, 20
KINDS = ("undervalued", "origin", "disguised", "short")
SLIPPED = len(KINDS)  # stands behind the kinds
VAT = 13.0
CHANCE = 0.01  # everybody's lapses
CHRONIC, OFTEN = 0.15, 0.3  # the share of headings in which small slips never end, and how often they happen there
# Months from the beginning of a fraud to its discovery, from, to, per cent of 2,504 cases: Association of Certified Fraud
# Examiners, Report to the Nations 2020, figure 6 (median 14 months; the last class is open: up to ten years here).
LASTING = ((0, 6, 29), (6, 12, 19), (12, 18, 10), (18, 24, 13), (24, 36, 12), (36, 48, 5), (48, 60, 5), (60, 120, 7))
MONTH = 52 / 12  # weeks


@dataclass(frozen=True, slots=True)
class World:
    """All declarations in the order of time, the week of each (from 0), and what a look would find.

    `kind` is a position in KINDS, SLIPPED, or -1 where nothing is wrong.
    """

    rows: Rows
    week: np.ndarray
    found: np.ndarray
    evaded: np.ndarray
    kind: np.ndarray


@dataclass(frozen=True, slots=True)
class Traders:
    """Who trades when, in what, through whom."""

    begins: np.ndarray
    ends: np.ndarray
    size: np.ndarray
    goods: np.ndarray
    parties: np.ndarray
    agents: np.ndarray
    office: np.ndarray
    price: np.ndarray


def world(
    seed: int | tuple[int, int],
    weeks: int = 150,
    weekly: int = 2000,
    schemes: float = 8.0,
    slip: float = 1.0,
    lasting: tuple[tuple[float, float, float], ...] = LASTING,
) -> World:
    """One world; `schemes` is how many run at a time, `slip` how many per cent of the value a slip moves on average.

    `lasting` has classes of how long a scheme lives: from and to so many months, and the weight of the class.
    """
    rng = np.random.default_rng(seed)
    traders = _traders(rng, weeks, max(weekly // 2, 200))
    week = np.repeat(np.arange(weeks), weekly)
    trader = np.concatenate([_active(rng, traders, number, weekly) for number in range(weeks)])
    size = len(week)
    goods = traders.goods[trader, rng.integers(0, 4, size)]
    party = traders.parties[trader, rng.integers(0, 3, size)]
    agent = traders.agents[trader, (rng.random(size) < 0.2).astype(int)]
    deal = {"trader": trader, "goods": goods, "party": party, "agent": agent, "week": week}
    deal["origin"] = np.where(rng.random(size) < 0.9, party % ORIGINS, rng.integers(0, ORIGINS, size))
    kinds = np.where(rng.random(size) < CHANCE, 0, -1)
    slippery = rng.random(HEADINGS) < CHRONIC
    kinds = np.where(slippery[goods // (GOODS // HEADINGS)] & (rng.random(size) < OFTEN), SLIPPED, kinds)
    for span in spans(rng, weeks, schemes, np.array(lasting)):
        kinds = _scheme(rng, traders, deal, span, kinds)
    return _declared(rng, traders, deal, kinds, slip)


def _traders(rng: np.random.Generator, weeks: int, number: int) -> Traders:
    begins = np.where(rng.random(number) < 0.45, 0, rng.integers(0, weeks, number))
    goods = rng.integers(0, GOODS, (number, 1)) // 5 * 5 + rng.integers(0, 5, (number, 4))  # neighbours in one heading
    away = rng.random((number, 4)) < 0.3
    return Traders(
        begins,
        begins + rng.exponential(90, number).astype(int) + 4,
        rng.lognormal(0, 1.1, number),
        np.where(away, rng.integers(0, GOODS, (number, 4)), goods),
        rng.integers(0, PARTIES, (number, 3)),
        rng.integers(0, AGENTS, (number, 2)),
        rng.integers(0, OFFICES, number),
        rng.normal(0, 0.2, number),
    )


def _active(rng: np.random.Generator, traders: Traders, week: int, weekly: int) -> np.ndarray:
    weight = traders.size * ((traders.begins <= week) & (week < traders.ends))
    return rng.choice(len(weight), weekly, p=weight / weight.sum())


def spans(rng: np.random.Generator, weeks: int, schemes: float, lasting: np.ndarray) -> np.ndarray:
    """When schemes begin and end, in weeks, the oldest first: from the first week on so many run at a time on average."""
    shortest, longest, weight = lasting.T * [[MONTH], [MONTH], [1]]
    life = np.average((shortest + longest) / 2, weights=weight)
    born = np.sort(rng.uniform(-longest.max(), weeks, rng.poisson(schemes * (weeks + longest.max()) / life)))
    class_of = rng.choice(len(lasting), len(born), p=weight / weight.sum())
    spans = np.column_stack([born, born + rng.uniform(shortest[class_of], longest[class_of])])
    return spans[spans[:, 1] > 0]


def _scheme(rng: np.random.Generator, traders: Traders, deal: dict, span: np.ndarray, kinds: np.ndarray) -> np.ndarray:
    """One scheme: a few headings, from some origins, by half of those who deal in them, every second time.

    Which kind is in fashion turns slowly, once in 120 weeks: weeks 11–30 and 131–150 lie in the same season, so that
    they can be compared.
    """
    fashion = 1.05 + np.cos(2 * np.pi * (span[0] / 120 - np.arange(len(KINDS)) / len(KINDS)))
    kind = rng.choice(len(KINDS), p=fashion / fashion.sum())
    headings = np.isin(np.arange(HEADINGS), rng.choice(HEADINGS, rng.integers(1, 4), replace=False))
    origins = rng.random(ORIGINS) < rng.uniform(0.2, 0.6)
    partners = rng.random(len(traders.size)) < rng.uniform(0.3, 0.7)
    inside = headings[deal["goods"] // (GOODS // HEADINGS)] & origins[deal["origin"]] & partners[deal["trader"]]
    inside &= (deal["week"] >= span[0]) & (deal["week"] < span[1])
    return np.where(inside & (rng.random(len(kinds)) < rng.uniform(0.3, 0.7)), kind, kinds)


def _declared(rng: np.random.Generator, traders: Traders, deal: dict, kinds: np.ndarray, slip: float) -> World:
    """What is written in the declaration, and what it hides.

    Undervalued and short goods show in prices and weights; a wrong origin and goods in disguise do not, and what a
    disguise hides has nothing to do with the value that is declared.
    """
    size, goods = len(kinds), deal["goods"]
    rate = rng.choice([0.0, 3.0, 5.0, 8.0, 10.0, 15.0, 20.0, 30.0], GOODS)[goods]
    origin_price = rng.normal(0, 0.2, (GOODS, ORIGINS))[goods, deal["origin"]]
    price = np.exp(rng.normal(4, 0.6, GOODS)[goods] + origin_price + traders.price[deal["trader"]])
    price *= rng.lognormal(0, 0.3, size)
    quantity = rng.lognormal(5, 0.6, size)
    weight = quantity * rng.lognormal(0, 1, GOODS)[goods] * rng.lognormal(0, 0.08, size)
    hidden = rng.uniform(0.15, 0.5, size)
    value = price * quantity
    owed = rate + VAT
    taxed = {0: hidden * owed, 1: rng.uniform(8, 25, size), 2: np.zeros(size), 3: hidden * owed}
    taxed[SLIPPED] = slip * rng.uniform(0.4, 1.6, size)
    evaded = value * sum(np.where(kinds == kind, share, 0) for kind, share in taxed.items()) / 100
    evaded += np.where(kinds == 2, np.median(value) * rng.lognormal(0, 0.7, size) * rng.uniform(13, 43, size) / 100, 0)
    price = price * np.where(kinds == 0, 1 - hidden, 1)
    quantity = quantity * np.where(kinds == 3, 1 - hidden, 1)
    number = {"value_cny": price * quantity, "net_kg": weight, "quantity": quantity, "tax_rate": rate}
    at = BEGIN + deal["week"] * WEEK + rng.integers(0, 5 * DAY, size)
    rows = Rows.of(_names(traders, deal), number, at, known=at + 5 * DAY)
    return World(rows, deal["week"], (kinds >= 0).astype(float), evaded, kinds)


def _names(traders: Traders, deal: dict) -> dict[str, np.ndarray]:
    def named(letter: str, numbers: np.ndarray) -> np.ndarray:
        return np.char.add(letter, numbers.astype(str)).astype(object)

    goods = deal["goods"]
    codes = 10_000_000 * (11 + goods // (GOODS // HEADINGS)) * 10 + 100_000 * (goods % 5 // 2) + 1000 + goods
    return {
        "entry_id": named("E", np.arange(len(goods))),
        "unit_code": named("U", traders.office[deal["trader"]]),
        "consignee_id": named("C", deal["trader"]),
        "agent_id": named("A", deal["agent"]),
        "overseas_party": named("P", deal["party"]),
        "hs_code": codes.astype(str).astype(object),
        "origin_country": named("O", deal["origin"]),
        "trade_mode": np.full(len(goods), "0110", object),
    }
