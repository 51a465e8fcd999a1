"""Each plant leaves in the fact tables what its truth says, and no more than its strength."""

from itertools import pairwise

import numpy as np
import pytest

from guanjian.kernel.errors import BadInput
from guanjian.simulate import run
from guanjian.simulate.generate import prepare
from guanjian.simulate.scenario import Honest, Scenario
from tests.simulate.conftest import Simulated

DECLARATIONS = 30_000


def listed(entries) -> str:
    return ", ".join(f"'{entry}'" for entry in entries)


@pytest.fixture(scope="module")
def alone(tmp_path_factory):
    """A world with one plant, with enough for it to do."""

    def make(kind: str, **settings) -> Simulated:
        folder = tmp_path_factory.mktemp("plants") / kind
        run(Scenario("one", plants=({"kind": kind, "district": "5300", **settings},)), DECLARATIONS, 7, folder)
        return Simulated(folder)

    return make


def test_timed_entries_come_in_the_minute_and_go_to_the_officer(everything):
    truth = everything.planted("assignment_gaming")
    minutes = everything.ask(f"""select (epoch(declared_at)::bigint + 8 * 3600) % 86400 // 60, agent_id
        from {{declarations}} where entry_id in ({listed(truth["entries"])})""")
    assert len(minutes) == truth["count"] >= 5
    assert {agent for _, agent in minutes} == {truth["agent_id"]}
    assert all(615 <= minute < 630 for minute, _ in minutes)


def test_what_was_lifted_was_never_opened_and_has_no_reason(everything):
    truth = everything.planted("overridden_control")
    entries = listed(truth["entries"])
    assert truth["entries"]
    assert everything.ask(f"select count(*) from {{examinations}} where entry_id in ({entries})") == [(0,)]
    overrides = everything.ask(f"""select distinct officer_id, reason, approver_id from {{events}}
        where activity = 'override' and object_id in ({entries})""")
    assert overrides == [(truth["officer_id"], None, None)]
    honest = everything.ask(f"""select count(*), count(reason), count(approver_id) from {{events}}
        where activity = 'override' and object_id not in ({entries})""")
    assert honest[0][0] > 10
    assert len(set(honest[0])) == 1


def test_tracks_that_came_days_late_are_those_of_the_officer(everything):
    truth = everything.planted("back_dated_fieldwork")
    late = everything.ask("""select distinct job_id, officer_id from {track_points}
        where received_at > "at" + interval 1 day""")
    assert sorted(job for job, _ in late) == truth["entries"]
    assert {officer for _, officer in late} == {truth["subject_id"]}
    twice = everything.ask("""select job_id from (select job_id, unnest(evidence_hashes) h from {field_jobs})
        where h in (select h from (select unnest(evidence_hashes) h from {field_jobs}) group by h having count(*) > 1)""")
    assert {job for (job,) in twice} == everything.formal("copied_photographs")
    assert set(truth["copied"]) <= {job for (job,) in twice}


def test_impossible_tracks_never_come_near_the_place(everything):
    truth = everything.planted("impossible_track")
    near = """select j.job_id, min(sqrt(((t.lat - j.place_lat) * 111.2) ** 2
            + ((t.lon - j.place_lon) * 111.2 * cos(radians(j.place_lat))) ** 2)) km, max(abs(t.lat - u.lat)) jump
        from {track_points} t join {field_jobs} j using (job_id) join {units} u on u.unit_code = j.unit_code group by 1"""
    found = everything.ask(f"select job_id from ({near}) where km > 1")
    assert sorted(job for (job,) in found) == truth["entries"]
    jumped = everything.ask(f"select job_id from ({near}) where jump > 1.5")
    assert sorted(job for (job,) in jumped) == truth["entries"]


