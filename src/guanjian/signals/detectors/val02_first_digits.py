"""VAL-02: values that somebody made up: first digits against Benford's law, where the law can be expected at all."""

from __future__ import annotations

import numpy as np
import pandas as pd

from guanjian.engine.looked import Looked
from guanjian.kernel.papers import Subject
from guanjian.kernel.words import Text
from guanjian.signals.detector import Param, detector
from guanjian.signals.lines import goods_lines
from guanjian.signals.period import months
from guanjian.signals.whose import main_units
from guanjian.stats import benford
from guanjian.stats.robust import inflation

FEWEST = 30  # values of one goods from which its spread can be known
DIGITS = [f"d{digit}" for digit in range(1, 10)]

EXAMPLE = """
declarations: entry_id unit_code consignee_id declared_at
a{i} 2201 编公司 2026-03-02T09:00+{i}m *120
b{i} 2201 编公司 2026-03-03T09:00+{i}m *9
items: entry_id item_no hs_code value_cny
a{i} 1 8471300000 7{i}.5 *120
b{i} 1 8471300000 7{i}00000 *9
"""


@detector(
    "VAL-02",
    Text("首位数字异常", "First digits against Benford's law"),
    line="valuation",
    node="price_review",
    subject=Subject.ENTERPRISE,
    reads=("declarations", "items"),
    statistical=True,
    pooled="how far honest values stray from the law anyway is learned from all enterprises that pass the gate",
    says=Text(
        "企业 {subject_id} 的 {values} 个申报价值的首位数字偏离本福特定律：平均绝对偏差 {observed:.3f}，同样多的自然数据约"
        " {expected:.3f}；χ² = {chi_square:.1f}，p = {p_value:.2g}（已按全体企业的偏离放宽）。",
        "The first digits of {values} declared values of enterprise {subject_id} stray from Benford's law: mean absolute"
        " deviation {observed:.3f} where natural data of this size show about {expected:.3f}; χ² = {chi_square:.1f},"
        " p = {p_value:.2g} (widened by how far all enterprises stray).",
    ),
    params={
        "cut": Param(1.3, Text("−lg p", "−lg p"), Text("p 值的负常用对数至少", "minus the decimal logarithm of p")),
        "least": Param(100, Text("个", "values"), Text("至少几个申报价值", "fewest declared values")),
        "width": Param(
            0.5,
            Text("数量级", "decades"),
            Text("同一商品内价值常用对数的标准差至少", "sd of log10 values within goods"),
        ),
        "top_share": Param(0.1, Text("比例", "share"), Text("同一价值至多占", "largest share of one same value")),
        "same_quantity": Param(
            0.01,
            Text("概率", "chance"),
            Text("任取两项数量相同的概率至多", "largest chance that two lines of the goods have the same quantity"),
        ),
    },
)
def first_digits(session, cut, **gate):
    """申报价值的首位数字与自然形成的数据不同：可能是编造、拼凑或按限额倒推的价值。

    先过适用性门槛：只看价值在同一商品之内就跨越足够多数量级的商品（几种价位各异的商品混在一起，不等于跨度大）、
    数量足够、没有一个价值占去太多；按一台、两台、三台计数的商品，价值只是单价的几倍，也不看。过不了的企业不判断。真实的价值也不会完全服从本福特定律，所以按全体过门槛企业的
    共同偏离（中位企业）放宽，只有明显比大家更偏的才报。

    Score: −lg p，p 由似然比统计量 G 得出（至多 25 个价值时为全部组合的精确概率）。
    Silent when: 没有过门槛；或大家都同样偏离。
    Misses: 编造得符合定律的价值；价值跨度小的行业；只有少数几票造假的企业。这是筛查，不是证据。
    """
    judged = _judged(session.frame(_counts(goods_lines(session), gate)))
    return Looked(judged[judged["score"] >= cut], len(judged), more=lambda found: _shown(session, found))


