"""Choosing detectors and overriding parameters, by hand, with typing errors."""

import pytest

from guanjian.kernel.errors import BadInput
from guanjian.signals.catalogue import catalogue, chosen, overrides
from guanjian.signals.detector import Detector


def test_file_code_and_name_agree():
    for code, detector in catalogue().items():
        assert isinstance(detector, Detector)
        module = detector.find.__module__.rsplit(".", 1)[1]
        assert module.startswith(code.lower().replace("-", "") + "_")
        assert detector.line
        assert detector.node


def test_an_empty_choice_is_everything_and_a_list_keeps_its_order():
    assert [d.code for d in chosen()] == list(catalogue())
    assert [d.code for d in chosen("val-01, INT-02")] == ["VAL-01", "INT-02"]


def test_an_unknown_code_is_answered_with_the_known_ones():
    with pytest.raises(BadInput, match="VAL-01"):
        chosen("VAL-99")


def test_settings_are_read_in_the_kind_of_their_default():
    found = overrides(("VAL-01.cut=4", "VAL-01.min_peers=12", "EXM-03.modes=AB"))
    assert found == {"VAL-01": {"cut": 4.0, "min_peers": 12}, "EXM-03": {"modes": "AB"}}


@pytest.mark.parametrize("setting", ["VAL-01.cut=much", "VAL-01.cot=3", "VAL-01.cut", "=3", "VAL-01.min_peers=2.5"])
def test_a_wrong_setting_is_refused_in_one_sentence(setting):
    with pytest.raises(BadInput):
        overrides((setting,))
