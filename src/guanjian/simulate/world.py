"""What stands before the first declaration is lodged? Offices, people, rosters, traders, goods, volume and weather."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pyarrow as pa

from guanjian.simulate import duty, goods, staff, traders, units
from guanjian.simulate.crews import Crews
from guanjian.simulate.period import OFFICE, ROUND_THE_CLOCK, Period
from guanjian.simulate.scenario import Scenario
from guanjian.simulate.streams import stream

WEEKEND = (0.1, 0.4, 0.62)  # volume of a day off against a working day, by schedule


@dataclass
class World:
    """One administration; plants may change traders and agents before work begins."""

    scenario: Scenario
    seed: int
    declarations: int
    period: Period
    units: units.Units
    staff: staff.Staff
    duty: duty.Duty
    agents: traders.Agents
    traders: traders.Traders
    goods: goods.Goods
    volume: np.ndarray  # declarations per day and house, exactly as many as wanted
    weather: np.ndarray  # [house, day]: how much longer work outdoors takes
    speed: np.ndarray  # per house: lasting difference of its times
    contacts: dict[int, tuple[int, int]] = field(default_factory=dict)  # who shares contacts: a number, a district
    cast: set[int] = field(default_factory=set)  # traders who already have a part in a plant
    scenes: set[int] = field(default_factory=set)  # districts in which a plant lives

    @property
    def enterprises(self) -> int:
        """Agents stand first, traders after them."""
        return len(self.agents.weight) + len(self.traders.size)

    def trader_enterprise(self, trader: np.ndarray) -> np.ndarray:
        """The place of a trader among the enterprises."""
        return trader + len(self.agents.weight)

    @cached_property
    def enterprise_ids(self) -> list[str]:
        return traders.credit_codes(self.enterprises)

    @cached_property
    def words(self) -> dict[str, pa.Array]:
        """The texts that coded columns stand for."""
        return {
            "units": pa.array(self.units.codes),
            "officers": pa.array(self.staff.ids),
            "enterprises": pa.array(self.enterprise_ids),
            "mates": pa.array([f'{{"officer2":"{officer}"}}' for officer in self.staff.ids]),
        }

    @cached_property
    def crews(self) -> Crews:
        """Who opens together in each shift."""
        return Crews.draw(self.duty, stream(self.seed, "crews"))

    @cached_property
    def house_digits(self) -> np.ndarray:
        """The four digits of each house, as bytes."""
        return np.array([list(code.encode()) for code in self.units.codes[: self.units.houses]], np.uint8)

    @cached_property
    def trained(self) -> np.ndarray:
        """Per officer: has he passed the course for examiners? Those of the examination post have."""
        return np.array([row["post"] == "examination" for row in self.staff.rows])

    @cached_property
    def team_schedule(self) -> np.ndarray:
        return np.array([team.schedule for team in self.staff.teams])

    @cached_property
    def team_unit(self) -> np.ndarray:
        return np.array([team.unit for team in self.staff.teams])

    @cached_property
    def serial_before(self) -> np.ndarray:
        """How many entries a house had lodged in the same year before each day."""
        before = np.zeros_like(self.volume)
        for year in {day.year for day in self.period.dates[: self.period.days]}:
            mine = [n for n, day in enumerate(self.period.dates[: self.period.days]) if day.year == year]
            before[mine[1:]] = np.cumsum(self.volume[mine[:-1]], axis=0)
        return before


def build(scenario: Scenario, declarations: int, seed: int) -> World:
    """The administration that a scenario, a volume and a seed give."""
    period = Period.ending(scenario.ends_on, declarations, scenario.months)
    houses = units.found(stream(seed, "units"))
    per_day = houses.weight * declarations / period.working[: period.days].sum()
    people = staff.hire(houses, per_day, declarations)
    staff.badge(people)
    stock = goods.stock(declarations, stream(seed, "goods"))
    agents = traders.settle_agents(houses, declarations, stream(seed, "agents"))
    return World(
        scenario=scenario,
        seed=seed,
        declarations=declarations,
        period=period,
        units=houses,
        staff=people,
        duty=duty.plan(people, period, stream(seed, "duty")),
        agents=agents,
        traders=traders.settle_traders(agents, stock, declarations, stream(seed, "traders")),
        goods=stock,
        volume=_volume(houses, period, declarations, stream(seed, "volume")),
        weather=_weather(houses, period, scenario.honest.weather, stream(seed, "weather")),
        speed=np.exp(stream(seed, "speed").normal(0, 0.12, houses.houses)),
    )


def _volume(houses: units.Units, period: Period, declarations: int, rng: np.random.Generator) -> np.ndarray:
    working = period.working[: period.days]
    off = np.array(WEEKEND)[houses.schedule]
    usual = np.where(working[:, None], 1.0, off[None, :]) * houses.weight
    month_end = np.array([1.0 + 0.25 * (day.day >= 27) for day in period.dates[: period.days]])
    noise = rng.gamma(30, 1 / 30, usual.shape) * rng.gamma(200, 1 / 200, period.days)[:, None]
    share = usual * noise * month_end[:, None]
    return rng.multinomial(declarations, (share / share.sum()).ravel()).reshape(share.shape)


def _weather(houses: units.Units, period: Period, chance: float, rng: np.random.Generator) -> np.ndarray:
    """Storms come over a district for one to three days and hold up its ports, the small inland house less."""
    storm = rng.random((int(houses.district.max()) + 1, len(period.dates))) < chance / 2
    lasting = storm.copy()
    for later in (1, 2):
        lasting[:, later:] |= storm[:, :-later] & (rng.random(storm[:, later:].shape) < 0.5)
    harm = np.where(houses.schedule == ROUND_THE_CLOCK, 4.0, np.where(houses.schedule == OFFICE, 1.5, 2.5))
    return np.where(lasting[houses.district], harm[:, None], 1.0)
