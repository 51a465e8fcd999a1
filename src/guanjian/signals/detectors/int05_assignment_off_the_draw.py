"""INT-05: work that was not given to the officer whom the committed seed of the day had drawn."""

from __future__ import annotations

import hashlib

import ibis
import ibis.expr.datatypes as dt
import pandas as pd

from guanjian.engine.clock import day, month
from guanjian.engine.looked import Looked
from guanjian.engine.tables import events, parameters, rosters
from guanjian.kernel.papers import Level, Subject
from guanjian.kernel.words import Text
from guanjian.signals.detector import Param, detector

SEED = "assignment.seed."  # a dated parameter of this code and a unit's: the seed of one day, in hexadecimal digits
BLOCK = 64  # bytes of a SHA-256 block

EXAMPLE = """
parameters: code value from to
assignment.seed.2201 00ff10 2026-03-02 2026-03-02
rosters: unit_code post starts_at ends_at officer_id
2201 doc_review 2026-03-02T08:00 2026-03-02T18:00 甲
2201 doc_review 2026-03-02T08:00 2026-03-02T18:00 乙
2201 doc_review 2026-03-02T08:00 2026-03-02T18:00 丙
events: event_id object_type object_id activity unit_code post at result
v{i} entry e{i} assign 2201 doc_review 2026-03-02T09:00+{i}m 甲 *12
"""


@ibis.udf.scalar.builtin(name="sha256", signature=((dt.binary,), dt.string))
def sha256(content):
    """The digest as hexadecimal digits, built in DuckDB."""


@ibis.udf.scalar.builtin(name="unhex", signature=((dt.string,), dt.binary))
def unhex(digits):
    """Bytes of hexadecimal digits, built in DuckDB."""


@ibis.udf.scalar.builtin(name="hex", signature=((dt.string,), dt.string))
def hex_of(text):
    """The bytes of a text as hexadecimal digits, built in DuckDB."""


@detector(
    "INT-05",
    Text("派单偏离随机种子", "Assignment off the draw"),
    line="control",
    node="assignment",
    subject=Subject.UNIT,
    reads=("events", "rosters", "parameters"),
    level=Level.RED,
    says=Text(
        "单位 {subject_id} 在 {period} 的 {checked} 次派单中有 {score:.0f} 次与当日已承诺的随机种子算出的经办人不同（应为"
        " {expected:.0f} 次），其中最多的落到 {favoured} 手中。",
        "Of {checked} assignments at unit {subject_id} in {period}, {score:.0f} went to another officer than the committed"
        " seed of the day had drawn (should be {expected:.0f}); most of them to {favoured}.",
    ),
    params={"cut": Param(1.0, Text("次", "times"), Text("一个月内至少几次", "at least so many a month"))},
)
def assignment_off_the_draw(session, cut):
    """可证明的派单：当日种子先承诺（其哈希入账）、后公布，经办人 = 在班人员按编号排序后的第 HMAC(种子, 报关单号) mod k 位。

    因此任何偏离都是算术，不是推测。种子作为带日期的参数 `assignment.seed.单位代码` 公布（十六进制）；派单记录的“结果”为所派
    关员；在班人员取该单位该时刻（有岗位的取该岗位）的排班。

    Score: 当月派给了别人的次数。
    Silent when: 当日没有公布种子（或不是十六进制）、没有排班、或派单没有记录经办人。
    Misses: 派单之后再转手（由人工改派看）；排班本身被操纵；种子未按时承诺（由账本核对）。
    """
    told = parameters.filter(parameters.code.startswith(SEED), parameters.value.re_search("^([0-9a-fA-F]{2})+$"))
    seeds = _seeds(session.frame(told))
    if seeds.empty:  # nothing was promised: no assignment can be off, and none is read
        return Looked(pd.DataFrame(columns=["subject_id", "unit_code", "period", "score", "observed", "expected"]))
    asked = session.lend("day_seeds", seeds)
    drawn = _drawn(_pools(), asked)
    off = drawn.filter(drawn.given != drawn.officer)
    off = off.mutate(times=off.count().over(group_by=["unit_code", "on", "given"]))
    by_month = drawn.group_by("unit_code", "on").agg(checked=drawn.count())
    counted = off.group_by("unit_code", "on").agg(
        score=off.count().cast("float64"),
        rows=off.entry_id.collect(distinct=True, order_by=off.entry_id),
        favoured=off.given.first(order_by=[off.times.desc(), off.given]),  # of two alike always the same
    )
    both = counted.inner_join(by_month, ["unit_code", "on"]).filter(lambda t: t.score >= cut)
    rows = session.frame(both).assign(
        subject_id=lambda t: t["unit_code"], period=lambda t: pd.to_datetime(t["on"]).dt.strftime("%Y-%m"),
        observed=lambda t: t["score"], expected=0.0,
    )  # fmt: skip
    return Looked(rows.drop(columns="on"))


def _seeds(told: pd.DataFrame) -> pd.DataFrame:
    """The two keys of HMAC-SHA-256 (RFC 2104) of every unit and day, as hexadecimal digits."""
    told = told.drop_duplicates(["code", "from", "value"])
    keys = [_block(bytes.fromhex(value)) for value in told["value"]]
    return pd.DataFrame(
        {
            "unit_code": told["code"].str.removeprefix(SEED).astype(str),
            "day": pd.to_datetime(told["from"]).dt.date,
            "inner": [bytes(byte ^ 0x36 for byte in key).hex() for key in keys],
            "outer": [bytes(byte ^ 0x5C for byte in key).hex() for key in keys],
        }
    ).astype({"inner": str, "outer": str})


def _block(seed: bytes) -> bytes:
    return (hashlib.sha256(seed).digest() if len(seed) > BLOCK else seed).ljust(BLOCK, b"\0")


def _pools():
    """Every assignment with the officers who were on duty, in the order of their ids."""
    given = events.filter(events.object_type == "entry", events.activity == "assign", events.result.length() > 0)
    given = given.select("event_id", "unit_code", "post", "at", entry_id="object_id", given="result")
    on_duty = rosters.select("unit_code", "officer_id", "starts_at", "ends_at", of_post="post")
    both = given.inner_join(
        on_duty, ["unit_code", given["at"] >= on_duty.starts_at, given["at"] < on_duty.ends_at]
    ).filter(lambda t: t.post.fill_null(t.of_post) == t.of_post)
    pools = both.group_by("event_id", "unit_code", "at", "entry_id", "given").agg(
        officers=both.officer_id.collect(distinct=True, order_by=both.officer_id)
    )
    return pools.mutate(many=pools.officers.length(), day=day(pools["at"]), on=month(pools["at"]))


def _drawn(pools, seeds):
    """Whom the seed of the day had drawn: the digest as one large number, modulo the number on duty."""
    both = pools.inner_join(seeds, ["unit_code", "day"])
    inside = sha256(unhex(both.inner + hex_of(both.entry_id)))
    both = both.mutate(digest=sha256(unhex(both.outer + inside)))
    place = ibis.literal(0, "int64")
    for start in range(0, 64, 8):
        part = (ibis.literal("0x") + both.digest.substr(start, 8)).cast("int64")
        place = (place * (2**32 % both.many) + part) % both.many
    return both.mutate(place=place).mutate(officer=lambda t: t.officers[t.place])
