"""How a risk lies and whose it is, by the rule of responsibility; what could come of it."""

import numpy as np
import pytest

from guanjian.kernel.risks import Answerable, Shape
from guanjian.kernel.words import Text
from guanjian.risk.cell import FROM_NODES, FROM_SHAPE, Controls, cell_of, grade_of
from guanjian.risk.clusters import look
from guanjian.risk.judge import leant
from guanjian.risk.lineage import Lineage
from guanjian.risk.places import places_of
from guanjian.risk.whose import BEYOND, heart, line_carried, line_of, owner_of, read
from tests.risk.worlds import CODES, LEAVES, RULES, A, B, C, D, E, mask, panel, places, raised

NOTHING = np.zeros((40, len(LEAVES), len(CODES)), bool)
HOUSES = places_of(
    {"unit_code": code, "district_code": code[:2] + "00", "lon": 110 + i, "lat": 30, "peer_group": "inland"}
    for i, code in enumerate(["2201", "2202", "2301", "3101"])
)
SAID = Text("某事", "something")


@pytest.mark.parametrize(
    ("leaves", "units", "times", "shape"),
    [
        ([A], list(range(8)), 3.0, Shape.SYSTEMIC),
        ([A, B, C, D, E], [2], 3.0, Shape.REGIONAL),
        ([A, B], [2, 3], 4.0, Shape.CROSS),
        ([A], [2], 6.0, Shape.SINGLE),
        ([A, B, C, D, E], list(range(8)), 2.0, Shape.GENERAL),
    ],
)
def test_a_planted_risk_is_read_as_what_it_is(leaves, units, times, shape):
    week = look(raised(panel(), leaves, units, 36, times), places(), RULES, NOTHING)
    found = read(week, mask(leaves, units), np.array(units))
    assert found.shape is shape
    if shape is Shape.SYSTEMIC:
        assert found.line_share > 0.6
    if shape is Shape.REGIONAL:
        assert found.place_share > 0.6


def test_what_luck_drags_along_does_not_make_a_point_a_crossing():
    week = look(raised(panel(), [A], [2], 36, 6.0), places(), RULES, NOTHING)
    told = heart(week, mask([A], [2, 5]), np.array([2, 5, 6, 7]))
    assert (np.flatnonzero(told.zone).tolist(), told.size) == ([2], (1, 1))
    assert read(week, mask([A], [2, 5]), np.array([2, 5, 6, 7])).shape is Shape.SINGLE


def test_an_indicator_that_luck_drags_along_does_not_make_a_line_a_matter_of_all_lines():
    given, everywhere = raised(panel(), [D, E], list(range(8)), 36, 3.0), np.arange(8)
    week, cells = look(given, places(), RULES, NOTHING), mask([C, D, E], everywhere)
    assert line_of(given, cells) == ""
    assert line_carried(week, given, cells, everywhere) == "TAX-VALUE"


def test_units_that_share_the_excess_are_no_point():
    week = look(raised(panel(), [A], [2, 3, 4], 36, 5.0), places(), RULES, NOTHING)
    assert heart(week, mask([A], [2, 3, 4]), np.array([2, 3, 4])).size == (3, 1)
    assert read(week, mask([A], [2, 3, 4]), np.array([2, 3, 4])).shape is Shape.CROSS


def who(shape, excess, beyond=False):
    owner = owner_of(shape, "CLR-EXAM", (HOUSES, np.array(excess, float)), beyond)
    return owner.kind, owner.unit_code, owner.others


def test_a_line_is_headquarters_and_an_area_its_leaderships():
    assert who(Shape.SYSTEMIC, [1, 1, 1, 1]) == (Answerable.DEPARTMENT, "0000", ())
    assert who(Shape.REGIONAL, [1, 1, 5, 0]) == (Answerable.LEADERSHIP, "2300", ("2200",))


def test_a_line_across_districts_is_headquarters_with_their_leaderships():
    assert who(Shape.CROSS, [1, 0, 5, 0]) == (Answerable.DEPARTMENT, "0000", ("2300", "2200"))


def test_a_line_within_one_district_is_its_leaderships_with_headquarters():
    assert who(Shape.CROSS, [1, 2, 0, 0]) == (Answerable.LEADERSHIP, "2200", ("0000",))


def test_a_single_point_is_the_units_own():
    assert who(Shape.SINGLE, [0, 2, 0, 0]) == (Answerable.UNIT, "2202", ("2200",))


def test_what_is_beyond_a_units_means_goes_to_headquarters_at_once():
    owner = owner_of(Shape.SINGLE, "CLR-EXAM", (HOUSES, np.array([0.0, 2, 0, 0])), True)
    assert (owner.kind, owner.unit_code, owner.others) == (Answerable.DEPARTMENT, "0000", ("2200",))
    assert owner.reason == BEYOND


def test_the_line_of_a_risk_is_the_one_that_holds_all_its_indicators():
    assert line_of(panel(), mask([A, B], [0])) == "CLR-EXAM"
    assert line_of(panel(), mask([A, C], [0])) == "CLR"
    assert line_of(panel(), mask([A, D], [0])) == ""


def test_consequence_rises_with_the_load_and_ends_at_five():
    assert [grade_of(excess, 10_000)[0] for excess in (1, 20, 100, 300, 1000, 9000)] == [1, 2, 3, 4, 5, 5]


def test_controls_that_work_leave_less_risk_and_the_factor_comes_from_the_nodes():
    known = Controls({"CLR-EXAM": "morality"}, {"CLR-EXAM": 0.75})
    bare = cell_of("CLR-EXAM", Shape.SINGLE, (3, 0.2), 0.8, (SAID, Controls()))
    held = cell_of("CLR-EXAM", Shape.SINGLE, (3, 0.2), 0.8, (SAID, known))
    assert (bare.factor, bare.factor_basis, bare.control) == ("power", FROM_SHAPE, None)
    assert (held.factor, held.factor_basis, held.control) == ("morality", FROM_NODES, 0.75)
    assert bare.residual == 0.48
    assert held.residual == 0.12


def test_a_shape_is_said_when_it_was_read_twice_running():
    line, said = Lineage("R-1", mask([A], [0]), 0, 0), []
    for seen in (Shape.SINGLE, Shape.CROSS, Shape.SINGLE, Shape.CROSS, Shape.SYSTEMIC, Shape.SYSTEMIC):
        line = leant(line, seen)
        said.append(line.shape)
    assert said == [Shape.SINGLE] * 5 + [Shape.SYSTEMIC]
