"""The catalogue page is what the indicators say of themselves today."""

from pathlib import Path

from guanjian.signals.catalogue import indicator_catalogue, scorecard_catalogue
from guanjian.signals.indicator_page import page

PAGE = Path(__file__).resolve().parents[3] / "docs" / "indicators.md"


def test_the_page_is_current():
    assert PAGE.read_text(encoding="utf-8") == page(), "run `python -m guanjian.signals.indicator_page`"


def test_every_indicator_and_parameter_is_on_it():
    text = page()
    for code, one in indicator_catalogue().items():
        assert f"## {code} " in text
        assert all(f"`{code}.{name}`" in text for name in one.params)


def test_every_scorecard_and_weight_is_on_it():
    text = page()
    for code, card in scorecard_catalogue().items():
        assert f"## {code} {card.title.zh}" in text
        assert all(f"| {part.weight:g} | {part.because.zh}" in text for part in card.parts)
