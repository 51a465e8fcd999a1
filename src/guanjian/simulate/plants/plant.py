"""The shape of a plant: it is cast once, then acts at the same points where honest people act."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from guanjian.kernel.errors import BadInput
from guanjian.simulate.facts import GENERAL, trade_mode
from guanjian.simulate.fieldwork import Jobs
from guanjian.simulate.goods import IMPORT
from guanjian.simulate.handling import HANDLINGS, POLICE
from guanjian.simulate.period import OFFICE
from guanjian.simulate.problems import Problems
from guanjian.simulate.truth import Notes, record
from guanjian.simulate.units import FULL
from guanjian.simulate.work import NOBODY, NONE, Work
from guanjian.simulate.world import World


@dataclass
class Plant:
    """One wrong-doer or group. `strength` is the share of the chances to do wrong that are taken.

    `district` fixes where it lives ("2200"); otherwise a busy district is drawn that no other plant uses.
    """

    strength: float = 0.5
    district: str = ""
    kind: str = field(default="", init=False)
    number: int = field(default=0, init=False)
    house: int = field(default=-1, init=False)
    notes: Notes = field(default_factory=Notes, init=False, repr=False)
    problems: list[str] = field(default_factory=list, init=False, repr=False)  # those that are its doing
    objects: list[str] = field(default_factory=list, init=False, repr=False)  # instead of entries: jobs or problems
    expected: float = field(default=0.0, init=False)  # of a pair: how often the roster alone lets them meet
    apart: float = field(default=0.0, init=False)  # of a pair: how often it keeps them apart though he is on duty
    steered: float = field(default=0.0, init=False)  # of a pair: how many of these meet all the same

    schedule = OFFICE  # the shortest opening hours that its house may have
    breaches = ()  # the kinds of breach (see breaches.py) that its entries are

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """Chooses who it is, and gives them their habits."""

    def lodge(self, world: World, work: Work, rng: np.random.Generator) -> None:
        """May change who lodges what and when."""

    def declare(self, world: World, work: Work, rng: np.random.Generator) -> None:
        """May change goods and the share of the price that is declared; review shifts are known."""

    def select(self, world: World, work: Work, rng: np.random.Generator) -> None:
        """May change what is opened."""

    def assign(self, world: World, work: Work, rng: np.random.Generator) -> None:
        """May change who reviews."""

    def examine(self, world: World, work: Work, rng: np.random.Generator) -> None:
        """May change how, and by whom, it is opened."""

    def release(self, world: World, work: Work, rng: np.random.Generator) -> None:
        """May change who releases, and when."""

    def punish(self, world: World, work: Work, rng: np.random.Generator) -> None:
        """May change who is prosecuted and what the others are fined."""

    def visit(self, world: World, jobs: Jobs, rng: np.random.Generator) -> None:
        """May change the field work; asked once, before the first day."""

    def supervise(self, world: World, book: Problems, rng: np.random.Generator) -> None:
        """May change which problems are found and how they are put right; asked once, before the first day."""

    def truths(self, world: World) -> list[dict[str, Any]]:
        """What it did, for truth.json."""
        return []

    def settle(self, world: World, rng: np.random.Generator) -> None:
        """Finds a busy house in a district of its own, then casts."""
        units = world.units
        able = (units.hands == FULL) & (units.schedule >= self.schedule)
        if self.district:
            able &= np.array([units.district_code(house) == self.district for house in range(units.houses)])
        else:
            able &= ~np.isin(units.district, list(world.scenes))
        candidates = np.flatnonzero(able)
        if not len(candidates):
            raise BadInput(
                f"没有可安放“{self.kind}”的隶属海关（关区 {self.district or '任意'}）；请增加报关单数或减少预设。",
                f"No house can take “{self.kind}” (district {self.district or 'any'}); ask for more declarations or fewer plants.",
            )
        busiest = candidates[np.argsort(-units.weight[candidates])][:8]
        self.house = int(rng.choice(busiest))
        world.scenes.add(int(units.district[self.house]))
        self.cast(world, rng)

    def unit(self, world: World) -> str:
        """The code of its house."""
        return world.units.codes[self.house]

    def truth(
        self, world: World, subject: tuple[str, str], subjects: list[tuple[str, str]], **more: Any
    ) -> dict[str, Any]:
        """The record of what was noted under its kind; `subjects` are all whom a finding may rightly name."""
        entries = self.objects or self.notes.by_subject(self.kind).get(0, [])
        named = [{"subject_type": kind, "subject_id": name} for kind, name in [subject, *subjects]]
        period = [world.period.first.isoformat(), world.period.last.isoformat()]
        head = {"origin": "planted", "strength": self.strength, "period": period, "breaches": list(self.breaches)}
        return record(self.kind, *subject, self.unit(world), entries, **head, subjects=named, **more)

    def could_meet(self, world: World, work: Work, agent: int, officer: int, steered: np.ndarray) -> None:
        """Adds up how often an agent's work would come to a reviewer by lot, and what steering adds to it.

        Shifts of three people and more are counted: where there are fewer, nobody is compared.
        """
        team = int(world.staff.team_of[officer])
        mine = (work.agent == agent) & (work.review_team == team) & (work.reviewer >= 0)
        slots = work.review_slot[mine]
        colleagues = world.duty.count[team, slots]
        there = world.duty.on_duty(officer, team)[slots] & (colleagues >= 3)
        lot = 1 / colleagues[there]
        self.expected += float(lot.sum())
        self.apart += float((1 - lot).sum())
        self.steered += float((1 - lot)[steered[mine][there]].sum())

    def pair(self, world: World, officer: int, agent: int, **more: Any) -> list[dict[str, Any]]:
        """The record of an officer and an agent: how often they would meet by lot, and the share that is steered beyond it."""
        whom, whose = world.staff.ids[officer], world.enterprise_ids[agent]
        others = [("officer", whom), ("enterprise", whose)]
        share = round(self.steered / self.apart, 3) if self.apart else 0.0
        more = {"officer_id": whom, "agent_id": whose, "expected": round(self.expected, 2), "steered": share, **more}
        return [self.truth(world, ("pair", f"{whom}|{whose}"), others, **more)]

    def noted(self, entries: np.ndarray) -> None:
        """Keeps entries (byte rows) as its doing."""
        self.notes.add(self.kind, np.zeros(len(entries), np.int64), entries)


def busy_agent(world: World, house: int, wanted: float) -> int:
    """The agent at a house whose share of the administration's work comes nearest to the wanted share."""
    agents = world.agents
    at_house = np.unique(agents.at_agent[(agents.at_house == house) & ~agents.own[agents.at_agent]])
    total = np.bincount(agents.at_house, agents.at_weight)
    reach = np.bincount(
        agents.at_agent, agents.at_weight / total[agents.at_house] * world.units.weight[agents.at_house]
    )
    here = np.bincount(agents.at_agent, agents.at_weight * (agents.at_house == house)) / total[house]
    mainly = at_house[here[at_house] * world.units.weight[house] > 0.5 * reach[at_house]]
    candidates = mainly if len(mainly) else at_house
    return int(candidates[np.argmin(np.abs(np.log(reach[candidates] / wanted)))])


