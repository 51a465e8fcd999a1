"""What comes of a leader's assessment? A proposal of accountability is decided, and asked of the supervising department too."""

from __future__ import annotations

from guanjian.kernel.flow import Facts
from guanjian.loops.duty.needs import Outcome
from guanjian.loops.urge import actions as urgings
from guanjian.moving.placing import HEADQUARTERS
from guanjian.moving.record import Record
from guanjian.moving.verbs import FollowUp
from guanjian.org.actor import Actor

DERELICT = "“{title}”考评提出问责建议：{opinion}"
UNSUPERVISED = "下级单位“{title}”考评提出问责建议，请核查上级职能部门是否疏于监管。"


def pursue(duty: Record, actor: Actor, facts: Facts) -> None:
    """A published assessment that proposes accountability is decided: for the leader's unit, and for who supervises it."""
    if duty.outcome != Outcome.PROPOSE:
        return
    urgings.propose_for(duty, duty.unit_code, DERELICT.format(title=duty.title, opinion=duty.opinion))
    above = duty.district_code if duty.unit_code != duty.district_code else HEADQUARTERS
    urgings.propose_for(duty, above, UNSUPERVISED.format(title=duty.title), "supervision")


CHAIN: dict[str, list[FollowUp]] = {"duty.publish": [pursue]}