def _counts(lines, gate: dict):
    """Digits of every enterprise that passes the gate, over the goods whose own values are wide enough."""
    least, width = gate["least"], gate["width"]
    known = lines.filter(lines.value_cny > 0)
    values = known.group_by("consignee_id", "hs_code", "value_cny").agg(
        times=known.count(), first=known.on.min(), last=known.on.max()
    )
    digit = (values.value_cny * 10_000).cast("int64").cast("string").substr(0, 1).cast("int8")
    values = values.mutate(digit=digit, log=values.value_cny.cast("float64").log10())
    weight = values.times
    goods = values.group_by("consignee_id", "hs_code").agg(
        n=weight.sum(),
        top=weight.max(),
        logs=(values.log * weight).sum(),
        squares=(values.log * values.log * weight).sum(),
        first=values["first"].min(),
        last=values["last"].max(),
        **{name: weight.sum(where=values.digit == number) for number, name in enumerate(DIGITS, 1)},
    )
    variance = goods.squares / goods.n - (goods.logs / goods.n) ** 2
    goods = goods.filter(goods.n >= min(FEWEST, least), variance >= width * width)
    goods = goods.anti_join(_counted_off(known, goods, gate["same_quantity"]), ["consignee_id", "hs_code"])
    counted = goods.group_by("consignee_id").agg(
        n=goods.n.sum(),
        top=goods.top.max(),
        first=goods["first"].min(),
        last=goods["last"].max(),
        **{name: goods[name].sum() for name in DIGITS},
    )
    return counted.filter(counted.n >= least, counted.top <= gate["top_share"] * counted.n)


def _counted_off(lines, goods, same: float):
    """Goods that come in ones, twos and threes: two lines have the same quantity more often than `same`.

    Their values are multiples of one price: a ladder with few rungs, whose first digits no law foretells.
    """
    asked = lines.filter(lines.log_price.notnull()).semi_join(goods, ["consignee_id", "hs_code"])
    amount = (asked.value_cny.cast("float64").ln() - asked.log_price).round(6)  # the logarithm of the quantity
    times = asked.mutate(amount=amount).group_by("consignee_id", "hs_code", "amount").agg(times=lambda t: t.count())
    each = times.group_by("consignee_id", "hs_code").agg(
        lines=times.times.sum(), pairs=(times.times * (times.times - 1)).sum()
    )
    return each.filter(each.pairs > same * each.lines * (each.lines - 1))


def _judged(of: pd.DataFrame) -> pd.DataFrame:
    digits = of[DIGITS].fillna(0).to_numpy(float)
    n = of["n"].to_numpy(float)
    g = benford.g_statistic(digits)
    alike = inflation(g, benford.FREEDOM, n)
    p_value = benford.asymptotic_p(g, 1 + (n - 1) * alike)
    for row in np.flatnonzero(n <= benford.ENUMERABLE):
        p_value[row] = benford.exact_p(digits[row].astype(int))[0]
    return pd.DataFrame(
        {
            "subject_id": of["consignee_id"],
            "period": months(of["first"], of["last"]),
            "p_value": p_value,
            "score": -np.log10(p_value),
            "observed": benford.mean_absolute_deviation(digits),
            "expected": benford.expected_deviation(n),
            "values": of["n"],
            "digits": list(digits.astype(int)),
            "chi_square": benford.chi_square(digits),
            "g": g,
            "alike": alike,
        }
    )


def _shown(session, judged: pd.DataFrame) -> pd.DataFrame:
    """Two more measures on the values of those found, and the entries that hold them."""
    lines = goods_lines(session)
    asked = session.lend("asked_enterprises", pd.DataFrame({"consignee_id": judged["subject_id"].astype(str)}))
    mine = lines.filter(lines.value_cny > 0).semi_join(asked, "consignee_id")
    found = session.frame(
        mine.group_by("consignee_id").agg(
            worth=mine.value_cny.cast("float64").collect(),
            rows=mine.entry_id.collect(distinct=True, order_by=mine.entry_id),
        )
    ).set_index("consignee_id")
    worth = [np.asarray(found["worth"][subject], float) for subject in judged["subject_id"]]
    return judged.assign(
        unit_code=main_units(session, judged["subject_id"]),
        kolmogorov_smirnov=[benford.kolmogorov_smirnov(values) for values in worth],
        sum_invariance=[benford.sum_invariance(values) for values in worth],
        rows=[list(found["rows"][subject]) for subject in judged["subject_id"]],
    )
