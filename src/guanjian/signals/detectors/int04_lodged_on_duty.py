"""INT-04: a trader who lodges just when a certain officer is on duty, and is then served by him."""

from __future__ import annotations

import ibis
import numpy as np
import pandas as pd

from guanjian.engine.clock import day, local
from guanjian.engine.looked import Looked
from guanjian.kernel.papers import Subject
from guanjian.kernel.words import Text
from guanjian.signals.behind import ids_behind
from guanjian.signals.detector import Param, detector
from guanjian.signals.lodged import in_hand, lodged, shifts
from guanjian.signals.pairs import FIGURES, PAIR, judged, named
from guanjian.signals.period import months
from guanjian.stats.coincidence import coincidences

EXAMPLE = """
rosters: unit_code post starts_at ends_at officer_id
2201 doc_review 2026-03-02T08:00+{i}d 2026-03-02T18:00+{i}d 丙 *84
2201 doc_review 2026-03-03T08:00 2026-03-03T18:00 甲
2201 doc_review 2026-03-11T08:00 2026-03-11T18:00 甲
2201 doc_review 2026-03-19T08:00 2026-03-19T18:00 甲
2201 doc_review 2026-03-27T08:00 2026-03-27T18:00 甲
2201 doc_review 2026-04-06T08:00 2026-04-06T18:00 甲
2201 doc_review 2026-04-14T08:00 2026-04-14T18:00 甲
2201 doc_review 2026-04-22T08:00 2026-04-22T18:00 甲
2201 doc_review 2026-04-30T08:00 2026-04-30T18:00 甲
declarations: entry_id unit_code agent_id consignee_id declared_at
a{i} 2201 报关行一 货主 2026-03-02T09:00+{i}d *84
b{i} 2201 报关行二 货主 2026-03-02T10:00+{i}d *84
c1 2201 报关行三 货主 2026-03-03T10:00
c2 2201 报关行三 货主 2026-03-11T10:00
c3 2201 报关行三 货主 2026-03-19T10:00
c4 2201 报关行三 货主 2026-03-27T10:00
c5 2201 报关行三 货主 2026-04-06T10:00
c6 2201 报关行三 货主 2026-04-14T10:00
c7 2201 报关行三 货主 2026-04-22T10:00
c8 2201 报关行三 货主 2026-04-30T10:00
events: event_id object_type object_id activity officer_id at
v{i} entry c{i} doc_review 甲 2026-05-01T09:00 *8
"""


@detector(
    "INT-04",
    Text("专挑某关员在班时申报", "Lodged when one officer is on duty"),
    line="control",
    node="assignment",
    subject=Subject.PAIR,
    reads=("rosters", "declarations", "events"),
    may_read=("units",),
    statistical=True,
    pooled="how much pairs differ anyway is learned from all pairs",
    says=Text(
        "{trader_id} 在关员 {officer_id} 当班的 {observed:.0f} 个班次申报；按同类班次（同季度、同星期几、同一时段）的业务量，随意选"
        "班应约 {expected:.1f} 个（p = {p_value:.2g}）；其间申报的 {lodged} 票中 {share:.0%} 由该关员经办。",
        "{trader_id} lodged in {observed:.0f} shifts of officer {officer_id}; picking among like shifts (quarter, weekday,"
        " hour) by their traffic explains {expected:.1f} (p = {p_value:.2g}); {share:.0%} of the {lodged} entries lodged"
        " then were handled by this officer.",
    ),
    params={
        "cut": Param(1.3, Text("−lg p", "−lg p"), Text("p 值的负常用对数至少", "minus the decimal logarithm of p")),
        "min_expected": Param(2.0, Text("班次", "shifts"), Text("期望班次至少", "expected shifts, at least")),
        "handled": Param(
            0.5, Text("比例", "share"), Text("其间的业务至少多少由该关员经办", "of them handled by the officer")
        ),
        "weekdays": Param(
            1, Text("1/0", "1/0"), Text("只与同一星期几的班次比较", "only shifts of one weekday are alike")
        ),
        "posts": Param(
            "doc_review", Text("岗位代码", "post codes"), Text("看哪些岗位的排班", "whose shifts, by comma")
        ),
    },
)
def lodged_on_duty(session, cut, min_expected, handled, *, weekdays, posts):
    """报关企业（没有的为收发货人）把申报时间对准某一关员当班的班次，并且多由他经办：绕开随机派单的办法。

    班内的集中由 INT-02 看，这里看选班：同一季度、同一星期几、同一开班时间的班次互相可比，按全部企业的业务量分配机会。

    Score: −lg p，p 为随意选班时重合班次达到或超过所见的概率（按全部配对的实际离散程度放宽）。
    Silent when: 没有排班；期望不足 `min_expected` 个班次；其间的业务并不多由该关员经办（同班其他人因此不受牵连）。
    Misses: 关员迁就企业而换班的；企业固定周期与轮班周期恰好相同的会被列出，须核对；只在少数几天安排的。
    """
    known, came = shifts(session, posts), lodged(session, posts)
    pairs = _pairs(session, known.mutate(cell=_cell(known, bool(weekdays))), came, min_expected)
    of = pairs[pairs["score"] >= cut].reset_index(drop=True)
    of = _with_work(session, of, came, known)
    of = of[of["share"] >= handled].reset_index(drop=True)
    return Looked(of, len(pairs), more=lambda kept: _shown(session, kept, came, known))


