"""A risk from its first sign to its end: one identity, dated changes with their evidence, one paper a week."""

import json
from dataclasses import replace

import pytest

from guanjian.kernel.papers import Level, Subject
from guanjian.kernel.risks import Judgement, Reach, Shape, Stage
from guanjian.kernel.words import Text
from guanjian.risk.contagious import contagions
from guanjian.risk.findings import findings
from guanjian.risk.follow import known_cells
from guanjian.risk.judge import Memory, Setting, advanced, judge
from guanjian.risk.memory import from_paper, on_paper
from guanjian.risk.series import alarms
from guanjian.risk.telling import Wording
from tests.risk.worlds import RULES, A, panel, places, raised

NAMES = Wording({"A": Text("夜班放行", "releases at night")})
SETTING = Setting(RULES, wording=NAMES)


def spreading():
    """One district from week 30, two from 33, four from 36, all from 40."""
    given = panel(48, 5.0)
    for units, first in (([2], 30), ([3], 33), ([1, 4], 36), ([0, 5, 6, 7], 40)):
        given = raised(given, [A], units, first)
    return given


def lived(given, first=26, setting=SETTING):
    """Papers and memory, week by week."""
    memory, papers = Memory(), []
    for week in given.weeks[first:]:
        paper, memory = judge(given.until(week), places(), memory, setting, "run")
        papers.append(paper)
    return papers, memory


@pytest.fixture(scope="module")
def story():
    return lived(spreading())


def main(papers):
    """The risk of the last paper that holds the planted indicator, through all papers."""
    name = next(risk.lineage_id for risk in papers[-1].risks if risk.indicator_codes == ("A",))
    return [risk for paper in papers for risk in paper.risks if risk.lineage_id == name]


def test_a_spreading_risk_keeps_its_identity_to_the_end(story):
    course = main(story[0])
    assert len(course) >= 14
    assert course[-1].unit_codes == tuple(places().codes)


def test_it_ripens_and_widens_and_every_change_is_dated_with_its_figures(story):
    last = main(story[0])[-1]
    stages = [change for change in last.changes if change.what == "stage"]
    assert stages[0].after == "emerging"
    assert last.stage.rank > Stage.EMERGING.rank
    assert last.reach is Reach.GLOBAL
    assert all({"observed", "expected", "p", "belief"} <= set(change.evidence) for change in stages)
    assert [change.week for change in last.changes] == sorted(change.week for change in last.changes)


def test_it_becomes_headquarters_when_it_lies_along_the_line(story):
    course = main(story[0])
    assert course[-1].shape is Shape.SYSTEMIC
    assert course[-1].owner.unit_code == "0000"
    assert course[0].shape is not Shape.SYSTEMIC
    assert next(c.after for c in reversed(course[-1].changes) if c.what == "owner") == "department 0000"


def test_it_is_told_in_both_languages_with_its_name_and_figures(story):
    text = main(story[0])[-1].explanation
    assert "查验夜班放行偏高" in text.zh
    assert "个单位扩到8个" in text.zh
    assert "releases at night" in text.en
    assert "系统性" in text.zh


def test_the_weeks_before_it_began_were_quiet(story):
    papers = [paper for paper in story[0] if paper.week < spreading().weeks[30]]
    assert all(risk.stage is Stage.LATENT for paper in papers for risk in paper.risks)


def test_the_paper_survives_json(story):
    paper = story[0][-1]
    assert Judgement.from_dict(json.loads(json.dumps(paper.as_dict()))) == Judgement.from_dict(
        json.loads(json.dumps(Judgement.from_dict(json.loads(json.dumps(paper.as_dict()))).as_dict()))
    )


def test_memory_survives_json_and_gives_the_same_next_week(story):
    given = spreading()
    _, memory = lived(given.until(given.weeks[40]))
    told = json.loads(json.dumps(on_paper(memory, given.until(given.weeks[40]))))
    again = from_paper(told, given.until(given.weeks[41]))
    papers = [judge(given.until(given.weeks[41]), places(), each, SETTING)[0] for each in (memory, again)]
    assert json.dumps(papers[0].as_dict()) == json.dumps(papers[1].as_dict())