def one_of(world: World, house: int, step: int, rng: np.random.Generator) -> int:
    """An officer of the team that does this step in a house (for reviews the general section)."""
    team = world.staff.teams[world.staff.of_house[house, step, 0]]
    return team.first + int(rng.integers(team.size))


def clients(world: World, agent: int, count: int, share: float, dutiable: bool = False) -> np.ndarray:
    """The largest clients of an agent who are in no other plant, made to give him this share of his work.

    `dutiable`: those whose imports pay duty, if there are so many: the others have none to save.
    """
    people = world.traders
    all_of_his = mine = np.flatnonzero(people.client_agent == agent)
    free = mine[~np.isin(people.client_trader[mine], list(world.cast))]
    mine = free if len(free) >= count else mine
    paying = mine[trade_mode(people.client_trader[mine], IMPORT) == GENERAL]
    mine = paying if dutiable and len(paying) >= count else mine
    places = mine[np.argsort(-people.client_weight[mine], kind="stable")][:count]
    world.cast.update(people.client_trader[places].tolist())
    rest = people.client_weight[all_of_his].sum() - people.client_weight[places].sum()
    people.client_weight[places] = max(rest, 1e-9) * share / (1 - share) / len(places)
    return people.client_trader[places]


def out_most(jobs: Jobs, house: int) -> int:
    """The officer of a house who does most field work."""
    who, times = np.unique(jobs.officers[jobs.house == house], return_counts=True)
    if not len(who):
        raise BadInput("该隶属海关没有外勤作业，请调高 field_jobs。", "The house does no field work; raise field_jobs.")
    return int(who[np.argmax(times)])


def hand_over(work: Work, theirs: np.ndarray) -> None:
    """What was found in these examinations goes to the police; the goods are held."""
    goes = theirs & (work.found != NONE)
    work.handling = np.where(goes, HANDLINGS.index(POLICE), work.handling)
    held = work.exam_entry[goes]
    work.release_at[held], work.audit_at[held], work.auditor[held] = -1, -1, NOBODY


def grow(world: World, agent: int, house: int, share: float) -> int:
    """Makes an agent so large that this share of the work of a house is his, if he has less; the agent again."""
    agents = world.agents
    here = agents.at_house == house
    own, total = agents.at_weight[here & (agents.at_agent == agent)].sum(), agents.at_weight[here].sum()
    factor = max(1.0, share / (1 - share) * (total - own) / own)
    agents.at_weight[here & (agents.at_agent == agent)] *= factor
    return agent
