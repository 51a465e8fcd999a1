"""The desk of 风险台账."""

from __future__ import annotations

from django.urls import reverse

from guanjian.customs.codes import text_of
from guanjian.kernel.risks import Answerable, Reach, Shape, Stage
from guanjian.kernel.words import Text
from guanjian.loops.register.models import Register
from guanjian.loops.register.needs import Factor, Grade, Residual
from guanjian.moving.beside import beside
from guanjian.org.actor import Actor
from guanjian.pages import names
from guanjian.pages.desk import Column, Desk, Row, Section, register

FIGURES = {
    "observed": Text("近期实有", "Observed lately"),
    "expected": Text("应有", "Expected"),
    "relative_risk": Text("相对风险（倍）", "Relative risk"),
    "above_normal": Text("高于正常的可能", "Chance of being above normal"),
    "breadth": Text("涉及单位占比", "Share of units"),
    "slope": Text("每周增速", "Growth a week"),
    "p": Text("偶然出现的概率", "Chance of it by luck (p)"),
    "alarm_below": Text("报警界限", "Bound of an alarm"),
    "recurrence_weeks": Text("偶然重现间隔（周）", "Weeks until luck does it again"),
    "line_share": Text("条线解释的份额", "Share of the line"),
    "place_share": Text("区域解释的份额", "Share of the area"),
    "crossing_share": Text("交叉解释的份额", "Share of the crossing"),
    "zone_width": Text("区域宽度", "Width of the area"),
    "branch_width": Text("条线宽度", "Width of the line"),
}
TURNS = {
    "stage": (Text("阶段", "Stage"), Stage),
    "reach": (Text("范围", "Reach"), Reach),
    "shape": (Text("形态", "Shape"), Shape),
    "owner": (Text("归属", "Owner"), Answerable),
    "kin": (Text("与其他风险的关系", "Kin"), None),
}
EVIDENCE = FIGURES | {
    "belief": Text("四个阶段的可能", "Chances of the four stages"),
    "units": Text("单位数", "Units"),
    "weeks_away": Text("平息周数", "Weeks away"),
    "how": Text("方式", "How"),
}
ENDS = {"ended": Text("平息", "ended"), "returned": Text("复发", "returned")}
TURN = Text("{week}　{what}：{before} → {after}（{why}）", "{week} {what}: {before} → {after} ({why})")
WEEK = Text("{week}　{stage}，实有 {seen}，应有 {due}，{n}个单位", "{week} {stage}: {seen}, {due} expected, {n} units")
MEASURE = Text("{what}（{unit}，{by}前）", "{what} ({unit}, by {by})")
BACK = Text("原台账 {key} 销账后复发，等级提高一级", "it came back after {key} was closed: one level higher")
RULED = Text(
    "研判认为应归{unit}（{kind}）；归属已由人裁定，不变。",
    "The judgement names {unit} ({kind}); people ruled, it stays.",
)
LEANS = Text(
    "本周研判认为应归{unit}（{kind}）；再有一次即转。",
    "This week's judgement names {unit} ({kind}); once more and it moves.",
)
PLAYED = Text("在图上看蔓延", "The spread on the map")
SHOWN_WEEKS = 16


def _kept(*rows: Row) -> list[Row]:
    return [row for row in rows if row.value not in ("", None, [])]


def _member(kind, value: str) -> Text | str:
    """The shown name of a stored value; what is no member is shown as it is."""
    known = {str(one): one.label for one in kind} if kind else {}
    return known.get(value, value)


def _text(told: dict) -> Text | str:
    return Text(**told) if told else ""


def _otherwise(one: Register) -> Text | str:
    """Whom the newest judgement names, where it is not the unit that it lies with."""
    kind, _, unit = one.owner_said.partition(" ")
    if not unit or unit == one.unit_code:
        return ""
    told = RULED if one.ruled else LEANS
    return told.filled(kind=_member(Answerable, kind), unit=names.unit(unit))


def _judged(one: Register, actor: Actor) -> list[Row]:
    quiet = Text("自{week}起已平息", "quiet since {week}").filled(week=one.quiet_since) if one.quiet_since else ""
    return _kept(
        Row(Text("结论", "What is said"), Text(one.sentence, one.sentence_en) if one.sentence else "", "prose"),
        Row(Text("研判周", "Week"), one.week),
        Row(Text("阶段", "Stage"), _member(Stage, one.stage)),
        Row(Text("平息", "Quiet"), quiet),
        Row(Text("复发", "Came back"), BACK.filled(key=one.origin) if one.returned else ""),
        Row(Text("范围", "Reach"), _member(Reach, one.reach)),
        Row(Text("形态", "Shape"), _member(Shape, one.shape)),
        Row(Text("责任方", "Who answers"), _member(Answerable, one.owner_kind)),
        Row(Text("归属理由", "Why"), _text(one.owner_why)),
        Row(Text("研判归属", "Owner by the rule"), _otherwise(one)),
        Row(Text("业务条线", "Business line"), text_of("lines", one.line_code) if one.line_code else ""),
        Row(Text("起始周", "Since"), one.since),
        Row(Text("涉及单位", "Units"), [names.unit(code) for code in one.units], "list"),
    )


