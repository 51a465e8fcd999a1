"""The desk of 排查整改."""

from __future__ import annotations

from guanjian.kernel.offences import Gap
from guanjian.kernel.papers import Level
from guanjian.kernel.words import Text
from guanjian.loops.rectify.actions import open_problem
from guanjian.loops.rectify.effect import Scope
from guanjian.loops.rectify.flow import Source
from guanjian.loops.rectify.models import Rectify
from guanjian.moving.beside import beside
from guanjian.org.actor import Actor
from guanjian.pages.desk import Column, Desk, Row, Section, register

SIGNED, UNSIGNED = Text("已会签", "Countersigned"), Text("待会签", "Not yet")
CAME_BACK = Text("52周内第{n}次发生，级别由{was}升为{now}", "No. {n} within 52 weeks, raised from {was} to {now}")


def _gap(task: Rectify) -> Text | str:
    return Gap(task.gap_code).label if task.gap_code else ""


def _why(task: Rectify) -> Text | None:
    if not task.recurrence_of:
        return None
    was, now = Level(task.found_at_level).label, Level(task.level).label
    return CAME_BACK.filled(n=len(task.recurrence_of) + 1, was=was, now=now)


def _problem(task: Rectify, actor: Actor) -> list[Row]:
    rows = [
        Row(Text("问题", "Problem"), task.problem),
        Row(Text("来源", "Source"), Source(task.source).label if task.source else ""),
        Row(Text("漏洞类型", "Kind of gap"), _gap(task)),
        Row(Text("内控节点", "Control node"), task.node_code),
        Row(Text("整改期限", "Finish by"), task.finish_by, "when"),
        Row(Text("整改结论", "Conclusion"), task.conclusion),
    ]
    return [row for row in rows if row.value]


def _recurrence(task: Rectify, actor: Actor) -> list[Row]:
    if not task.recurrence_of:
        return []
    return [
        Row(Text("复发", "Came back"), _why(task)),
        Row(Text("此前的问题", "Earlier problems"), task.recurrence_of, "list"),
    ]


def _countersigned(task: Rectify) -> bool:
    """Under the figures as they are now; a gap that is closed was countersigned, whatever was noted since."""
    return task.signed("sign_effect") or bool(task.is_closed and task.gap_code)


def _effect(task: Rectify, actor: Actor) -> list[Row]:
    if task.comparison is None:
        return []
    rows = [
        Row(Text("比对范围", "Measured on"), Scope(task.scope_kind).label if task.scope_kind else ""),
        Row(Text("对象", "Of"), task.scope_code),
        Row(Text("整改前查获率", "Find rate before"), task.comparison.first.said),
        Row(Text("整改后查获率", "Find rate after"), task.comparison.second.said),
        Row(Text("成效", "Effect"), task.comparison.said),
        Row(Text("会签", "Countersigned"), SIGNED if _countersigned(task) else UNSIGNED),
        Row(Text("成效复核日期", "Reviewed on"), task.review_on, "when"),
    ]
    return [row for row in rows if row.value]


DESK = register(
    Desk(
        Rectify,
        Text("问题立项、整改、留证、他人审核销号，再比对成效、回头看；同一单位同类问题一年内复发的，自动升级。",
             "Problems are planned, mended with evidence, closed out by another, measured and looked back at; repeats are raised a level."),
        columns=(
            Column(Text("漏洞类型", "Gap"), _gap),
            Column(Text("整改期限", "Finish by"), "finish_by", "when"),
        ),
        sections=(
            Section(Text("问题与整改", "Problem and measures"), _problem),
            Section(Text("成效", "Effect"), _effect),
            Section(Text("复发", "Recurrence"), _recurrence),
        ),
        why=_why,
        related=beside,
        begin=open_problem,
    )
)  # fmt: skip
