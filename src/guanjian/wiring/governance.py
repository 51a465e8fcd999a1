"""How a draft becomes a rule: through the gates, past headquarters where a district reforms, in force on its day."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from guanjian.kernel.flow import Facts
from guanjian.kernel.rulemaking import Action, Kind
from guanjian.loops.answer import actions as answers
from guanjian.loops.answer.actions import Asked
from guanjian.loops.answer.needs import Kind as AnswerKind
from guanjian.loops.filing import actions as filings
from guanjian.loops.filing.models import Filing
from guanjian.loops.preview import actions as previews
from guanjian.loops.preview.models import Preview
from guanjian.loops.rulebook import actions as rules
from guanjian.loops.rulebook import reading
from guanjian.loops.rulebook.models import Rulebook
from guanjian.moving.placing import HEADQUARTERS
from guanjian.moving.record import Record
from guanjian.moving.verbs import FollowUp, advance, note
from guanjian.org import powers
from guanjian.org.actor import SYSTEM, Actor
from guanjian.wiring.keys import number_in

CONTENT = ("kind", "form", "text", "parameters", "controls", "trainings", "moves")
TO_CONFIRM = timedelta(days=30)


def enact(draft: Record, actor: Actor, facts: Facts) -> None:
    """A rule that was decided waits for publication; a district's reform goes to headquarters first."""
    if (filing := _filing_of(draft)) is not None:
        advance(filing, "bring_changed", SYSTEM, {"decided": draft.key})
    elif (rule := _rule_of(draft)) is not None:
        rules.change_decided(rule, draft, _content(draft))
    elif draft.kind == Kind.REFORM and draft.district_code != HEADQUARTERS:
        filings.open_for(draft, SYSTEM)
    else:
        rules.open_decided(draft, SYSTEM, _content(draft))


def leave_as_it_is(draft: Record, actor: Actor, facts: Facts) -> None:
    """What was not adopted changes nothing: the rule stays in force, the reform that had to change is given up."""
    if (filing := _filing_of(draft)) is not None:
        advance(filing, "give_up", SYSTEM, {"reason": facts["reason"]})
    elif (rule := _rule_of(draft)) is not None:
        advance(rule, "drop", SYSTEM, {"reason": facts["reason"]})


def prepare_amendment(rule: Record, actor: Actor, facts: Facts) -> None:
    """An amendment passes the seven gates: its draft begins with the present text."""
    previews.open_for_rule(rule, SYSTEM, Action.AMEND, facts["reason"])


def prepare_repeal(rule: Record, actor: Actor, facts: Facts) -> None:
    """A repeal passes the seven gates too."""
    previews.open_for_rule(rule, SYSTEM, Action.REPEAL, facts["reason"])


def change_reform(filing: Record, actor: Actor, facts: Facts) -> None:
    """What headquarters wants changed passes the seven gates again."""
    decided = _decided(filing)
    if decided is not None:
        previews.open_again(decided, filing, "\n".join(facts["demands"]))


def publish_reform(filing: Record, actor: Actor, facts: Facts) -> None:
    """A reform that headquarters agreed to waits for publication."""
    decided = _decided(filing)
    if decided is not None:
        rules.open_decided(filing, SYSTEM, _content(decided))


def begin_reform(rule: Record, actor: Actor, facts: Facts) -> None:
    """A reform that comes into force has begun: its evaluation is due."""
    filing = Filing.objects.filter(pk=number_in(rule.origin, "filing"), state="agreed").first()
    if filing is not None:
        advance(filing, "begin", SYSTEM, {})


def move_power(rule: Record, actor: Actor, facts: Facts) -> None:
    """The register of nodes follows: from the day in force on they are held by the posts that gate six named."""
    if rule.moves:
        since = date.fromisoformat(facts["in_force_on"])
        source = f"{rule.key}#{len(rule.versions)}"
        powers.move(rule.moves, since, rule.district_code, source)
        note("nodes.moved", rule.key, actor, {"moves": rule.moves, "since": facts["in_force_on"]}, rule.district_code)


def tell_citing(rule: Record, actor: Actor, facts: Facts) -> None:
    """What cites a repealed rule is put right by its unit, which confirms every item."""
    lines = [f"{row['cited']}：{row['to'] or '停用'}" for row in rule.fates if row["fate"] != "stays"]
    if lines:
        by = (timezone.localdate() + TO_CONFIRM).isoformat()
        said = f"{rule.title}（{rule.number}）自{facts['repealed_on']}失效，请逐项落实：\n" + "\n".join(lines)
        answers.send(rule, actor, Asked(AnswerKind.CONVERSION, rule.unit_code, said, by))


def amend_for_conversion(conversion: Record, actor: Actor, facts: Facts) -> None:
    """A demand that names a rule in force calls for its amendment."""
    for row in conversion.demands:
        if row["into"] == "rule":
            for rule in reading.named_in(row["what"], conversion.district_code):
                advance(rule, "call_for_amendment", SYSTEM, {"reason": f"{conversion.key}：{row['what']}"})


def _filing_of(draft: Record) -> Filing | None:
    return Filing.objects.filter(pk=number_in(draft.origin, "filing"), state="changing").first()


def _rule_of(draft: Record) -> Rulebook | None:
    state = {Action.AMEND: "amending", Action.REPEAL: "repealing"}.get(draft.action, "")
    return Rulebook.objects.filter(pk=number_in(draft.origin, "rulebook"), state=state).first()


def _decided(filing: Record) -> Preview | None:
    return Preview.objects.filter(pk=number_in(filing.decided, "preview")).first()


def _content(draft: Record) -> Facts:
    return {name: getattr(draft, name) for name in CONTENT}


CHAIN: dict[str, list[FollowUp]] = {
    "preview.decide": [enact],
    "preview.refuse": [leave_as_it_is],
    "preview.find_unlawful": [leave_as_it_is],
    "preview.withdraw": [leave_as_it_is],
    "filing.demand_changes": [change_reform],
    "filing.agree": [publish_reform],
    "rulebook.call_for_amendment": [prepare_amendment],
    "rulebook.call_for_repeal": [prepare_repeal],
    "rulebook.promulgate": [move_power],
    "rulebook.take_effect": [begin_reform],
    "rulebook.repeal": [tell_citing],
    "convert.approve": [amend_for_conversion],
}
