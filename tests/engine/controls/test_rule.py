"""A rule that cannot be asked is refused when it is written, with a sentence that says what to change."""

import pytest

from guanjian.engine.controls.all_templates import TEMPLATES
from guanjian.engine.controls.rule import Rule
from guanjian.kernel.errors import BadInput


@pytest.mark.parametrize(
    ("name", "args", "told"),
    [
        ("respons", {"a": "x", "b": "y"}, "response"),
        ("response", {"a": "x"}, "“b”"),
        ("response", {"a": "x", "b": "y", "c": "z"}, "“c”"),
        ("response", {"a": "x", "b": ["y", "x"]}, "two different"),
        ("response", {"a": 3, "b": "y"}, "a=3"),
        ("absence", {"a": "x", "times": 0}, "at least 1"),
        ("time_limit", {"a": "x", "b": "y", "amount": 3, "unit": "days"}, "calendar days"),
        ("time_limit", {"a": "x", "b": "y", "amount": 0, "unit": "h"}, "at least 1"),
        ("apart", {"steps": ["x"]}, "steps"),
        ("apart", {"steps": ["x", ["y", "x"]]}, "steps"),
        ("at_most", {"a": "x", "field": "amount; DROP TABLE log", "limit": 1}, "field"),
        ("share", {"a": "x", "of": "y", "by": "who) --"}, "by"),
        ("amount_needs", {"a": "x", "at_least": 1, "b": "y", "when": "soon"}, "before, after or any"),
    ],
)
def test_what_is_wrong_is_named(name, args, told):
    with pytest.raises(BadInput) as refusal:
        Rule(name, args)
    assert told in refusal.value.text.en
    assert refusal.value.text.zh != refusal.value.text.en


def test_an_activity_cannot_leave_its_quotes():
    assert "'it''s' " in Rule("existence", {"a": "it's"}).sql().replace(")", " ")


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_template_says_itself_in_both_languages(name):
    from tests.engine.controls.test_plain_reading import next_arguments

    said = Rule(name, next_arguments(name)).sentence()
    assert said.zh
    assert said.en
    assert "{" not in said.zh + said.en
