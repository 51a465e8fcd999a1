"""CAS-03: an officer whose fines are a fraction of what others ask in the same tier, again and again."""

from __future__ import annotations

import ibis
import pandas as pd

from guanjian.engine.clock import month
from guanjian.engine.looked import Looked
from guanjian.engine.tables import cases, penalties
from guanjian.kernel.papers import Subject
from guanjian.kernel.words import Text
from guanjian.signals.behind import ids_behind
from guanjian.signals.colleagues import beyond_usual
from guanjian.signals.detector import Param, detector
from guanjian.signals.roster import SMALLEST_POOL

WORK = ["kind"]  # the mark is taken within a tier already: all penalties are one kind of work
CELL = ["unit_code", *WORK]
SURE = 0.05  # whoever of a unit is at least so sure to stand out takes the cases that he shares with others

EXAMPLE = """
cases: case_id kind unit_code filed_at entry_ids
a{i} administrative 22P0 2026-02-02T09:00 e *30
b{i} administrative 22P0 2026-02-02T09:00 e *30
c{i} administrative 22P0 2026-02-02T09:00 e *6
penalties: case_id decided_at tier base_cny fine_cny officers
a{i} 2026-03-02T09:00 light 50000 25000 甲,乙 *30
b{i} 2026-03-02T09:00 light 50000 27000 乙,丙 *30
c{i} 2026-03-02T09:00 light 50000 5000 丁,丙 *6
"""


@detector(
    "CAS-03",
    Text("罚款畸轻", "Fines far below the usual"),
    line="case",
    node="penalise",
    subject=Subject.OFFICER,
    reads=("penalties", "cases"),
    statistical=True,
    pooled="what is usual in a tier is learned from all penalties, how much officers differ from all officers",
    says=Text(
        "办案人员 {subject_id} 经办的 {done} 件处罚中，{observed:.0f} 件罚款占基数的比例不到同一裁量阶次通常比例的 {part:.0%}；按同"
        "单位其他案件及全关的比例应约 {expected:.2f} 件（p = {p_value:.2g}）。",
        "In {observed:.0f} of {done} penalties handled by {subject_id} the fine was less than {part:.0%} of what is usual in"
        " its tier, measured against its base; at the rate of the unit's other cases (and the whole administration behind"
        " them) about {expected:.2f} are expected (p = {p_value:.2g}).",
    ),
    params={
        "cut": Param(1.3, Text("−lg p", "−lg p"), Text("p 值的负常用对数至少", "minus the decimal logarithm of p")),
        "least": Param(4, Text("件", "penalties"), Text("至少经办几件才判断", "handled at least so many")),
        "part": Param(0.5, Text("比例", "share"), Text("不到通常比例的多少算畸轻", "of the usual, less than")),
        "borrowed": Param(
            20.0,
            Text("件", "penalties"),
            Text("全关比例的分量，折合案件数", "how much the whole administration counts"),
        ),
    },
)
def fines_below_usual(session, cut, least, part, borrowed):
    """办案人员经办的处罚，罚款占基数（应缴税款或货物价值）的比例多次远低于同一裁量阶次的通常水平：阶次没有错，数额却只收零头。

    通常水平：各单位同一阶次中位比例的中位数，一个单位左右不了。每名办案人员与本单位他没有参与的案件比较，并以其他单位的比例补足。两人共办的
    案件只算在更突出的一人名下，另一人只看其余案件。

    Score: −lg p，p 为按上述比例畸轻件数达到或超过所见的概率（计入比例本身的不确定和人员之间的实际差异）。
    Silent when: 同单位的办案人员少于三人；经办少于 `least` 件；没有处罚基数；其他案件也一样轻。
    Misses: 全单位一起少罚；把基数定低（由估价规则看）；选更轻的阶次（由裁量偏轻看）。
    """
    pieces = session.frame(_pieces(part))
    of = beyond_usual(_counted(pieces), WORK, least, borrowed)
    of = _each_once(pieces, of, lambda rest: beyond_usual(_counted(rest), WORK, least, borrowed)).assign(part=part)
    return Looked(of[of["score"] >= cut], len(of), more=lambda found: _shown(session, found, part))


def _pieces(part: float):
    """One row per penalty and officer who handled it, and whether the fine was far below the usual of its tier."""
    based = penalties.filter(penalties.base_cny > 0, penalties.fine_cny.notnull())
    share = based.fine_cny.cast("float64") / based.base_cny.cast("float64")
    number = ibis.row_number().over(order_by=["case_id", "decided_at", "tier", "fine_cny", "base_cny"])
    based = based.mutate(share=share, piece=number).inner_join(cases.select("case_id", "unit_code"), "case_id")
    by_unit = based.group_by("tier", "unit_code").agg(usual=based.share.quantile(0.5))
    usual = by_unit.group_by("tier").agg(usual=by_unit.usual.quantile(0.5))  # one unit cannot make what is usual
    based = based.inner_join(usual, "tier")
    each = based.select(
        "piece", "case_id", "unit_code", kind=ibis.literal("penalty"), officer_id=based.officers.unnest(), on=month(based.decided_at),
        marked=based.share < part * based.usual,
    )  # fmt: skip
    return each.filter(each.officer_id.length() > 0).distinct()


def _counted(pieces: pd.DataFrame) -> pd.DataFrame:
    """Per officer and unit: pieces and marks of his own and of the cell; cells of three officers and more."""
    cells = pieces.drop_duplicates("piece").groupby(CELL, as_index=False).agg(
        whole=("piece", "size"), marks=("marked", "sum")
    )  # fmt: skip
    own = pieces.groupby([*CELL, "officer_id"], as_index=False).agg(
        done=("piece", "size"), marked=("marked", "sum"), on=("on", "min"), last=("on", "max")
    )
    pool = own.groupby(CELL)["officer_id"].transform("size")
    return own[pool >= SMALLEST_POOL].merge(cells, on=CELL)


def _each_once(pieces: pd.DataFrame, of: pd.DataFrame, judge) -> pd.DataFrame:
    """Cases that two share count for the one of a unit who stands out most; the others are judged without them."""
    both = pieces[["piece", "unit_code", "officer_id"]].merge(
        of.loc[of["p_value"] <= SURE, ["subject_id", "p_value"]], left_on="officer_id", right_on="subject_id"
    )
    first = both.sort_values(["p_value", "officer_id"], kind="stable").drop_duplicates("unit_code")
    surest = set(first["officer_id"])
    if not surest:
        return of
    taken = both.loc[both["officer_id"].isin(surest), "piece"]
    rest = judge(pieces[~pieces["piece"].isin(taken)])
    return pd.concat([of[of["subject_id"].isin(surest)], rest[~rest["subject_id"].isin(surest)]], ignore_index=True)


def _shown(session, found: pd.DataFrame, part: float) -> pd.DataFrame:
    low = _pieces(part).filter(lambda t: t.marked)
    asked = found[["subject_id"]].rename(columns={"subject_id": "officer_id"})
    return found.assign(rows=ids_behind(session, low, "case_id", asked))
