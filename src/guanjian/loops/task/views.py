"""The desk of 任务分解与督办."""

from __future__ import annotations

from guanjian.kernel.words import Text
from guanjian.loops.task.actions import open_by_hand
from guanjian.loops.task.models import Task
from guanjian.loops.task.needs import Grade, Kind, Role, Ruling, Source
from guanjian.moving.beside import beside
from guanjian.org.actor import Actor
from guanjian.org.posts import Holder
from guanjian.pages import names
from guanjian.pages.desk import Column, Desk, Row, Section, register

RED = Text("已逾期{n}次", "Overdue {n} times")
PART = Text(
    "{role} · {unit} · {post} · {by}前 · {what}（{state}）", "{role}, {unit}, {post}, by {by}: {what} ({state})"
)
BEYOND = Text("另有{n}项不在您的可见范围内", "{n} more are not within your reach")


def _kept(*rows: Row) -> list[Row]:
    return [row for row in rows if row.value not in ("", None, [])]


def _post(one: Task) -> Text:
    return Holder(one.post).label


def _why(one: Task) -> Text | None:
    return RED.filled(n=one.reds) if one.reds else None


def _assigned(one: Task, actor: Actor) -> list[Row]:
    return _kept(
        Row(Text("任务要求", "What is to be done"), one.requirement, "prose"),
        Row(Text("办结标准", "Standard of completion"), one.standard, "prose"),
        Row(Text("责任单位", "Unit"), one.unit_code, "unit"),
        Row(Text("责任岗位", "Post"), _post(one)),
        Row(Text("主办或协办", "Host or assisting"), Role(one.role).label),
        Row(Text("完成期限", "Finish by"), one.finish_by, "when"),
        Row(Text("承诺完成日期", "Promised date"), one.due_on, "when"),
        Row(Text("承办人", "Person responsible"), one.responsible),
        Row(Text("下达单位", "Assigned by"), one.issuer_unit_code, "unit"),
        Row(Text("任务来源", "Source"), Source(one.source).label if one.source else ""),
        Row(Text("督查种类", "Kind of supervision"), Kind(one.kind).label if one.kind else ""),
    )


def _parts(one: Task, actor: Actor) -> list[Row]:
    """The parts within reach, and how many are not: the whole waits for all of them."""
    seen = Task.objects.visible_to(actor).filter(origin=one.key).order_by("pk")
    lines = [
        PART.filled(role=Role(part.role).label, unit=names.unit(part.unit_code), post=_post(part), by=part.finish_by,
                    what=part.title, state=part.state_label) for part in seen
    ]  # fmt: skip
    hidden = one.parts().count() - len(lines)
    lines += [BEYOND.filled(n=hidden)] if hidden else []
    return _kept(Row(Text("分解和协办", "Parts"), lines, "list"))


def _progress(one: Task, actor: Actor) -> list[Row]:
    return _kept(
        Row(Text("完成进度", "Done"), f"{one.percent}%" if one.percent is not None else ""),
        Row(Text("进展情况", "Progress"), one.progress, "prose"),
        Row(Text("逾期次数", "Red lamps"), one.reds or None),
        Row(Text("问责决定", "Ruling"), Ruling(one.ruling).label if one.ruling else ""),
        Row(Text("报告完成日期", "Reported done on"), one.finished_on, "when"),
        Row(Text("评价", "Grade"), Grade(one.grade).label if one.grade else ""),
    )


DESK = register(
    Desk(
        Task,
        Text("任务分解到单位、岗位和期限，明确主办协办和办结标准；逾期自动督办：两次约谈，三次提出问责；由未参与的人验收评价。",
             "Tasks go to unit, post and date with a standard; late ones are urged, called in, held to account; others evaluate."),
        columns=(
            Column(Text("责任单位", "Unit"), "unit_code", "unit"),
            Column(Text("责任岗位", "Post"), _post),
            Column(Text("完成期限", "Finish by"), "finish_by", "when"),
        ),
        sections=(
            Section(Text("任务", "Task"), _assigned),
            Section(Text("分解", "Parts"), _parts),
            Section(Text("进展与评价", "Progress and evaluation"), _progress),
        ),
        why=_why,
        related=beside,
        begin=open_by_hand,
        search_fields=("title", "requirement"),
    )
)  # fmt: skip
