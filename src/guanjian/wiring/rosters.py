"""What is handed over on site while a roster is stood: the clue lies with the house and leads back to the watch."""

from __future__ import annotations

from guanjian.kernel.flow import Facts
from guanjian.loops.clue import actions as clues
from guanjian.moving.record import Record
from guanjian.moving.verbs import FollowUp
from guanjian.org.actor import Actor


def open_on_site(roster: Record, actor: Actor, facts: Facts) -> None:
    """An officer on watch hands a clue over: one for each time."""
    told = {"title": facts["clue_title"], "summary": facts["clue_summary"], "subject_id": facts["clue_enterprise"]}
    clues.open_on_watch(roster, actor, told)


CHAIN: dict[str, list[FollowUp]] = {
    "roster.open_clue": [open_on_site],
}
