"""Is every name known, and does every operator get what it can work on? Checked against the contract before anything runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from guanjian.customs.formula.coded import where_checked, words_checked
from guanjian.customs.formula.operators import OPERATORS
from guanjian.customs.formula.traits import SHARE
from guanjian.customs.formula.tree import Call, Cut, Feature, Number, Parameter, Value, Words, features
from guanjian.customs.formula.trouble import FormulaError, shortened, unknown
from guanjian.customs.formula.vocabulary import BEFORE, LAST, PEERS, PEOPLE, THINGS, YEAR_AGO, Measure, Thing
from guanjian.kernel.words import Text

SIDES = ("≥", ">", "≤", "<")
EQUALS = ("=", "≠")
PERCENTS = ("RATIO", "DIFFR", "DIFF", "PROB", "COSIM")  # operators whose cut may be per hundred
WITHIN_ONE = ("PROB", "COSIM")
MOMENTS = (LAST, YEAR_AGO, PEERS, *(BEFORE.format(n=n) for n in range(2, 13)))


def measure_of(feature: Feature) -> Measure:
    """What a checked feature measures."""
    return THINGS[feature.subject].measures[feature.name]


def thing_of(call: Call) -> Thing:
    """The object that a checked formula is about."""
    return THINGS[features(call)[0].subject]


def checked(call: Call, parameters: Mapping[str, bool] | None = None) -> Call:
    """The formula with every code as it is stored; `parameters` says by name whether it is a percentage."""
    known = _Checker(dict(parameters or {}))
    found = known.call(call)
    if known.subject is None:
        raise FormulaError(
            call.place,
            "公式里没有特征，请至少写一个，如 事-企业-查验批次。",
            "there is no feature: name at least one, such as 事-企业-查验批次.",
        )
    return found


class _Checker:
    def __init__(self, parameters: dict[str, bool]) -> None:
        self.parameters = parameters
        self.subject: str | None = None

    def call(self, call: Call) -> Call:
        if OPERATORS[call.operator].logic:
            return replace(call, values=tuple(self.call(inner) for inner in call.values))
        if call.operator == "SUB":
            return self.membership(call)
        values = tuple(self.number(value, call.operator) for value in call.values)
        cut = replace(call.cut, value=self.number(call.cut.value, call.operator))
        if not any(isinstance(value, Feature) for value in values):
            raise FormulaError(
                call.place,
                f"{call.operator} 里没有特征，请至少写一个特征。",
                f"{call.operator} has no feature: give at least one.",
            )
        _direction(call.operator, cut)
        _alike(call.operator, values, cut)
        self._percents(call.operator, values, cut)
        return replace(call, values=values, cut=cut)

    def membership(self, call: Call) -> Call:
        value, cut = call.values[0], call.cut
        if not isinstance(value, Feature) or not isinstance(cut.value, Words):
            raise FormulaError(
                call.place,
                "SUB 应写作 SUB(代码特征, {代码, 代码})，如 SUB(事-报关单-监管方式, {0110})。",
                "SUB is written SUB(feature of codes, {code, code}), such as SUB(事-报关单-监管方式, {0110}).",
            )
        feature = self.feature(value)
        measure = measure_of(feature)
        if measure.kind not in ("code", "list"):
            raise FormulaError(
                feature.place,
                f"“{feature.plain}”是数值，SUB 只用于代码；比较大小请用 CMP。",
                f"“{feature.plain}” is a number and SUB is for codes: compare sizes with CMP.",
            )
        if cut.direction not in ("⊆", "⊄"):
            raise FormulaError(
                cut.place, "SUB 只能用 ⊆（属于）或 ⊄（不属于）。", "SUB takes only ⊆ (among) or ⊄ (not among)."
            )
        return replace(call, values=(feature,), cut=replace(cut, value=words_checked(cut.value, measure.own)))

    def number(self, value: Value, operator: str) -> Value:
        if isinstance(value, Parameter):
            return self.parameter(value)
        if isinstance(value, Words):
            raise FormulaError(
                value.place,
                f"{operator} 只比较数值，一组代码请用 SUB(特征, {{代码}})。",
                f"{operator} compares numbers: a set of codes belongs in SUB(feature, {{codes}}).",
            )
        if isinstance(value, Number):
            return value
        feature = self.feature(value)
        if measure_of(feature).kind != "number":
            raise FormulaError(
                feature.place,
                f"“{feature.plain}”是代码，不能比较大小；请用 SUB({feature.plain}, {{代码}})。",
                f"“{feature.plain}” is a code without size: use SUB({feature.plain}, {{codes}}).",
            )
        return feature

    def parameter(self, value: Parameter) -> Parameter:
        if value.name not in self.parameters:
            known = "、".join(sorted(self.parameters)) or "还没有参数"
            raise FormulaError(
                value.place,
                f"没有参数“{shortened(value.name)}”（已有：{known}）；请在参数表中写明它的数值和启用日期，或改用特征“维度-对象-特征”。",
                f"there is no parameter “{shortened(value.name)}”: give its value and date among the parameters, or name a feature.",
            )
        return value

    def _percents(self, operator: str, values: tuple[Value, ...], cut: Cut) -> None:
        """A percentage is compared with a share, or is the cut of an operator whose answer is one."""
        units = {measure_of(value).unit for value in (*values, cut.value) if isinstance(value, Feature)}
        of_shares = len(units) == 1 if operator == "RATIO" else operator in PERCENTS
        for value in (*values, cut.value):
            if self._percent(value) and units != {SHARE} and not (value is cut.value and of_shares):
                raise FormulaError(
                    value.place,
                    f"百分比“{value}”只能与比例比较，这里的单位是{'、'.join(sorted(unit.zh for unit in units))}；请写数值，或改用 RATIO、DIFFR。",
                    f"“{value}” is a percentage and can only be compared with a share: write a plain number, or use RATIO or DIFFR.",
                )

    def _percent(self, value: Value) -> bool:
        if isinstance(value, Parameter):
            return self.parameters[value.name]
        return isinstance(value, Number) and value.percent

    def feature(self, feature: Feature) -> Feature:
        if feature.subject in PEOPLE:
            raise FormulaError(
                feature.place,
                "不能按个人写公式：对人的比较须在同一排班内进行，请用 INT、EXM 类检测点，或改为“单位”。",
                "no formula is about a person: people are compared within one roster by detectors; write 单位 instead.",
            )
        if feature.subject not in THINGS:
            raise unknown(feature.place, Text("对象", "object"), feature.subject, THINGS)
        self._same_subject(feature)
        measure = self._known(feature)
        where = tuple(where_checked(one, feature, measure) for one in feature.where)
        self._moment(feature, measure)
        return replace(feature, where=where)

    def _same_subject(self, feature: Feature) -> None:
        if self.subject is None:
            self.subject = feature.subject
        if feature.subject != self.subject:
            raise FormulaError(
                feature.place,
                f"一个公式只说一种对象：前面是“{self.subject}”，这里是“{feature.subject}”，请统一。",
                f"a formula is about one kind of object: first {self.subject}, here {feature.subject}; choose one.",
            )

    @staticmethod
    def _known(feature: Feature) -> Measure:
        measures = THINGS[feature.subject].measures
        if feature.name not in measures:
            raise unknown(feature.place, Text(f"{feature.subject}特征", "feature"), feature.name, measures)
        measure = measures[feature.name]
        if feature.dimension != measure.dimension:
            right = f"{measure.dimension}-{feature.subject}-{feature.name}"
            raise FormulaError(
                feature.place,
                f"“{feature.name}”属于“{measure.dimension}”维度，请写作“{right}”。",
                f"“{feature.name}” is in dimension {measure.dimension}: write “{right}”.",
            )
        return measure

    @staticmethod
    def _moment(feature: Feature, measure: Measure) -> None:
        if not feature.at:
            return
        if feature.at not in MOMENTS:
            raise unknown(feature.place, Text("时点", "moment"), feature.at, (LAST, YEAR_AGO, PEERS, "前3期"))
        if feature.at != PEERS and not THINGS[feature.subject].periodic:
            raise FormulaError(
                feature.place,
                f"“{feature.subject}”只发生一次，没有“{feature.at}”；请用“@同类”，或改为按期统计的企业、单位。",
                f"a {feature.subject} happens once and has no “{feature.at}”: use @同类, or measure 企业 or 单位 by period.",
            )
        if measure.kind != "number":
            raise FormulaError(
                feature.place,
                f"“{feature.plain}”是代码，不能取“@{feature.at}”，请去掉。",
                f"“{feature.plain}” is a code and cannot be taken “@{feature.at}”: remove it.",
            )


def _direction(operator: str, cut: Cut) -> None:
    allowed = (*SIDES, *EQUALS) if operator == "CMP" else SIDES
    if cut.direction not in allowed:
        raise FormulaError(
            cut.place,
            f"{operator} 的阈值前只能用{'、'.join(allowed)}，现为“{cut.direction}”。",
            f"the cut of {operator} takes {', '.join(allowed)}, not “{cut.direction}”.",
        )
    if isinstance(cut.value, Feature) and operator != "CMP":
        raise FormulaError(
            cut.value.place,
            f"{operator} 的最后一项是阈值，应为数字或参数名，不能是特征。",
            f"the last value of {operator} is its cut: a number or a parameter, not a feature.",
        )


def _alike(operator: str, values: tuple[Value, ...], cut: Cut) -> None:
    if operator == "WAVG":
        _weights(values)
    if operator == "PROB":
        _shares(values)
    measured = [value for value in (*values, cut.value) if isinstance(value, Feature)]
    other = next((one for one in measured if measure_of(one).unit != measure_of(measured[0]).unit), None)
    if other is not None and (OPERATORS[operator].alike or operator == "WAVG"):
        first, unit, another = measured[0], measure_of(measured[0]).unit, measure_of(other).unit
        raise FormulaError(
            other.place,
            f"“{first.plain}”的单位是{unit.zh}，“{other.plain}”的单位是{another.zh}，{operator} 不能混用；请换成同单位的特征，或用 RATIO。",
            f"“{first.plain}” is in {unit.en} and “{other.plain}” in {another.en}: {operator} needs one unit; use RATIO or another feature.",
        )
    if operator in WITHIN_ONE and isinstance(cut.value, Number) and abs(cut.value.amount) > 1:
        raise FormulaError(
            cut.value.place,
            f"{operator} 的结果不超过1，阈值“{cut.value}”没有意义，请写0至1之间的数或百分比。",
            f"{operator} never exceeds 1, so the cut “{cut.value}” means nothing: write one between 0 and 1, or a percentage.",
        )


def _weights(values: tuple[Value, ...]) -> None:
    for weight, measured in zip(values[::2], values[1::2], strict=True):
        if not isinstance(weight, Number) or weight.percent or not isinstance(measured, Feature):
            raise FormulaError(
                weight.place,
                "WAVG 应成对写“权数, 特征”，如 WAVG(0.6, 物-企业-申报价值, 0.4, 物-企业-申报价值@上期, 100万)。",
                "WAVG takes pairs of weight and feature, such as WAVG(0.6, a, 0.4, b, 100).",
            )


def _shares(values: tuple[Value, ...]) -> None:
    for value in values:
        share = isinstance(value, Feature) and measure_of(value).unit == SHARE
        if not share and not (isinstance(value, Number) and 0 <= value.amount <= 1):
            raise FormulaError(
                value.place,
                f"PROB 只接受比例（0至1），“{value}”不是；请用查验率、查获率等。",
                f"PROB takes shares between 0 and 1, which “{value}” is not: use 查验率, 查获率 and the like.",
            )
