"""Every feature that a formula may name, `维度-对象-特征`, by the object that it is about. A person is no object.

Officers are compared by detectors that condition on the roster (INT-02 and its kind), never by a formula: a raw share
names innocent people.
"""

from __future__ import annotations

from dataclasses import dataclass

from guanjian.customs.formula.traits import (
    CASE,
    CNY,
    ENTERPRISE,
    ENTRY,
    FACTS,
    HOURS,
    ITEM,
    KG,
    MINUTES,
    SHARE,
    TIMES,
    UNIT,
    Trait,
)
from guanjian.kernel.papers import Subject
from guanjian.kernel.words import Names, Text


class Dimension(Names):
    """The five dimensions of the national list."""

    GOODS = "物", "物", "Goods"
    ACTS = "事", "事", "Acts"
    PAPERS = "证", "证", "Papers"
    PLACES = "场", "场", "Places"
    PEOPLE = "人", "人", "People"


@dataclass(frozen=True)
class Measure:
    """One feature of an object: a trait of its own row, or facts counted, added up or averaged over the object.

    `how`: own, count, sum, mean, share. A share is one count in a hundred of another (`of`: the two measures).
    """

    name: str
    dimension: str
    title: Text
    unit: Text
    how: str
    fact: str
    trait: str = ""
    where: tuple[tuple[str, str], ...] = ()  # trait, stored value: what the name itself says of the facts
    of: tuple[str, str] = ("", "")
    kind: str = "number"

    @property
    def own(self) -> Trait:
        """The trait behind it."""
        return FACTS[self.fact].traits[self.trait]


@dataclass(frozen=True)
class Thing:
    """An object that an indicator may be about. `periodic`: it is measured anew in each period, from facts."""

    name: str
    subject: Subject
    title: Text
    fact: str  # whose rows it is, or whose moments say in which periods it is seen
    periodic: bool
    peers: Text
    measures: dict[str, Measure]


def _own(fact: str, dimensions: str) -> list[Measure]:
    """Every trait of the fact as a feature of its own row; `dimensions` gives the dimension of each, in order."""
    traits = FACTS[fact].traits
    return [
        Measure(name, dimension, trait.name, trait.unit, "own", fact, name, kind=trait.kind)
        for dimension, (name, trait) in zip(dimensions, traits.items(), strict=True)
    ]


def _count(name: str, en: str, fact: str, *where: tuple[str, str]) -> Measure:
    return Measure(name, "事", Text(name, en), TIMES, "count", fact, where=where)


def _sum(name: str, en: str, fact: str, trait: str, unit: Text = CNY) -> Measure:
    return Measure(name, "物", Text(name, en), unit, "sum", fact, trait)


def _mean(name: str, en: str, fact: str, trait: str, unit: Text) -> Measure:
    return Measure(name, "事", Text(name, en), unit, "mean", fact, trait)


def _share(name: str, en: str, part: str, whole: str) -> Measure:
    return Measure(name, "事", Text(name, en), SHARE, "share", "查验", of=(part, whole))


EXAMINED = (
    _count("查验批次", "examinations", "查验"),
    _count("查获批次", "finds", "查验", ("查获", "是")),
    _count("移送批次", "transfers to the police", "查验", ("处理", "4")),
    _mean("平均查验分钟", "mean minutes of examination", "查验", "查验分钟", MINUTES),
    _sum("核定价值", "value assessed", "查验", "核定价值"),
)
DECLARED = (
    _count("申报批次", "declarations", "申报"),
    _sum("申报价值", "value declared", "申报", "申报价值"),
    _sum("税款", "duty and tax", "申报", "税款"),
    _sum("毛重", "gross weight", "申报", "毛重", KG),
    _mean("平均通关小时", "mean hours to release", "申报", "通关小时", HOURS),
    _count("商品项数", "goods items", "商品"),
    *EXAMINED,
    _share("查验率", "examination rate", "查验批次", "申报批次"),
    _share("查获率", "find rate", "查获批次", "查验批次"),
    _share("移送率", "transfer rate", "移送批次", "查获批次"),
)
OF_UNITS = (
    *DECLARED,
    _count("布控指令数", "instructions", "布控"),
    _count("布控命中数", "instructions hit", "布控", ("命中", "是")),
    _mean("平均签收分钟", "mean minutes to signature", "布控", "签收分钟", MINUTES),
    _count("立案数", "cases filed", "案件"),
    _sum("案值", "value of cases", "案件", "案值"),
    _sum("偷逃税额", "duty evaded", "案件", "偷逃税额"),
    _count("操作次数", "events", "操作"),
    _count("改单次数", "amendments", "操作", ("环节", "amend")),
    _count("删单次数", "cancellations", "操作", ("环节", "cancel")),
    _count("人工干预次数", "overrides", "操作", ("环节", "override")),
    _count("问题数", "problems", "问题"),
    _count("复发问题数", "problems that recurred", "问题", ("复发", "是")),
    _count("外勤作业数", "field jobs", "外勤"),
)


def _thing(name: str, subject: Subject, fact: str, peers: tuple[str, str], measures) -> Thing:
    known = {measure.name: measure for measure in measures}
    return Thing(name, subject, subject.label, fact, name in (ENTERPRISE, UNIT), Text(*peers), known)


THINGS = {
    thing.name: thing
    for thing in (
        _thing(ENTRY, Subject.ENTRY, "申报", ("同关区、同监管方式、同进出口、同月的报关单", "entries of the same unit, mode, direction and month"),
               (*_own("申报", "物物物物物事事事事事物人人事事"), *EXAMINED[:3])),
        _thing(ITEM, Subject.ITEM, "商品", ("同商品编号、同原产国、同计量单位、同进出口、同月的商品项", "items of the same HS code, origin, measure, direction and month"),
               _own("商品", "物物物物物物物事事")),
        _thing(ENTERPRISE, Subject.ENTERPRISE, "申报", ("同期主要在同一关区申报的企业", "enterprises that mainly declare at the same unit in that period"), DECLARED),
        _thing(UNIT, Subject.UNIT, "申报", ("同期同级别、同类型、同组别的单位", "units of the same level, kind and group in that period"), OF_UNITS),
        _thing(CASE, Subject.CASE, "案件", ("同类别、同年立案的案件", "cases of the same kind and year"), _own("案件", "事事物物物物事")),
    )
}  # fmt: skip
PEOPLE = ("关员", "警员", "人员", "officer", "岗位")
LAST, YEAR_AGO, PEERS, BEFORE = "上期", "去年同期", "同类", "前{n}期"
FEWEST_PEERS = 5
