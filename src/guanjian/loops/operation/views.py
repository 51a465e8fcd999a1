"""The desk of 专项行动与联合监控."""

from __future__ import annotations

from django.urls import reverse

from guanjian.kernel.words import Text
from guanjian.loops.operation.flow import About
from guanjian.loops.operation.models import Operation
from guanjian.moving.beside import beside
from guanjian.org.actor import Actor
from guanjian.pages import names
from guanjian.pages.desk import Column, Desk, Row, Section, register

SIGNED, OPEN = Text("已签署", "Signed"), Text("待签署", "Not signed")
TASK = Text("{unit} · {what}（{by}前）", "{unit} · {what} (by {by})")


def _about(one: Operation) -> Text:
    return Text("{kind} {code}", "{kind} {code}").filled(kind=About(one.subject_type).label, code=one.subject_id)


def _plan(one: Operation, actor: Actor) -> list[Row]:
    rows = [
        Row(Text("监控对象", "What is watched"), _about(one)),
        Row(Text("联合监控页", "Joint watch"), _watched(one), "link"),
        Row(Text("方案", "Plan"), one.plan),
        Row(Text("海关牵头人", "Lead of customs"), one.customs_lead),
        Row(Text("缉私牵头人", "Lead of the police"), one.police_lead),
        Row(Text("开始", "Begins"), one.starts_on, "when"),
        Row(Text("结束", "Ends"), one.ends_on, "when"),
        Row(
            Text("任务", "Tasks"),
            [TASK.filled(**{**row, "unit": names.unit(row["unit"])}) for row in one.tasks],
            "list",
        ),
    ]
    return [row for row in rows if row.value]


def _watched(one: Operation) -> tuple[str, str]:
    return one.subject_id, reverse("facts:watch", args=[one.subject_type, one.subject_id])


def _signed(one: Operation, actor: Actor) -> list[Row]:
    """Before the launch the signatures under the plan as it is now; nothing is launched without both."""
    if one.state == "planned":
        return []
    launched = "launch" in one.hands
    return [
        Row(Text(zh, en), SIGNED if launched or one.signed(step) else OPEN)
        for step, zh, en in (("customs_agrees", "海关", "Customs"), ("police_agrees", "缉私", "Police"))
    ]


def _measured(one: Operation, actor: Actor) -> list[Row]:
    if one.comparison is None:
        return []
    rows = [
        Row(Text("行动范围内查获率", "Find rate inside"), one.comparison.second.said),
        Row(Text("同单位同期范围外查获率", "Outside, same units and time"), one.comparison.first.said),
        Row(Text("比对", "Compared"), one.comparison.said),
        Row(Text("评估意见", "Evaluation"), one.evaluation),
        Row(Text("可推广的做法", "What to keep"), one.lessons),
    ]
    return [row for row in rows if row.value]


DESK = register(
    Desk(
        Operation,
        Text("关警双方对同一份方案签署后启动；任务下达到单位、战果逐项报送，与同单位同期的可比业务比对后才能评估办结。",
             "Launched when customs and police have signed the same plan; results are measured against comparable work."),
        columns=(
            Column(Text("监控对象", "Subject"), _about),
            Column(Text("结束", "Ends"), "ends_on", "when"),
        ),
        sections=(
            Section(Text("方案", "Plan"), _plan),
            Section(Text("双方签署", "Signatures"), _signed),
            Section(Text("比对与评估", "Comparison and evaluation"), _measured),
        ),
        related=beside,
    )
)  # fmt: skip
