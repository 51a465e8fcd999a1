"""What is overdue is urged once to each wait, harder each time, and lifted when the matter has moved on."""

from datetime import timedelta

import pytest
from django.utils import timezone

from guanjian.crossing import urging
from guanjian.kernel.errors import NotAllowed
from guanjian.loops.alert.models import Alert
from guanjian.loops.lead.models import Lead
from guanjian.loops.urge.flow import Kind
from guanjian.loops.urge.models import Urge
from guanjian.moving.verbs import advance
from guanjian.org.posts import Post
from tests.cast import actor
from tests.loops.samples import given
from tests.loops.world import record_of


@pytest.fixture
def alert(office):
    return record_of(Alert)


def after(days):
    return timezone.now() + timedelta(days=days)


def test_nothing_is_urged_before_its_limit(alert):
    assert urging.urge() == 0


def test_an_overdue_wait_is_urged_once(alert):
    assert urging.urge(after(60)) == 1
    assert urging.urge(after(61)) == 0
    urge = Urge.objects.get()
    assert (urge.kind, urge.origin, urge.unit_code) == (Kind.URGE, alert.key, alert.unit_code)


def test_the_second_red_of_a_matter_calls_in_and_the_third_proposes_accountability(alert):
    kinds = []
    for step in ("sign", "verify", None):
        urging.urge(after(60))
        kinds.append(Urge.objects.order_by("-pk").first().kind)
        if step:
            advance(alert, step, actor("front"), given(alert, step))
    assert kinds == ["urge", "interview", "accountability"]


def test_a_matter_that_moved_on_lifts_its_urging(alert):
    urging.urge(after(60))
    assert urging.lift_all() == 0
    advance(alert, "sign", actor("front"), {})
    assert urging.lift_all() == 1
    assert Urge.objects.get().state == "lifted"


def test_a_compartment_is_never_urged_in_the_open(office):
    record_of(Lead)
    assert urging.urge(after(90)) == 0


@pytest.mark.parametrize(
    ("kind", "step", "who"), [("urge", "propose", "oversight"), ("accountability", "answer", "chief")]
)
def test_each_kind_has_its_own_way(office, kind, step, who):
    urge = record_of(Urge, kind=kind)
    with pytest.raises(NotAllowed, match="此步只用于"):
        advance(urge, step, actor(who), given(urge, step))


def test_who_proposes_accountability_does_not_decide_it(office):
    urge = record_of(Urge, kind="accountability")
    advance(urge, "propose", actor("oversight"), given(urge, "propose"))
    both = actor("oversight", (Post.LEADER, "2200"))
    with pytest.raises(NotAllowed, match="另一人"):
        advance(urge, "decide", both, given(urge, "decide"))
    assert advance(urge, "decide", actor("leader"), given(urge, "decide")).ruling in ("pursued", "exempt")