def test_honest_tracks_keep_to_the_speed_of_the_road(everything):
    fakes = listed(everything.planted("impossible_track")["entries"])
    ((points, fastest),) = everything.ask(f"""
        with moves as (select epoch("at") - lag(epoch("at")) over w s, lon - lag(lon) over w x, lat - lag(lat) over w y, lat
            from {{track_points}} where job_id not in ({fakes}) window w as (partition by job_id, officer_id order by "at"))
        select count(*), max(sqrt((x * cos(radians(lat))) ** 2 + y ** 2) * 111.2 / s * 3600) from moves where s is not null""")
    assert points > 50_000
    assert fastest < 60


def test_nobody_is_at_two_field_jobs_at_once(everything):
    assert everything.ask("""
        with turns as (select o, checked_in_at s, checked_out_at e, lead(checked_in_at) over (partition by o order by checked_in_at) n
            from (select unnest(officers) o, * from {field_jobs}))
        select count(*) from turns where n < e""") == [(0,)]


def test_criminal_amounts_end_with_a_fine_by_the_investigator(alone):
    world = alone("fines_instead_of_transfer", strength=0.7)
    truth = world.planted("fines_instead_of_transfer")
    entries = listed(truth["entries"])
    rows = world.ask(f"""select kind, evaded_cny >= 200000, p.officers[1] from {{cases}} c left join {{penalties}} p using (case_id)
        where entry_ids[1] in ({entries})""")
    assert len(rows) == truth["count"] >= 5
    assert {row[:2] for row in rows} == {("administrative", True)}
    assert {officer for *_, officer in rows if officer} == {truth["officer_id"]}
    others = world.ask(f"""select count(*) from {{cases}} where kind = 'administrative' and evaded_cny >= 200000
        and entry_ids[1] not in ({entries})""")
    assert others == [(0,)]


def test_favoured_fines_lie_below_every_other(alone):
    world = alone("biased_discretion", strength=0.9)
    truth = world.planted("biased_discretion")
    rows = world.ask(f"""select substr(case_id, 2) in ({listed(truth["entries"])}), max(fine_cny / base_cny), min(fine_cny / base_cny)
        from {{penalties}} group by 1 order by 1""")
    assert truth["count"] >= 5
    assert rows[1][1] < 0.21 < rows[0][2]
    assert {e for t in [truth] for e in t["entries"]} == world.formal("fine_outside_band")


def test_misclassified_goods_keep_their_name_and_lose_their_rate(alone):
    world = alone("misclassification", strength=0.6)
    truth = world.planted("misclassification")
    rates = dict(
        world.ask(f"""select i.hs_code, max(tax_rate) from {{items}} i join {{declarations}} d using (entry_id)
        where d.consignee_id = '{truth["subject_id"]}' and hs_code in ('{truth["hs_code"]}', '{truth["declared_as"]}') group by 1""")
    )
    assert rates[truth["declared_as"]] < rates[truth["hs_code"]]
    names = world.ask(f"""select distinct goods_name from {{items}} where entry_id in ({listed(truth["entries"])})
        and hs_code = '{truth["declared_as"]}'""")
    own = world.ask(f"select distinct goods_name from {{items}} where hs_code = '{truth['declared_as']}'")
    assert len(names) == 1
    assert len(own) == 2


def test_claimed_origins_are_free_of_duty_and_off_the_route(alone):
    world = alone("origin_fraud", strength=0.6)
    truth = world.planted("origin_fraud")
    rows = world.ask(f"""select distinct tax_rate, departure_country from {{items}} join {{declarations}} using (entry_id)
        where entry_id in ({listed(truth["entries"])}) and origin_country = '{truth["declared_as"]}' and item_no = 1""")
    assert rows == [(0.0, truth["origin_country"])]


def test_linked_companies_take_turns_under_one_telephone(alone):
    world = alone("linked_companies", strength=0.6)
    truth = world.planted("linked_companies")
    spans = world.ask(f"""select consignee_id, min(epoch(declared_at)), max(epoch(declared_at)), count(*) from {{declarations}}
        where consignee_id in ({listed(truth["members"])}) group by 1 order by 2""")
    assert len(spans) >= 3
    assert all(a[2] < b[1] for a, b in pairwise(spans))
    phones = world.ask(
        f"select count(distinct phone) from {{enterprises}} where enterprise_id in ({listed(truth['members'])})"
    )
    assert phones == [(1,)]
    assert truth["count"] > 0.4 * sum(span[3] for span in spans)


