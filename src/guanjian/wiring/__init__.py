"""Which event starts which next step? The whole closed chain on one page; nobody else introduces one loop to another.

alert.dispose → clue, rectify · clue.file → case · case.feed_back → clue.feed_back (→ clue.issue_gap)
clue.issue_gap → rectify · rectify.sign_effect → clue.plug
A chain of its own has its own file: `duties` (what opens a notice of 双向监督), `inquiries` (一案双查), `disciplines` (违纪违法),
`orders` (instructions), `answers` (what is sent to units and comes back), `effects` (what is measured before something closes),
`field` (what does not fit on site), `governance` (from a draft through the gates to a rule in force), `citing` (who cites a rule),
`indicators` (what is measured for an officer's indicator), `leaders` (what comes of an assessment),
`risks` (where a risk goes that its owner does not keep), `trainings` (who is trained, certified and stopped),
`postings` (whom an examination moves, the register of postings, the next classes of a unit), `rosters` (what is handed over on watch),
`tasks` (what a task opens, and what urging does to it), `meetings` (agendas from data, decisions that become tasks).
Every event is also told to the other systems that asked for it (`outside.announcing`), before anything follows from it.
"""

from __future__ import annotations

from guanjian.kernel.flow import Facts
from guanjian.loops.case import actions as cases
from guanjian.loops.clue import actions as clues
from guanjian.loops.clue.flow import S as ClueState
from guanjian.loops.clue.models import Clue
from guanjian.loops.rectify import actions as rectifications
from guanjian.moving.findable import BESIDE
from guanjian.moving.record import Record
from guanjian.moving.sealing import register_records
from guanjian.moving.verbs import EVERY_STEP, SUBSCRIBERS, FollowUp, advance
from guanjian.org.actor import SYSTEM, Actor
from guanjian.outside import announcing, stopping
from guanjian.teamwork import assigning, findable, notices
from guanjian.teamwork.seen import ELSEWHERE
from guanjian.wiring import (
    answers,
    citing,
    disciplines,
    duties,
    effects,
    field,
    governance,
    indicators,
    inquiries,
    leaders,
    meetings,
    orders,
    postings,
    risks,
    rosters,
    tasks,
    trainings,
)
from guanjian.wiring.keys import number_in


def transfer_clue(alert: Record, actor: Actor, facts: Facts) -> None:
    """A disposal that says so opens a clue."""
    if facts["transfer_clue"]:
        clues.open_once_for(alert, actor, "alert", alert.explanation)


def rectify_alert(alert: Record, actor: Actor, facts: Facts) -> None:
    """A disposal that says so opens a rectification."""
    if facts["open_rectify"]:
        problem = {"title": alert.title, "problem": facts["problem"], "source": "alert", "level": alert.level}
        rectifications.open_once_for(alert, actor, {**problem, "gap_code": "", "node_code": ""})


def open_case(clue: Record, actor: Actor, facts: Facts) -> None:
    """A filed clue opens a case."""
    cases.open_from_clue(clue, actor)


def teach_clue(case: Record, actor: Actor, facts: Facts) -> None:
    """The case's feedback moves its clue on; a loophole that it names becomes a task at once."""
    clue = Clue.objects.filter(pk=number_in(case.origin, "clue"), state=ClueState.FILED).first()
    if clue is None:
        return
    clue = advance(clue, "feed_back", SYSTEM, {"case_key": case.key, "feedback": facts["lesson"]})
    if facts["gap_code"]:
        task = {"gap_code": facts["gap_code"], "gap_description": facts["gap_description"]}
        advance(clue, "issue_gap", SYSTEM, {**task, "measure_wanted": facts["advice_text"]})


def rectify_clue(clue: Record, actor: Actor, facts: Facts) -> None:
    """The loophole of a clue is plugged through a rectification of the unit where the goods came in."""
    text = f"{facts['gap_description']}\n{facts['measure_wanted']}"
    problem = {"title": f"堵漏：{clue.title}"[:190], "problem": text, "source": "case", "level": clue.level}
    rectifications.open_once_for(clue, actor, {**problem, "gap_code": facts["gap_code"], "node_code": ""})


MAIN: dict[str, list[FollowUp]] = {
    "alert.dispose": [transfer_clue, rectify_alert],
    "clue.file_criminal": [open_case],
    "clue.file_administrative": [open_case],
    "case.feed_back": [teach_clue],
    "clue.issue_gap": [rectify_clue],
}


def joined(*chains: dict[str, list[FollowUp]]) -> dict[str, list[FollowUp]]:
    """Several chains as one: what follows an event in the first comes first."""
    events = dict.fromkeys(event for chain in chains for event in chain)
    return {event: [follow_up for chain in chains for follow_up in chain.get(event, ())] for event in events}


CHAIN = joined(
    MAIN,
    duties.CHAIN,
    inquiries.CHAIN,
    disciplines.CHAIN,
    orders.CHAIN,
    answers.CHAIN,
    effects.CHAIN,
    field.CHAIN,
    governance.CHAIN,
    indicators.CHAIN,
    risks.CHAIN,
    leaders.CHAIN,
    trainings.CHAIN,
    postings.CHAIN,
    rosters.CHAIN,
    tasks.CHAIN,
    meetings.CHAIN,
)


def connect() -> None:
    """Fill the subscriber table and let the ledger see every record; every process calls it, twice does no harm."""
    SUBSCRIBERS.update(joined(announcing.chain(), CHAIN))
    EVERY_STEP[:] = [notices.moved, assigning.ended]
    BESIDE[:] = [findable.texts]
    ELSEWHERE[stopping.NAME] = stopping.seen
    citing.connect()
    trainings.connect()
    register_records()
