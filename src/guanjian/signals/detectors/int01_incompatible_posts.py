"""INT-01: one pair of hands in posts that the law keeps apart, on one entry."""

import ibis
import ibis.expr.datatypes as dt

from guanjian.engine.clock import day, month
from guanjian.engine.tables import events, examinations
from guanjian.kernel.papers import Level, Subject
from guanjian.kernel.words import Text
from guanjian.signals.detector import Param, detector

APART = ("doc_review", "examine", "release", "post_audit", "investigate")

EXAMPLE = """
events: event_id object_type object_id activity officer_id unit_code at
v1 entry e1 doc_review 甲 2201 2026-03-02T09:00
v2 entry e1 examine 乙 2201 2026-03-02T10:00
v3 entry e1 release 甲 2201 2026-03-02T11:00
v4 entry e2 doc_review 甲 2201 2026-03-03T09:00
v5 entry e2 release 乙 2201 2026-03-03T10:00
v6 entry e2 release 乙 2201 2026-03-03T10:30
"""


@ibis.udf.scalar.builtin(name="hash", signature=((dt.string, dt.string), dt.uint64))
def hash_of(entry, officer):
    """DuckDB's hash of two texts."""


@detector(
    "INT-01",
    Text("不相容岗位", "Incompatible posts"),
    line="control",
    node="separation",
    subject=Subject.OFFICER,
    reads=("events",),
    may_read=("examinations",),
    level=Level.RED,
    says=Text(
        "关员 {subject_id} 在 {period} 对 {score:.0f} 票报关单先后经办了不相容的岗位（{posts}），应为 0 票。",
        "Officer {subject_id} held incompatible posts on {score:.0f} declaration(s) in {period} ({posts}); none is allowed.",
    ),
    params={"cut": Param(1.0, Text("票", "entries"), Text("一个月内至少几票", "at least so many entries a month"))},
)
def incompatible_posts(cut):
    """同一关员在同一票报关单上经办了审单、查验、放行、稽查、调查中的两个以上岗位。

    依据海关法第七十九条：审单、查验、放行、稽查和调查等主要岗位的职责权限应当明确，并相互分离、相互制约。

    Score: 当月在同一单位违反岗位分离的报关单票数。
    Silent when: 操作由系统完成（没有关员），或同一岗位上重复操作。
    Misses: 两名关员互相代办、借用账号；不在同一票报关单上而在同一企业上的岗位冲突。
    """
    hands = _hands()
    # One 8-byte key per entry and officer: tens of millions of groups fit in memory; the texts are compared only for
    # the few whose key saw two posts, so that a collision of hashes cannot make a finding.
    doubtful = hands.group_by("key").agg(low=hands.post.min(), high=hands.post.max())
    doubtful = doubtful.filter(doubtful.low != doubtful.high)
    seen = hands.semi_join(doubtful, "key")
    entries = seen.group_by("officer", "entry").agg(
        posts=seen.post.nunique(),
        held=seen.activity.collect(distinct=True, order_by=seen.activity),
        unit=seen.unit_code.min(),
        at=seen.at.min(),
    )
    entries = entries.filter(entries.posts >= 2).mutate(held=lambda t: t.held.join("+"), on=lambda t: month(t.at))
    by_month = entries.group_by("officer", "unit", "on").agg(
        score=entries.count().cast("float64"),
        rows=entries.entry.collect(order_by=entries.entry),
        posts=entries.held.collect(distinct=True, order_by=entries.held).join("; "),
        first_on=day(entries.at.min()).strftime("%Y-%m-%d"),
    )
    return by_month.filter(by_month.score >= cut).select(
        "score",
        "rows",
        "posts",
        "first_on",
        unit_code=by_month.unit,
        subject_id=by_month.officer,
        period=by_month.on.strftime("%Y-%m"),
        observed=by_month.score,
        expected=0.0,
    )


def _hands():
    of_entries = events.filter(
        events.object_type == "entry", events.activity.isin(APART), events.officer_id.length() > 0
    )
    done = of_entries.select("activity", "unit_code", "at", entry="object_id", officer="officer_id")
    for which in ("officer1", "officer2"):
        signed = examinations.filter(examinations[which].length() > 0)
        done = done.union(
            signed.select(
                activity=ibis.literal("examine"),
                unit_code=ibis.null("string"),
                at=signed.started_at,
                entry=signed.entry_id,
                officer=signed[which],
            )
        )
    posts = ibis.cases(*((done.activity == name, number) for number, name in enumerate(APART)), else_=-1)
    return done.mutate(post=posts.cast("int8"), key=hash_of(done.entry, done.officer))
