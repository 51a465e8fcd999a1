"""The run: error control over what was tested, colours, evidence, and a record from which it can be repeated."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from guanjian.engine.judge import plain
from guanjian.engine.looked import Looked
from guanjian.engine.run import Rules, detect, hash_of
from guanjian.engine.session import Session
from guanjian.kernel.papers import Level, Subject
from guanjian.kernel.words import Text
from guanjian.signals.detector import Param, detector

SAYS = Text("企业 {subject_id} 得 {score:.1f}", "Enterprise {subject_id} scores {score:.1f}")
CUT = {"cut": Param(1.0, Text("分", "points"), Text("至少", "at least"))}


def _made(code: str, rows: list[dict], tests: int | None = None, **about):
    """A detector that suspects exactly these rows."""
    about = {"subject": Subject.ENTERPRISE} | about

    @detector(code, Text(code, code), says=SAYS, params=CUT, line="x", reads=(), **about)
    def made(session, cut):
        frame = pd.DataFrame(rows, columns=["subject_id", "score", "p_value"]).assign(
            unit_code="2201", period="2026-03", observed=1.0, expected=0.5
        )
        return Looked(frame, tests, more=lambda kept: kept.assign(rows=[["r1", "r2"]] * len(kept)))

    return made


def _suspects(*p_values: float) -> list[dict]:
    return [{"subject_id": f"s{n}", "score": -np.log10(p), "p_value": p} for n, p in enumerate(p_values)]


@pytest.fixture
def session():
    with Session() as opened:
        yield opened


def test_only_what_survives_benjamini_hochberg_over_all_tests_is_found(session):
    run = detect(session, [_made("T-01", _suspects(0.0001, 0.004, 0.03), tests=20, statistical=True)])
    assert [(f.subject_id, round(f.q_value, 4)) for f in run.findings] == [("s0", 0.002), ("s1", 0.04)]
    assert (run.reports[0].tests, run.reports[0].suspected, run.reports[0].findings) == (20, 3, 2)


def test_over_the_run_the_tests_of_all_detectors_count_together(session):
    few = _made("T-01", _suspects(0.002), tests=10, statistical=True)
    many = _made("T-02", _suspects(0.04), tests=1000, statistical=True)
    alone = detect(session, [few, many], rules=Rules(over="family"))
    together = detect(session, [few, many], rules=Rules(over="run"))
    assert [f.code for f in alone.findings] == ["T-01"]
    assert together.findings == []


def test_what_names_people_is_judged_together_and_everything_else_by_itself(session):
    def made(code: str, p: float, subject: Subject):
        return _made(code, _suspects(p), tests=10, statistical=True, subject=subject)

    quiet = [made(f"T-1{n}", 0.9, Subject.OFFICER) for n in range(8)]
    goods, officer = made("T-01", 0.004, Subject.ENTERPRISE), made("T-02", 0.004, Subject.OFFICER)
    found = detect(session, [goods, officer, *quiet]).findings
    assert [f.code for f in found] == ["T-01"]  # the ninth detector that looks at people pays for the eight others
    assert [f.code for f in detect(session, [goods, officer]).findings] == ["T-01", "T-02"]
    sure = made("T-03", 0.0001, Subject.PAIR)
    q = {f.code: f.q_value for f in detect(session, [sure, *quiet]).findings}
    assert q == {"T-03": pytest.approx(0.0001 * 10 * 9)}


def test_a_control_has_no_p_and_its_own_colour(session):
    control = _made("T-03", [{"subject_id": "s", "score": 3.0, "p_value": None}], level=Level.RED)
    found = detect(session, [control]).findings[0]
    assert (found.p_value, found.q_value, found.level) == (None, None, Level.RED)


@pytest.mark.parametrize(
    ("p", "level"), [(1e-6, Level.RED), (5e-5, Level.ORANGE), (5e-4, Level.YELLOW), (4e-3, Level.BLUE)]
)
def test_the_surer_the_redder(session, p, level):
    run = detect(session, [_made("T-04", _suspects(p), tests=10, statistical=True)])
    assert run.findings[0].level == level


@pytest.mark.parametrize(("score", "level"), [(1, "blue"), (1.6, "yellow"), (2.5, "orange"), (9, "red")])
def test_a_score_without_p_is_coloured_by_how_far_it_is_beyond_the_cut(session, score, level):
    run = detect(session, [_made("T-05", [{"subject_id": "s", "score": score, "p_value": None}])])
    assert run.findings[0].level == level


def test_evidence_holds_figures_rows_parameters_and_the_english_sentence(session):
    run = detect(session, [_made("T-06", _suspects(1e-9), tests=5, statistical=True)], {"T-06": {"cut": 2.0}})
    found = run.findings[0]
    assert found.evidence["observed"] == 1.0
    assert found.evidence["expected"] == 0.5
    assert found.evidence["rows"] == ["r1", "r2"]
    assert found.evidence["parameters"] == {"cut": 2.0}
    assert found.explanation == "企业 s0 得 9.0"
    assert found.evidence["explanation_en"] == "Enterprise s0 scores 9.0"
    assert found.run_id == run.run_id


def test_the_record_names_lake_parameters_versions_and_rules(session):
    run = detect(session, [_made("T-07", [], tests=0, statistical=True)], {"T-07": {"cut": 3.0}}, Rules(0.1, "run"))
    assert run.record["parameters"] == {"T-07": {"cut": 3.0}}
    assert run.record["rules"] == {"fdr": 0.1, "over": "run"}
    assert {"guanjian", "duckdb"} <= set(run.record["versions"])
    assert run.record["lake"] == {"batches": [], "sha256": hash_of([])}
    assert run.record["run_id"] == run.run_id


def test_the_hash_of_a_lake_does_not_depend_on_the_order_of_its_batches():
    assert hash_of(["a", "b"]) == hash_of(["b", "a"]) != hash_of(["a"])


def test_progress_is_told_before_each_detector(session):
    told = []
    two = [_made("T-08", []), _made("T-09", [])]
    detect(session, two, progress=lambda done, total, d: told.append((done, total, d.code)))
    assert told == [(0, 2, "T-08"), (1, 2, "T-09")]


def test_json_never_sees_a_number_that_it_cannot_hold():
    assert plain({"a": np.float64("nan"), "b": np.int64(3), "c": [np.float32(0.5)], "d": np.bool_(True)}) == {
        "a": None,
        "b": 3,
        "c": [0.5],
        "d": True,
    }


def test_a_level_that_only_some_rows_carry_leaves_the_others_to_the_rule():
    """Where rows with and without a level stand in one frame, the missing one reads as NaN."""
    from guanjian.engine.judge import _own

    assert _own({"level": float("nan")}) is None
    assert _own({"level": None}) is None
    assert _own({}) is None
    assert _own({"level": "red"}) == "red"


def test_families_are_judged_first_and_a_budget_sets_the_level(session):
    strong, quiet = _made("A-01", _suspects(1e-9, 1e-8, 0.02), tests=10), _made("B-01", _suspects(0.04, 0.3), tests=10)
    found = detect(session, [strong, quiet], rules=Rules(0.05, "tree")).findings
    assert [(one.code, one.subject_id) for one in found] == [("A-01", "s0"), ("A-01", "s1")]
    run = detect(session, [strong, quiet], rules=Rules(budget=0.1))
    rules = run.record["rules"]
    assert (rules["over"], rules["budget"]) == ("tree", 0.1)
    assert rules["fdr"] * len(run.findings) <= 0.1
    assert len(detect(session, [strong, quiet], rules=Rules(budget=0.0)).findings) == 2
