"""Findings for tests, of both kinds."""

from guanjian.kernel.papers import Finding, Level, Subject


def finding(**changes) -> Finding:
    """A finding about an enterprise's declaration."""
    given = {
        "code": "VAL-01",
        "unit_code": "2201",
        "line_code": "VAL",
        "subject_type": Subject.ENTERPRISE,
        "subject_id": "E0001",
        "period": "2026-10",
        "score": 4.5,
        "level": Level.ORANGE,
        "explanation": "申报单价低于同行",
        "run_id": "run-1",
        "p_value": 0.0001,
        "q_value": 0.004,
        "evidence": {"entries": ["220120261000000001"], "ratio": 0.25},
    }
    return Finding(**{**given, **changes})


def finding_about_a_person(**changes) -> Finding:
    """A finding about the front-line officer and a trader."""
    given = {"code": "INT-01", "unit_code": "2201-01", "line_code": "INT"}
    return finding(**{**given, "subject_type": Subject.PAIR, "subject_id": "front|E0001", **changes})
