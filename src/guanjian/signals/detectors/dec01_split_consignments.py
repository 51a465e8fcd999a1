"""DEC-01: one consignment sent as many."""

from __future__ import annotations

import ibis
import pandas as pd

from guanjian.engine.looked import Looked
from guanjian.kernel.papers import Subject
from guanjian.kernel.words import Text
from guanjian.signals.detector import Param, detector
from guanjian.signals.lines import goods_lines
from guanjian.signals.whose import main_units

AROUND_DAYS = 28  # the own pace is read off so many days before and after the window

EXAMPLE = """
declarations: entry_id unit_code ie consignee_id declared_at
s{i} 2201 import 甲公司 2026-03-02T09:00+{i}h *6
b{i} 2201 import 乙公司 2026-03-02T09:00+{i}d *3
items: entry_id item_no hs_code value_cny
s{i} 1 8471300000 250000 *6
b{i} 1 8471300000 250000 *3
"""


@detector(
    "DEC-01",
    Text("拆单申报", "Split consignments"),
    line="declaration",
    node="accept",
    subject=Subject.ENTERPRISE,
    reads=("declarations", "items"),
    says=Text(
        "企业 {subject_id} 自 {first_on} 至 {last_on} 以 {score:.0f} 票报关单申报同一商品 {hs_code}，合计 {total_cny} 元，"
        "每票都低于 {below_cny} 元；按其前后各四周的节奏，{days}天内约 {expected:.1f} 票。",
        "Enterprise {subject_id} declared the same goods {hs_code} in {score:.0f} entries from {first_on} to {last_on},"
        " CNY {total_cny} together, each below CNY {below_cny}; at its own pace it would be {expected:.1f} in {days} days.",
    ),
    params={
        "cut": Param(5.0, Text("票", "entries"), Text("窗口内至少几票", "at least so many in the window")),
        "days": Param(3, Text("天", "days"), Text("窗口长度", "length of the window")),
        "total_cny": Param(1_000_000, Text("元", "CNY"), Text("窗口内合计至少", "together at least")),
        "beyond": Param(
            5.0, Text("个标准差", "deviations"), Text("至少超出自身平常节奏", "beyond its own usual pace, at least")
        ),
    },
)
def split_consignments(session, cut, days, total_cny, beyond):
    """同一收发货人在三天内把同一商品分成多票申报：每票都低于限额，合起来超过限额，且明显快于自己平常的节奏。

    Score: 窗口内的报关单票数（每家企业每种商品只报最突出的一个窗口）。
    Silent when: 任一条件不满足：票数少于 `cut`、合计不足 `total_cny`、或没有明显超出企业自己的节奏。
    Misses: 分散在更多天的拆单（把窗口调长，平常的批次也会更多）；借用多家企业名义的拆单（由关联图谱看）；单票本身已超过限额的申报；跨商品编号的拆分。
    """
    lines = goods_lines(session)
    goods = ["consignee_id", "ie", "hs_code"]
    many = lines.group_by(goods).agg(lines=lines.count(), worth=lines.value_cny.sum())
    many = many.filter(many.lines >= cut, many.worth >= total_cny)
    shipments = (
        lines.semi_join(many, goods)
        .group_by([*goods, "entry_id"])
        .agg(worth=ibis._.value_cny.sum(), on=ibis._.on.min())
    )
    small = shipments.filter(shipments.worth < total_cny).mutate(at=ibis._.on.delta("1970-01-01", unit="day"))
    daily = small.group_by([*goods, "at"]).agg(shipments=small.count(), worth=small.worth.sum())
    best = session.frame(_best_window(daily, goods, (cut, days, total_cny, beyond)))
    first, last = (pd.to_datetime(best.pop(name), unit="D").dt.strftime("%Y-%m-%d") for name in ("first", "last"))
    rows = best.rename(columns={"consignee_id": "subject_id"}).assign(
        period=first + "/" + last + " " + best["hs_code"],
        first_on=first,
        last_on=last,
        observed=best["score"],
        days=days,
        total_cny=best["worth"].map("{:.2f}".format),
        below_cny=str(total_cny),
    )
    return Looked(rows.drop(columns="worth"), more=lambda kept: _placed(session, kept))


def _best_window(daily, goods, limits):
    cut, days, total_cny, beyond = limits
    window = ibis.window(group_by=goods, order_by="at", range=(-(days - 1), 0))
    around = ibis.window(group_by=goods, order_by="at", range=(-(days - 1 + AROUND_DAYS), AROUND_DAYS))
    counted = daily.mutate(
        score=daily.shipments.sum().over(window).cast("float64"),
        total=daily.worth.sum().over(window),
        near=daily.shipments.sum().over(around),
        first=daily["at"].min().over(window),
    )
    counted = counted.mutate(expected=(counted.near - counted.score) * days / (2.0 * AROUND_DAYS))
    hot = counted.filter(
        counted.score >= cut,
        counted.total >= total_cny,
        counted.score >= counted.expected + beyond * (counted.expected + 1).sqrt(),
    )
    first = ibis.row_number().over(group_by=goods, order_by=[hot.score.desc(), hot.total.desc(), hot["at"]])
    best = hot.mutate(place=first).filter(ibis._.place == 0)
    return best.select(*goods, "score", "expected", "first", worth=best.total.cast("float64"), last=best["at"])


def _placed(session, kept: pd.DataFrame) -> pd.DataFrame:
    """The unit that each enterprise belongs to, and the entries inside its window."""
    asked = session.lend("asked_windows", kept[["subject_id", "ie", "hs_code", "first_on", "last_on"]].astype(str))
    lines = goods_lines(session)
    dates = [lines.on >= asked.first_on.cast("date"), lines.on <= asked.last_on.cast("date")]
    inside = lines.inner_join(asked, [lines.consignee_id == asked.subject_id, "ie", "hs_code", *dates])
    found = session.frame(
        inside.group_by("subject_id", "ie", "hs_code").agg(
            rows=inside.entry_id.collect(distinct=True, order_by=inside.entry_id)
        )
    )
    units = main_units(session, kept["subject_id"])
    return kept.assign(unit_code=units).merge(found, on=["subject_id", "ie", "hs_code"], how="left")
