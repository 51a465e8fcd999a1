"""Marks left by the work: duplicate evidence, override share, blank fields, lowered requirements, split amounts."""

from __future__ import annotations

from guanjian.engine.controls.clocks import check_unit
from guanjian.engine.controls.template import (
    Act,
    Amounts,
    Count,
    Field,
    Fields,
    Number,
    Question,
    Word,
    Words,
    one_of,
    template,
    text,
)
from guanjian.kernel.errors import BadInput


@template(
    "duplicate_evidence",
    ("证据重复使用", "Duplicate evidence"),
    ("“{a}”的证据没有用于别的作业", "The evidence of “{a}” is used for one object only"),
    columns={"evidence": ()},
    across=True,
)
def duplicate_evidence(q: Question, a: Act) -> str:
    """The same fingerprint (photo, document) under two objects; all of them are shown."""
    shared = (
        f"SELECT evidence FROM {q.log} WHERE {one_of('a', a)} AND evidence IS NOT NULL "
        "GROUP BY evidence HAVING min(o) < max(o)"
    )
    return (
        f"SELECT l.o, l.n, 'duplicate' AS why FROM {q.log} l JOIN ({shared}) d ON d.evidence = l.evidence "
        f"WHERE {one_of('l.a', a)}"
    )


@template(
    "share",
    ("占比", "Share"),
    (
        "每个“{by}”的“{a}”占“{of}”不超过{at_most}（至少{at_least}次方予判断）",
        "Per “{by}”, “{a}” is at most {at_most} of “{of}” (judged from {at_least} on)",
    ),
    columns={"@by": ("a",)},
    subject="by",
    across=True,
)
def share(q: Question, a: Act, *, of: Act, by: Field, at_most: Number = 0.2, at_least: Count = 20) -> str:
    """Overrides among decisions, say: the object is the person or unit, the evidence every event of the numerator."""
    high = (
        f"SELECT {by} AS g FROM {q.log} WHERE {one_of('a', of)} OR {one_of('a', a)} GROUP BY {by} "
        f"HAVING count(*) >= {at_least} AND count(*) FILTER (WHERE {one_of('a', a)}) > {at_most} * count(*)"
    )
    return f"SELECT l.o, l.n, 'share' AS why FROM {q.log} l JOIN ({high}) h ON h.g = l.{by} WHERE {one_of('l.a', a)}"


@template(
    "filled",
    ("必填", "Filled in"),
    ("“{a}”须填写“{fields}”", "“{a}” states “{fields}”"),
    columns={"@fields": ()},
)
def filled(q: Question, a: Act, fields: Fields) -> str:
    blank = " OR ".join(f"{name} IS NULL OR CAST({name} AS varchar) = ''" for name in fields)
    return f"SELECT o, n, 'blank' AS why FROM {q.log} WHERE {one_of('a', a)} AND ({blank})"


@template(
    "at_most",
    ("金额上限", "Ceiling"),
    ("“{a}”的“{field}”不超过{limit}", "The “{field}” of “{a}” is at most {limit}"),
    columns={"@field": ("a",)},
)
def at_most(q: Question, a: Act, field: Amounts, limit: Number) -> str:
    return f"SELECT o, n, 'over_limit' AS why FROM {q.log} WHERE {one_of('a', a)} AND {field} > {limit}"


@template(
    "amount_needs",
    ("达到金额须办", "Needed from an amount on"),
    ("“{a}”金额达到{at_least}时须有“{b}”（{when}）", "From {at_least} on, “{a}” needs “{b}” ({when})"),
    columns={"amount": ("a",)},
)
def amount_needs(q: Question, a: Act, at_least: Number, b: Act, when: Word = "any") -> str:
    order = {"before": "AND y.n < x.n", "after": "AND y.n > x.n", "any": ""}
    if when not in order:
        raise BadInput("“when”应为 before、after 或 any。", "“when” is before, after or any.")
    return (
        f"SELECT x.o, x.n, 'missing' AS why FROM {q.log} x WHERE {one_of('x.a', a)} AND x.amount >= {at_least} "
        f"AND NOT EXISTS (SELECT 1 FROM {q.log} y WHERE y.o = x.o AND {one_of('y.a', b)} {order[when]})"
    )


