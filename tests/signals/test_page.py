"""The catalogue page is what the detectors say of themselves today."""

from pathlib import Path

from guanjian.signals.catalogue import catalogue
from guanjian.signals.page import page

PAGE = Path(__file__).resolve().parents[2] / "docs" / "signals.md"


def test_the_page_is_current():
    assert PAGE.read_text(encoding="utf-8") == page(), "run `python -m guanjian.signals.page`"


def test_every_detector_and_parameter_is_on_it():
    text = page()
    for code, detector in catalogue().items():
        assert f"## {code} " in text
        assert all(f"`{code}.{name}`" in text for name in detector.params)
