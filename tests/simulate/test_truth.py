"""truth.json says what the tables show: each list is read again here from the tables alone."""

import pytest

from guanjian.simulate import run
from guanjian.simulate.scenario import Scenario
from tests.simulate.conftest import Simulated

TWO_POSTS = """
    with hands as (
        select object_id entry, activity f, officer_id o from {events}
            where activity in ('doc_review', 'release', 'post_audit', 'investigate') and officer_id is not null
        union all select entry_id, 'examine', officer1 from {examinations}
        union all select entry_id, 'examine', officer2 from {examinations} where officer2 is not null)
    select o, entry from hands group by all having count(distinct f) > 1"""
ALONE = "select officer1, entry_id from {examinations} where officer2 is null and mode <> 'J'"
LIGHTER = """select officer1, entry_id from {examinations}
    where (required_mode, mode) in (('A', 'B'), ('A', 'C'), ('B', 'C'))"""


@pytest.mark.parametrize(
    ("kind", "sql"),
    [("incompatible_posts", TWO_POSTS), ("two_person_breach", ALONE), ("downgraded_examination", LIGHTER)],
)
@pytest.mark.parametrize("world", ["everything", "quiet"])
def test_breaches_of_officers_are_all_listed_and_none_is_invented(world, kind, sql, request):
    simulated = request.getfixturevalue(world)
    shown = set(simulated.ask(sql))
    planted = [truth for truth in simulated.truth["planted"] if kind in truth["breaches"]]
    listed = {(truth["subject_id"], entry) for truth in planted for entry in truth["entries"]}
    arisen = {(officer, entry) for officer, entries in simulated.arisen(kind).items() for entry in entries}
    assert not listed & arisen
    assert shown == listed | arisen
    assert shown


def test_one_officer_houses_review_and_release_with_the_same_hands(everything):
    houses = everything.truth["conditions"]["one_officer_houses"]
    officers = dict(everything.ask("select o, count(*) from (" + TWO_POSTS + ") group by 1"))
    for house in houses:
        assert sum(1 for officer in officers if officer[1:5] == house) <= 1
    assert any(officer[1:5] in houses for officer in officers)


def test_the_pair_meets_far_more_often_than_the_roster_explains(tmp_path):
    plant = {"kind": "collusive_pair", "strength": 0.8, "district": "5300"}
    run(Scenario("pair", plants=(plant,)), 40_000, 7, tmp_path / "pair")
    simulated = Simulated(tmp_path / "pair")
    pair = simulated.planted("collusive_pair")
    officer, agent = pair["subject_id"].split("|")
    ((seen, usual),) = simulated.ask(f"""
        with pool as (select unit_code, starts_at, ends_at, count(*) k, bool_or(officer_id = '{officer}') there from {{rosters}}
            where post = 'doc_review' group by all)
        select count(*) filter (e.officer_id = '{officer}'), sum(1 / k)
        from {{events}} e join {{declarations}} d on d.entry_id = e.object_id
        join pool p on p.unit_code = e.unit_code and e."at" >= p.starts_at and e."at" < p.ends_at
        where e.activity = 'doc_review' and d.agent_id = '{agent}' and there and e.officer_id is not null""")
    assert seen > 1.4 * usual
    assert 15 <= pair["count"] <= seen
    low = simulated.arisen("undervaluation")
    assert 0 < pair["undervalued"] < pair["count"]
    assert not set(pair["entries"]) & set().union(*low.values())


