"""The drawn document is the one that the step tables give."""

from tests.loops.drawing import PATH, drawing, flows


def test_the_drawings_are_current():
    assert PATH.read_text() == drawing(), "run: make draw"


def test_every_loop_and_every_step_is_drawn():
    text = drawing()
    assert len(flows()) >= 5
    assert not [step.name for flow in flows() for step in flow.steps if f"`{step.name}` {step.title.zh}" not in text]
