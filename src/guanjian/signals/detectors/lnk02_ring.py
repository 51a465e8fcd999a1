"""LNK-02: several enterprises that are one hand, all buying from the same party abroad."""

from __future__ import annotations

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
        "以企业 {subject_id} 为首的 {observed:.0f} 家企业（{names}）由{shared}相连，并都与境外企业 {abroad} 交易。",
        "{observed:.0f} enterprises around {subject_id} ({names}) are tied by {shared} and all trade with {abroad} abroad.",
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
    """至少三家企业由共用的电话、地址或法定代表人连成一圈，又都同一家境外企业交易：可能是一个主体分身申报。

    Score: 圈内与同一境外企业交易的企业数（取最多的一家境外企业；以申报票数最多的企业为首）。
    Silent when: 只通过多家共用的信息相连；没有共同的境外企业；圈子大于 `largest` 家。
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


def _trade():
    """Entries by enterprise and party abroad."""
    abroad = declarations.filter(declarations.overseas_party.length() > 0)
    abroad = abroad.mutate(on=day(abroad.declared_at))
    return abroad.group_by("consignee_id", "overseas_party").agg(
        entries=abroad.count(), first=abroad.on.min(), last=abroad.on.max()
    )


def _best(trade: pd.DataFrame, cut: float) -> pd.DataFrame:
    """Of each ring the party abroad with the most members, headed by the member that declares most."""
    trade = trade.sort_values(["entries", "consignee_id"], ascending=[False, True], kind="stable")
    of = trade.groupby(["ring", "overseas_party"], as_index=False).agg(
        subject_id=("consignee_id", "first"), members=("consignee_id", sorted), score=("consignee_id", "size"),
        first=("first", "min"), last=("last", "max"),
    )  # fmt: skip
    of = of.sort_values(["ring", "score", "overseas_party"], ascending=[True, False, True], kind="stable")
    of = of.drop_duplicates("ring")
    of = of[of["score"] >= cut].reset_index(drop=True).astype({"score": float})
    of = of.assign(
        period=months(of["first"], of["last"]), observed=of["score"], expected=1.0, abroad=of["overseas_party"],
        names=of["members"].map("、".join),
    )  # fmt: skip
    return of.drop(columns=["ring", "overseas_party", "first", "last"])


def _shared(known, members: list[int]) -> str:
    """What at least two of the members have in common."""
    common = np.asarray(known.has[members].sum(axis=0)).ravel() >= 2
    return "、".join(said(known.keys[key]) for key in np.flatnonzero(common))


def _placed(session, kept: pd.DataFrame) -> pd.DataFrame:
    """The unit of the head of each ring, and everybody's entries with the party abroad."""
    each = (
        kept[["members", "abroad"]]
        .explode("members")
        .rename(columns={"members": "consignee_id", "abroad": "overseas_party"})
    )
    ids = ids_behind(session, declarations, "entry_id", each)
    rows = pd.Series(ids, index=each.index).groupby(level=0).sum().map(sorted)
    return kept.assign(unit_code=main_units(session, kept["subject_id"]), rows=rows)
