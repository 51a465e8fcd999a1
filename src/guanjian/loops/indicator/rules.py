"""What forbids a step: a formula that cannot be measured, a test that is not of this formula, a twin without a reason."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from guanjian.customs.formula.indicator import Indicator
from guanjian.kernel.errors import BadInput
from guanjian.kernel.flow import Facts
from guanjian.kernel.words import Text
from guanjian.kernel.workdays import CHINA


def measurable(record: Any, facts: Facts) -> Text | None:
    """The formula as written now can be measured, and its name is not taken by another meaning."""
    try:
        read = Indicator.read(facts["formula"], facts["parameters"], facts["period"])
    except BadInput as wrong:
        return wrong.text
    return name_taken(record.namesakes(read))


def name_taken(namesakes: list[Any]) -> Text | None:
    """One name, one meaning, in the whole country."""
    if not namesakes:
        return None
    said = "The name is taken by {key}, which measures something else: choose another, or the same formula."
    return Text("已有同名而含义不同的指标 {key}，请改名，或改用相同的公式。", said).filled(key=namesakes[0].key)


def a_span(record: Any, facts: Facts) -> Text | None:
    """The days follow each other, and have passed."""
    if facts["test_from"] > facts["test_until"]:
        return Text("起始日应在截止日之前。", "The first day must come before the last.")
    if date.fromisoformat(facts["test_until"]) > _today():
        return Text("截止日不能晚于今天。", "The last day cannot lie ahead.")
    return None


def as_tested(record: Any) -> Text | None:
    """The approval is for the formula that was tested, not for another."""
    if record.stands:
        return None
    return Text(
        "公式、参数或周期与回测时不同，回测作废，请重新回测。",
        "The formula is not the one that was tested: test it again.",
    )


def twin_explained(record: Any, facts: Facts) -> Text | None:
    """Another one that says the same is adopted, not built again; or it is said why not."""
    twins = record.twins()
    if not twins or record.adopts or facts["why_own"]:
        return None
    keys = "、".join(one.key for one in twins[:5])
    return Text(
        "已有含义相同的指标：{keys}。请沿用，或写明为何另建。",
        "The same is measured by {keys}: adopt it, or say why not.",
    ).filled(keys=keys)


def something_is_found(record: Any) -> Text | None:
    """An indicator that could not be decided on anything is not tried on people's work."""
    seen = record.facts.get("back_test", {})
    if int(seen.get("looked", 0)) > int(seen.get("unclear", 0)):
        return as_tested(record)
    return Text("回测期间没有可判定的数据，不能提交。", "Nothing could be decided in the test: it cannot be submitted.")


def ahead(record: Any, facts: Facts) -> Text | None:
    """In force from today or later: nobody is alarmed about the past."""
    if date.fromisoformat(facts["in_force_from"]) < _today():
        return Text("生效日不能早于今天。", "It cannot be in force before today.")
    return None


def _today() -> date:
    return datetime.now(CHINA).date()
