"""CAS-02: an officer whose cases end in the lighter tiers more often than colleagues' cases of the same size."""

from __future__ import annotations

import ibis
import pandas as pd

from guanjian.engine.clock import local, month
from guanjian.engine.looked import Looked
from guanjian.engine.tables import cases, penalties
from guanjian.kernel.papers import Subject
from guanjian.kernel.words import Text
from guanjian.signals.behind import ids_behind
from guanjian.signals.colleagues import beyond_colleagues
from guanjian.signals.detector import Param, detector
from guanjian.signals.roster import SMALLEST_POOL

SAME_WORK = ["unit_code", "year", "size"]
LIGHTER = ["none", "reduced", "light"]

EXAMPLE = """
cases: case_id kind unit_code filed_at entry_ids
a{i} administrative 22P0 2026-02-02T09:00 e *40
b{i} administrative 22P0 2026-02-02T09:00 e *40
c{i} administrative 22P0 2026-02-02T09:00 e *16
d{i} administrative 22P0 2026-02-02T09:00 e *4
penalties: case_id decided_at tier base_cny fine_cny officers
a{i} 2026-03-02T09:00 normal 50000 50000 甲,乙 *40
b{i} 2026-03-02T09:00 normal 50000 50000 乙,丙 *40
c{i} 2026-03-02T09:00 reduced 50000 5000 丁,丙 *16
d{i} 2026-03-02T09:00 normal 50000 50000 丁,甲 *4
"""


@detector(
    "CAS-02",
    Text("裁量偏轻", "Lenient discretion"),
    line="case",
    node="penalise",
    subject=Subject.OFFICER,
    reads=("penalties", "cases"),
    statistical=True,
    pooled="how much officers differ anyway is learned from all officers",
    says=Text(
        "办案人员 {subject_id} 经办的 {done} 件处罚中 {observed:.0f} 件为不予、减轻或从轻；按同单位、同年、同等金额案件同事的"
        "比例应约 {expected:.1f} 件（p = {p_value:.2g}）。",
        "Of {done} penalties handled by {subject_id}, {observed:.0f} were waived, reduced or light; at the rate of"
        " colleagues (same unit, year and size of case) about {expected:.1f} are expected (p = {p_value:.2g}).",
    ),
    params={
        "cut": Param(1.3, Text("−lg p", "−lg p"), Text("p 值的负常用对数至少", "minus the decimal logarithm of p")),
        "least": Param(10, Text("件", "penalties"), Text("至少经办几件才判断", "handled at least so many")),
    },
)
def lenient_discretion(session, cut, least):
    """办案人员经办的处罚，落在不予处罚、减轻、从轻三档的明显多于办理同等案件的同事。

    同等案件：同一单位、同一年、处罚基数在同一数量级。裁量阶次见海关总署公告2023年第182号第六条。

    Score: −lg p，p 为同等案件随机分配时偏轻件数达到或超过所见的概率（按人员间的实际离散程度放宽）。
    Silent when: 同等案件的办案人员少于三人、经办少于 `least` 件、或同事与其一样轻。
    Misses: 全单位一起从轻；把处罚基数定低（由估价规则看）；法制审核改变了的结论仍记在办案人名下。
    """
    decided = _decided()
    counts = decided.group_by(*SAME_WORK, "officer_id").agg(
        done=decided.count(), marked=decided.lighter.cast("int64").sum(), on=decided.on.min()
    )
    shared = counts.mutate(pool=counts.count().over(group_by=SAME_WORK)).filter(lambda t: t.pool >= SMALLEST_POOL)
    of = beyond_colleagues(session.frame(shared), SAME_WORK, least)
    return Looked(of[of["score"] >= cut], len(of), more=lambda found: _shown(session, found))


def _decided():
    """One row per penalty and officer who handled it; the size of a case is the power of ten of its base."""
    based = penalties.filter(penalties.base_cny > 0)
    each = based.select("case_id", "tier", "base_cny", "decided_at", officer_id=based.officers.unnest())
    each = each.filter(each.officer_id.length() > 0).inner_join(cases.select("case_id", "unit_code"), "case_id")
    return each.select(
        "case_id",
        "officer_id",
        "unit_code",
        year=local(each.decided_at).year(),
        size=(each.base_cny.cast("float64") + ibis.literal(0.5)).log10().floor().cast("int64"),
        on=month(each.decided_at),
        lighter=each.tier.isin(LIGHTER),
    )


def _shown(session, found: pd.DataFrame) -> pd.DataFrame:
    lighter = _decided().filter(lambda t: t.lighter)
    asked = found[["subject_id"]].rename(columns={"subject_id": "officer_id"})
    return found.assign(rows=ids_behind(session, lighter, "case_id", asked))
