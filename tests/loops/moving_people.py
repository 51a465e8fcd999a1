"""A posting as far as it has come: opened, proposed, consented to, decided."""

from guanjian.loops.posting.actions import open_by_hand
from guanjian.loops.posting.models import Posting
from guanjian.org.models import Unit
from tests.cast import actor
from tests.loops.moves import go

FACTS = {"officer": "police", "mode": "transfer", "why": "关警交流。", "to_unit": "2201"}
TO_CUSTOMS = {
    "to_unit": "2201",
    "to_post": "section_chief",
    "to_level": "section",
    "present_rank": "6",
    "new_rank": "7",
}


def opened(**changes) -> Posting:
    return open_by_hand(actor("function"), Unit.objects.get(pk="2200"), {**FACTS, **changes})


def proposed(**changes) -> Posting:
    return go(opened(), ("propose", "function", {**TO_CUSTOMS, **changes}))


def consented() -> Posting:
    return go(proposed(), ("clear", "oversight"), ("let_go", "police_head"), ("consent", "house_head"))


def appointed() -> Posting:
    return go(consented(), ("appoint", "leader"))
