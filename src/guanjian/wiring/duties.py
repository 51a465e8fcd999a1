"""Refusals and leaks that are themselves a breach of duty: each opens a notice to the other side at once.

What is merely late is found by the clock (`crossing.watch`).
"""

from __future__ import annotations

from guanjian.kernel.flow import Facts
from guanjian.loops.case.actions import bureau_of
from guanjian.loops.case.models import Case
from guanjian.loops.case.rules import CRIME_FROM_CNY
from guanjian.loops.oversight.actions import Breach, open_notice
from guanjian.loops.oversight.needs import RULE, Basis
from guanjian.loops.oversight.rules import for_want_of_papers, returned_without_grounds, says_nothing
from guanjian.moving.record import Record
from guanjian.moving.verbs import FollowUp
from guanjian.org.actor import Actor


def refused_to_file(clue: Record, actor: Actor, facts: Facts) -> None:
    """A refusal to file for want of papers, or without a reason that says anything, calls the police to account."""
    reason = facts["reason"]
    if for_want_of_papers(reason):
        _call_police(clue, Basis.REFUSED_FOR_PAPERS, reason)
    elif says_nothing(reason):
        _call_police(clue, Basis.NO_REASONS, reason)


def returned(clue: Record, actor: Actor, facts: Facts) -> None:
    """A whole pack that is sent back, or one sent back a second time, calls the police to account."""
    papers = clue.facts.get("submit", {}).get("papers", [])
    if returned_without_grounds(papers, "supplement" in clue.hands):
        _call_police(clue, Basis.NO_GROUNDS, facts["missing"])


def kept_back(clue: Record, actor: Actor, facts: Facts) -> None:
    """A clue that reaches the criminal threshold by its own estimate and is not transferred calls customs to account."""
    party = "unit" if clue.enterprises else "person"
    if (clue.evaded_cny or 0) >= CRIME_FROM_CNY[party]:
        breach = _breach(clue, Basis.NOT_TRANSFERRED, facts["reason"])
        open_notice(Breach(**breach, issuer=bureau_of(clue.district_code).code, owing=clue.unit_code))


def leaked_again(case: Record, actor: Actor, facts: Facts) -> None:
    """The same loophole in the same unit, after an enforcement advice about it, calls customs to account."""
    same = Case.objects.filter(unit_code=case.unit_code, gap_code=facts["gap_code"]).exclude(pk=case.pk)
    advised = [one for one in same.order_by("pk") if "feed_back" in one.hands] if facts["gap_code"] else []
    if advised:
        said = f"{'、'.join(one.key for one in advised)} 已就同一漏洞提出执法建议：{advised[-1].advice_text}"
        breach = _breach(case, Basis.REPEATED_LEAK, said)
        open_notice(Breach(**breach, issuer=case.bureau, owing=case.unit_code))


def _call_police(clue: Record, basis: Basis, said: str) -> None:
    breach = _breach(clue, basis, said)
    open_notice(Breach(**breach, issuer=clue.unit_code, owing=bureau_of(clue.district_code).code))


def _breach(record: Record, basis: Basis, said: str) -> dict:
    """The moment is the step's: its version is told by nobody else."""
    said = f"{said}\n（依据：{RULE[basis]}）"
    return {"basis": basis, "about": record.key, "moment": f"v{record.version}", "title": record.title, "said": said}


CHAIN: dict[str, list[FollowUp]] = {
    "clue.refuse": [refused_to_file],
    "clue.uphold_refusal": [refused_to_file],
    "clue.return_papers": [returned],
    "clue.reject": [kept_back],
    "case.feed_back": [leaked_again],
}
