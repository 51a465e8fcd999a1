"""The desk of 预警处置, and the page on which every reader sees how each detector has done."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from guanjian.kernel.errors import NotFound
from guanjian.kernel.papers import Level, Verdict
from guanjian.kernel.words import Text
from guanjian.loops.alert.actions import rates
from guanjian.loops.alert.codes import Reason
from guanjian.loops.alert.flow import FLOW, S, sampled
from guanjian.loops.alert.models import Alert
from guanjian.moving.beside import beside
from guanjian.org.actor import Actor
from guanjian.pages import evidence
from guanjian.pages.desk import Column, Desk, Row, Section, register

QUEUE_REASON = Text("{code}　强度 {score}{q}", "{code}  score {score}{q}")


def _label(names, value: str) -> Text | str:
    return names(value).label if value else ""


def _why(alert: Alert) -> Text:
    q = Text(f"，q={alert.q_value:.3g}", f", q={alert.q_value:.3g}") if alert.q_value is not None else ""
    return QUEUE_REASON.filled(code=alert.code, score=f"{alert.score:.3g}", q=q)


def _judged(alert: Alert, actor: Actor) -> list[Row]:
    if not alert.verdict:
        return []
    rows = [
        Row(Text("认定", "Verdict"), _label(Verdict, alert.verdict)),
        Row(Text("误报原因", "Reason"), _label(Reason, alert.reason_code)),
        Row(Text("涉及金额", "Amount"), alert.amount_cny, "money"),
    ]
    if alert.level == Level.BLUE and alert.state in (S.FIRST_REVIEW, S.SECOND_REVIEW, S.CLOSED):
        drawn = (
            Text("已抽中，须监督复核", "Drawn for the second review")
            if sampled(alert.salt)
            else Text("未抽中", "Not drawn")
        )
        rows.append(Row(Text("蓝色预警抽查", "Sample of blue alerts"), drawn))
    return rows


DESK = register(
    Desk(
        Alert,
        Text("检测发现的风险逐件签收、核查、处置、反馈，并经职能与监督两次复核；认定结果反馈给检测点，可看各检测点命中率。",
             "Each finding is signed for, verified, disposed of, fed back and reviewed twice; verdicts teach the detectors."),
        columns=(
            Column(Text("对象", "Subject"), lambda alert: alert, "subject"),
            Column(Text("期间", "Period"), "period", "period"),
        ),
        sections=(
            *evidence.SECTIONS,
            Section(Text("认定", "Verdict"), _judged),
        ),
        why=_why,
        related=beside,
        search_fields=("title", "subject_id", "code"),
    )
)  # fmt: skip


@require_GET
def signals(request: HttpRequest) -> HttpResponse:
    """How each detector has done: alerts, verdicts, hit and false-alarm rate with their intervals."""
    if not request.actor.holds(*FLOW.posts):
        raise NotFound("没有这一页，或不在您的可见范围内。", "There is no such page, or it is not within your reach.")
    return render(request, "alert/signals.html", {"rates": rates(), "flow": FLOW})