def _rank(column: str, order: list[str]) -> str:
    return f"CASE {column} " + " ".join(f"WHEN {text(v)} THEN {i}" for i, v in enumerate(order)) + " END"


def _unranked(q: Question, a: Act, *, required: Field, actual: Field, order: Words) -> str:
    outside = f"{_rank(required, order)} IS NULL OR {_rank(actual, order)} IS NULL"
    both = f"{required} IS NOT NULL AND {actual} IS NOT NULL"
    return f"SELECT o, {text(actual)} AS field FROM {q.log} WHERE {one_of('a', a)} AND {both} AND ({outside})"


@template(
    "downgraded",
    ("降低要求", "Lowered requirement"),
    (
        "“{a}”的“{actual}”不低于要求的“{required}”（由严到宽：{order}）",
        "“{actual}” of “{a}” is not lighter than “{required}” (strict to light: {order})",
    ),
    columns={"@required": ("a",), "@actual": ("a",)},
    untestable=_unranked,
)
def downgraded(q: Question, a: Act, *, required: Field, actual: Field, order: Words) -> str:
    """Values outside the order cannot be compared and cannot be tested."""
    lighter = f"{_rank(actual, order)} > {_rank(required, order)}"
    return f"SELECT o, n, 'downgraded' AS why FROM {q.log} WHERE {one_of('a', a)} AND {lighter}"


@template(
    "band",
    ("裁量幅度", "Band"),
    ("“{a}”的“{value}”在“{base}”的{low}至{high}倍之间", "The “{value}” of “{a}” is {low} to {high} times “{base}”"),
    columns={"@value": ("a",), "@base": ("a",)},
)
def band(q: Question, a: Act, *, value: Amounts, base: Amounts, low: Number, high: Number) -> str:
    outside = f"{value} < {low} * {base} OR {value} > {high} * {base}"
    return f"SELECT o, n, 'out_of_band' AS why FROM {q.log} WHERE {one_of('a', a)} AND ({outside})"


@template(
    "split",
    ("化整为零", "Split"),
    (
        "同一“{same}”在{within}{unit}内的“{a}”，各笔低于{total}时合计也低于{total}",
        "“{a}” of one “{same}” within {within} {unit}, each below {total}, stay below {total} together",
    ),
    columns={"amount": ("a",), "@same": ("a",)},
    across=True,
)
def split(
    q: Question, a: Act, *, same: Fields, total: Number, within: Count, unit: Word = "cd", pieces: Count = 2
) -> str:
    """A moving window that ends at each event; every piece of a window that reaches the limit is evidence."""
    check_unit(unit)
    if unit not in ("h", "cd"):
        raise BadInput("“split”的单位应为 h 或 cd。", "The unit of “split” is h or cd.")
    span = f"INTERVAL '{within * (3600 if unit == 'h' else 86400)} seconds'"
    keys = ", ".join(same)
    filled_in = " AND ".join(f"{key} IS NOT NULL" for key in same)
    parts = f"SELECT o, n, t, amount, {keys} FROM {q.log} WHERE {one_of('a', a)} AND amount < {total} AND {filled_in}"
    window = f"OVER (PARTITION BY {keys} ORDER BY t RANGE BETWEEN {span} PRECEDING AND CURRENT ROW)"
    sums = f"SELECT *, sum(amount) {window} AS together, count(*) {window} AS pieces FROM ({parts}) p"
    full = f"SELECT * FROM ({sums}) s WHERE together >= {total} AND pieces >= {pieces}"
    alike = " AND ".join(f"x.{key} = y.{key}" for key in same)
    return (
        f"SELECT DISTINCT x.o, x.n, 'split' AS why FROM ({parts}) x JOIN ({full}) y "
        f"ON {alike} AND x.t <= y.t AND x.t >= y.t - {span}"
    )
