"""Where is more than normal: parts told apart, clusters sharpened to cells, joined to risks, linked over the weeks."""

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from guanjian.kernel.words import Text
from guanjian.risk.clusters import Spot, chance_of, joined_up, look
from guanjian.risk.lineage import Lineage, alike, linked, within_memory
from guanjian.risk.measures import measured
from guanjian.risk.mixture import chance_above, mixture
from guanjian.risk.panel import Panel
from guanjian.risk.volume import volumes
from tests.risk.worlds import CODES, LEAVES, RULES, A, B, C, D, E, mask, panel, places, raised

EVEN = np.ones((len(LEAVES), len(CODES)))
NOTHING = np.zeros((40, len(LEAVES), len(CODES)), bool)
cells = st.lists(st.booleans(), min_size=12, max_size=12).map(lambda bits: np.array(bits).reshape(3, 4))


def spot(leaves, units, statistic=10.0):
    return Spot(mask(leaves, units), 30, statistic, 0.001, "ALL")


def line(name, leaves, units, **more):
    return Lineage(name, mask(leaves, units), 20, 20, **{"alarmed": 21} | more)


def test_raised_parts_are_told_from_normal_ones():
    mean = np.full(40, 10.0)
    seen = np.where(np.arange(40) < 8, 30.0, 10.0)
    told = mixture(seen, mean)
    assert (told.member > 0.5).tolist() == [i < 8 for i in range(40)]
    assert 0.1 <= told.share <= 0.3


def test_where_nothing_is_raised_there_is_no_part():
    told = mixture(np.full(40, 10.0), np.full(40, 10.0))
    assert told.share == 0
    assert not told.member.any()


def test_a_part_without_expectation_is_never_raised():
    told = mixture(np.array([0.0, 60.0, 55.0]), np.array([0.0, 10.0, 10.0]))
    assert told.member[0] == 0


def test_the_chance_of_more_than_normal_grows_with_what_is_seen_and_shrinks_with_noise():
    chances = [chance_above(seen, 10) for seen in (5, 10, 15, 25)]
    assert chances == sorted(chances)
    assert chance_above(20, 10, phi=3) < chance_above(20, 10)


def test_a_planted_cell_is_found_and_sharpened_to_itself():
    week = look(raised(panel(), [A], [2, 3], 36), places(), RULES, NOTHING)
    first = week.spots[0]
    assert first.p < 0.02
    assert (first.mask == mask([A], [2, 3])).all()


def test_an_area_is_found_in_all_its_lines():
    week = look(raised(panel(), [A, B, C, D, E], [5], 36, 3.0), places(), RULES, NOTHING)
    assert (week.spots[0].mask == mask([A, B, C, D, E], [5])).all()


def test_what_is_known_already_teaches_no_baseline():
    given = raised(panel(), [A], [2], 20)
    known = NOTHING.copy()
    known[20:, A, 2] = True
    naive, aware = (look(given, places(), RULES, k) for k in (NOTHING, known))
    assert aware.mean[:, A, 2].sum() < naive.mean[:, A, 2].sum()
    assert aware.spots[0].statistic > naive.spots[0].statistic


def test_a_cell_of_little_volume_is_said_to_be_not_detectable_with_the_volume_needed():
    week = look(panel(rate=0.3), places(), RULES, NOTHING)
    rows = volumes(week, panel(rate=0.3), RULES.alpha, {"A": Text("夜间放行", "Night releases")})
    assert rows[0]["not_detectable"] == list(CODES)
    assert rows[0]["needed"] > rows[0]["most"]
    assert "不可发现" in rows[0]["zh"]
    assert (rows[A]["title"]["zh"], rows[B]["title"]) == ("夜间放行", None)
    rich = volumes(look(panel(rate=60.0), places(), RULES, NOTHING), panel(rate=60.0), RULES.alpha, {})
    assert rich[0]["not_detectable"] == []
    assert "zh" not in rich[0]


def test_one_mechanism_at_two_places_is_one_risk_and_so_are_two_lines_in_one_area():
    jumped = joined_up([spot([A], [0, 1]), spot([A], [6], 5.0)])
    assert [s.mask.tolist() for s in jumped] == [mask([A], [0, 1, 6]).tolist()]
    area = joined_up([spot([A], [3]), spot([D], [3], 5.0)])
    assert len(area) == 1
    assert len(joined_up([spot([A], [0, 1]), spot([D], [5, 6], 5.0)])) == 2