def _cell(one: Register, actor: Actor) -> list[Row]:
    told = one.cell
    proposed = _member(Grade, str(told.get("consequence", "")))
    return _kept(
        Row(Text("风险事件", "Incident"), _text(told.get("incident", {}))),
        Row(Text("建议成因", "Proposed factor"), _member(Factor, told.get("factor", ""))),
        Row(Text("建议后果等级", "Proposed grade"), proposed),
        Row(Text("等级依据", "Basis of the grade"), _text(told.get("consequence_basis", {}))),
        Row(Text("四周内不减轻的可能", "Likelihood over four weeks"), told.get("likelihood", "")),
        Row(Text("责任单位认定成因", "Factor, by its owner"), _member(Factor, one.factor)),
        Row(Text("责任单位认定后果", "Grade, by its owner"), _member(Grade, one.consequence)),
    )


def _treated(one: Register, actor: Actor) -> list[Row]:
    return _kept(
        Row(Text("措施", "Measures"), [MEASURE.filled(**row) for row in one.measures], "list"),
        Row(Text("评估日期", "Reviewed on"), one.review_on, "when"),
        Row(Text("剩余风险", "Residual risk"), _member(Residual, one.residual)),
    )


def _figures(one: Register, actor: Actor) -> list[Row]:
    told = {row["name"]: row["value"] for row in one.figures}
    return [Row(title, told[name]) for name, title in FIGURES.items() if told.get(name)]


def _turn(row: dict) -> Text:
    title, kind = TURNS.get(row["what"], (row["what"], None))
    said = {side: _side(kind, row[side]) for side in ("before", "after")}
    return TURN.filled(week=row["week"], what=title, why=_evidence(row["evidence"]), **said)


def _side(kind, value: str) -> Text | str:
    """A stage, a reach, …; an owner is a kind and a unit."""
    first, _, unit = value.partition(" ")
    said = ENDS.get(value) or _member(kind, first) or "—"
    return Text("{kind} {unit}", "{kind} {unit}").filled(kind=said, unit=names.unit(unit)) if unit else said


def _evidence(told: str) -> Text:
    """`observed=12.0；p=0.01` in words; a reason comes in both languages."""
    parts = [part.partition("=")[::2] for part in told.split("；") if part]
    zh = [value if name == "reason" else f"{_named(name).zh}{value}" for name, value in parts if name != "reason_en"]
    en = [value if name == "reason_en" else f"{_named(name).en} {value}" for name, value in parts if name != "reason"]
    return Text("，".join(zh), ", ".join(en))


def _named(name: str) -> Text:
    return EVIDENCE.get(name, Text(name, name))


def _changes(one: Register, actor: Actor) -> list[Row]:
    return _kept(Row(Text("变化", "Changes"), [_turn(row) for row in reversed(one.changes)], "list"))


def _course(one: Register, actor: Actor) -> list[Row]:
    weeks = [
        WEEK.filled(
            week=row["week"],
            stage=_member(Stage, row["stage"]) or Text("观察", "watched"),
            seen=row["observed"],
            due=row["expected"],
            n=len(row["units"].split()),
        )
        for row in reversed(one.course[-SHOWN_WEEKS:])
    ]
    played = (PLAYED, f"{reverse('register:board')}?risk={one.pk}#spread") if weeks and not one.is_closed else None
    return _kept(Row(Text("逐周", "By week"), weeks, "list"), Row(Text("回放", "Playback"), played, "link"))


DESK = register(
    Desk(
        Register,
        Text("每周研判发现的系统性、区域性风险逐项入账：认领或提出异议，定措施、定期评估，降到潜伏方可销账；误报单独记账。",
             "Every risk that the weekly judgement finds: taken on or disputed, treated, reviewed, closed once latent; false alarms are counted."),
        columns=(
            Column(Text("阶段", "Stage"), lambda one: _member(Stage, one.stage)),
            Column(Text("形态", "Shape"), lambda one: _member(Shape, one.shape)),
            Column(Text("责任单位", "Owner"), "unit_code", "unit"),
            Column(Text("研判周", "Week"), "week"),
        ),
        sections=(
            Section(Text("研判", "Judgement"), _judged),
            Section(Text("风险单元", "Risk cell"), _cell),
            Section(Text("防控", "Treatment"), _treated),
            Section(Text("数据", "Figures"), _figures),
            Section(Text("变化", "Changes"), _changes),
            Section(Text("逐周情况", "Course"), _course),
        ),
        related=beside,
        search_fields=("title", "lineage", "sentence"),
    )
)  # fmt: skip
