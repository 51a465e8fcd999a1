"""What becomes an instruction, and what an instruction's examination leads to."""

from __future__ import annotations

from guanjian.kernel.flow import Facts
from guanjian.loops.clue import actions as clues
from guanjian.loops.instruction import actions as instructions
from guanjian.loops.intelligence.flow import S as IntelligenceState
from guanjian.loops.intelligence.models import Intelligence
from guanjian.moving.placing import must_lie_within
from guanjian.moving.record import Record
from guanjian.moving.verbs import FollowUp, advance
from guanjian.org.actor import SYSTEM, Actor
from guanjian.wiring.keys import number_in


def instruct_for_alert(alert: Record, actor: Actor, facts: Facts) -> None:
    """A confirmed alert whose measures say so drafts an instruction about the same subject."""
    if "instructed" in facts["measures"]:
        instructions.open_from(alert, actor, facts["opinion"], (alert.subject_type, alert.subject_id))


def instruct_for_case(case: Record, actor: Actor, facts: Facts) -> None:
    """Enforcement advice of the kind “instruction” drafts one, about the commodity or else the enterprise of the case."""
    if "instruction" in facts["advice"]:
        about = ("hs_code", case.hs_code) if case.hs_code else ("enterprise", (case.enterprises or [""])[0])
        instructions.open_from(case, actor, facts["advice_text"], about)


def instruct_for_intelligence(product: Record, actor: Actor, facts: Facts) -> None:
    """Intelligence that is used drafts an instruction in the unit named."""
    unit = facts["receiving_unit"]
    must_lie_within(product, [unit])
    instructions.open_from(product, actor, facts["demand"], (product.target_type, product.target_id), unit)


def clue_for_find(instruction: Record, actor: Actor, facts: Facts) -> None:
    """A find that is transferred to the police opens a clue."""
    if facts["found"] == "find" and facts["handling"] == "4":
        clues.open_once_for(instruction, actor, "instruction", facts["found_what"])


def tell_intelligence(instruction: Record, actor: Actor, facts: Facts) -> None:
    """What an evaluated instruction hit and found goes back to the intelligence that it was drafted from."""
    used = Intelligence.objects.filter(pk=number_in(instruction.origin, "intelligence"), state=IntelligenceState.USED)
    if (product := used.first()) is not None:
        advance(product, "learn", SYSTEM, {"hits": instruction.hits, "finds": instruction.finds})


CHAIN: dict[str, list[FollowUp]] = {
    "alert.dispose": [instruct_for_alert],
    "case.feed_back": [instruct_for_case],
    "intelligence.instruct": [instruct_for_intelligence],
    "instruction.examine": [clue_for_find],
    "instruction.evaluate": [tell_intelligence],
}
