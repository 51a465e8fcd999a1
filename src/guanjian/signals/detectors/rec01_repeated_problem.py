"""REC-01: problems that come back after their close-out: too many at a node of a unit, or closed without any evidence."""

from __future__ import annotations

import numpy as np
import pandas as pd

from guanjian.engine.clock import day
from guanjian.engine.looked import Looked
from guanjian.engine.tables import events, problems
from guanjian.kernel.papers import Subject
from guanjian.kernel.words import Text
from guanjian.signals.detector import Param, detector
from guanjian.stats.difference import joined
from guanjian.stats.exact import upper_tail

PLACE = ["unit_code", "node"]
HANDED_IN = ["apply", "rectify.apply", "rectify.report"]  # what a unit does when it shows that a problem was put right

EXAMPLE = """
problems: problem_id source unit_code line_code node_code found_on severity closed_on
a{i} audit 2201 CLR-EXAM N-{i} 2026-03-05 medium 2026-03-10 *9
b{i} audit 2202 CLR-EXAM N-{i} 2026-03-05 medium 2026-03-10 *9
c{i} audit 2203 CLR-EXAM N-{i} 2026-03-05 medium 2026-03-10 *9
d{i} audit 2204 CLR-EXAM N-{i} 2026-03-05 medium 2026-03-10 *9
e{i} audit 2205 CLR-EXAM N-{i} 2026-03-05 medium 2026-03-10 *9
f{i} audit 2206 CLR-EXAM N-{i} 2026-03-05 medium 2026-03-10 *9
g{i} audit 2207 CLR-EXAM N-{i} 2026-03-05 medium 2026-03-10 *9
h{i} audit 2208 CLR-EXAM N-{i} 2026-03-05 medium 2026-03-10 *9
i{i} audit 2209 CLR-EXAM N-{i} 2026-03-05 medium 2026-03-10 *9
p{i} warning 2201 CLR-EXAM N-1 2026-05-05 medium 2026-05-10 *20
"""


@detector(
    "REC-01",
    Text("整改后问题再犯", "Problem back after rectification"),
    line="supervision",
    node="rectify",
    subject=Subject.UNIT,
    reads=("problems",),
    may_read=("events",),
    statistical=True,
    pooled="how many problems, and how many close-outs without evidence, are usual is learned from all units and nodes",
    says=Text(
        "单位 {subject_id} 的内控节点 {problem_node} 共发生问题 {observed:.0f} 个，按该单位和该节点的一般数量应约"
        " {expected:.1f} 个（p = {p_value:.2g}）；其中 {repeats} 个出现在同类问题销号之后 {within_days} 天内，最短只隔"
        " {shortest_days} 天{bare_zh}：整改可能只在纸面上。",
        "Node {problem_node} of unit {subject_id} had {observed:.0f} problems where unit and node explain {expected:.1f}"
        " (p = {p_value:.2g}); {repeats} of them within {within_days} days of a close-out of the same, once after"
        " {shortest_days} days only{bare_en}: the rectification may exist on paper alone.",
    ),
    params={
        "cut": Param(1.3, Text("−lg p", "−lg p"), Text("p 值的负常用对数至少", "minus the decimal logarithm of p")),
        "least": Param(2, Text("次", "times"), Text("销号后再犯至少几次", "came back at least so often")),
        "within_days": Param(
            180, Text("天", "days"), Text("销号后多少天内算再犯", "days after the close-out that count")
        ),
        "borrowed": Param(
            20.0, Text("次", "close-outs"), Text("全关无佐证比例的分量，折合销号次数", "how much all other units count")
        ),
    },
)
def repeated_problem(session, cut, least, within_days, borrowed):
    """同一单位、同一内控节点（没有节点时为同一条线）的问题在销号之后反复出现，且总数明显多于该单位、该节点的一般数量，或销号时没有佐证。

    重复发生的问题要求高度敏感（双轮驱动、双析双控）；但繁忙的单位和常出问题的节点偶有再犯并不说明整改是假的，所以与单位、
    节点两边的总量相比（独立表，只看出过问题的格子），并按全表的离散程度放宽。只有先销号、后再犯才算。销号之前没有提交整改佐证
    （整改事件）的次数，与本单位其他节点、以全关其他单位补足的比例相比；问题既定时两者互不相关，合并为一个 p（Fisher）。

    Score: −lg p，p 由两部分合并：已有问题时问题数达到或超过所见的概率（泊松，按离散程度放宽为负二项），无佐证销号次数达到
    或超过所见的概率（没有整改事件时不计）。
    Silent when: 销号后再犯少于 `least` 次；或问题数与单位、节点的一般数量相符。
    Misses: 换一个节点名称登记的同类问题；全系统一起再犯（由系统性风险看）；没有登记的问题。
    """
    cells = _judged(session.frame(_cells(within_days)), borrowed)
    of = cells[(cells["repeats"] >= least) & (cells["score"] >= cut)].reset_index(drop=True)
    period = [f"{first:%Y-%m} {node}" for first, node in zip(of["first"], of["node"], strict=True)]
    of = of.assign(subject_id=of["unit_code"], period=period, within_days=within_days)
    of = of.astype({"shortest_days": int, "repeats": int, "closed": int, "bare": int}).rename(
        columns={"node": "problem_node"}
    )
    return Looked(_worded(of.drop(columns="first")), len(cells))


