"""INT-06: a trader whose business of the day comes at another hour on the days on which one officer has that shift."""

from __future__ import annotations

import ibis
import numpy as np
import pandas as pd

from guanjian.engine.clock import AHEAD_US, epoch_us, local
from guanjian.engine.looked import Looked
from guanjian.kernel.papers import Subject
from guanjian.kernel.words import Text
from guanjian.signals.behind import ids_behind
from guanjian.signals.detector import Param, detector
from guanjian.signals.lodged import hour_in_hand, in_hand, lodged, shifts
from guanjian.signals.pairs import FIGURES, PAIR, judged, named
from guanjian.signals.period import months
from guanjian.signals.roster import DAY_US, SMALLEST_POOL, day_number
from guanjian.stats.chosen_hours import NOTHING, WEEK, Batches, moved, weekday_share

EXAMPLE = """
rosters: unit_code post starts_at ends_at officer_id
2201 doc_review 2026-03-02T08:00+{i}d 2026-03-02T17:30+{i}d 丁 *84
2201 doc_review 2026-03-02T17:30+{i}d 2026-03-03T08:00+{i}d 丙 *84
2201 doc_review 2026-03-02T17:30+{i}d 2026-03-03T08:00+{i}d 乙 *84
2201 doc_review 2026-03-03T17:30 2026-03-04T08:00 甲
2201 doc_review 2026-03-11T17:30 2026-03-12T08:00 甲
2201 doc_review 2026-03-19T17:30 2026-03-20T08:00 甲
2201 doc_review 2026-04-06T17:30 2026-04-07T08:00 甲
2201 doc_review 2026-04-14T17:30 2026-04-15T08:00 甲
2201 doc_review 2026-04-22T17:30 2026-04-23T08:00 甲
2201 doc_review 2026-05-04T17:30 2026-05-05T08:00 甲
2201 doc_review 2026-05-14T17:30 2026-05-15T08:00 甲
declarations: entry_id unit_code agent_id consignee_id declared_at
a{i} 2201 报关行一 货主 2026-03-02T09:00+{i}d *84
b{i} 2201 报关行二 货主 2026-03-02T20:00+{i}d *84
c{i} 2201 报关行三 货主 2026-03-02T10:00+{i}d *84
d1 2201 报关行三 货主 2026-03-03T18:00
d2 2201 报关行三 货主 2026-03-11T18:00
d3 2201 报关行三 货主 2026-03-19T18:00
d4 2201 报关行三 货主 2026-04-06T18:00
d5 2201 报关行三 货主 2026-04-14T18:00
d6 2201 报关行三 货主 2026-04-22T18:00
d7 2201 报关行三 货主 2026-05-04T18:00
d8 2201 报关行三 货主 2026-05-14T18:00
events: event_id object_type object_id activity officer_id at
v1 entry d1 doc_review 甲 2026-03-03T18:30
v2 entry d2 doc_review 甲 2026-03-11T18:30
v3 entry d3 doc_review 甲 2026-03-19T18:30
v4 entry d4 doc_review 甲 2026-04-06T18:30
v5 entry d5 doc_review 甲 2026-04-14T18:30
v6 entry d6 doc_review 甲 2026-04-22T18:30
v7 entry d7 doc_review 甲 2026-05-04T18:30
v8 entry d8 doc_review 甲 2026-05-14T18:30
"""


