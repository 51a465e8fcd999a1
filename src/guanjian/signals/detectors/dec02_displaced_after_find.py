"""DEC-02: an enterprise that goes to another port or agent once it was caught at its own."""

from __future__ import annotations

import ibis
import numpy as np
import pandas as pd

from guanjian.engine.clock import day
from guanjian.engine.looked import Looked
from guanjian.engine.tables import declarations, examinations
from guanjian.kernel.papers import Subject
from guanjian.kernel.words import Text
from guanjian.signals.behind import ids_behind
from guanjian.signals.detector import Param, detector
from guanjian.signals.whose import main_units
from guanjian.stats.difference import moved_beyond
from guanjian.stats.exact import cell_sums, drawn_tail
from guanjian.stats.robust import overdispersion, widened

WAYS = {"unit_code": "申报口岸", "agent_id": "报关企业"}
SIDES = ["to_before", "to_after", "before", "after"]
COUNTED = ["that_before", "that_after", "all_before", "all_after"]
TOLD = [
    "subject_id", "usual", "to", "way", "way_en", "observed", "expected", "share_before", "wider", "caught_on",
    "moved_on", "period", "p_value", "score",
]  # fmt: skip
FEWEST = 5  # what fewer entries do says nothing, neither of one nor of how much all change
SPLITS = 12  # so many days from the find on are tried: more are paid for without telling more
SPAN = 1 << 21  # more days than lie between any two dates
ELSEWHERE = ""  # all other ways together

EXAMPLE = """
declarations: entry_id unit_code ie consignee_id agent_id declared_at
a{i} 2201 import 戊公司 行一 2026-02-02T09:00+{i}d *30
hit 2201 import 戊公司 行一 2026-03-10T09:00
b{i} 2305 import 戊公司 行一 2026-03-11T09:00+{i}d *25
c{i} 2201 import 戊公司 行一 2026-03-11T09:00+{i}d *4
d{i} 2201 import 甲公司 行一 2026-02-02T09:00+{i}d *80
e{i} 2305 import 甲公司 行一 2026-02-02T10:00+{i}d *8
examinations: exam_id entry_id mode officer1 officer2 started_at finding
x1 hit A 甲 乙 2026-03-10T10:00 1
"""


@detector(
    "DEC-02",
    Text("查获后改走他处", "Displaced after a find"),
    line="declaration",
    node="accept",
    subject=Subject.ENTERPRISE,
    reads=("declarations", "examinations"),
    statistical=True,
    pooled="how much enterprises change anyway is learned from all enterprises that were caught",
    says=Text(
        "企业 {subject_id} 于 {caught_on} 在 {usual} 被查获后换了{way}：自 {moved_on} 起，经由{to_zh}的业务由 {share_before:.0%} 升到 {observed:.0%}，按同期"
        "没有查获的企业的变化应约 {expected:.0%}（p = {p_value:.2g}）。",
        "After a find on {caught_on} at {usual} enterprise {subject_id} changed its {way_en}: since {moved_on} by way of {to_en} it lodged"
        " {observed:.0%} instead of {share_before:.0%}, where enterprises without a find went to {expected:.0%}"
        " (p = {p_value:.2g}).",
    ),
    params={
        "cut": Param(1.3, Text("−lg p", "−lg p"), Text("p 值的负常用对数至少", "minus the decimal logarithm of p")),
        "window": Param(180, Text("天", "days"), Text("比较分界前后各几天", "days before and after that are compared")),
        "least": Param(10, Text("票", "entries"), Text("前后各至少几票", "fewest entries before and after")),
        "others": Param(3, Text("处", "ways"), Text("业务最多的几处单独比较", "busiest other ways, compared one by one")),
    },
)  # fmt: skip
def displaced_after_find(session, cut, window, least, others):
    """企业被查获之后，把业务转到别的申报口岸或报关企业，转移的幅度超过同口岸（同报关企业）没有被查获的企业。

    转走的企业多半去一个新的地方，也未必当天就走：所以从首次查获起试若干分界日，除其他各处合计外，业务最多的几处（按全期合计
    选取，与转移的方向无关）逐一比较。前后票数既定时，分界之后经由该处的票数服从超几何分布，再加上以同一口岸（报关企业）为主、
    没有查获的企业同期在该处的增幅（双重差分）。取最明显的一项，并按比较的次数折算（Simes）。

    Score: −lg p，p 为转移不超过同期一般变化的单侧概率（按全部被查获企业的实际离散程度放宽）。
    Silent when: 分界前或分界后少于 `least` 票；转移与同行一致。
    Misses: 换用另一家企业的名义（由关联规则看）；换商品编号；查获之前就已分散的企业；只移走几票的企业。
    """
    parts = [_moves(session, way, (window, least, others)).assign(way=WAYS[way], way_en=way) for way in WAYS]
    of = pd.concat(parts, ignore_index=True)
    own, beside = ([f"{who}{side}" for side in SIDES] for who in ("", "others_"))
    counts = of[own].to_numpy(float)
    moved, expected = moved_beyond(counts, of[beside].to_numpy(float))
    margins = counts[:, 2] + counts[:, 3], counts[:, 0] + counts[:, 1], counts[:, 3]
    mean, variance = cell_sums(*margins)
    told = variance > 0
    wider = overdispersion((counts[told, 1] - mean[told]) / np.sqrt(variance[told]))
    p = widened(drawn_tail(moved, *margins), wider)
    of = of.assign(p=p, wider=wider, expected=expected, observed=of["to_after"] / of["after"])
    best = _one_each(of.assign(share_before=of["to_before"] / of["before"]))
    return Looked(
        best[best["score"] >= cut].reset_index(drop=True), len(best), more=lambda kept: _placed(session, kept)
    )


