"""INT-02: an officer and a trader who meet more often than the roster explains."""

from __future__ import annotations

import numpy as np
import pandas as pd

from guanjian.engine.looked import Looked
from guanjian.kernel.papers import Level, Subject
from guanjian.kernel.words import Text
from guanjian.signals.detector import Param, detector
from guanjian.signals.panel import panels
from guanjian.signals.together import TRADERS, Met, met, names, officer_names, period, site_names
from guanjian.stats.interaction import Pairs, exact_p_value, pairs_of

SECOND_STAGE = 0.05  # largest combined p at which the outcome of the work speaks against chance, too
ABSORBED_FROM = 0.5  # a pair that shares so much of its work with a surer pair of the same officer is the same lead

EXAMPLE = """
rosters: unit_code post starts_at ends_at officer_id
2201 doc_review 2026-03-02T08:00+{i}d 2026-03-02T18:00+{i}d 甲 *30
2201 doc_review 2026-03-02T08:00+{i}d 2026-03-02T18:00+{i}d 乙 *30
2201 doc_review 2026-03-02T08:00+{i}d 2026-03-02T18:00+{i}d 丙 *30
declarations: entry_id unit_code agent_id consignee_id
a{i} 2201 报关行一 货主{i} *30
b{i} 2201 报关行二 货甲{i} *30
c{i} 2201 报关行二 货乙{i} *30
d{i} 2201 报关行三 货丙{i} *30
e{i} 2201 报关行三 货丁{i} *30
events: event_id object_type object_id activity officer_id at
a{i} entry a{i} doc_review 甲 2026-03-02T09:00+{i}d *30
b{i} entry b{i} doc_review 乙 2026-03-02T09:10+{i}d *30
c{i} entry c{i} doc_review 丙 2026-03-02T09:20+{i}d *30
d{i} entry d{i} doc_review 乙 2026-03-02T09:30+{i}d *30
e{i} entry e{i} doc_review 丙 2026-03-02T09:40+{i}d *30
"""


@detector(
    "INT-02",
    Text("关员与企业超常集中", "Excess interaction"),
    line="control",
    node="assignment",
    subject=Subject.PAIR,
    reads=("events", "declarations", "rosters"),
    may_read=("examinations", "items"),
    statistical=True,
    says=Text(
        "关员 {officer_id} 经办{kind_zh} {trader_id} 的业务 {observed:.0f} 次；按同班次随机分派应约 {expected:.1f} 次，多出"
        " {excess:.0f} 次（p = {p_value:.2g}），相当于其在班时该企业业务的 {steering:.0%} 被引向他（95% 区间"
        " {steering_low:.0%}—{steering_high:.0%}）；{second_zh}。",
        "Officer {officer_id} handled {kind_en} {trader_id} {observed:.0f} times where random assignment within the shift"
        " explains {expected:.1f}: {excess:.0f} more (p = {p_value:.2g}), as if {steering:.0%} of its work during his shifts"
        " were steered to him (95 % interval {steering_low:.0%}–{steering_high:.0%}); {second_en}.",
    ),
    params={
        "cut": Param(1.3, Text("−lg p", "−lg p"), Text("p 值的负常用对数至少", "minus the decimal logarithm of p")),
        "min_expected": Param(5.0, Text("次", "meetings"), Text("期望次数至少", "expected meetings, at least")),
        "activities": Param(
            "doc_review,price_review,classify,examine,release",
            Text("环节代码", "activity codes"),
            Text("参与统计的环节，逗号分隔", "activities that count, comma-separated"),
        ),
    },
)
def excess_interaction(session, cut, min_expected, activities):
    """同一关员与同一报关企业或收发货人相遇的次数，多于班次内随机分派所能解释的次数。

    比较的单元是班次：单位 × 工作日 × 班次 × 环节，即这些业务本可分给的那几个人。按月比较会把排班和申报日的不均匀
    误认为串通，所以没有排班就不判断。方法见 Chalendard 等，QJE 138(1)，2023。同一关员名下，大部分业务重合的报关企业
    与收发货人只报更确定的一个。点名之前看第二步：同一企业与其他关员相比，查获率与通关时间是否也不同。

    Score: −lg p，p 为班次内随机分派时相遇次数达到或超过所见的概率（按均值与方差匹配的二项分布）。
    Silent when: 没有排班（不可判定）；班次少于三人；整个班次只有一名关员经办或只有一家企业；期望不足 `min_expected` 次。
    Misses: 全班次一起关照的企业；通过换班实现的集中；业务太少的企业；不经本人之手的打招呼。
    """
    steps = [name.strip() for name in activities.split(",") if name.strip()]
    work = met(session, steps)
    if not work.site.size:
        unclear = Text("不可判定：没有可与排班对应的业务", "cannot be decided: no work that a roster covers")
        return Looked(_table(session, {kind: Pairs.none() for kind in TRADERS}), 0, unclear)
    judged = {kind: _named(pairs_of(work.work(kind), min_expected)) for kind in TRADERS}
    found = {kind: pairs.at(-np.log10(pairs.p_value) >= cut) for kind, pairs in judged.items()}
    tests = sum(len(pairs) for pairs in judged.values())
    return Looked(_table(session, found), tests, more=lambda rows: _told(session, rows, work, steps))


