"""LNK-01: an enterprise that shares a phone, an address or a representative with one that was caught."""

from __future__ import annotations

import numpy as np
import pandas as pd

from guanjian.engine.clock import month
from guanjian.engine.looked import Looked
from guanjian.engine.tables import cases, declarations, outcomes
from guanjian.kernel.papers import Subject
from guanjian.kernel.words import Text
from guanjian.signals.behind import ids_behind
from guanjian.signals.detector import Param, detector
from guanjian.signals.links import Ties, said, ties
from guanjian.signals.whose import main_units

EXAMPLE = """
enterprises: enterprise_id name roles phone address legal_rep
旧公司 旧 consignee 021-5551 一路1号 张三
新公司 新 consignee 021-5551 二路2号 李四
再新公司 再 consignee 021-7777 二路2号 王五
旁公司 旁 consignee 021-9999 三路3号 赵六
cases: case_id kind unit_code filed_at enterprise_ids
c1 criminal 22P0 2026-02-02T09:00 旧公司
declarations: entry_id unit_code consignee_id declared_at
e1 2201 新公司 2026-03-02T09:00
e2 2201 再新公司 2026-03-02T09:00
e3 2201 旁公司 2026-03-02T09:00
"""


@detector(
    "LNK-01",
    Text("与已查处企业关联", "Linked to a caught enterprise"),
    line="enterprise",
    node="links",
    subject=Subject.ENTERPRISE,
    reads=("enterprises", "cases", "declarations"),
    may_read=("outcomes",),
    says=Text(
        "企业 {subject_id} 与已查处的企业 {caught} 相隔 {steps} 步关联：{path}。",
        "Enterprise {subject_id} is {steps} tie(s) away from {caught}, which was caught: {path}.",
    ),
    params={
        "cut": Param(
            1.0, Text("分", "points"), Text("关联紧密程度至少（一步 2，两步 1）", "closeness (one tie 2, two 1)")
        ),
        "hub": Param(8, Text("家", "enterprises"), Text("多于几家共用的信息不算关联", "shared by more ties nobody")),
    },
)
def near_the_caught(session, cut, hub):
    """仍在申报的企业与已立案或经核实的企业共用电话、地址或法定代表人，直接或经一家中间企业。

    电话只比数字，地址与姓名去掉空格和标点后比较；很多企业共用的电话（代理公司）、地址（园区）和常见姓名不算。

    Score: 2 ÷ 关联步数（至多两步）。
    Silent when: 企业没有申报；只通过常见信息相连；没有已查处的企业。
    Misses: 用新电话、新地址、新人名另起炉灶的；只在境外相连的；真实的资金关系。关联只是线索，不是责任。
    """
    known = ties(session, hub)
    caught = session.frame(_caught()).set_index("enterprise_id")["since"]
    active = session.frame(declarations.select("consignee_id").distinct())["consignee_id"]
    mask = np.isin(known.names, caught.index.to_numpy(str))
    steps = known.steps_from(mask, 2)
    near = np.flatnonzero((steps > 0) & (2 / np.maximum(steps, 1) >= cut) & (steps <= 2))
    near = near[np.isin(known.names[near], active.to_numpy(str))]
    rows = pd.DataFrame([_told(known, steps, caught, place) for place in near], columns=COLUMNS)
    return Looked(rows, more=lambda kept: _placed(session, kept))


COLUMNS = ["subject_id", "period", "score", "observed", "expected", "steps", "caught", "path"]


def _caught():
    """Every enterprise of a case or with a confirmed outcome, and the month since when."""
    named = cases.select(enterprise_id=cases.enterprise_ids.unnest(), since=month(cases.filed_at))
    proved = outcomes.filter(outcomes.subject_type == "enterprise", outcomes.verdict == "confirmed")
    both = named.union(proved.select(enterprise_id="subject_id", since=month(proved.decided_at)))
    return both.group_by("enterprise_id").agg(since=both.since.min())


def _told(known: Ties, steps: np.ndarray, caught: pd.Series, place: int) -> tuple:
    way = known.path(place, steps)
    names = [str(known.names[each]) for each in way]
    pairs = zip(way, way[1:], names[1:], strict=False)
    path = names[0] + "".join(f" —{'、'.join(map(said, known.shared(a, b)))}— {name}" for a, b, name in pairs)
    reached = known.near[[place]].indices if steps[place] == 1 else [way[-1]]
    count = float(sum(steps[each] == 0 for each in reached))
    step = int(steps[place])
    return names[0], f"{caught[names[-1]]:%Y-%m}", 2.0 / step, count, 0.0, step, names[-1], path


def _placed(session, kept: pd.DataFrame) -> pd.DataFrame:
    rows = ids_behind(session, declarations, "entry_id", kept[["subject_id"]].set_axis(["consignee_id"], axis=1))
    return kept.assign(unit_code=main_units(session, kept["subject_id"]), rows=rows)
