"""The office with its loops, and a folder of its own for the files."""

import pytest

from guanjian.moving import verbs
from guanjian.org.unlocked import unlocked
from guanjian.pages import names
from guanjian.teamwork import notices
from tests import cast


@pytest.fixture
def office(db, settings, tmp_path, monkeypatch):
    """The small country; whoever reads a compartment has an open key; no follow-ups but the messages."""
    settings.GUANJIAN_FILES = tmp_path / "files"
    monkeypatch.setattr(verbs, "SUBSCRIBERS", {})
    monkeypatch.setattr(verbs, "EVERY_STEP", [notices.moved])
    names.forget()
    cast.settle()
    with unlocked(cast.give_keys(*cast.KEYED, "someone")):
        yield
    names.forget()


@pytest.fixture
def alert(office):
    """An alert of house 2201, waiting to be signed."""
    from tests.loops.world import MODELS, record_of

    return record_of(MODELS[0])


@pytest.fixture
def lead(office):
    """A lead about `front`, sealed for the oversight of 2200."""
    from guanjian.loops.lead.actions import open_from_finding
    from guanjian.org.actor import SYSTEM
    from guanjian.org.models import Unit
    from tests.loops.findings import finding_about_a_person

    made = open_from_finding(finding_about_a_person(), Unit.objects.get(pk="2201-01"), SYSTEM)
    return type(made).objects.visible_to(cast.actor("oversight")).get()
