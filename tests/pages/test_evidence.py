"""Evidence is shown in words: every figure that a detector gives has a name in both languages."""

from collections.abc import Mapping

import pytest

from guanjian.engine.run import detect
from guanjian.engine.session import Session
from guanjian.kernel.words import speaking
from guanjian.pages import evidence
from guanjian.pages.evidence_words import WORDS
from guanjian.signals.catalogue import catalogue
from guanjian.signals.example import drawn


def names(given: Mapping) -> set[str]:
    inner = [names(value) for value in given.values() if isinstance(value, Mapping)]
    return set(given).union(*inner) - set(evidence.ASIDE)


@pytest.mark.parametrize("detector", catalogue().values(), ids=lambda detector: detector.code)
def test_every_figure_of_a_detector_has_a_name(detector):
    with Session.over(drawn(detector.example)) as session:
        found = detect(session, [detector]).findings
    asked = set().union(*(names(finding.evidence) for finding in found)) | set(detector.params)
    assert asked <= set(WORDS), asked - set(WORDS)


def test_groups_of_figures_read_as_a_line_in_the_language_spoken():
    rows = evidence.figures({"observed": 3.0, "facts": {"with_officer": {"examined": 18, "find_rate": 0.25}}})
    told = {str(row.title): row.value for row in rows}
    assert str(told["该关员经办时"]) == "查验批次 18；查获率 0.25"
    with speaking("en"):
        assert str(told["该关员经办时"]) == "Examined 18; Find rate 0.25"


def test_an_amount_is_written_without_a_power_of_ten():
    told = {row.value for row in evidence.figures({"observed": 32386.4, "expected": 69144.0, "gap": 0.53164})}
    assert told == {"32,386", "69,144", "0.5316"}


def test_the_explanation_follows_the_language():
    told = {"explanation_en": "far below its peers"}
    assert evidence.explained("远低于同行", told) == "远低于同行"
    with speaking("en"):
        assert evidence.explained("远低于同行", told) == "far below its peers"


def test_only_the_first_entries_are_named_and_declarations_lead_to_their_page():
    (row,) = evidence.entries({"rows": [f"22012026100000{n:04d}" for n in range(40)] + ["exam-1"], "rows_count": 41})
    assert len(row.value) == evidence.SHOWN
    assert row.value[0][1] == "/facts/declaration/220120261000000000/"
    assert "41" in row.title.zh