def _worded(of: pd.DataFrame) -> pd.DataFrame:
    """With the words on evidence, where anybody hands in any."""
    said = {
        "bare_zh": "；{closed} 次销号中 {bare} 次没有提交佐证（一般约 {bare_usual:.2g} 次）",
        "bare_en": "; {bare} of {closed} close-outs came without evidence, where {bare_usual:.2g} are usual",
    }
    rows = of.to_dict("records")
    told = {name: [text.format(**row) * (row["bare_p"] is not None) for row in rows] for name, text in said.items()}
    return of.assign(**{name: pd.Series(texts, index=of.index, dtype=object) for name, texts in told.items()})


def _cells(within_days: int):
    """One row per unit and node: problems, and those that came after the close-out of another."""
    known = problems.mutate(node=problems.node_code.fill_null(problems.line_code))
    closed = known.filter(known.closed_on.notnull()).select(*PLACE, "closed_on", earlier="problem_id")
    both = known.select(*PLACE, "found_on", "problem_id").inner_join(closed, PLACE)
    both = both.mutate(days=both.found_on.delta(both.closed_on, unit="day"))
    back = both.filter(both.days > 0, both.days <= within_days)
    again = back.group_by(PLACE).agg(
        repeats=back.problem_id.nunique(),
        shortest_days=back.days.min(),
        rows=back.problem_id.collect(distinct=True, order_by=back.problem_id),
        closed_out=back.earlier.collect(distinct=True, order_by=back.earlier),
    )
    shown = events.filter(events.object_type == "rectify", events.activity.isin(HANDED_IN))
    shown = shown.group_by(problem_id="object_id").agg(shown_on=day(shown.at).min())
    known = known.left_join(shown, "problem_id")
    bare = known.closed_on.notnull() & ~(known.shown_on <= known.closed_on).fill_null(False)
    all_of_them = known.group_by(PLACE).agg(
        observed=known.count().cast("float64"), first=known.found_on.min(), closed=known.closed_on.count(),
        bare=bare.cast("int64").sum(),
    )  # fmt: skip
    return all_of_them.left_join(again, PLACE).drop("unit_code_right", "node_right")


def _judged(cells: pd.DataFrame, borrowed: float) -> pd.DataFrame:
    """Each cell with a problem against what its unit and its node explain, and against close-outs elsewhere."""
    units, nodes = (cells.groupby(name)["observed"].transform("sum").to_numpy(float) for name in PLACE)
    seen = cells["observed"].to_numpy(float)
    expected = units * nodes / max(seen.sum(), 1.0)
    freedom = (cells["unit_code"].nunique() - 1) * (cells["node"].nunique() - 1)
    wider = max(1.0, ((seen**2 / expected).sum() - seen.sum()) / freedom) if freedom > 0 else 1.0
    tail = upper_tail(seen, expected, expected * wider)
    p_value = np.minimum(tail / upper_tail(np.ones(seen.size), expected, expected * wider), 1.0)
    told = bool((cells["closed"] > cells["bare"]).any())  # somebody hands in evidence, so that it is missed elsewhere
    bare_usual, bare_p = _bare(cells, borrowed) if told else (np.full(seen.size, np.nan), None)
    p_value = joined(p_value, bare_p) if told else p_value
    repeats = cells["repeats"].fillna(0)
    judged = cells.assign(expected=expected, p_value=p_value, score=-np.log10(p_value), repeats=repeats, wider=wider)
    return judged.assign(bare_usual=bare_usual, bare_p=bare_p)


def _bare(cells: pd.DataFrame, borrowed: float) -> tuple[np.ndarray, np.ndarray]:
    """How many close-outs without evidence are usual in a cell, and how likely so many are.

    The rate is that of the unit's other nodes and of `borrowed` more close-outs at the rate of all other units; its
    variance knows that it is learned from few.
    """
    own = cells[["closed", "bare"]].to_numpy(float)
    unit = cells.groupby("unit_code")[["closed", "bare"]].transform("sum").to_numpy(float)
    elsewhere, beside = own.sum(axis=0) - unit, unit - own
    usual = (elsewhere[:, 1] + 0.5) / (elsewhere[:, 0] + 1)
    rate = (beside[:, 1] + borrowed * usual) / (beside[:, 0] + borrowed)
    single = own[:, 0] * rate * (1 - rate)
    variance = single * (1 + np.maximum(own[:, 0] - 1, 0) / (beside[:, 0] + borrowed + 1))
    return own[:, 0] * rate, upper_tail(own[:, 1], own[:, 0] * rate, variance)
