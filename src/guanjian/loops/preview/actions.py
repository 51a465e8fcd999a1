"""Opening a draft by itself: a rule that is in force is to be amended or repealed, through the same gates."""

from __future__ import annotations

from guanjian.kernel.rulemaking import Action
from guanjian.loops.preview.models import Preview
from guanjian.moving.record import Record
from guanjian.moving.verbs import start
from guanjian.org.actor import SYSTEM, Actor
from guanjian.org.models import Unit

CONTENT = ("text", "parameters", "controls", "trainings")


def open_for_rule(rule: Record, actor: Actor, action: Action, reason: str) -> Preview:
    """The draft in the unit of the rule, with its present content to begin with."""
    return start(
        Preview,
        actor,
        Unit.objects.get(pk=rule.unit_code),
        title=f"{action.label.zh}：{rule.title}"[:190],
        level=rule.level,
        origin=rule.key,
        action=action.value,
        kind=rule.kind,
        form=rule.form,
        necessity=reason,
        **{name: getattr(rule, name) for name in CONTENT},
    )


def open_again(decided: Preview, filing: Record, demands: str) -> Preview:
    """A reform that headquarters wants changed: its content as it was decided, through all gates again."""
    content = {name: getattr(decided, name) for name in ("kind", "form", *CONTENT)}
    return start(
        Preview,
        SYSTEM,
        Unit.objects.get(pk=decided.unit_code),
        title=f"修改：{filing.title}"[:190],
        level=filing.level,
        origin=filing.key,
        necessity=demands,
        **content,
    )


def open_proposed(meeting: Record, actor: Actor, what: str) -> Preview:
    """A rule that a meeting proposed: a draft in its unit, to pass the gates."""
    unit = Unit.objects.get(pk=meeting.unit_code)
    necessity = f"{meeting.title}（{meeting.key}）建议：{what}"
    return start(Preview, actor, unit, title=what[:190], level=meeting.level, origin=meeting.key, necessity=necessity)