def test_two_fields_that_are_raised_everywhere_are_two_risks_and_one_field_is_one():
    everywhere, kin = range(len(CODES)), panel().kin
    assert kin[A] == kin[C] != kin[D]
    assert len(joined_up([spot([A], everywhere), spot([D], everywhere, 5.0)], kin)) == 2
    assert len(joined_up([spot([A], everywhere), spot([C], everywhere, 5.0)], kin)) == 1
    assert len(joined_up([spot([A], [3]), spot([D], [3], 5.0)], kin)) == 1


def test_what_a_unit_has_always_had_raises_no_alarm_and_the_same_elsewhere_does():
    """One house where one person holds all posts: a case at each of its few entries, and hardly any where many work."""
    rng, given = np.random.default_rng(7), panel(rate=6.0)
    exposure = np.broadcast_to([40.0, 60, 50, 30, 80, 70, 40, 1], given.cases.shape).copy()
    cases = given.cases.copy()
    cases[:, E] = rng.poisson(0.0002 * exposure[:, E])
    cases[::3, E, 7] = 1
    always = Panel(given.weeks, given.leaves, given.units, cases, exposure)
    week = look(always, places(), RULES, NOTHING)
    assert all(s.p > RULES.alpha for s in week.spots)
    seen, mean = week.recent(6)
    assert 0.5 < seen[E, 7] / mean[E, 7] < 2
    cases = cases.copy()
    cases[-6:, E, 6] += [1, 1, 0, 1, 1, 1]
    first = look(replace(always, cases=cases), places(), RULES, NOTHING).spots[0]
    assert first.p < RULES.alpha
    assert first.mask[E, 6]


def test_a_third_spot_may_join_two_others():
    both = joined_up([spot([A], [0, 1]), spot([D], [5, 6], 9.0), spot([A, D], [3], 1.0)])
    assert len(both) == 1
    assert both[0].statistic == 10.0


@given(cells, cells, st.lists(st.floats(0.1, 9), min_size=12, max_size=12))
def test_likeness_is_the_weighted_jaccard_of_its_definition(a, b, weight):
    w = np.array(weight).reshape(3, 4)
    union = sum(w[i, j] for i in range(3) for j in range(4) if a[i, j] or b[i, j])
    shared = sum(w[i, j] for i in range(3) for j in range(4) if a[i, j] and b[i, j])
    assert abs(alike(a, b, w) - (shared / union if union else 0)) < 1e-9
    assert alike(a, b, w) == alike(b, a, w)


def test_a_growing_risk_stays_the_same():
    links = linked([line("one", [A], [2])], [spot([A], [1, 2, 3])], EVEN, 0.3)
    assert links.goes_on == {0: 0}


def test_too_little_in_common_is_another_risk():
    links = linked([line("one", [A], [2])], [spot([A], [1, 2, 3, 4])], EVEN, 0.3)
    assert links.goes_on == {}


def test_when_two_merge_the_elder_goes_on_and_the_younger_goes_into_it():
    pool = [line("young", [A], [2, 3], alarmed=30), line("old", [A], [4, 5], alarmed=10)]
    links = linked(pool, [spot([A], [2, 3, 4, 5])], EVEN, 0.3)
    assert links.goes_on == {1: 0}
    assert links.into == {0: 1}


def test_when_one_splits_the_likest_part_goes_on_and_the_other_knows_its_origin():
    links = linked([line("one", [A], [1, 2, 3, 4, 5])], [spot([A], [1, 2, 3]), spot([A], [4, 5])], EVEN, 0.3)
    assert links.goes_on == {0: 0}
    assert links.splits == {1: 0}


def test_an_ended_risk_is_remembered_for_a_year_unless_it_was_only_watched():
    pool = (line("old", [A], [1], ended=10), line("faint", [A], [1], ended=60, alarmed=None), line("open", [B], [1]))
    assert [one.lineage_id for one in within_memory(pool, 62, RULES)] == ["old", "open"]
    assert [one.lineage_id for one in within_memory(pool, 63, RULES)] == ["open"]


def test_breadth_counts_the_units_that_are_raised_and_slope_sees_growth():
    week = look(raised(panel(), [A], [0, 1, 2, 3], 36, 6.0), places(), RULES, NOTHING)
    told = measured(week, mask([A], [0, 1, 2, 3]), 36, 39, RULES.recent)
    assert told.raised.tolist() == [0, 1, 2, 3]
    assert 0.3 <= told.breadth <= 0.7
    assert told.slope > 3
    assert told.weeks == 4


def test_a_strange_maximum_is_rare_by_its_tail_and_with_few_draws_by_its_rank():
    many = np.random.default_rng(1).gumbel(10, 1, 99)
    assert chance_of(25.0, many) < 1e-4
    assert chance_of(25.0, many[:9]) == 0.1
    assert chance_of(0.0, many[:9]) == 1.0
