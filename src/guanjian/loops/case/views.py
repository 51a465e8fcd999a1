"""The desk of 办案与案件信息库, and the page on which the base is searched."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from guanjian.kernel.errors import NotFound
from guanjian.kernel.offences import Channel, Feature, Gap, Modus
from guanjian.kernel.words import Text
from guanjian.loops.case.library import Sought, search
from guanjian.loops.case.models import Case
from guanjian.loops.case.needs import Advice, Basis, Evidence, Outcome, Party, Scope
from guanjian.loops.case.rules import KINDS
from guanjian.moving.beside import beside
from guanjian.org.actor import Actor
from guanjian.pages.cells import written
from guanjian.pages.desk import Column, Desk, Row, Section, register


def _label(names, value: str) -> Text | str:
    return names(value).label if value else ""


def _given(*rows: Row) -> list[Row]:
    return [row for row in rows if row.value]


def _filed(case: Case, actor: Actor) -> list[Row]:
    return _given(
        Row(Text("类型", "Kind"), KINDS[case.kind]),
        Row(Text("立案文书号", "Filing number"), case.filing_no),
        Row(Text("办案单位", "Bureau"), case.bureau, "unit"),
        Row(Text("涉案渠道", "Channel"), _label(Channel, case.channel)),
        Row(Text("走私手法", "Modus"), [Modus(one).label for one in case.modus], "list"),
        Row(Text("涉案企业", "Enterprises"), case.enterprises, "list"),
        Row(Text("涉案商品", "Goods"), case.hs_code),
        Row(Text("违法行为期间", "Acts"), f"{case.acts_from} — {case.acts_until}" if case.acts_from else ""),
        Row(Text("重大情形", "What weighs"), [Feature(one).label for one in case.features], "list"),
        Row(Text("责任主体", "Liable party"), _label(Party, case.party)),
    )


def _money(case: Case, actor: Actor) -> list[Row]:
    if not case.price_basis:
        return []
    known = case.price_basis == Basis.KNOWN
    prices = [
        Row(Text("申报单价", "Declared unit price"), case.declared_price_cny, "money"),
        Row(Text("查实单价", "Actual unit price"), case.actual_price_cny, "money"),
    ]
    return [
        *(prices if known else [Row(Text("成交价格", "Transaction price"), Basis.UNDISCLOSED.label)]),
        Row(Text("案值", "Case value"), case.value_cny, "money"),
        Row(Text("偷逃税额", "Duty evaded"), case.evaded_cny, "money"),
        Row(Text("证据等级", "Evidence level"), _label(Evidence, case.evidence_level)),
    ]


def _decided(case: Case, actor: Actor) -> list[Row]:
    return _given(
        Row(Text("处理决定", "Decision"), _label(Outcome, case.outcome)),
        Row(Text("罚款", "Fine"), case.fine_cny, "money"),
    )


def _taught(case: Case, actor: Actor) -> list[Row]:
    return _given(
        Row(Text("案情反馈", "Lesson"), case.lesson),
        Row(Text("执法建议", "Advice"), [Advice(one).label for one in case.advice], "list"),
        Row(Text("建议内容", "Advice in words"), case.advice_text),
        Row(Text("建议对象", "Addressed to"), case.advice_to),
        Row(Text("监管漏洞", "Loophole"), _label(Gap, case.gap_code)),
        Row(Text("漏洞描述", "What it is"), case.gap_description),
        Row(Text("反馈范围", "Who may read it"), _label(Scope, case.scope)),
    )


DESK = register(
    Desk(
        Case,
        Text("刑事与行政案件从立案到结案；查实的价格、手法、企业和执法建议反馈一线。办理期间仅缉私与监督可见，反馈后向关员开放。",
             "Cases from filing to closing; prices, modus, enterprises and advice come back to the front line once fed back."),
        columns=(
            Column(Text("类型", "Kind"), lambda case: KINDS[case.kind]),
            Column(Text("案值", "Value"), "value_cny", "money"),
        ),
        sections=(
            Section(Text("案情反馈与执法建议", "What the case teaches"), _taught),
            Section(Text("案件", "Case"), _filed),
            Section(Text("价格与金额", "Prices and amounts"), _money),
            Section(Text("处理", "Decision"), _decided),
        ),
        related=beside,
        search_fields=("title", "subject_id", "hs_code", "lesson"),
    )
)  # fmt: skip


@require_GET
def library(request: HttpRequest) -> HttpResponse:
    """办案信息库: what fed-back cases teach, for every post that reads cases; 404 for all others."""
    if not request.actor.holds(*DESK.model.FLOW.posts):
        raise NotFound("没有这一页，或不在您的可见范围内。", "There is no such page, or it is not within your reach.")
    sought = Sought(**{name: request.GET.get(name, "").strip()[:80] for name in Sought.__dataclass_fields__})
    found = [(case, told(case)) for case in search(request.actor, sought)]
    context = {"sought": sought, "found": found, "modus": Modus.choices(), "channels": Channel.choices(), "desk": DESK}
    return render(request, "case/library.html", context)


def told(case: Case) -> list[tuple[Text, str, object]]:
    """What a case teaches, as lines of a page: (title, kind, text)."""
    price = Text("未披露", "Not disclosed")
    if case.price_basis == Basis.KNOWN:
        said = f"¥{case.declared_price_cny:,} → ¥{case.actual_price_cny:,}"
        price = Text(said, said)
    rows = _given(
        Row(Text("案情反馈", "Lesson"), case.lesson),
        Row(Text("走私手法", "Modus"), [Modus(one).label for one in case.modus], "list"),
        Row(Text("涉案渠道", "Channel"), _label(Channel, case.channel)),
        Row(Text("涉案企业", "Enterprises"), case.enterprises, "list"),
        Row(Text("涉案商品", "Goods"), case.hs_code or Text("未披露", "Not disclosed")),
        Row(Text("申报单价 → 查实单价", "Declared → actual unit price"), price),
        Row(Text("证据等级", "Evidence level"), _label(Evidence, case.evidence_level)),
        Row(Text("执法建议", "Advice"), case.advice_text),
        Row(Text("建议对象", "Addressed to"), case.advice_to),
        Row(Text("采纳情况", "Adoption"), case.facts.get("close", {}).get("adopted", Text("待反馈", "Not yet told"))),
    )
    return [(row.title, row.kind, written(row.kind, row.value)) for row in rows]