def _cell(known, weekdays: bool):
    """Like shifts: of one house, quarter and hour, and one weekday if asked."""
    starts = local(known.begins)
    alike = [known.house, starts.year(), starts.quarter(), starts.hour(), starts.minute()]
    alike += [starts.day_of_week.index()] if weekdays else []
    return ibis.dense_rank().over(order_by=alike).cast("int32")


def _pairs(session, known, came, min_expected: float) -> pd.DataFrame:
    """Every pair of a house that can be judged."""
    duty = session.frame(known.select("house", "officer_id", "slot", "cell", on=day(known.begins)))
    seen = session.frame(came.select("house", "trader", "slot").distinct())
    seen = dict(list(seen.groupby("house")))
    parts = [_house(name, seen[name], of, min_expected) for name, of in duty.groupby("house") if name in seen]
    empty = pd.DataFrame({name: pd.Series(dtype=float) for name in FIGURES})
    of = pd.concat([*parts, empty], ignore_index=True) if parts else empty.assign(**dict.fromkeys(TEXTS, ""))
    return judged(of)


TEXTS = ("unit_code", "officer_id", "trader_id", "subject_id", "period")


def _house(name: str, seen: pd.DataFrame, duty: pd.DataFrame, least: float) -> pd.DataFrame:
    slots, cells = duty.drop_duplicates("slot").sort_values("slot")["slot"].to_numpy(), duty.drop_duplicates("slot")
    cell = np.unique(cells.sort_values("slot")["cell"].to_numpy(), return_inverse=True)[1]
    traders, trader = np.unique(seen["trader"].to_numpy(str), return_inverse=True)
    officers, officer = np.unique(duty["officer_id"].to_numpy(str), return_inverse=True)
    came = trader, np.searchsorted(slots, seen["slot"].to_numpy())
    found = coincidences(came, (officer, np.searchsorted(slots, duty["slot"].to_numpy())), cell, least)
    return pd.DataFrame(
        {
            "unit_code": name, **named(officers[found.officer], traders[found.trader]), "observed": found.observed,
            "expected": found.expected, "variance": found.variance,
            "period": months([duty["on"].min()], [duty["on"].max()])[0],
        }
    )  # fmt: skip


def _with_work(session, of: pd.DataFrame, came, known) -> pd.DataFrame:
    during = in_hand(session, of[PAIR].astype(str), came, known)
    counted = during.group_by(*PAIR).agg(lodged=during.count(), share=during.mine.cast("float64").mean())
    return of.merge(session.frame(counted), on=PAIR, how="left").fillna({"share": 0.0})


def _shown(session, kept: pd.DataFrame, came, known) -> pd.DataFrame:
    asked = kept[PAIR]
    return kept.assign(rows=ids_behind(session, in_hand(session, asked.astype(str), came, known), "entry_id", asked))
