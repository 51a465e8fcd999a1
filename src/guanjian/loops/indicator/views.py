"""The desk of 指标与参数治理."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from guanjian.customs.codes import text_of
from guanjian.customs.formula.indicator import Period
from guanjian.customs.formula.operators import OPERATORS
from guanjian.customs.formula.traits import FACTS
from guanjian.customs.formula.vocabulary import THINGS, Measure, Thing
from guanjian.kernel.errors import NotFound
from guanjian.kernel.words import Text
from guanjian.loops.indicator.actions import open_by_hand
from guanjian.loops.indicator.models import Indicator
from guanjian.loops.indicator.needs import COUNT
from guanjian.org.actor import Actor
from guanjian.pages import names
from guanjian.pages.desk import Column, Desk, Row, Section, register

DATED = Text("{name}：{value}，自{since}起", "{name}: {value} from {since}")
PLACE = Text("{unit}：{count}", "{unit}: {count}")
ELSEWHERE = Text("未知关区", "Of no known district")
EXAMPLES = (
    (
        "AND(CMP(事-企业-查验批次[查验方式=彻底查验], 20), CMP(事-企业-查获率, <1%))",
        Text("屡查不获的企业", "examined again and again, nothing found"),
    ),
    (
        "RATIO(物-商品项-单价, 物-商品项-单价@同类, <50%)",
        Text("单价不到同类一半", "priced at less than half of its peers"),
    ),
    (
        "DIFFR(事-单位-改单次数, 事-单位-改单次数@去年同期, 50%)",
        Text("改单比去年同期多一半", "half more amendments than a year ago"),
    ),
)
MOMENTS_SAID = (
    ("@上期", Text("前一个统计周期", "the period before")),
    ("@去年同期", Text("去年的同一周期", "the same period last year")),
    ("@前3期", Text("之前3个周期的平均（2至12）", "the mean of the 3 periods before (2 to 12)")),
    ("@同类", Text("同类的中位数，不足5个不判断", "the peers' median; fewer than 5: nothing is said")),
)
STANDS = Text("与回测一致", "As tested")
CHANGED = Text("回测后已改动，未执行", "Changed after the test: not run")
NOT_TESTED = Text("尚未回测", "Not tested yet")
OF_THIS = Text("命中对象中有结论的，属实 {said}", "of the flagged that were decided, confirmed {said}")


def _about(one: Indicator) -> Text | str:
    return "" if one.unreadable else one.measure.thing.title


def _said(one: Indicator, actor: Actor) -> list[Row]:
    dated = [DATED.filled(**row) for row in one.parameters]
    rows = [
        Row(Text("含义", "What it says"), one.unreadable or one.measure.said, "prose"),
        Row(Text("公式", "Formula"), one.formula, "prose"),
        Row(Text("统计周期", "Measured"), Period(one.period).label),
        Row(Text("参数", "Parameters"), dated, "list"),
        Row(Text("要发现的问题", "What it is to find"), one.meaning),
        Row(Text("依据", "Legal basis"), one.legal_basis),
        Row(Text("责任部门", "Department"), one.owner),
        Row(Text("业务条线", "Business line"), text_of("lines", one.line_code) if one.line_code else ""),
        Row(Text("沿用", "Adopts"), one.adopts),
        Row(Text("自何日生效", "In force from"), one.in_force_from, "when"),
        Row(Text("与回测核对", "Against the back-test"), _stands(one)),
    ]
    return [row for row in rows if row.value]


def _stands(one: Indicator) -> Text:
    if not one.tested:
        return NOT_TESTED
    return STANDS if one.stands else CHANGED


def _measured(step: str, asked: str):
    """The rows of a measurement: a preview or the back-test."""

    def rows(one: Indicator, actor: Actor) -> list[Row]:
        told, span = one.facts.get(step), one.facts.get(asked, {})
        if not told:
            return []
        found = [
            Row(Text("期间", "Period"), f"{span.get('test_from', '')} — {span.get('test_until', '')}"),
            *(Row(label, int(told[name]), "number") for name, label in COUNT.items()),
            Row(Text("平均每月命中（工作量）", "Flagged a month (workload)"), told["a_month"]),
            Row(Text("精度", "Precision"), _precision(one) if step == "back_test" else ""),
            Row(Text("关区分布", "Spread over districts"), [_place(row) for row in told["spread"]], "list"),
            Row(Text("最突出的对象", "The strongest"), told["examples"], "list"),
        ]
        return [row for row in found if row.value not in ("", [])]

    return rows


def _place(row: dict) -> Text:
    return PLACE.filled(unit=names.unit(row["unit"]) if row["unit"] else ELSEWHERE, count=row["count"])


def _precision(one: Indicator) -> Text:
    share = one.precision()
    return OF_THIS.filled(said=share.said) if share else Text("没有可对照的结论", "nothing was decided yet")


def _twins(one: Indicator, actor: Actor) -> list[Row]:
    """What says the same elsewhere: told across districts, since formulas name nobody."""
    kinds = (
        (Text("含义相同", "The same"), one.twins()),
        (Text("只有数额不同", "The same but for numbers"), one.alike()),
    )
    return [Row(title, [_other(other) for other in found], "list") for title, found in kinds if found]


def _other(other: Indicator) -> Text:
    said = Text("{key}　{title}（{unit}，{state}）", "{key} {title} ({unit}, {state})")
    return said.filled(key=other.key, title=other.title, unit=names.unit(other.unit_code), state=other.state_label)


def _trial(one: Indicator, actor: Actor) -> list[Row]:
    if not one.trial_runs:
        return []
    return [
        Row(Text("运行次数", "Runs"), one.trial_runs, "number"),
        Row(Text("最近一次命中", "Flagged in the last"), one.trial_flagged, "number"),
    ]


DESK = register(
    Desk(
        Indicator,
        Text("关员自己写指标：公式随写随检，在整个期间上试算、回测，试运行不预警，批准只对回测过的公式有效，到期复评或停用。",
             "Officers write indicators: checked as written, back-tested on whole periods, tried in silence, approved as tested."),
        columns=(
            Column(Text("对象", "About"), _about),
            Column(Text("责任部门", "Department"), "owner"),
        ),
        sections=(
            Section(Text("指标", "Indicator"), _said),
            Section(Text("试算", "Preview"), _measured("show_preview", "preview")),
            Section(Text("回测", "Back-test"), _measured("back_test", "ask_back_test")),
            Section(Text("试运行", "Trial"), _trial),
            Section(Text("相同或相近的指标", "The same or alike"), _twins),
        ),
        begin=open_by_hand,
        search_fields=("title", "formula"),
    )
)  # fmt: skip


@require_GET
def words(request: HttpRequest) -> HttpResponse:
    """Every word that a formula may use: operators, features by object, conditions, moments."""
    if not request.actor.holds(*Indicator.FLOW.posts):
        raise NotFound("没有这一页，或不在您的可见范围内。", "There is no such page, or it is not within your reach.")
    context = {
        "flow": Indicator.FLOW,
        "operators": OPERATORS.values(),
        "things": [(thing, [_feature(thing, one) for one in thing.measures.values()]) for thing in THINGS.values()],
        "facts": [(fact.title, fact.traits) for fact in FACTS.values()],
        "moments": MOMENTS_SAID,
        "examples": EXAMPLES,
    }
    return render(request, "indicator/words.html", context)


def _feature(thing: Thing, measure: Measure) -> tuple[str, Measure]:
    return f"{measure.dimension}-{thing.name}-{measure.name}", measure