@detector(
    "INT-06",
    Text("业务挪到某关员的时段申报", "Business moved into one officer's hours"),
    line="control",
    node="assignment",
    subject=Subject.PAIR,
    reads=("rosters", "declarations", "events"),
    may_read=("units",),
    statistical=True,
    pooled="how much pairs differ anyway is learned from all pairs",
    says=Text(
        "关员 {officer_id} 当 {begins_at} 班的日子里，{trader_id} 有 {observed:.0f} 票在该班次申报；按其每日申报量、其他日子在该时段"
        "申报的比例，应约 {expected:.1f} 票（p = {p_value:.2g}）；其间申报的业务 {share:.0%} 由该关员经办。",
        "On the days on which officer {officer_id} had the shift that begins at {begins_at}, {trader_id} lodged"
        " {observed:.0f} entries in it; its volume of each day and the share that it lodges at that hour on other days"
        " explain {expected:.1f} (p = {p_value:.2g}); {share:.0%} of what it lodged then were handled by this officer.",
    ),
    params={
        "cut": Param(1.3, Text("−lg p", "−lg p"), Text("p 值的负常用对数至少", "minus the decimal logarithm of p")),
        "min_expected": Param(0.5, Text("票", "entries"), Text("期望票数至少", "expected entries, at least")),
        "least": Param(8, Text("票", "entries"), Text("该时段至少申报几票", "lodged at that hour, at least so many")),
        "handled": Param(
            0.4, Text("比例", "share"), Text("其间的业务至少多少由该关员经办", "of them handled by the officer")
        ),
        "borrowed": Param(
            50.0,
            Text("次", "visits"),
            Text("各星期几比例中全周平均的分量", "how much the mean of all days counts beside a weekday's own visits"),
        ),
        "posts": Param(
            "doc_review", Text("岗位代码", "post codes"), Text("看哪些岗位的排班", "whose shifts, by comma")
        ),
    },
)
def moved_into_hours(session, cut, min_expected, least, *, handled, borrowed, posts):
    """报关企业（没有的为收发货人）在某一关员值某时段（如夜班）的日子，把当日业务挪到该时段申报，并且多由他经办。

    选日子由 INT-04 看，这里日子是给定的，只看一日之内选时段：与同一企业同季度的其他日子相比，星期几的差别按本单位其他企业修正。时段按班次的
    开始时刻分，过零点的部分算次日；不是同班人员之间的比较，但同一季度值该时段的关员少于三人时不判断。只有多由该关员经办的配对才作为一次检验。

    Score: −lg p，p 为不看排班时该时段票数达到或超过所见的概率（超几何；按其自身其他日子的波动和全部配对的实际离散程度放宽）。
    Silent when: 没有排班，或一日只有一个时段；该季度值此时段的关员少于三人；期望不足 `min_expected`；其间的业务并不多由该关员经办。
    Misses: 关员迁就企业而换班的；每天都在同一时段申报的；值班与星期几固定重合时，企业只在那几天夜间到货的会被列出，须核对。
    """
    known, came = shifts(session, posts), lodged(session, posts)
    known = _parts(known)
    of = _pairs(session, known, came, (min_expected, least, borrowed))
    shared = hour_in_hand(came, known).filter(lambda t: t.share >= handled)
    of = of.merge(session.frame(shared), on=[*PAIR, "begins_at"], how="left").fillna({"share": 0.0})
    of = of[of["share"] >= handled]
    surest = of.sort_values(["p_value", "begins_at"], kind="stable").drop_duplicates(PAIR)
    return Looked(surest[surest["score"] >= cut], len(of), more=lambda kept: _shown(session, kept, came, known))


def _parts(known):
    """Shifts cut at midnight: what is lodged after it belongs to the business of the next day."""
    first = day_number(known.begins)
    parts = known.mutate(first=first, on=ibis.range(first, day_number(known.ends) + 1).unnest())
    parts = parts.filter(parts.on * DAY_US - AHEAD_US < epoch_us(parts.ends))  # a shift may end at midnight
    clock = local(parts.begins).strftime("%H:%M")
    return parts.mutate(begins_at=ibis.ifelse(parts.on == parts.first, clock, "00:00"))


