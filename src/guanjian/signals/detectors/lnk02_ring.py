"""LNK-02: several enterprises that are one hand, all trading with the same party abroad or through the same agent."""

from __future__ import annotations

import ibis
import numpy as np
import pandas as pd

from guanjian.engine.clock import day
from guanjian.engine.looked import Looked
from guanjian.engine.tables import declarations
from guanjian.kernel.papers import Subject
from guanjian.kernel.words import Text
from guanjian.signals.behind import ids_behind
from guanjian.signals.detector import Param, detector
from guanjian.signals.links import said, ties
from guanjian.signals.period import months
from guanjian.signals.whose import main_units

EXAMPLE = """
enterprises: enterprise_id name roles phone address legal_rep
甲公司 甲 consignee 021-5551 一路1号 张三
乙公司 乙 consignee 0215551 二路2号 李四
丙公司 丙 consignee 021-7777 二路-2号 王五
丁公司 丁 consignee 021-9999 三路3号 赵六
declarations: entry_id unit_code consignee_id overseas_party declared_at
e1 2201 甲公司 外商一 2026-03-02T09:00
e2 2201 乙公司 外商一 2026-03-02T09:00
e3 2201 丙公司 外商一 2026-03-02T09:00
e4 2201 丁公司 外商一 2026-03-02T09:00
"""


@detector(
    "LNK-02",
    Text("关联企业圈", "Ring of linked enterprises"),
    line="enterprise",
    node="links",
    subject=Subject.ENTERPRISE,
    reads=("enterprises", "declarations"),
    says=Text(
        "以企业 {subject_id} 为首的 {observed:.0f} 家企业（{names}）由{shared}相连，并都有同一{kind_zh} {common}。",
        "{observed:.0f} enterprises around {subject_id} ({names}) are tied by {shared} and all have {kind_en} {common}.",
    ),
    params={
        "cut": Param(3.0, Text("家", "enterprises"), Text("至少几家企业", "at least so many enterprises")),
        "hub": Param(8, Text("家", "enterprises"), Text("多于几家共用的信息不算关联", "shared by more ties nobody")),
        "largest": Param(
            50, Text("家", "enterprises"), Text("更大的圈不报（集团、园区）", "larger groups are left out")
        ),
    },
)
def ring(session, cut, hub, largest):
    """至少三家企业由共用的电话、地址或法定代表人连成一圈，又都与同一家境外企业交易或由同一家报关企业代理：可能是一个主体分身申报。

    Score: 圈内与同一境外企业交易（或用同一报关企业）的企业数，取最多的一家；以申报票数最多的企业为首。
    Silent when: 只通过多家共用的信息相连；没有共同的境外企业或报关企业；圈子大于 `largest` 家。
    Misses: 各家分别使用不同境外名称的；公开的集团公司会被列出，须人工排除。
    """
    known = ties(session, hub)
    group = pd.Series(known.groups(), index=known.names, name="ring")
    sizes = group.map(group.value_counts())
    members = group[sizes <= largest]
    trade = session.frame(_trade()).assign(ring=lambda t: t["consignee_id"].map(members))
    best = _best(trade.dropna(subset=["ring"]).astype({"ring": int}), cut)
    place = {name: number for number, name in enumerate(known.names.tolist())}
    best["shared"] = [_shared(known, [place[name] for name in names]) for names in best["members"]]
    return Looked(best, more=lambda kept: _placed(session, kept))


COMMON = {
    "overseas_party": ("境外企业", "as party abroad"),
    "agent_id": ("报关企业", "as agent"),
}


def _trade():
    """Entries by enterprise and what it may have in common with others: a party abroad, an agent."""
    parts = []
    for kind in COMMON:
        told = declarations.filter(declarations[kind].length() > 0)
        told = told.mutate(on=day(told.declared_at), common=told[kind], kind=ibis.literal(kind))
        parts.append(
            told.group_by("consignee_id", "kind", "common").agg(
                entries=told.count(), first=told.on.min(), last=told.on.max()
            )
        )
    return ibis.union(*parts)


def _best(trade: pd.DataFrame, cut: float) -> pd.DataFrame:
    """Of each ring what most members have in common, headed by the member that declares most."""
    trade = trade.sort_values(["entries", "consignee_id"], ascending=[False, True], kind="stable")
    of = trade.groupby(["ring", "kind", "common"], as_index=False).agg(
        subject_id=("consignee_id", "first"), members=("consignee_id", sorted), score=("consignee_id", "size"),
        first=("first", "min"), last=("last", "max"),
    )  # fmt: skip
    of = of.sort_values(["ring", "score", "kind", "common"], ascending=[True, False, False, True], kind="stable")
    of = of.drop_duplicates("ring")
    of = of[of["score"] >= cut].reset_index(drop=True).astype({"score": float})
    of = of.assign(
        period=months(of["first"], of["last"]), observed=of["score"], expected=1.0, names=of["members"].map("、".join),
        kind_zh=of["kind"].map({kind: zh for kind, (zh, _) in COMMON.items()}),
        kind_en=of["kind"].map({kind: en for kind, (_, en) in COMMON.items()}),
    )  # fmt: skip
    return of.drop(columns=["ring", "first", "last"])


def _shared(known, members: list[int]) -> str:
    """What at least two of the members have in common."""
    common = np.asarray(known.has[members].sum(axis=0)).ravel() >= 2
    return "、".join(said(known.keys[key]) for key in np.flatnonzero(common))


def _placed(session, kept: pd.DataFrame) -> pd.DataFrame:
    """The unit of the head of each ring, and everybody's entries with what they have in common."""
    rows = pd.Series([[]] * len(kept), index=kept.index)
    for kind, of in kept.groupby("kind"):
        each = of[["members", "common"]].explode("members").set_axis(["consignee_id", str(kind)], axis=1)
        ids = ids_behind(session, declarations, "entry_id", each)
        rows.loc[of.index] = pd.Series(ids, index=each.index).groupby(level=0).sum().map(sorted)
    return kept.assign(unit_code=main_units(session, kept["subject_id"]), rows=rows)
