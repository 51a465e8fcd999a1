"""Months of one breach become one finding, and nothing is lost on the way."""

from guanjian.kernel.gathering import about, gathers, together
from guanjian.kernel.papers import Finding, Level, Subject


def month(period: str, score: float, level: Level = Level.ORANGE, **changes) -> Finding:
    rows = [f"{period}-{n}" for n in range(int(score))]
    evidence = {
        "observed": score,
        "expected": 0.0,
        "rows": rows,
        "rows_count": len(rows),
        "explanation_en": f"In {period}.",
    }
    given = {
        "code": "INT-01", "unit_code": "2201", "line_code": "control", "subject_type": Subject.OFFICER,
        "subject_id": "甲", "period": period, "score": score, "level": level, "explanation": f"在 {period}。",
        "run_id": "r", "evidence": evidence,
    }  # fmt: skip
    return Finding(**given | changes)


def test_scores_rows_and_months_add_up_whatever_their_order():
    one = together([month("2026-03", 4.0, Level.RED), month("2026-01", 2.0)])
    assert (one.period, one.score, one.level) == ("2026-01/2026-03", 6.0, Level.RED)
    assert one.evidence["rows"] == ["2026-01-0", "2026-01-1", *(f"2026-03-{n}" for n in range(4))]
    assert (one.evidence["rows_count"], one.evidence["observed"]) == (6, 6.0)
    assert one.evidence["months"] == {"2026-01": 2.0, "2026-03": 4.0}
    assert one.explanation == "在 2026-01；在 2026-03。"
    assert one.evidence["explanation_en"] == "In 2026-01; In 2026-03."


def test_a_figure_that_is_not_the_count_stays_that_of_the_worst_month():
    fixed = [month(period, score) for period, score in (("2026-01", 2.0), ("2026-02", 5.0))]
    for finding in fixed:
        finding.evidence["observed"] = 1.0
    assert together(fixed).evidence["observed"] == 1.0


def test_one_month_is_itself_and_many_are_not_all_told_in_words():
    assert together([month("2026-01", 2.0)]) == month("2026-01", 2.0)
    many = together([month(f"2026-{n:02}", 60.0) for n in range(1, 13)])
    assert many.explanation.endswith("在 2026-06；……")
    assert (len(many.evidence["rows"]), many.evidence["rows_count"], len(many.evidence["months"])) == (50, 720, 12)


def test_only_breaches_of_a_person_are_gathered():
    assert gathers(month("2026-01", 1.0))
    assert not gathers(month("2026-01", 1.0, q_value=0.01))
    assert not gathers(month("2026-01", 1.0, subject_type=Subject.UNIT))
    assert about(month("2026-01", 1.0)) == about(month("2026-02", 3.0))
    assert about(month("2026-01", 1.0)) != about(month("2026-01", 1.0, unit_code="2202"))
