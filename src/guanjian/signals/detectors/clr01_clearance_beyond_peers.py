"""CLR-01: an entry that took far longer than its peers."""

import ibis

from guanjian.engine.clock import hours_between, month
from guanjian.engine.tables import declarations, examinations
from guanjian.kernel.papers import Subject
from guanjian.kernel.words import Text
from guanjian.signals.detector import Param, detector

NORMAL_QUARTILE = 0.6745  # the upper quartile of a normal law lies so many standard deviations above its middle

EXAMPLE = """
declarations: entry_id unit_code ie trade_mode declared_at released_at
a{i} 2201 import 0110 2026-03-02T08:00+{i}h 2026-03-02T10:00+{i}h *20
b{i} 2201 import 0110 2026-03-03T08:00+{i}h 2026-03-03T11:00+{i}h *15
slow 2201 import 0110 2026-03-04T08:00 2026-03-19T08:00
"""


@detector(
    "CLR-01",
    Text("通关时间超长", "Clearance time beyond peers"),
    line="clearance",
    node="release",
    subject=Subject.ENTRY,
    reads=("declarations",),
    may_read=("examinations",),
    says=Text(
        "报关单 {subject_id} 从申报到放行用时 {observed:.1f} 小时；同口岸、同监管方式、同运输方式的 {peers} 票报关单中位数为"
        " {expected:.1f} 小时，高出 {score:.1f} 个稳健偏差。",
        "Declaration {subject_id} took {observed:.1f} h from lodgement to release; the median of its {peers} peers (same"
        " port, trade mode and transport) is {expected:.1f} h: {score:.1f} robust deviations more.",
    ),
    params={
        "cut": Param(8.0, Text("个稳健偏差", "robust deviations"), Text("高出同类中位数", "above the peers' median")),
        "min_peers": Param(30, Text("票", "entries"), Text("同类最少票数", "fewest peers to compare with")),
    },
)
def clearance_beyond_peers(cut, min_peers):
    """报关单从申报到放行的时间远长于同口岸、同进出口、同监管方式、同运输方式、同样（未）被查验、同月的报关单。

    时间取对数：通关时间的分布右偏，按小时直接比较会把所有繁忙的日子都算作异常。

    Score: （对数小时 − 同类中位数）÷ 稳健偏差（上四分位距 ÷ 0.6745），且超过同类的第95百分位。
    Silent when: 同类少于 `min_peers` 票，或同类用时没有差别；报关单尚未放行。
    Misses: 整个口岸一起变慢（由指标看）；一直没有放行的报关单（由时限控制看）。
    """
    done = declarations.filter(declarations.released_at > declarations.declared_at)
    entries = done.select(
        "entry_id",
        "unit_code",
        "ie",
        "trade_mode",
        transport=done.transport_mode.fill_null(""),
        examined=done.entry_id.isin(examinations.entry_id),
        on=month(done.declared_at),
        took=hours_between(done.declared_at, done.released_at).ln(),
    )
    place = ["unit_code", "ie", "trade_mode", "transport", "examined", "on"]
    peers = entries.group_by(place).agg(peers=entries.count(), cuts=entries.took.quantile([0.5, 0.75, 0.95]))
    peers = peers.filter(peers.peers >= min_peers, peers.cuts[1] > peers.cuts[0])
    peers = peers.mutate(spread=(peers.cuts[1] - peers.cuts[0]) / NORMAL_QUARTILE)
    compared = entries.inner_join(peers, place)
    scored = compared.mutate(score=(compared.took - compared.cuts[0]) / compared.spread)
    late = scored.filter(scored.score >= cut, scored.took > scored.cuts[2])
    return late.select(
        "unit_code",
        "score",
        "peers",
        "examined",
        "trade_mode",
        "transport",
        subject_id=late.entry_id,
        period=late.on.strftime("%Y-%m"),
        observed=late.took.exp(),
        expected=late.cuts[0].exp(),
        rows=ibis.array([late.entry_id]),
    )
