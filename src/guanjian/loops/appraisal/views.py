"""The desk of 反走私绩效综合考评."""

from __future__ import annotations

from collections.abc import Callable

from guanjian.kernel.words import Text
from guanjian.loops.appraisal.actions import open_sheet
from guanjian.loops.appraisal.models import Appraisal
from guanjian.loops.appraisal.needs import OF_SIDE, Measure, Side
from guanjian.loops.appraisal.rules import TO_OBJECT
from guanjian.moving.beside import beside
from guanjian.org.actor import Actor
from guanjian.pages import names
from guanjian.pages.desk import Column, Desk, Row, Section, register

SPAN = Text("{a} 至 {b}", "{a} to {b}")
KNOWN = Text("账本至第{n}条时所知，哈希 {h}", "as known at entry {n} of the ledger, hash {h}")
OBJECTED = Text("{who}：{grounds}", "{who}: {grounds}")


def _kept(*rows: Row) -> list[Row]:
    return [row for row in rows if row.value not in ("", None, [])]


def _sheet(one: Appraisal, actor: Actor) -> list[Row]:
    newer = Appraisal.objects.filter(origin=one.key).exclude(state="dropped").first()
    until = one.told_on + TO_OBJECT if one.told_on and one.state == "told" else None
    return _kept(
        Row(Text("被考评关区", "District"), one.unit_code, "unit"),
        Row(Text("考评期", "Period"), SPAN.filled(a=one.period_from, b=one.period_until) if one.period_from else ""),
        Row(Text("版次", "Edition"), Text("第{n}版", "No. {n}").filled(n=one.edition)),
        Row(Text("重新考评的理由", "Why again"), one.why_again),
        Row(Text("另有新版", "Newer edition"), (newer.key, f"/{newer.key}/") if newer else "", "link"),
        Row(Text("冻结", "Frozen"), KNOWN.filled(n=one.upto, h=one.inputs_hash[:16]) if one.inputs_hash else ""),
        Row(Text("已剔除的事项", "Left out"), one.left_out, "list"),
        Row(Text("可提出异议至", "May be objected to until"), until, "when"),
    )


def _side(side: Side) -> Callable[[Appraisal, Actor], list[Row]]:
    def rows(one: Appraisal, actor: Actor) -> list[Row]:
        if not one.inputs_hash:
            return []
        return [Row(measure.label, _counted(one, measure)) for measure in OF_SIDE[side]]

    return rows


def _counted(one: Appraisal, measure: Measure) -> str:
    """The number, and by unit where there is more than one; raw, as the trace has it."""
    by_unit = one.by_unit(measure)
    parts = "，".join(f"{names.unit(code)} {count}" for code, count in by_unit)
    return f"{one.total(measure)}" + (f"（{parts}）" if len(by_unit) > 1 else "")


def _judged(one: Appraisal, actor: Actor) -> list[Row]:
    objections = [OBJECTED.filled(who=names.person(said["by"]), grounds=said["grounds"]) for said in one.objections]
    answered = [one.facts[name]["answer"] for name in ("correct", "uphold") if name in one.facts]
    return _kept(
        Row(Text("审核意见", "Review"), one.facts.get("review", {}).get("review_opinion", "")),
        Row(Text("异议", "Objections"), objections, "list"),
        Row(Text("答复", "Answers"), answered, "list"),
        Row(Text("审定意见", "Decision"), one.decision),
        Row(Text("公布时间", "Published"), one.published_at, "when"),
    )


DESK = register(
    Desk(
        Appraisal,
        Text("总署对关区反走私绩效的考评：海关、缉私同在一张表；考评期满冻结数据，审核、异议、审定、公布各由不同人办理；公布后只能另出新版。",
             "Headquarters appraises both sides of a district in one sheet: frozen, reviewed, objected to, decided, published; then only a new edition."),
        columns=(
            Column(Text("关区", "District"), "unit_code", "unit"),
            Column(Text("考评期止", "Until"), "period_until", "when"),
        ),
        sections=(
            Section(Text("考评表", "Sheet"), _sheet),
            *(Section(side.label, _side(side)) for side in Side),
            Section(Text("审核、异议与审定", "Review, objection, decision"), _judged),
        ),
        related=beside,
        begin=open_sheet,
    )
)  # fmt: skip
