"""The language of indicators: it reads what it writes, refuses with one sentence that says where and what, and runs nothing."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guanjian.customs import TABLES
from guanjian.customs.formula.check import checked
from guanjian.customs.formula.indicator import Indicator
from guanjian.customs.formula.operators import ATTRIBUTES, LOGIC
from guanjian.customs.formula.page import PATH, page
from guanjian.customs.formula.parse import parse
from guanjian.customs.formula.traits import FACTS, HEADS
from guanjian.customs.formula.trouble import FormulaError
from guanjian.customs.formula.vocabulary import THINGS
from guanjian.kernel.errors import BadInput
from tests.engine.formula.little import formulas, indicator

EXAMPLES = {  # what an officer writes: what it says
    "AND（CMP(事-企业-查验批次[查验方式=彻底查验], 20)，CMP(事-企业-查获率, <1%)）": "查验批次（查验方式为彻底查验）不低于20次，并且查获率低于1%",
    "ratio(物-商品项-单价, 物-商品项-单价@同类, <50%)": "单价与同类单价的中位数之比低于50%",
    "RATIO(物-企业-申报价值, 物-企业-申报价值@去年同期, 2)": "申报价值与去年同期申报价值之比不低于2",
    "DIFFR(事-单位-改单次数, 事-单位-改单次数@前3期, 50)": "改单次数比前3期改单次数的平均数高出的百分比不低于50%",
    "SUB(事-报关单-监管方式, {一般贸易、0130})": "监管方式属于一般贸易、易货贸易",
    "CMP(物-企业-申报价值, 100万)": "申报价值不低于1000000元",
    "DIFF(物-报关单-毛重, 物-报关单-净重, 5%)": "毛重减净重的差不低于净重的5%",
    "PROB(事-单位-查验率, 事-单位-查获率, 事-单位-移送率, <0.1%)": "查验率、查获率、移送率连乘的概率低于0.1%",
    "IMP(CMP(事-企业-移送批次, 1), CMP(事-企业-查获批次, 1))": "若移送批次不低于1次，则查获批次不低于1次",
}
WRONG = {  # what an officer writes: where, and what the sentence says to do
    "": (1, "还没有写公式"),
    "查验批次大于20": (1, "没有名为“查验批次大于20”的算子"),
    "CMP(事-关员-查获率, <1%)": (5, "不能按个人写公式"),
    "CMP(物-企业-查验批次, 3)": (5, "请写作“事-企业-查验批次”"),
    "CMP(事-企业-查验批)": (1, "需要一个特征和阈值"),
    "CMP(事-企业-查验次数, 3)": (5, "请改用查验批次"),
    "CMP(事-企业-查验批次, 5%)": (16, "百分比“5%”只能与比例比较"),
    "CMP(事-企业-查验批次, 20) AND CMP(事-企业-查获率, <1%)": (20, "请用 AND( , ) 或 OR( , )"),
    "CMP(事-企业-查验批次, 20": (18, "应为“)”，现为末尾"),
    "RATIO(CMP(事-企业-查获率,1),2,3)": (7, "结果只有0和1"),
    "DIFF(物-报关单-毛重, 物-报关单-申报价值, 3)": (16, "单位是千克"),
    "CMP(事-报关单-监管方式, 3)": (5, "请用 SUB(事-报关单-监管方式, {代码})"),
    "SUB(事-报关单-监管方式, {一般贸意})": (17, "请改用一般贸易"),
    "SUB(物-报关单-毛重, {3})": (5, "比较大小请用 CMP"),
    "CMP(事-企业-查验批次, 下限)": (16, "没有参数“下限”"),
    "CMP(物-报关单-申报价值@上期, 3)": (5, "只发生一次"),
    "CMP(事-企业-查验批次@明年, 3)": (5, "没有名为“明年”的时点"),
    "AND(CMP(事-企业-查验批次,3), CMP(事-单位-查验批次,3))": (27, "一个公式只说一种对象"),
    "CMP(事-企业-查验批次[查获=有], 20)": (15, "只能写“是”或“否”"),
    "CMP(事-企业-查获率[查获=是], 20)": (14, "不能加条件"),
    "PROB(事-单位-查验率, 事-单位-申报批次, 1, 5%)": (16, "PROB 只接受比例"),
    "COSIM(事-单位-申报批次, 事-单位-查验批次, 事-单位-申报批次, 事-单位-查验批次, 3)": (51, "不超过1"),
    "RATIO(1, 2, 3)": (1, "没有特征"),
    "AND(CMP(1, 2), CMP(2, 3))": (5, "没有特征"),
    "NOT(CMP(事-企业-查验批次, 3))": (1, "没有名为“NOT”的算子"),
}
HOSTILE = (
    "'; DROP TABLE declarations; --",
    "__import__('os').system('true')",
    "CMP(事-企业-查验批次) OR 1=1",
    "SUB(事-报关单-监管方式, {0110' OR '1'='1})",
    "CMP(事-企业-查验批次[查验方式=A'--], 3)",
    "AND(" * 400 + "CMP(事-企业-查验批次, 3)" + ")" * 400,
    "CMP(事-企业-查验批次, 3)" * 2000,
    "CMP(事-企业-查验批次, 1e999)",
    "\x00\ufeff\u202e",
    "{0.__class__}",
    "CMP(事-企业-{0}, 3)",
)


def test_the_operators_are_those_of_the_national_list():
    attributes = "CMP DIFF MUL RATIO DIFFR SUB AVG VAR DIST WAVG DIFFX MVAR DIST3D PROB COSIM"
    assert [one.name for one in ATTRIBUTES] == attributes.split()
    assert [one.name for one in LOGIC] == [
        "AND",
        "OR",
        "XOR",
        "IMP",
        "NAND",
        "NOR",
        "XNOR",
        "AND3",
        "OR3",
        "XOR3",
        "IMP3",
    ]


def test_every_feature_rests_on_columns_of_the_contract():
    for fact in FACTS.values():
        known = {*TABLES[fact.table].names, *TABLES[HEADS].names}
        used = {fact.when, *fact.links.values(), *(name for trait in fact.traits.values() for name in trait.columns)}
        assert used <= known, fact.table
    for thing in THINGS.values():
        for measure in thing.measures.values():
            assert not measure.trait or measure.own
            assert set(measure.of) <= {"", *thing.measures}


def test_no_feature_is_about_a_person():
    assert not {"officer_id", "officer1", "investigators"} & {
        name for fact in FACTS.values() for trait in fact.traits.values() for name in trait.columns
    }
    assert set(THINGS) == {"报关单", "商品项", "企业", "单位", "案件"}


@pytest.mark.parametrize("formula", EXAMPLES)
def test_a_formula_is_said_back(formula):
    one = Indicator.read(formula)
    assert EXAMPLES[formula] in one.said.zh
    assert one.said.en
    assert Indicator.read(str(one.call)).call == one.call


@pytest.mark.parametrize("formula", WRONG)
def test_a_wrong_formula_is_refused_with_the_place_and_what_to_change(formula):
    place, says = WRONG[formula]
    with pytest.raises(FormulaError) as refused:
        Indicator.read(formula)
    assert says in refused.value.text.zh
    assert refused.value.place == place
    assert f"第{place}个字符" in refused.value.text.zh
    assert f"character {place} " in refused.value.text.en


@pytest.mark.parametrize("formula", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_input_is_refused_in_one_sentence(formula):
    with pytest.raises(BadInput) as refused:
        Indicator.read(formula)
    assert len(refused.value.text.zh) < 250


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(formulas(), st.sampled_from(("day", "month")))
def test_what_is_written_back_is_read_the_same(formula, period):
    one = indicator(formula, period)
    assert checked(parse(str(one.call)), {"下限": False}) == one.call
    assert one.said.zh
    assert one.said.en


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.text(max_size=60) | formulas().flatmap(lambda text: st.permutations(re.findall(r"\w+|\W", text)).map("".join))
)
def test_whatever_is_typed_is_read_or_refused_and_nothing_else(text):
    with suppress(BadInput):
        assert Indicator.read(text).said.zh


def parameter(value="5", since="2026-01-01", name="下限"):
    return {"name": name, "since": since, "value": value}


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([parameter("五")], "不是数字"),
        ([parameter(), parameter("6")], "同一天有两个数值"),
        ([parameter(), parameter("6%", "2026-02-01")], "带百分号"),
        ([parameter(), parameter(name="上限")], "没有用到参数“上限”"),
        ([parameter("nan")], "不是数字"),
    ],
)
def test_parameters_are_checked(rows, says):
    with pytest.raises(BadInput, match=says):
        Indicator.read("CMP(事-企业-查验批次, 下限)", rows)


def test_a_fingerprint_changes_with_whatever_decides_what_is_flagged():
    plain = Indicator.read("CMP(事-企业-查验批次, 下限)", [parameter()])
    others = (
        Indicator.read("CMP(事-企业-查验批次, >下限)", [parameter()]),
        Indicator.read("CMP(事-企业-查验批次, 下限)", [parameter("6")]),
        Indicator.read("CMP(事-企业-查验批次, 下限)", [parameter()], "week"),
        Indicator.read("CMP(事-企业-查验批次, 下限)", [parameter()], district="2200"),
    )
    assert len({plain.fingerprint(), *(one.fingerprint() for one in others)}) == 5
    assert plain.fingerprint() == Indicator.read(" cmp（事-企业-查验批次，下限） ", [parameter()]).fingerprint()


def test_the_same_in_another_order_is_the_same_and_other_numbers_are_alike():
    one = Indicator.read("AND(CMP(事-企业-查验批次, 20), CMP(事-企业-查获率, <1%))")
    turned = Indicator.read("AND(CMP(事-企业-查获率, <0.01), CMP(事-企业-查验批次, 20))")
    near = Indicator.read("AND(CMP(事-企业-查获率, <2%), CMP(事-企业-查验批次, 30))")
    other = Indicator.read("OR(CMP(事-企业-查获率, <1%), CMP(事-企业-查验批次, 20))")
    assert one.essence() == turned.essence()
    assert near.essence() != one.essence()
    assert near.essence(numbers=False) == one.essence(numbers=False)
    assert other.essence(numbers=False) != one.essence(numbers=False)


def test_the_page_of_the_language_is_current():
    assert (Path(__file__).resolve().parents[3] / PATH).read_text(encoding="utf-8") == page(), "run: make draw"
