"""Where does a risk go that its owner does not keep? To headquarters, to whom the analyst names, to whom the rule names."""

from __future__ import annotations

from guanjian.kernel.flow import Facts
from guanjian.loops.register.actions import open_elsewhere
from guanjian.moving.placing import HEADQUARTERS
from guanjian.moving.record import Record
from guanjian.moving.verbs import FollowUp
from guanjian.org.actor import SYSTEM, Actor


def to_headquarters(risk: Record, actor: Actor, facts: Facts) -> None:
    """What is beyond own means is opened at headquarters at once."""
    open_elsewhere(risk, HEADQUARTERS, SYSTEM, ruled=True)


def to_another_unit(risk: Record, actor: Actor, facts: Facts) -> None:
    """What was ruled to be another unit's is opened there."""
    open_elsewhere(risk, facts["to_unit"], SYSTEM, ruled=True)


def to_its_new_owner(risk: Record, actor: Actor, facts: Facts) -> None:
    """Where the rule of responsibility now answers otherwise the risk is opened there, with the reason."""
    why = {"zh": facts["reason"], "en": facts["reason_en"]}
    open_elsewhere(risk, facts["to_unit"], SYSTEM, owner_kind=facts["owner_kind"], owner_why=why)


CHAIN: dict[str, list[FollowUp]] = {
    "register.hand_up": [to_headquarters],
    "register.pass_on": [to_another_unit],
    "register.reassign": [to_its_new_owner],
}
