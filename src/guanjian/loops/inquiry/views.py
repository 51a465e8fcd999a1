"""The desk of 一案双查: only the compartment's list ever sees it; the look-back names officers to oversight alone."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from guanjian.customs.codes import codes
from guanjian.kernel.errors import NotFound
from guanjian.kernel.handling import Mode, Way
from guanjian.kernel.words import Text
from guanjian.kernel.workdays import end_of
from guanjian.lenses.lookback import FEW, releases_of
from guanjian.loops.inquiry.actions import open_by_report
from guanjian.loops.inquiry.models import Inquiry
from guanjian.loops.inquiry.needs import Result, Risk
from guanjian.moving.beside import beside
from guanjian.org.actor import Actor
from guanjian.pages import names as say
from guanjian.pages.desk import Column, Desk, Row, Section, register

SHOWN = 200
TIES = {
    "self": Text("本企业", "itself"),
    "agent": Text("同一代理", "same agent"),
    "overseas": Text("同一境外方", "same overseas party"),
    "phone": Text("同一电话", "same phone"),
    "address": Text("同一地址", "same address"),
    "legal_rep": Text("同一法定代表人", "same legal representative"),
}
TIED = Text(
    "本企业及关联企业；同一代理、境外方、电话、地址、法定代表人为{n}家以上企业共有的不计。",
    "The enterprise and its partners; an agent, party, phone, address or representative of more than {n} ties nobody.",
).filled(n=FEW)
ACTS = {"examine": Text("查验", "examined"), "release": Text("放行", "released"), "": Text("未见经办记录", "no trace")}


def _label(names, value: str) -> Text | str:
    return names(value).label if value else ""


def _opened(inquiry: Inquiry, actor: Actor) -> list[Row]:
    rows = [
        Row(Text("案件", "Case"), inquiry.case_key),
        Row(Text("案发单位", "Unit of the case"), inquiry.subject_unit, "unit"),
        Row(Text("触发情形与依据", "Triggers and evidence"), inquiry.evidence, "list"),
        Row(Text("涉案企业", "Enterprises"), inquiry.enterprises, "list"),
        Row(Text("渎职风险", "Risk of malfeasance"), _label(Risk, inquiry.risk)),
        Row(Text("研判理由", "Reasons"), inquiry.risk_reasons),
    ]
    return [row for row in rows if row.value]


def _exposed(inquiry: Inquiry, actor: Actor) -> list[Row]:
    if inquiry.look_back_total is None:
        return [Row(Text("倒查清单", "Look-back list"), Text("正在生成", "Being made"))]
    window = f"{inquiry.looked_from} — {inquiry.looked_until}"
    lines = [
        f"{_where(row)} {ACTS.get(row['act'], row['act'])}：{row['releases']}（{row['first_on']} — {row['last_on']}）"
        for row in inquiry.exposure
    ]
    return [
        Row(Text("倒查期间", "Looked back"), f"{window} {inquiry.look_back_note}".strip()),
        Row(Text("此前放行票数", "Earlier releases"), inquiry.look_back_total, "number"),
        Row(Text("关联口径", "What ties"), TIED),
        Row(Text("经办单位和岗位", "Units and posts"), lines, "list"),
    ]


def _released(inquiry: Inquiry, actor: Actor) -> list[Row]:
    """Each earlier release with who handled it, as the lake tells it now to this reader."""
    if not inquiry.look_back_total:
        return []
    until = end_of(inquiry.looked_until)
    window = until - end_of(inquiry.looked_from - timedelta(days=1))
    try:
        found = releases_of(actor, Path(settings.GUANJIAN_LAKE), inquiry.enterprises, until, window)
    except NotFound:
        return []
    told = Text("此前放行（最近{n}票）", "Earlier releases (the last {n})").filled(n=min(len(found), SHOWN))
    return [Row(told, [_line(row) for row in found[:SHOWN]], "list")]


def _line(row: dict) -> str:
    ties = "、".join(str(TIES[tie]) for tie in row["ties"])
    hands = "；".join(f"{ACTS[h['act']]} {_where(h)} {h['officer']}".strip() for h in row["hands"])
    released = f"{say.unit(row['unit_code'])} {timezone.localdate(row['released_at'])}"
    return f"{row['entry_id']} {released} {row['enterprise_id']}（{ties}） {hands}"


def _where(hand: dict) -> str:
    post = codes("post").get(hand["post"])
    return f"{say.unit(hand['unit'])} {post.text if post else hand['post']}".strip()


def _handled(inquiry: Inquiry, actor: Actor) -> list[Row]:
    rows = [
        Row(Text("涉及人员", "Officers"), inquiry.officers, "list"),
        Row(Text("问题线索", "Suspicion"), inquiry.suspicion),
        Row(Text("办理方式", "Way"), _label(Way, inquiry.way)),
        Row(Text("处置方式", "Mode"), _label(Mode, inquiry.mode)),
        Row(
            Text("各人处置", "What came of each"), [f"{one['key']} {one['result']}" for one in inquiry.handled], "list"
        ),
        Row(Text("处置结果", "Result"), _label(Result, inquiry.result)),
        Row(Text("处置反馈", "What came of it"), inquiry.result_said),
        Row(Text("案件分析通报", "Circulated"), inquiry.analysis),
        Row(Text("堵漏任务", "Rectification"), inquiry.rectify_key),
    ]
    return [row for row in rows if row.value]


DESK = register(
    Desk(
        Inquiry,
        Text("查走私同时查内部：五类案件自动触发，倒查此前每一次放行的经办岗位，研判渎职风险；只有上一级监督在隔离区内可见。",
             "Smuggling and corruption together: five triggers, every earlier release looked back at, seen by the level above only."),
        columns=(
            Column(Text("案发单位", "Unit of the case"), "subject_unit", "unit"),
            Column(Text("渎职风险", "Risk"), lambda inquiry: _label(Risk, inquiry.risk)),
        ),
        sections=(
            Section(Text("触发与研判", "Triggers and assessment"), _opened),
            Section(Text("倒查：经办岗位", "Look-back: posts"), _exposed),
            Section(Text("倒查：逐票经办", "Look-back: each release"), _released),
            Section(Text("线索处置与通报", "Handling and circulation"), _handled),
        ),
        related=beside,
        begin=open_by_report,
        search_fields=("compartment",),
    )
)  # fmt: skip
