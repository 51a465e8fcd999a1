"""A loophole begins in one house and goes its way; truth.json says how far it is each week and whose it is."""

from collections import Counter
from itertools import pairwise

import numpy as np
import pytest

from guanjian.kernel.errors import BadInput
from guanjian.simulate import run
from guanjian.simulate.generate import prepare
from guanjian.simulate.scenario import Scenario, parse
from guanjian.simulate.spread import course
from tests.simulate.conftest import Simulated

FEW = 6_000
ORDER = ["latent", "emerging", "trending", "general"]


@pytest.fixture(scope="module", params=["systemic", "regional", "cross"])
def spread(request, tmp_path_factory) -> Simulated:
    folder = tmp_path_factory.mktemp("spread") / request.param
    run(f"spread_{request.param}", FEW, 2, folder)
    return Simulated(folder)


def _by_week(spread, ids):
    rows = spread.ask(
        "select problem_id, unit_code, line_code, date_trunc('week', found_on)::date::varchar from {problems}"
    )
    return [row for row in rows if row[0] in ids]


def test_it_goes_from_one_house_to_all_of_its_scope(spread):
    weeks = spread.planted("loophole")["weeks"]
    assert [len(weeks[0]["units"]), weeks[0]["stage"], weeks[0]["reach"]] == [1, "latent", "local"]
    assert weeks[-1]["stage"] == "general"
    shares = [week["share"] for week in weeks]
    assert shares == sorted(shares)
    stages = [ORDER.index(week["stage"]) for week in weeks]
    assert stages == sorted(stages)
    assert set(stages) == {0, 1, 2, 3}
    assert all(set(a["units"]) <= set(b["units"]) for a, b in pairwise(weeks))


def test_the_owner_follows_from_the_shape(spread):
    truth = spread.planted("loophole")
    districts = {unit[:2] for unit in truth["weeks"][-1]["units"]}
    owner = truth["owner"]
    if truth["shape"] == "regional":
        assert len(districts) == 1
        assert (owner["kind"], owner["unit_code"][:2]) == ("leadership", *districts)
    else:
        assert (owner["kind"], owner["unit_code"]) == ("department", "0000")
        assert len(districts) == (4 if truth["shape"] == "cross" else 42)
        assert {code[:2] for code in owner["others"]} == (districts if truth["shape"] == "cross" else set())


def test_its_problems_lie_where_and_when_it_has_come(spread):
    truth = spread.planted("loophole")
    reached = {week["week"]: week for week in truth["weeks"]}
    rows = _by_week(spread, set(truth["problems"]))
    assert len(rows) == len(truth["problems"]) > 100
    for _, unit, line, week in rows:
        assert unit in reached[week]["units"]
        assert line in truth["lines"]


def test_at_the_end_there_is_as_much_more_as_the_relative_risk_says(spread):
    truth = spread.planted("loophole")
    last = {week["week"] for week in truth["weeks"] if week["share"] > 0.97}
    units, lines = set(truth["weeks"][-1]["units"]), set(truth["lines"])
    rows = spread.ask(
        "select problem_id, unit_code, line_code, date_trunc('week', found_on)::date::varchar from {problems}"
    )
    inside = [row for row in rows if row[3] in last and row[1] in units and row[2] in lines]
    own = sum(row[0] in set(truth["problems"]) for row in inside)
    assert 0.6 * truth["rr"] < len(inside) / (len(inside) - own) < 1.25 * truth["rr"]


def test_examinations_find_more_where_it_is_used(tmp_path):
    plant = {"kind": "loophole", "shape": "regional", "district": "5300", "line": "CLR", "start_week": 0}
    run(Scenario("one", plants=({**plant, "rr": 12.0, "speed": 3.0},)), 30_000, 3, tmp_path / "one")
    one = Simulated(tmp_path / "one")
    found = dict(
        one.ask("""select place like '53%', avg(finding::int) from {examinations}
            where started_at > '2026-08-10' group by 1""")
    )
    assert found[True] > 1.8 * found[False]
    wrong = set(one.planted("loophole")["entries"])
    assert len(wrong) > 50
    assert {entry[:2] for entry in wrong} == {"53"}
    arisen = set().union(*one.arisen("undervaluation").values(), *one.arisen("misdeclaration").values())
    assert not wrong & arisen


def test_before_it_begins_the_world_is_the_quiet_one(tmp_path):
    plant = {"kind": "loophole", "start_week": 8}
    run(Scenario("one", plants=(plant,)), FEW, 3, tmp_path / "one")
    run("quiet", FEW, 3, tmp_path / "quiet")
    sql = "select * exclude (problem_id, recurrence_of) from {problems} where found_on < '2026-08-20' order by all"
    assert Simulated(tmp_path / "one").ask(sql) == Simulated(tmp_path / "quiet").ask(sql)


def test_a_single_point_stays_in_its_house(tmp_path):
    world, (plant,) = prepare(Scenario("one", plants=({"kind": "loophole", "shape": "single"},)), FEW, 3)
    assert set(plant.course.house.tolist()) == {plant.house}
    assert plant.owner(world)["unit_code"] == plant.unit(world)


@pytest.mark.parametrize("setting", ["shape: round", "line: NOWHERE"])
def test_a_loophole_that_cannot_be_is_refused(tmp_path, setting):
    with pytest.raises(BadInput, match="shape"):
        prepare(parse(f"plants: [{{kind: loophole, {setting}}}]", "mine"), FEW, 1)


def test_the_course_begins_at_its_seat_and_half_of_it_is_reached_when_the_curve_says():
    houses, away = np.arange(100), np.arange(100)[::-1].astype(float)
    told = course((houses, np.array([4])), away, (10, 0.5), np.random.default_rng(1))
    assert (told.house[0], told.week[0]) == (99, 10)
    assert sorted(told.house) == list(houses)
    half = 10 + np.log(199) / 0.5
    assert abs(told.week[49] - half) <= 1
    assert told.stage(9) == "latent"
    assert (told.ripeness(9) == 0).all()
    assert told.ripeness(12)[0] == pytest.approx(0.5)


def test_problems_of_a_quiet_world_are_overdispersed_and_closed_with_evidence(tmp_path):
    run(parse("months: 12\nhonest: {problems: 2.0}", "mine"), FEW, 3, tmp_path / "one")
    quiet = Simulated(tmp_path / "one")
    rows = quiet.ask("select unit_code, line_code, date_trunc('week', found_on)::varchar from {problems}")
    weeks = Counter(week for *_, week in rows)
    counts = np.array(list(weeks.values())[1:-1])
    assert 0.5 < counts.var() / counts.mean() < 3.5
    without = quiet.ask("""select count(*) from {problems} p anti join {events} e on e.object_id = p.problem_id
        and e.activity = 'rectify.apply' where p.closed_on is not null""")
    assert without == [(0,)]
    late = quiet.ask("""select problem_id from {problems}
        where severity = 'high' and closed_on > found_on + interval 3 month""")
    listed = quiet.formal("overdue_problem")
    assert {problem for (problem,) in late} == listed
    assert listed
    back = quiet.ask("""select distinct a.problem_id from {problems} a join {problems} b
        using (unit_code, node_code) where a.found_on > b.closed_on and a.found_on - b.closed_on <= 365""")
    assert {problem for (problem,) in back} == quiet.formal("repeated_problem")
    assert back
