"""What forbids a step of a task: days that do not fit, parts that are not done, praise that was not earned."""

from __future__ import annotations

from datetime import date, datetime

from guanjian.kernel.words import Text
from guanjian.kernel.workdays import CHINA
from guanjian.loops.task.needs import Grade, Role, Ruling


def today() -> date:
    """The day in China."""
    return datetime.now(CHINA).date()


def day_ahead(name: str):
    """A rule: the date of this fact is not over yet."""

    def rule(record, facts) -> Text | None:
        if date.fromisoformat(facts[name]) < today():
            return Text("期限不能早于今天。", "The date cannot lie before today.")
        return None

    return rule


def promised_in_time(record, facts) -> Text | None:
    """Promised is a day that is not over, and not later than what was asked."""
    promised = date.fromisoformat(facts["due_on"])
    if today() <= promised <= max(record.finish_by, today()):
        return None
    return Text(
        "承诺日期须在今天至完成期限（{day}）之间；期限不合理的，请提出异议。",
        "Promise a day from today to {day}; object if that cannot be kept.",
    ).filled(day=record.finish_by)


def not_reviewed_yet(record) -> Text | None:
    """An objection is reviewed once."""
    if record.hands.keys() & {"uphold", "adjust"}:
        return Text("异议已经复核，请办理。", "The objection was reviewed: carry it out.")
    return None


def parts_fit(record, facts) -> Text | None:
    """No part is due after the whole or before today; nobody hands the whole to himself again."""
    for row in facts["parts"]:
        if not today() <= date.fromisoformat(row["by"]) <= max(record.finish_by, today()):
            return Text("“{what}”的期限须在今天至本任务期限（{day}）之间。", "“{what}” must be due from today to {day}.").filled(
                what=row["what"], day=record.finish_by
            )  # fmt: skip
        if row["role"] == Role.HOST and (row["unit"], row["post"]) == (record.unit_code, record.post):
            return Text(
                "“{what}”仍交本单位本岗位主办，不是分解。", "“{what}” stays with the same unit and post."
            ).filled(what=row["what"])
    return None


def at_most_whole(record, facts) -> Text | None:
    """No more than all of it."""
    return Text("进度不能超过100%。", "Not more than 100 %.") if int(facts["percent"]) > 100 else None


def parts_are_done(record) -> Text | None:
    """The whole is done when its parts are."""
    if left := record.open_parts().count():
        return Text("还有{n}项分解（协办）任务未办结。", "{n} parts are not done yet.").filled(n=left)
    return None


def later(record, facts) -> Text | None:
    """An extension ends later than what it extends."""
    if date.fromisoformat(facts["finish_by"]) <= max(record.finish_by, today()):
        return Text("延期后的期限须晚于原期限和今天。", "The new date must be later than the present one and today.")
    return None


def graded_as_earned(record, facts) -> Text | None:
    """Who was late or urged is not excellent; who was held to account passes at best."""
    if record.ruling == Ruling.PURSUED and facts["grade"] != Grade.PASS:
        return Text("本任务已被问责，最高评为“合格”。", "Held to account in this task: “pass” at best.")
    if facts["grade"] == Grade.EXCELLENT and record.was_late():
        return Text("逾期或被督办的，不能评为“优秀”。", "What was late or urged is not “excellent”.")
    return None