def _pairs(session, parts, came, asked: tuple[float, int, float]) -> pd.DataFrame:
    """Every pair and hour that can be judged."""
    several = parts.group_by("house").agg(many=parts.begins_at.nunique()).filter(lambda t: t.many > 1)
    parts = parts.semi_join(several, "house")
    duty = _dated(session.frame(parts.select("house", "officer_id", "begins_at", "on").distinct()))
    both = came.inner_join(parts.select("slot", "on", "begins_at").distinct(), ["slot", "on"])
    seen = both.group_by("house", "trader", "on", "begins_at").agg(entries=both.entry_id.nunique())
    seen = _dated(session.frame(seen))
    whole = seen.groupby(["house", "trader", "on"])["entries"].transform("sum")
    of_house = dict(list(seen.assign(whole=whole).groupby("house")))
    found = [
        _hour(of_house[house], mine, asked)
        for (house, _), mine in duty.groupby(["house", "begins_at"])
        if house in of_house
    ]
    empty = pd.DataFrame({name: pd.Series(dtype=str) for name in (*PAIR, "begins_at", "subject_id", "period")})
    of = pd.concat([empty.assign(**dict.fromkeys(FIGURES, 0.0)), *found], ignore_index=True)
    return judged(of)


def _dated(of: pd.DataFrame) -> pd.DataFrame:
    """With the quarter of the day: habits are taken to last as long."""
    days = pd.to_datetime(of["on"], unit="D")
    return of.assign(date=days, term=days.dt.year * 4 + days.dt.quarter)


def _hour(seen: pd.DataFrame, duty: pd.DataFrame, asked: tuple[float, int, float]) -> pd.DataFrame:
    """The pairs of one house and hour."""
    min_expected, least, borrowed = asked
    crew = duty.groupby("term")["officer_id"].nunique()
    duty = duty[duty["term"].isin(crew.index[crew >= SMALLEST_POOL])]
    days, house, begins_at = np.unique(duty["on"]), seen["house"].iloc[0], duty["begins_at"].min()
    there = seen[seen["on"].isin(days)]
    at_hour = there["entries"].where(there["begins_at"] == begins_at, 0)
    if there.empty:
        return pd.DataFrame()
    batches = there.assign(at_hour=at_hour).groupby(["trader", "term", "on"], as_index=False).agg(
        whole=("whole", "first"), at_hour=("at_hour", "sum")
    )  # fmt: skip
    traders, trader = np.unique(batches["trader"].to_numpy(str), return_inverse=True)
    batches = batches.assign(code=trader, weekday=(batches["on"] + 3) % WEEK)
    usual = weekday_share(trader, batches["weekday"].to_numpy(int), batches["at_hour"].to_numpy() > 0, borrowed)
    sums = batches.groupby("code")[["whole", "at_hour"]].transform("sum")
    of = batches.assign(usual=usual)[(sums["at_hour"] >= least) & (sums["at_hour"] < sums["whole"])]
    if of.empty:
        return pd.DataFrame()
    officers, officer = np.unique(duty["officer_id"].to_numpy(str), return_inverse=True)
    chosen = Batches(
        of["code"].to_numpy(), np.unique(of["term"], return_inverse=True)[1], np.searchsorted(days, of["on"]),
        *(of[name].to_numpy(float) for name in ("whole", "at_hour", "usual")),
    )  # fmt: skip
    found = moved(chosen, (officer, np.searchsorted(days, duty["on"])))
    able = (found.expected >= min_expected) & (found.variance > NOTHING)
    who, whose = np.nonzero(able)
    spans = duty["date"].min(), duty["date"].max()
    return pd.DataFrame(
        {
            "unit_code": house, **named(officers[who], traders[whose]), "begins_at": begins_at,
            "observed": found.observed[able], "expected": found.expected[able], "variance": found.variance[able],
            "period": months(*([span] for span in spans))[0],
        }
    )  # fmt: skip


def _shown(session, kept: pd.DataFrame, came, known) -> pd.DataFrame:
    asked = kept[[*PAIR, "begins_at"]]
    return kept.assign(rows=ids_behind(session, in_hand(session, asked, came, known), "entry_id", asked))
