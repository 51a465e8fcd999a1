"""Who works where? Teams that share a roster, and the officers in them."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from guanjian.simulate.period import OFFICE, ROUND_THE_CLOCK, SEVEN_DAYS
from guanjian.simulate.units import FULL, HQ, ONE_OFFICER, SMALL, Units, add_superiors, districts

REVIEW, EXAMINE, RELEASE = range(3)  # what a house does with an entry
GROUPS = ("general", "chemical", "food")  # busy houses review these in sections of their own
SECTION = {"one": ("01", "综合业务"), "review": ("01", "综合审单"), "chemical": ("02", "化工品审单"), "food": ("03", "农食产品审单"),
           "examine": ("04", "查验"), "release": ("05", "放行"), "yard": ("04", "查验放行")}  # fmt: skip
DESKS = {"valuation": ("01", "关税"), "risk": ("02", "风险管理"), "post_audit": ("03", "稽查")}
ENGLISH = {"01": "general", "02": "chemicals", "03": "food", "04": "examination", "05": "release"}
POSTS = ("doc_review", "examination", "release")


@dataclass
class Team:
    """People who share one roster: on duty on a working day, a day off, and a night."""

    unit: int
    posts: tuple[str, ...]
    schedule: int
    by_day: int
    weekend: int = 0
    night: int = 0
    first: int = 0  # its officers stand in a row, from this one on

    @property
    def size(self) -> int:
        """Enough for the day, the night, the rest after a night, and leave."""
        spare = 0 if self.by_day == 1 and self.schedule == OFFICE else max(1, round(0.22 * self.by_day))
        return self.by_day + 2 * self.night + spare


@dataclass
class Staff:
    """Teams, and the officers by number; `of_house[house, step, group]` is the team that does it."""

    teams: list[Team] = field(default_factory=list)
    openers: float = 0.5  # examiners for each reviewer
    of_house: np.ndarray = field(default_factory=lambda: np.empty(0, int))
    of_district: dict[str, np.ndarray] = field(default_factory=dict)
    ids: list[str] = field(default_factory=list)
    rows: list[dict] = field(default_factory=list)
    team_of: np.ndarray = field(default_factory=lambda: np.empty(0, int))
    answers_for: np.ndarray = field(default_factory=lambda: np.empty(0, int))  # per house: its chief, or who is there

    def add(self, team: Team) -> int:
        self.teams.append(team)
        return len(self.teams) - 1


def hire(units: Units, per_day: np.ndarray, declarations: int) -> Staff:
    """Staffs every house for its volume; a reviewer does more a day where the administration is larger."""
    load = 10.0 * max(1.0, declarations / 200_000) ** 0.4
    staff = Staff(openers=0.5 * max(1.0, load / 14))  # opening does not get quicker with the volume
    staff.of_house = np.zeros((units.houses, 3, len(GROUPS)), int)
    for house in range(units.houses):
        build = {ONE_OFFICER: _one_officer, SMALL: _small, FULL: _full}[units.hands[house]]
        build(staff, units, house, per_day[house] / load)
    places = add_superiors(units)
    _desks(staff, units, places, per_day.sum() / load)
    _enrol(staff, units)
    _chiefs(staff, units, places)
    return staff


def _section(units: Units, house: int, key: str) -> int:
    suffix, zh = SECTION[key]
    above = units.rows[house]
    code = f"{above['unit_code']}-{suffix}"
    keep = {k: above[k] for k in ("district_code", "kind", "peer_group", "lon", "lat")}
    en = f"{above['name_en']}, {ENGLISH[suffix]} section"
    return units.add(
        code, name=f"{above['name']}{zh}科", name_en=en, level="section", parent_code=above["unit_code"], **keep
    )


def _one_officer(staff: Staff, units: Units, house: int, load: float) -> None:
    staff.of_house[house] = staff.add(Team(_section(units, house, "one"), POSTS, OFFICE, 1))


def _small(staff: Staff, units: Units, house: int, load: float) -> None:
    schedule, few = units.schedule[house], max(1, round(load))
    staff.of_house[house, REVIEW] = staff.add(Team(_section(units, house, "review"), POSTS[:1], schedule, few, 1))
    staff.of_house[house, EXAMINE:] = staff.add(Team(_section(units, house, "yard"), POSTS[1:], schedule, 2, 2))


def _full(staff: Staff, units: Units, house: int, load: float) -> None:
    shares = {"review": 1.0} if load < 7 else {"review": 0.5, "chemical": 0.25, "food": 0.25}
    for key, share in shares.items():
        team = _team(units, house, (key, POSTS[:1]), max(2, round(load * share)))
        groups = slice(None) if key == "review" else GROUPS.index(key)
        staff.of_house[house, REVIEW, groups] = staff.add(team)
    examiners = staff.add(_team(units, house, ("examine", POSTS[1:2]), max(2, round(load * staff.openers))))
    staff.of_house[house, EXAMINE] = examiners
    staff.of_house[house, RELEASE] = staff.add(_team(units, house, ("release", POSTS[2:]), max(2, round(load * 0.4))))


def _team(units: Units, house: int, what: tuple[str, tuple[str, ...]], by_day: int) -> Team:
    schedule, unit = units.schedule[house], _section(units, house, what[0])
    weekend = by_day if schedule == OFFICE else max(2, round(by_day * (0.55 if schedule == SEVEN_DAYS else 0.7)))
    night = max(2, round(by_day * 0.45)) if schedule == ROUND_THE_CLOCK else 0
    return Team(unit, what[1], schedule, by_day, min(weekend, by_day), night)


def _desks(staff: Staff, units: Units, places: dict[str, list[int]], load: float) -> None:
    for number, row in enumerate(districts()):
        share = load * units.weight[units.district == number].sum()
        for post, (suffix, zh) in DESKS.items():
            above = units.rows[places["district"][number]]
            keep = {k: above[k] for k in ("district_code", "kind", "peer_group", "lon", "lat")}
            en = f"{row['name_en']} simulated {post.replace('_', ' ')} division"
            names = {"name": f"{row['name']}（模拟）{zh}处", "name_en": en, "parent_code": row["code"]}
            unit = units.add(f"{row['code']}-{suffix}", level="section", **names, **keep)
            by_day = max(2, round(share * 0.12))
            watch = (ROUND_THE_CLOCK, by_day, 2, 2) if post == "risk" else (OFFICE, by_day)
            team = staff.add(Team(unit, (post,), *watch))
            staff.of_district[post] = np.append(staff.of_district.get(post, np.empty(0, int)), team)
        police = staff.add(Team(places["police"][number], ("case",), OFFICE, max(3, round(share * 0.1))))
        staff.of_district["case"] = np.append(staff.of_district.get("case", np.empty(0, int)), police)


def _enrol(staff: Staff, units: Units) -> None:
    for team in staff.teams:
        team.first = len(staff.ids)
        for _ in range(team.size):
            _join(staff, units, team.unit, team.posts[0])
    staff.team_of = np.repeat(np.arange(len(staff.teams)), [team.size for team in staff.teams])


def _chiefs(staff: Staff, units: Units, places: dict[str, list[int]]) -> None:
    tops = [units.codes.index(HQ), *places["district"]]
    staff.answers_for = np.array([staff.teams[team].first for team in staff.of_house[:, RELEASE, 0]])
    for unit in [*range(units.houses), *tops]:
        if unit < units.houses and units.hands[unit] == FULL:
            staff.answers_for[unit] = len(staff.ids)
        if unit >= units.houses or units.hands[unit] == FULL:
            _join(staff, units, unit, "management")


def _join(staff: Staff, units: Units, unit: int, post: str) -> None:
    row = units.rows[unit]
    above = row["unit_code"] if row["level"] != "section" or row["kind"] == "police" else row["parent_code"]
    staff.rows.append(
        {"unit": unit, "post": post, "line": "police" if row["kind"] == "police" else "customs", "above": above}
    )
    staff.ids.append(above)


def badge(staff: Staff) -> None:
    """Gives each officer an id that tells nothing but the house: `g220104`."""
    seen: dict[str, int] = {}
    for number, above in enumerate(staff.ids):
        seen[above] = seen.get(above, 0) + 1
        staff.ids[number] = f"g{above}{seen[above]:02d}"
