"""The desk of 违纪违法案件管理: for the compartment's list alone, the next expiry beside each."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from guanjian.kernel.handling import Mode, Way
from guanjian.kernel.words import Text
from guanjian.loops.discipline.actions import open_by_report
from guanjian.loops.discipline.flow import EXPIRES
from guanjian.loops.discipline.models import OFFICE, Discipline
from guanjian.loops.discipline.needs import Lighter, Party, Sanction, Source
from guanjian.moving.beside import beside
from guanjian.org.actor import Actor
from guanjian.pages.desk import Column, Desk, Row, Section, register


def _label(names, value: str) -> Text | str:
    return names(value).label if value else ""


def _given(*rows: Row) -> list[Row]:
    return [row for row in rows if row.value]


def _matter(matter: Discipline, actor: Actor) -> list[Row]:
    return _given(
        Row(Text("来源", "Source"), _label(Source, matter.source)),
        Row(Text("涉及人员", "About"), matter.subject_id),
        Row(Text("所在单位", "Unit"), matter.subject_unit, "unit"),
        Row(Text("反映的问题", "What is reported"), matter.told),
        Row(Text("报备", "Filed"), f"{matter.filing_no} {matter.filed_with}".strip()),
        Row(Text("处置方式", "Mode"), _label(Mode, matter.mode)),
        Row(Text("办理方式", "Way"), _label(Way, matter.way)),
    )


def _decided(matter: Discipline, actor: Actor) -> list[Row]:
    return _given(
        Row(Text("审查认定的事实", "Established"), matter.established),
        Row(Text("政务处分", "Sanction"), _label(Sanction, matter.sanction)),
        Row(Text("党纪处分", "Party sanction"), _label(Party, matter.party_sanction)),
        Row(Text("处分决定文号", "Decision"), matter.decision_no),
        Row(Text("法律依据", "Legal basis"), matter.basis),
        Row(Text("其他处理", "Other measure"), _label(Lighter, matter.lighter)),
        Row(Text("生效日期", "In effect from"), matter.effective_on, "when"),
        Row(Text("处分期至", "Until"), matter.period_end, "when"),
    )


def _letters(matter: Discipline, actor: Actor) -> list[Row]:
    sides = {True: Text("答复", "Answer"), False: Text("举报人", "Reporter")}
    lines = [f"{letter['on']} {sides[letter['by'] == OFFICE]}：{letter['text']}" for letter in matter.mailbox]
    return _given(Row(Text("往来", "Letters"), lines, "list"))


def _expiry(matter: Discipline) -> Text | None:
    """处置建议到期, 谈话函询到期, …: the list that a discipline office keeps."""
    if matter.due_at is None or matter.flow.state(matter.state) not in EXPIRES:
        return None
    day = timezone.localdate(matter.due_at - timedelta(seconds=1))
    return Text("{what}：{day}", "{what}: {day}").filled(what=EXPIRES[matter.flow.state(matter.state)], day=day)


DESK = register(
    Desk(
        Discipline,
        Text("违纪违法问题报告、报备、处置、处分、执行全程到期提醒；只有上一级监督的知悉名单可见，匿名举报凭回执码往来。",
             "Breaches by officers: reported, filed, handled, sanctioned, executed, each with its expiry; seen by its list only."),
        columns=(Column(Text("处置方式", "Mode"), lambda matter: _label(Mode, matter.mode)),),
        sections=(
            Section(Text("问题与处置", "Matter and handling"), _matter),
            Section(Text("审查与处分", "Review and sanction"), _decided),
            Section(Text("与举报人往来", "Letters with the reporter"), _letters),
        ),
        why=_expiry,
        related=beside,
        begin=open_by_report,
        search_fields=("compartment",),
    )
)  # fmt: skip
