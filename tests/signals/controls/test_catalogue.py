"""A file of controls that cannot be used is refused with the place and what to change."""

import pytest

from guanjian.kernel.errors import BadInput
from guanjian.signals.controls.catalogue import read

GOOD = "- {code: A, rule: existence, with: {a: x}}\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("- {code: A, rule: existense, with: {a: x}}", "A：|existence"),
        ("- {code: A, rule: existence, with: {}}", "needs the argument"),
        ("- {code: A, rule: existence, with: [x]}", "arguments of the template"),
        ("- {code: A, rule: existence, with: {a: x}, levl: red}", "levl"),
        ("- {code: A, rule: existence, with: {a: x}, level: pink}", "red, orange"),
        ("- {code: A, rule: existence, with: {a: x}, title: [a, b, c]}", "title"),
        ("- {rule: existence, with: {a: x}}", "“code” is missing"),
        ("- {code: A, with: {a: x}}", "“rule” is missing"),
        (GOOD * 2, "twice"),
        ("- just words", "name: value"),
        ("code: A", "list of controls"),
        ("", "list of controls"),
        ("- {code: [", "not readable YAML"),
    ],
)
def test_what_is_wrong_is_named(tmp_path, text, told):
    place = tmp_path / "ours.yaml"
    place.write_text(text, encoding="utf-8")
    with pytest.raises(BadInput) as refusal:
        read(place)
    assert all(part in refusal.value.text.en for part in told.split("|"))


def test_a_file_that_is_not_there_is_said(tmp_path):
    with pytest.raises(BadInput, match="none"):
        read(tmp_path / "none.yaml")


def test_a_list_or_a_list_under_controls_is_read(tmp_path):
    for text in (GOOD, "controls:\n" + GOOD):
        place = tmp_path / "ours.yaml"
        place.write_text(text, encoding="utf-8")
        (control,) = read(place)
        assert (control.code, control.rule.name, str(control.level)) == ("A", "existence", "yellow")