def _entries(way: str):
    own = declarations.select("entry_id", "consignee_id", on=day(declarations.declared_at), where=declarations[way])
    return own.mutate(where=own["where"].fill_null(""))


def _caught(way: str):
    """The first find of every enterprise: on which day, and by which way the entry came."""
    finds = examinations.filter(examinations.finding).inner_join(_entries(way), "entry_id")
    finds = finds.mutate(caught_on=day(finds.started_at))
    order = ibis.row_number().over(group_by="consignee_id", order_by=[finds.started_at, finds.exam_id])
    first = finds.mutate(place=order).filter(lambda t: t.place == 0)
    return first.select("consignee_id", "caught_on", usual="where")


def _moves(session, way: str, limits: tuple[int, int, int]) -> pd.DataFrame:
    """For each day tried and other way: the enterprise's entries that way and all, before and after; and everybody's."""
    window, least, others = limits
    own = _entries(way).inner_join(_caught(way), "consignee_id")
    daily = session.frame(own.group_by("consignee_id", "usual", "caught_on", "on", to="where").agg(n=own.count()))
    of = _compared(daily, others).merge(_tried(daily), on="consignee_id")
    of = _summed(of, daily, ["consignee_id"], window).rename(columns=dict(zip(COUNTED, SIDES, strict=True)))
    of = of[(of["before"] >= least) & (of["after"] >= least)]
    clean = session.frame(_clean(way)).rename(columns={"home": "usual"})
    names = {name: f"others_{side}" for name, side in zip(COUNTED, SIDES, strict=True)}
    return _summed(of, clean, ["usual"], window).rename(columns=names).reset_index(drop=True)


def _compared(daily: pd.DataFrame, others: int) -> pd.DataFrame:
    """Each enterprise with the ways that it is compared on: all others together and the busiest ones."""
    whose = ["consignee_id", "usual", "caught_on"]
    ways = daily[daily["to"] != daily["usual"]].groupby([*whose, "to"], as_index=False)["n"].sum()
    ways = ways.sort_values(["consignee_id", "n", "to"], ascending=[True, False, True], kind="stable")
    together = ways.groupby(whose, as_index=False)["n"].sum().assign(to=ELSEWHERE)
    single = ways[(ways.groupby("consignee_id").cumcount() < others) & (ways["to"] != ELSEWHERE)]
    both = pd.concat([together, single], ignore_index=True)
    return both[both["n"] >= FEWEST]


def _tried(daily: pd.DataFrame) -> pd.DataFrame:
    """The days from the find to the last entry that may part before from after, evenly spread."""
    ends = daily.groupby("consignee_id", as_index=False).agg(first=("caught_on", "first"), last=("on", "max"))
    first, last = (ends[name].to_numpy("datetime64[D]").astype(np.int64) for name in ("first", "last"))
    days = first[:, None] + np.maximum(last - first, 0)[:, None] * np.arange(SPLITS) // SPLITS
    parts = pd.DataFrame({"consignee_id": np.repeat(ends["consignee_id"].to_numpy(), SPLITS), "split": days.ravel()})
    return parts.drop_duplicates()


