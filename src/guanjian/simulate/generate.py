"""How does a whole administration come to paper? Day by day through the houses, chunk by chunk to the disk."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from guanjian.kernel.errors import BadInput
from guanjian.simulate import (
    breaches,
    casework,
    control,
    facts,
    field_rows,
    formal,
    handling,
    masters,
    overrides,
    penalties,
    supervision,
    trace,
)
from guanjian.simulate.duty import Rosters
from guanjian.simulate.lodging import Lodging
from guanjian.simulate.parts import Parts
from guanjian.simulate.period import OFFICE, ROUND_THE_CLOCK
from guanjian.simulate.plants import Plant, planted
from guanjian.simulate.scenario import Scenario, load
from guanjian.simulate.streams import stream
from guanjian.simulate.truth import Notes, Truth
from guanjian.simulate.units import ONE_OFFICER
from guanjian.simulate.work import Work
from guanjian.simulate.world import World, build

CHUNK = 250_000
FEWEST = 2_000


def run(
    scenario: str | Path | Scenario,
    declarations: int,
    seed: int,
    out: str | Path,
    progress: Callable[[int], None] | None = None,
) -> Truth:
    """Writes OUT/<table>/part-NNNNN.parquet and OUT/truth.json; `progress` hears how many declarations are done."""
    world, plants = prepare(scenario, declarations, seed)
    out = Path(out)
    if out.exists() and any(out.iterdir()):
        raise BadInput(
            f"输出目录“{out}”不是空的，请另选一个。", f"The folder “{out}” is not empty; choose another one."
        )
    out.mkdir(parents=True, exist_ok=True)
    parts, notes = Parts(out, CHUNK), Notes()
    masters.write(world, parts)
    late = supervision.supervise(world, plants, parts)
    late += field_rows.visit(world, plants, parts)
    generator = _Generator(world, plants, parts, notes)
    for day in range(world.period.days):
        generator.day(day)
        parts.step()
        if progress:
            progress(int(world.volume[day].sum()))
    generator.rest_of_rosters()
    parts.close()
    truth = _truth(world, plants, notes)
    truth.formal = [*formal.told(world, notes), *late]
    truth.rows = dict(sorted(parts.rows.items()))
    truth.write(out)
    return truth


def prepare(scenario: str | Path | Scenario, declarations: int, seed: int) -> tuple[World, list[Plant]]:
    """The world before its first day, with the plants cast."""
    if declarations < FEWEST:
        raise BadInput(f"报关单数至少为{FEWEST}。", f"At least {FEWEST} declarations are needed.")
    told = scenario if isinstance(scenario, Scenario) else load(scenario)
    plants = planted(told)
    world = build(told, declarations, seed)
    for plant in plants:
        plant.settle(world, stream(seed, "cast", plant.number))
    return world, plants


class _Generator:
    """Takes one day's declarations through the houses; the plants act where honest people act."""

    def __init__(self, world: World, plants: list[Plant], parts: Parts, notes: Notes) -> None:
        self.world, self.plants, self.parts, self.notes = world, plants, parts, notes
        self.lodging = Lodging(world)
        self.rosters = Rosters(world.staff, world.units, world.words)

    def day(self, day: int) -> None:
        """All that happens to the entries of one day, whenever it happens."""
        work, world = self.lodging.lodge(day), self.world
        self._plants("lodge", work)
        self.lodging.number(work)
        self.lodging.load(work)
        handling.schedule_review(world, work)
        self._plants("declare", work)
        self.lodging.price(work)
        control.select(world, work)
        self._plants("select", work)
        handling.review(world, work)
        self._plants("assign", work)
        control.instruct(world, work)
        handling.examine(world, work)
        overrides.lift(world, work)
        self._plants("examine", work)
        handling.conclude(world, work)
        handling.release(world, work)
        self._plants("release", work)
        handling.investigate(world, work)
        penalties.measure(world, work)
        self._plants("punish", work)
        breaches.note(world, work, self.notes)
        formal.note(world, work, self.notes)
        for write in (
            facts.declarations,
            facts.items,
            facts.selections,
            casework.examinations,
            casework.cases,
            penalties.write,
            trace.events,
            overrides.write,
        ):
            write(world, work, self.parts)
        self.rosters.write(world.duty, world.period, self.parts, slice(2 * day, 2 * day + 2))

    def rest_of_rosters(self) -> None:
        """Those who finish the work after the last day of lodgement are on a roster too."""
        self.rosters.write(self.world.duty, self.world.period, self.parts, slice(2 * self.world.period.days, None))

    def _plants(self, point: str, work: Work) -> None:
        for plant in self.plants:
            if getattr(type(plant), point) is getattr(Plant, point):
                continue  # it does nothing here
            chance = stream(self.world.seed, f"{plant.kind}.{plant.number}.{point}", work.day)
            getattr(plant, point)(self.world, work, chance)


def _truth(world: World, plants: list[Plant], notes: Notes) -> Truth:
    done = [truth for plant in plants for truth in plant.truths(world)]
    return Truth(
        scenario=world.scenario.name,
        seed=world.seed,
        declarations=world.declarations,
        period=(world.period.first.isoformat(), world.period.last.isoformat()),
        planted=done,
        arisen=breaches.arisen(world, notes, done),
        conditions=_conditions(world),
    )


def _conditions(world: World) -> dict:
    """What looks odd and is honest: small houses, night ports, sections for some goods, storms."""
    houses, codes = range(world.units.houses), world.units.codes
    of_house = world.staff.of_house
    own = [h for h in houses if len(set(of_house[h, 0])) > 1]
    storms = [
        {"unit_code": codes[h], "day": world.period.dates[d].isoformat()}
        for h, d in zip(*(world.weather[:, : world.period.days] > 1).nonzero(), strict=True)
        if world.units.schedule[h] != OFFICE
    ]
    return {
        "one_officer_houses": [codes[h] for h in houses if world.units.hands[h] == ONE_OFFICER],
        "night_ports": [codes[h] for h in houses if world.units.schedule[h] == ROUND_THE_CLOCK],
        "specialised_sections": [codes[world.team_unit[team]] for h in own for team in sorted(set(of_house[h, 0]))[1:]],
        "storms": storms,
    }