def test_a_standing_risk_is_one_finding_until_its_stage_changes(story):
    keys = {}
    for paper in story[0]:
        for finding in findings(paper):
            assert finding.subject_type is Subject.CLUSTER
            keys.setdefault((finding.subject_id, finding.evidence["stage"]), set()).add(finding.period)
    assert keys
    assert all(len(periods) == 1 for periods in keys.values())


def test_colours_follow_stages_unless_the_consequence_is_beyond_own_means(story):
    for risk in story[0][-1].risks:
        assert risk.level is Level.RED or risk.cell.consequence < 5


def test_a_risk_that_fell_quiet_ends_and_is_known_again_when_it_returns():
    given = panel(70, 5.0)
    burst = raised(raised(given, [A], [2], 30, 5.0), [A], [2], 36, 1.0)
    cases = burst.cases.copy()
    cases[36:58, A, 2] = given.cases[36:58, A, 2]
    cases[58:, A, 2] = given.cases[58:, A, 2] * 5
    memory, said = Memory(), []
    whole = replace(burst, cases=cases)
    for week in whole.weeks[28:]:
        _, memory = advanced(whole.until(week), places(), memory, SETTING)
        said.append([line for line in memory.lineages if line.alarmed is not None and line.mask[A, 2]])
    assert len({line.lineage_id for line in said[-1]}) == 1
    kin = [change.after for change in said[-1][0].changes]
    assert "ended" in kin
    assert "returned" in kin


def test_cells_of_a_risk_are_kept_out_of_history_from_its_onset_to_its_end(story):
    given = spreading()
    known = known_cells(story[1].lineages, given)
    line = next(one for one in story[1].lineages if one.alarmed is not None and one.mask[A].all())
    assert known[line.since :, A].all()
    assert not known[: line.since, A].any() or line.since < 30


def test_single_series_alarm_on_a_burst_and_say_when_history_is_too_short():
    given = raised(panel(40, 5.0), [A], [2], 39, 8.0)
    found, short = alarms(given, places())
    assert short is None
    assert ("CLR-EXAM", "0400") in {(row["line_code"], row["unit_code"]) for row in found}
    assert "不足" in alarms(panel(10), places())[1].zh


def test_no_alarm_is_raised_on_a_history_that_is_too_short_and_the_paper_says_so():
    thin = raised(panel(30, 0.02), [A], [2], 27, 1.0)
    cases = thin.cases.copy()
    cases[27:, A, 2] += 5
    paper, memory = judge(replace(thin, cases=cases), places(), Memory(), SETTING)
    assert "历史太短" in paper.notes[0].zh
    assert paper.risks == ()
    assert all(line.alarmed is None for line in memory.lineages)


def test_a_line_has_a_contagion_index_with_a_range_where_it_holds_a_risk():
    given = panel(20, 6.0)
    told = contagions(given, places(), places().reach(), {"CLR-EXAM"}, 2)
    by_line = {row["line_code"]: row for row in told}
    assert set(by_line) == {"CLR-EXAM", "CLR-RELEASE", "TAX-VALUE"}
    assert by_line["CLR-EXAM"]["low"] <= by_line["CLR-EXAM"]["high"]
    assert "low" not in by_line["TAX-VALUE"]
    assert all(row["index"] < 1 for row in told)


def test_an_indicator_that_was_first_measured_later_makes_no_series_rise():
    given = panel(80, 3.0)
    exposure, cases = given.exposure.copy(), given.cases.copy()
    exposure[:60, A], cases[:60, A] = 0, 0
    late = replace(given, exposure=exposure, cases=cases)
    assert not alarms(late, places())[0]
    assert alarms(replace(given, cases=cases), places())[0], "where it was measured all along it is a rise"


def test_a_series_of_less_than_a_case_a_week_is_left_to_the_scan():
    given = panel(80, 0.02)
    given.cases[79, A, 2] = 8
    assert not alarms(given, places())[0]
    given.cases[:79, A, 2] += 1
    assert [row["observed"] for row in alarms(given, places())[0]] == [8.0]


def test_years_of_history_are_judged_by_farrington():
    given = raised(panel(120, 5.0), [A], [2], 119, 8.0)
    found, _ = alarms(given, places())
    assert [(row["line_code"], row["unit_code"], row["method"]) for row in found] == [
        ("CLR-EXAM", "0400", "farrington")
    ]
    assert found[0]["observed"] > found[0]["upper"]
