"""What forbids a step of a classing: each post once, none forgotten, nothing milder than measured without its reason."""

from __future__ import annotations

from datetime import date, datetime

from guanjian.kernel.words import Text
from guanjian.kernel.workdays import CHINA
from guanjian.loops.classing.needs import Grade
from guanjian.org.posts import Post

MILDER = 10  # characters of a reason that says something


def today() -> date:
    """The day in China."""
    return datetime.now(CHINA).date()


def fits(record, facts) -> Text | None:
    """Every post that was measured has one class, from today or later; what is milder than measured says why."""
    named = [row["post"] for row in facts["posts"]]
    if len(named) != len(set(named)):
        return Text("同一岗位只能列一次。", "A post is named once.")
    wanted = {row["post"]: row["grade"] for row in record.measured_posts}
    if left := [Post(post).label for post in wanted if post not in named]:
        return Text("还有岗位未定类别：{posts}。", "Posts without a class: {posts}.").filled(
            posts=Text("、".join(one.zh for one in left), ", ".join(one.en for one in left))
        )
    if date.fromisoformat(facts["in_force_from"]) < today():
        return Text("执行日期不能早于今天。", "It is in force from today or later.")
    given = {row["post"]: row["grade"] for row in facts["posts"]} | {"": facts["unit_class"]}
    measured = wanted | ({"": record.measured_class} if record.measured_class else {})
    milder = any(Grade(given[name]).place > Grade(grade).place for name, grade in measured.items())
    if milder and len(facts["why_lower"]) < MILDER:
        return Text("所定类别低于测算类别，须写明理由。", "A class milder than measured says why.")
    return None


def not_under_review(record) -> Text | None:
    """One review at a time."""
    if record.under_review():
        return Text("复核已在办理。", "The review is under way already.")
    return None