def test_how_often_a_pair_would_meet_by_lot_is_told(everything):
    """Over shifts of three and more; steered entries that a machine would have passed are not counted."""
    told = {}
    for kind in ("collusive_pair", "night_steering", "assignment_gaming"):
        pair = everything.planted(kind)
        ((told[kind],),) = everything.ask(f"""
            with pool as (select unit_code, starts_at, ends_at, count(*) k, bool_or(officer_id = '{pair["officer_id"]}') there
                from {{rosters}} where post = 'doc_review' group by all)
            select coalesce(sum(1 / k), 0) from {{events}} e join {{declarations}} d on d.entry_id = e.object_id
            join pool p on p.unit_code = e.unit_code and e."at" >= p.starts_at and e."at" < p.ends_at
            where e.activity = 'doc_review' and d.agent_id = '{pair["agent_id"]}' and there and k >= 3
                and e.unit_code[1:4] = '{pair["unit_code"]}' and e.officer_id is not null""")
        assert abs(told[kind] - pair["expected"]) <= 0.25 * told[kind] + 0.5, kind
    assert max(told.values()) > 2
    for kind in (
        kind for kind, met in told.items() if met > 2 and kind != "night_steering"
    ):  # nights hold fewer than three
        pair = everything.planted(kind)
        assert abs(pair["steered"] - pair["strength"]) <= 0.3, kind


def test_steered_entries_all_went_to_the_officer(everything):
    for kind in ("collusive_pair", "night_steering", "assignment_gaming"):
        truth = everything.planted(kind)
        entries = ", ".join(f"'{entry}'" for entry in truth["entries"])
        who = everything.ask(f"""select distinct officer_id from {{events}}
            where activity = 'doc_review' and object_id in ({entries})""")
        assert who == [(truth["officer_id"],)], kind


def test_the_ring_shares_everything_and_declares_below_its_peers(everything):
    ring = everything.planted("undervaluation_ring")
    members = ", ".join(f"'{member}'" for member in ring["members"])
    shared = everything.ask(f"""select count(distinct phone), count(distinct address), count(distinct legal_rep), count(*)
        from {{enterprises}} where enterprise_id in ({members})""")
    assert shared == [(1, 1, 1, len(ring["members"]))]
    prices = dict(
        everything.ask(f"""
        select d.consignee_id in ({members}), median(i.value_cny / i.quantity) from {{items}} i join {{declarations}} d using (entry_id)
        where i.hs_code = '{ring["hs_code"]}' and i.origin_country = '{ring["origin_country"]}' group by 1""")
    )
    assert prices[True] < 0.85 * prices[False]


def test_split_pieces_come_close_together_and_stay_below_the_limit(everything):
    split = everything.planted("split_consignments")
    entries = ", ".join(f"'{entry}'" for entry in split["entries"])
    pieces = everything.ask(f"""select count(*), count(distinct declared_at::date), max(value_cny), count(distinct consignee_id)
        from {{declarations}} where entry_id in ({entries})""")
    count, days, most, traders = pieces[0]
    assert count == split["count"] >= 15
    assert days <= 8
    assert most < 600_000
    assert traders == 1


def test_nothing_is_ever_found_with_the_protected_trader(everything):
    trader = everything.planted("zero_find")["subject_id"]
    ((opened, found),) = everything.ask(f"""select count(*), sum(finding::int) from {{examinations}} x
        join {{declarations}} d using (entry_id) where d.consignee_id = '{trader}'""")
    assert opened >= 5
    assert found == 0


def test_token_examinations_are_over_in_minutes(everything):
    token = everything.planted("token_examination")
    entries = ", ".join(f"'{entry}'" for entry in token["entries"])
    ((longest, officers),) = (
        everything.ask(f"""select max(date_diff('second', started_at, ended_at)), count(distinct officer1)
        from {{examinations}} where entry_id in ({entries})""")
    )
    assert longest <= 360
    assert officers == 1


def test_what_was_assessed_is_more_than_what_was_declared(everything):
    wrong = everything.ask("""select count(*) filter (assessed_value_cny <= d.value_cny or evaded_cny < 0), count(*)
        from {examinations} x join {declarations} d using (entry_id) where assessed_value_cny is not null""")
    assert wrong[0][0] == 0
    assert wrong[0][1] > 0


def test_a_quiet_world_has_nothing_planted_but_honest_breaches(quiet):
    assert quiet.truth["planted"] == []
    assert quiet.arisen("undervaluation")
    assert quiet.arisen("misdeclaration")
