"""Honest people keep to rosters, opening hours and order; honest life has the spread of real life."""

import pytest

OFF_DUTY = """
    select e.activity, e.object_id from {events} e
    anti join {rosters} r on r.officer_id = e.officer_id and r.unit_code = e.unit_code and r.post = e.post
        and e.at >= r.starts_at and e.at < r.ends_at
    where e.officer_id is not null and e.object_type = 'entry'"""


def test_in_a_quiet_world_everybody_who_acts_is_on_the_roster(quiet):
    assert quiet.ask(OFF_DUTY) == []


def test_only_planted_people_act_off_their_roster(everything):
    planted = set(everything.planted("incompatible_posts")["entries"])
    off_duty = everything.ask(OFF_DUTY)
    assert off_duty
    assert {activity for activity, _ in off_duty} == {"release"}
    assert {entry for _, entry in off_duty} <= planted


def test_steps_of_an_entry_follow_one_another(everything):
    late = everything.ask("""
        with t as (select object_id, max("at") filter (activity = 'accept') a, max("at") filter (activity = 'doc_review') r,
            max(ended_at) filter (activity = 'examine') x, max("at") filter (activity = 'release') o
            from {events} where object_type = 'entry' group by 1)
        select count(*) from t where r < a or x < r or o < r or o < x""")
    assert late == [(0,)]


def test_releases_are_those_of_the_declarations(everything):
    differ = everything.ask("""
        select count(*) from {declarations} d left join
            (select object_id, "at" from {events} where activity = 'release') e on e.object_id = d.entry_id
        where d.released_at is distinct from e."at" """)
    assert differ == [(0,)]


def test_work_is_spread_evenly_over_those_on_duty(quiet):
    """A reading of its own: in each shift of a section every colleague expects the same; the sum of squares says so."""
    ((cells, ratio),) = quiet.ask("""
        with work as (select unit_code u, officer_id o, r.starts_at s from {events} e join {rosters} r
                using (officer_id, unit_code, post) where e.activity = 'doc_review' and e."at" >= r.starts_at and e."at" < r.ends_at),
        done as (select u, s, o, count(*) n from work group by all),
        pool as (select unit_code u, starts_at s, officer_id o, count(*) over (partition by unit_code, starts_at) k
            from {rosters} where post = 'doc_review'),
        total as (select u, s, sum(n) n from done group by all)
        select count(*), sum((coalesce(d.n, 0) - t.n / k) ** 2) / sum(t.n / k * (1 - 1 / k))
        from pool join total t using (u, s) left join done d using (u, s, o) where k > 1""")
    assert cells > 2_000
    assert 0.9 < ratio < 1.1


def test_ports_agents_and_values_are_heavy_tailed(quiet):
    ((busiest, median_house),) = quiet.ask("""select max(n), median(n) from
        (select unit_code, count(*) n from {declarations} group by 1)""")
    assert busiest > 10 * median_house
    ((mean, median),) = quiet.ask("select avg(value_cny), median(value_cny) from {declarations}")
    assert mean > 1.5 * float(median)


def test_agents_have_favourite_weekdays_and_sections_their_goods(quiet):
    ((keen,),) = quiet.ask("""
        select count(*) from (select agent_id, max(n) / sum(n) top, sum(n) total from
            (select agent_id, dayofweek(declared_at + interval 8 hour) w, count(*) n from {declarations} group by all)
            group by 1) where total >= 40 and top > 0.4""")
    assert keen >= 5
    # where a house has a section for chemicals, only chapters 27 to 40 go there
    strange = quiet.ask("""
        select count(*), count(*) filter (hs_code[1:2]::int not between 27 and 40) from {events} e
        join {items} i on i.entry_id = e.object_id and i.item_no = 1
        where e.activity = 'doc_review' and e.unit_code like '%-02'""")
    assert strange[0][1] == 0


def test_most_examinations_find_nothing_and_the_heavier_find_more(everything):
    rates = dict(
        everything.ask("""select mode, avg(finding::int) from {examinations} x
        join {declarations} d using (entry_id) group by 1""")
    )
    assert 0.02 < sum(rates.values()) / len(rates) < 0.15
    assert rates["A"] > rates["C"]


def test_every_entry_keeps_the_chance_that_it_had_of_being_opened(quiet):
    ((chance, share, low, high),) = quiet.ask(
        "select avg(propensity), avg(selected::int), min(propensity), max(propensity) from {selections}"
    )
    assert abs(chance - share) < 0.01
    assert 0 < low < high <= 1


@pytest.mark.parametrize("world", ["everything", "quiet"])
def test_nobody_opens_two_things_at_once(world, request):
    ((openings, twice),) = request.getfixturevalue(world).ask("""
        with hands as (select officer1 o, started_at s, ended_at e from {examinations}
            union all select officer2, started_at, ended_at from {examinations} where officer2 is not null),
        turns as (select s, e, lead(s) over (partition by o order by s) after from hands)
        select count(*), count(*) filter (after < e) from turns""")
    assert openings > 2_000
    assert twice == 0


def test_who_opens_with_whom_changes_from_shift_to_shift(everything):
    """Partners are drawn by lot for each shift: nobody who leads often does so with one colleague only."""
    ((most,),) = everything.ask("""
        with pairs as (select officer1 a, officer2 b, count(*) n from {examinations} where officer2 is not null group by all)
        select median(share) from (select max(n) / sum(n) share from pairs group by a having sum(n) >= 8)""")
    assert most < 0.7