def test_after_the_disposal_the_trader_goes_to_another_port(alone):
    world = alone("port_shopping", strength=1.0)
    truth = world.planted("port_shopping")
    seen = dict(
        world.ask(f"""select declared_at + interval 8 hour >= '{truth["moved_on"]}',
            avg((unit_code = '{truth["moved_to"]}')::int) from {{declarations}}
            where consignee_id = '{truth["subject_id"]}' and unit_code in ('{truth["unit_code"]}', '{truth["moved_to"]}') group by 1""")
    )
    assert seen[False] < 0.2
    assert seen[True] > 0.7


def test_paper_rectification_closes_in_days_without_evidence_and_comes_back(everything):
    truth = everything.planted("paper_rectification")
    chain = everything.ask(f"""select problem_id, closed_on - found_on, recurrence_of is not null from {{problems}}
        where problem_id in ({listed(truth["problems"])}) order by found_on""")
    assert len(chain) >= 4
    assert all(days <= 7 for _, days, _ in chain)
    assert [again for *_, again in chain] == [False] + [True] * (len(chain) - 1)
    bare = everything.ask("""select problem_id from {problems} p anti join {events} e on e.object_id = p.problem_id
        where closed_on is not null""")
    assert sorted(problem for (problem,) in bare) == truth["entries"]


def test_drifting_fraud_moves_to_other_goods(tmp_path):
    run(
        Scenario("one", plants=({"kind": "fraud_drift", "every": 3, "lives": 3, "goods": 6},)),
        20_000,
        3,
        tmp_path / "one",
    )
    world = Simulated(tmp_path / "one")
    truth = world.planted("fraud_drift")
    assert len(truth["patterns"]) >= 4
    goods = [{tuple(one) for one in pattern["goods"]} for pattern in truth["patterns"]]
    assert all(a != b for a, b in pairwise(goods))
    assert 20 < truth["count"] < 2_000
    assert not set(truth["entries"]) & set().union(*world.arisen("undervaluation").values())


def test_strength_is_the_share_of_chances_taken(alone):
    few, many = (
        alone("assignment_gaming", strength=strength).planted("assignment_gaming")["count"] for strength in (0.3, 0.9)
    )
    assert many > 2 * few > 0


def test_a_house_without_field_work_cannot_hold_its_plant(tmp_path):
    scenario = Scenario("one", plants=({"kind": "impossible_track"},), honest=Honest(field_jobs=0.0))
    with pytest.raises(BadInput, match="field_jobs"):
        run(scenario, 3_000, 1, tmp_path / "one")


def test_no_two_plants_share_a_district_an_officer_or_a_trader(everything):
    planted = everything.truth["planted"]
    districts = [truth["unit_code"][:2] for truth in planted]
    districts += [truth["moved_to"][:2] for truth in planted if "moved_to" in truth]
    people = [(one["subject_type"], one["subject_id"]) for truth in planted for one in truth["subjects"]]
    assert len(planted) == 20
    assert len(set(districts)) == len(districts) == 21
    assert len(set(people)) == len(people) > 40


@pytest.mark.parametrize("seed", [1, 5, 11])
def test_whoever_is_cast_in_one_plant_is_cast_in_no_other(seed):
    world, plants = prepare("everything", 50_000, seed)
    traders = [
        trader for plant in plants for trader in np.atleast_1d(getattr(plant, "traders", getattr(plant, "trader", [])))
    ]
    houses = [plant.house for plant in plants] + [plant.other for plant in plants if plant.kind == "port_shopping"]
    assert len({int(trader) for trader in traders}) == len(traders) > 15
    assert len({int(world.units.district[house]) for house in houses}) == len(houses)
