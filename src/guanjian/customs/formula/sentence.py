"""A formula said back: the sentence that an officer compares with what was meant."""

from __future__ import annotations

from guanjian.customs.formula.check import measure_of, thing_of
from guanjian.customs.formula.coded import name_of
from guanjian.customs.formula.operators import OPERATORS
from guanjian.customs.formula.traits import FACTS
from guanjian.customs.formula.tree import Call, Cut, Feature, Number, Parameter, Value, Words
from guanjian.customs.formula.vocabulary import FEWEST_PEERS, LAST, PEERS, YEAR_AGO
from guanjian.kernel.words import Text

SIDE = {
    "≥": Text("不低于", "is at least"),
    ">": Text("高于", "is above"),
    "≤": Text("不高于", "is at most"),
    "<": Text("低于", "is below"),
    "=": Text("等于", "is"),
    "≠": Text("不等于", "is not"),
    "⊆": Text("属于", "is among"),
    "⊄": Text("不属于", "is not among"),
}
MOMENT = {
    "": Text("{name}", "{name}"),
    LAST: Text("上期{name}", "{name} of the period before"),
    YEAR_AGO: Text("去年同期{name}", "{name} of the same period last year"),
    PEERS: Text("同类{name}的中位数", "the median {name} of peers"),
}
BEFORE = Text("{at}{name}的平均数", "the mean {name} of the {n} periods before")
FIRST = Text(
    "逐{period}看每个{thing}：{said}，即提示。", "For each {thing}, {period} by {period}: flagged when {said}."
)
ONCE = Text("看每个{thing}：{said}，即提示。", "For each {thing}: flagged when {said}.")
ALIKE = Text("（同类指{peers}，不足{n}个则不判断。）", " (Peers are {peers}; fewer than {n}: nothing is said.)")


def explained(call: Call, period: Text) -> Text:
    """The whole formula as one sentence in both languages."""
    thing = thing_of(call)
    whole = (FIRST if thing.periodic else ONCE).filled(thing=thing.title, period=period, said=said(call))
    if f"@{PEERS}" not in str(call):
        return whole
    peers = ALIKE.filled(peers=thing.peers, n=FEWEST_PEERS)
    return Text(whole.zh + peers.zh, whole.en + peers.en)


def said(call: Call, nested: bool = False) -> Text:
    """One operator on what it is given."""
    operator = OPERATORS[call.operator]
    if operator.logic:
        inner = [said(value, nested=True) for value in call.values]
        whole = _filled(operator.says, inner)
        return Text(f"（{whole.zh}）", f"({whole.en})") if nested else whole
    measured = _filled(operator.says, [value_said(value) for value in call.values])
    return Text(
        f"{measured.zh}{SIDE[call.cut.direction].zh}{_cut(call, call.cut).zh}",
        f"{measured.en} {SIDE[call.cut.direction].en} {_cut(call, call.cut).en}",
    )


def value_said(value: Value) -> Text:
    """A value in words."""
    if isinstance(value, Feature):
        return feature_said(value)
    if isinstance(value, Words):
        return Text("、".join(value.values), ", ".join(value.values))
    if isinstance(value, Parameter):
        return Text(f"参数“{value.name}”", f"parameter “{value.name}”")
    return Text(str(value), str(value))


def feature_said(feature: Feature) -> Text:
    """A feature in words, with its conditions and its moment."""
    measure = measure_of(feature)
    name = measure.title
    if feature.where:
        conditions = [_condition(one, FACTS[measure.fact].traits[one.name]) for one in feature.where]
        name = Text(
            f"{name.zh}（{'、'.join(one.zh for one in conditions)}）",
            f"{name.en} ({', '.join(one.en for one in conditions)})",
        )
    if feature.at in MOMENT:
        return MOMENT[feature.at].filled(name=name)
    return BEFORE.filled(name=name, at=feature.at, n=feature.at[1:-1])


def _condition(where, trait) -> Text:
    value, side = name_of(where.value, trait), SIDE[where.direction]
    zh = "为" if where.direction == "=" else side.zh
    return Text(f"{trait.name.zh}{zh}{value.zh}", f"{trait.name.en} {side.en} {value.en}")


def _cut(call: Call, cut: Cut) -> Text:
    first = next(value for value in call.values if isinstance(value, Feature))
    measure = measure_of(first)
    if isinstance(cut.value, Words):
        names = [name_of(code, measure.own) for code in cut.value.values]
        return Text("、".join(name.zh for name in names), ", ".join(name.en for name in names))
    plain = value_said(cut.value)
    if not isinstance(cut.value, Number):
        return plain
    if call.operator == "DIFFR" and not cut.value.percent:
        return Text(f"{plain.zh}%", f"{plain.en} %")
    if call.operator == "DIFF" and cut.value.percent:
        second = value_said(call.values[1])
        return Text(f"{second.zh}的{plain.zh}", f"{plain.en} of {second.en}")
    plainly = call.operator in ("CMP", "DIFF", "AVG", "DIFFX", "WAVG", "DIST", "DIST3D") and not cut.value.percent
    unit = measure.unit if plainly and measure.unit.zh != "比例" else Text("", "")
    return Text(f"{plain.zh}{unit.zh}", f"{plain.en} {unit.en}".strip())


def _filled(template: Text, values: list[Text]) -> Text:
    both = Text("、".join(value.zh for value in values), ", ".join(value.en for value in values))
    return Text(
        template.zh.format(*(value.zh for value in values), all=both.zh),
        template.en.format(*(value.en for value in values), all=both.en),
    )