def _clean(way: str):
    """Entries a day of those without a find, by the way that each of them mostly goes, and the way taken."""
    entries = _entries(way)
    clean = entries.anti_join(_caught(way), "consignee_id")
    many = clean.group_by("consignee_id", "where").agg(n=clean.count())
    order = ibis.row_number().over(group_by="consignee_id", order_by=[many.n.desc(), many["where"]])
    home = many.mutate(place=order).filter(lambda t: t.place == 0).select("consignee_id", home="where")
    clean = clean.inner_join(home, "consignee_id")
    return clean.group_by("home", "on", to="where").agg(n=clean.count())


def _summed(of: pd.DataFrame, daily: pd.DataFrame, by: list[str], window: int) -> pd.DataFrame:
    """Adds how many went that way and in all before and after the day: of the enterprise, or of those at its usual way."""
    away = daily[daily["usual"] != daily["to"]].assign(to=ELSEWHERE)
    that_way = _around(pd.concat([daily[daily["to"] != ELSEWHERE], away]), of, [*by, "to"], window)
    return of.assign(**dict(zip(COUNTED, (*that_way, *_around(daily, of, by, window)), strict=True)))


def _around(daily: pd.DataFrame, of: pd.DataFrame, by: list[str], window: int) -> tuple[np.ndarray, np.ndarray]:
    """How many stand in the days before and after the day tried: looks into one running sum."""
    places = pd.concat([daily[by], of[by]], ignore_index=True).groupby(by).ngroup().to_numpy(np.int64)
    days = np.concatenate([daily["on"].to_numpy("datetime64[D]").astype(np.int64), of["split"].to_numpy(np.int64)])
    known, wanted = np.split(places * SPAN + days, [len(daily)])
    order = np.argsort(known, kind="stable")
    total = np.concatenate([[0.0], np.cumsum(daily["n"].to_numpy(float)[order])])
    upto = [total[np.searchsorted(known[order], wanted + shift, "right")] for shift in (-window - 1, -1, 0, window)]
    return upto[1] - upto[0], upto[3] - upto[2]


def _one_each(of: pd.DataFrame) -> pd.DataFrame:
    """The most telling day and way of each enterprise, paid for by how many were compared (Simes)."""
    of = of.sort_values(["consignee_id", "p", "way_en", "split", "to"], kind="stable").reset_index(drop=True)
    grouped = of.groupby("consignee_id", sort=False)
    simes = of["p"] * grouped["p"].transform("size") / (grouped.cumcount() + 1)
    p_value = np.minimum(simes.groupby(of["consignee_id"], sort=False).min().to_numpy(float), 1.0)
    best = grouped.head(1).reset_index(drop=True).rename(columns={"consignee_id": "subject_id"})
    days = {
        "caught_on": best["caught_on"].to_numpy("datetime64[D]"),
        "moved_on": best["split"].to_numpy("datetime64[D]"),
    }
    told = best.assign(**{name: np.datetime_as_string(day) for name, day in days.items()})
    named = {f"to_{tongue}": told["to"].where(told["to"] != ELSEWHERE, text)
             for tongue, text in (("zh", "其他各处"), ("en", "all others"))}  # fmt: skip
    told = told.assign(**named, period=told["caught_on"], p_value=p_value, score=-np.log10(p_value))
    return told[[*TOLD, *named]]


def _placed(session, kept: pd.DataFrame) -> pd.DataFrame:
    """The unit that each belongs to, and what it lodged by another way after the find."""
    rows = pd.Series([[]] * len(kept), index=kept.index)
    for way, of in kept.groupby("way_en"):
        moved = _entries(way).inner_join(_caught(way), "consignee_id")
        moved = moved.filter(moved.on > moved.caught_on, moved["where"] != moved.usual)
        asked = of[["subject_id"]].rename(columns={"subject_id": "consignee_id"})
        rows.loc[of.index] = ids_behind(session, moved, "entry_id", asked)
    return kept.assign(unit_code=main_units(session, kept["subject_id"]), rows=rows)