def _named(pairs: Pairs) -> Pairs:
    return pairs.at(pairs.trader > 0)  # 0 stands for work without a trader of this kind


def _table(session, found: dict[str, Pairs]) -> pd.DataFrame:
    """One row per suspected pair, with the figures that need no further question."""
    parts = []
    for kind, pairs in found.items():
        low, high = pairs.steering_interval()
        officers, traders = officer_names(session, pairs.officer), names(session, TRADERS[kind], pairs.trader)
        parts.append(
            pd.DataFrame(
                {
                    "subject_id": [f"{officer}|{trader}" for officer, trader in zip(officers, traders, strict=True)],
                    "unit_code": site_names(session, pairs.site),
                    "officer_id": officers,
                    "trader_id": traders,
                    "kind": kind,
                    "site": pairs.site,
                    "officer": pairs.officer,
                    "trader": pairs.trader,
                    "p_value": pairs.p_value,
                    "score": -np.log10(pairs.p_value),
                    "observed": pairs.observed,
                    "expected": pairs.expected,
                    "excess": pairs.observed - pairs.expected,
                    "on_duty": pairs.on_duty,
                    "steering": pairs.steering,
                    "steering_low": low,
                    "steering_high": high,
                }
            )
        )
    return pd.concat(parts, ignore_index=True).assign(period=period(session) if sum(map(len, parts)) else "")


def _told(session, rows: pd.DataFrame, work: Met, steps: list[str]) -> pd.DataFrame:
    """One lead each, with the exact tail, the second stage, the consequences and the entries."""
    rows = _one_lead_each(rows, work)
    of_site = {(site, kind): work.work(kind).at(site) for site, kind in {*zip(rows["site"], rows["kind"], strict=True)}}
    exact = [
        exact_p_value(of_site[row.site, row.kind], row.officer, row.trader) for row in rows.itertuples(index=False)
    ]
    seen = pd.DataFrame(panels(session, rows, steps))
    second = [_second(stage) for stage in seen["second_stage"]]
    alike = [stage["comparable"] and stage["combined_p"] > SECOND_STAGE for stage in seen["second_stage"]]
    told = pd.concat([rows.drop(columns=["site", "officer", "trader"]), seen], axis=1)
    return told.assign(
        exact_p=exact,
        kind_zh=told["kind"].map({"agent": "报关企业", "consignee": "收发货人"}),
        kind_en=told["kind"].map({"agent": "the agent", "consignee": "the trader"}),
        second_zh=[text.zh for text in second],
        second_en=[text.en for text in second],
        level=[Level.BLUE.value if same else None for same in alike],
    )


def _second(stage: dict) -> Text:
    p = stage["combined_p"]
    if not stage["comparable"]:
        return Text(
            "该企业没有可与其他关员经办时相比的查验与通关时间",
            "there are no examinations or clearance times of its work with other officers to compare with",
        )
    if p <= SECOND_STAGE:
        return Text(
            "与其他关员经办的同一企业业务相比，查获率或通关时间明显不同（合并 p = {p:.2g}）",
            "against its work with other officers, find rate or clearance time differ (combined p = {p:.2g})",
        ).filled(p=p)
    return Text(
        "查获率与通关时间同其他关员经办时没有明显差别（合并 p = {p:.2g}），尚不足以点名",
        "find rate and clearance time do not differ from its work with others (combined p = {p:.2g}): nobody is named yet",
    ).filled(p=p)


def _one_lead_each(rows: pd.DataFrame, work: Met) -> pd.DataFrame:
    """An agent and a consignee who share most of their work with the same officer are one lead: the surer one."""
    rows = rows.sort_values(["p_value", "subject_id"], kind="stable").reset_index(drop=True)
    kept: list[int] = []
    also: dict[int, list[str]] = {}
    mine = {key: work.of(*key) for key in {*zip(rows["site"], rows["officer"], strict=True)}}
    for number, row in enumerate(rows.itertuples(index=False)):
        traders = mine[row.site, row.officer]
        surer = (
            index
            for index in kept
            if (rows.at[index, "site"], rows.at[index, "officer"]) == (row.site, row.officer)
            and rows.at[index, "kind"] != row.kind
            and np.count_nonzero(
                (traders[row.kind] == row.trader) & (traders[rows.at[index, "kind"]] == rows.at[index, "trader"])
            )
            >= ABSORBED_FROM * row.observed
        )
        lead = next(surer, None)
        if lead is None:
            kept.append(number)
        else:
            also.setdefault(lead, []).append(row.trader_id)
    rows = rows.assign(also=[also.get(number, []) for number in rows.index])
    return rows.loc[kept].reset_index(drop=True)
