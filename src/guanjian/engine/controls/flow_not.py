"""Control flow that must not be: the negated DECLARE templates, and steps skipped, reordered or repeated."""

from __future__ import annotations

from guanjian.engine.controls.template import Act, Count, Question, Steps, one_of, template


def _pair(q: Question, a: Act, b: Act, keep: str) -> str:
    """Events of `a` and `b` in objects where both are there and `keep` holds between first `a` and last `b`."""
    bounds = (
        f"(SELECT o, min(n) FILTER (WHERE {one_of('a', a)}) AS first_a, max(n) FILTER (WHERE {one_of('a', b)}) AS last_b "
        f"FROM {q.log} WHERE {one_of('a', a)} OR {one_of('a', b)} GROUP BY o)"
    )
    return (
        f"SELECT l.o, l.n, 'too_many' AS why FROM {q.log} l JOIN {bounds} p ON p.o = l.o "
        f"WHERE p.first_a IS NOT NULL AND p.last_b IS NOT NULL AND ({keep})"
    )


@template(
    "not_coexistence",
    ("不得并存", "Not co-existence"),
    ("“{a}”与“{b}”不得并存", "“{a}” and “{b}” never happen in one object"),
    flow=True,
)
def not_coexistence(q: Question, a: Act, b: Act) -> str:
    return _pair(q, a, b, f"{one_of('l.a', a)} OR {one_of('l.a', b)}")


@template(
    "not_responded_existence",
    ("有甲不得有乙", "Not responded existence"),
    ("有“{a}”就不得有“{b}”", "Where “{a}” happens, “{b}” does not"),
    flow=True,
)
def not_responded_existence(q: Question, a: Act, b: Act) -> str:
    return not_coexistence(q, a, b)


@template(
    "not_response",
    ("其后不得有", "Not response"),
    ("“{a}”之后不得有“{b}”", "“{a}” is never followed by “{b}”"),
    flow=True,
)
def not_response(q: Question, a: Act, b: Act) -> str:
    late = f"({one_of('l.a', a)} AND l.n < p.last_b) OR ({one_of('l.a', b)} AND l.n > p.first_a)"
    return _pair(q, a, b, f"p.first_a < p.last_b AND ({late})")


@template(
    "not_precedence",
    ("此前不得有", "Not precedence"),
    ("“{b}”之前不得有“{a}”", "“{b}” is never preceded by “{a}”"),
    flow=True,
)
def not_precedence(q: Question, a: Act, b: Act) -> str:
    return not_response(q, a, b)


@template(
    "not_succession",
    ("不得前后相承", "Not succession"),
    ("“{a}”之后不得再有“{b}”", "“{b}” never comes after “{a}”"),
    flow=True,
)
def not_succession(q: Question, a: Act, b: Act) -> str:
    return not_response(q, a, b)


@template(
    "not_chain_response",
    ("不得紧随", "Not chain response"),
    ("“{a}”的下一步不得是“{b}”", "“{b}” never comes right after “{a}”"),
    flow=True,
)
def not_chain_response(q: Question, a: Act, b: Act) -> str:
    inner = f"SELECT o, n, a, lead(a) OVER (PARTITION BY o ORDER BY n) AS beside FROM {q.log}"
    return f"SELECT o, n, 'order' AS why FROM ({inner}) x WHERE {one_of('a', a)} AND {one_of('beside', b)}"


@template(
    "not_chain_precedence",
    ("不得紧接其前", "Not chain precedence"),
    ("“{b}”的上一步不得是“{a}”", "“{a}” never comes right before “{b}”"),
    flow=True,
)
def not_chain_precedence(q: Question, a: Act, b: Act) -> str:
    return not_chain_response(q, a, b)


@template(
    "not_chain_succession",
    ("不得紧密相承", "Not chain succession"),
    ("“{a}”“{b}”不得紧接进行", "“{a}” and “{b}” are never neighbours in this order"),
    flow=True,
)
def not_chain_succession(q: Question, a: Act, b: Act) -> str:
    return not_chain_response(q, a, b)


def _firsts(q: Question, steps: list[str]) -> str:
    """Per object the number of the first event of each step: columns f0, f1 …"""
    firsts = ", ".join(f"min(n) FILTER (WHERE {one_of('a', step)}) AS f{i}" for i, step in enumerate(steps))
    return f"(SELECT o, {firsts} FROM {q.log} WHERE {one_of('a', steps)} GROUP BY o)"


@template(
    "skipped",
    ("环节跳过", "Skipped steps"),
    ("办到最后一步时，“{steps}”各步均已办过", "Who reached the last of “{steps}” went through each of them"),
    flow=True,
)
def skipped(q: Question, steps: Steps) -> str:
    end = len(steps) - 1
    missing = " OR ".join(f"f{i} IS NULL" for i in range(end))
    return (
        f"SELECT o, f{end} AS n, 'missing' AS why FROM {_firsts(q, steps)} x WHERE f{end} IS NOT NULL AND ({missing})"
    )


@template(
    "reordered",
    ("环节倒置", "Reordered steps"),
    ("“{steps}”按此顺序办理（以首次为准）", "The steps “{steps}” begin in this order"),
    flow=True,
)
def reordered(q: Question, steps: Steps) -> str:
    pairs = [(i, j) for j in range(1, len(steps)) for i in range(j)]
    return " UNION ALL ".join(
        f"SELECT o, f{j} AS n, 'order' AS why FROM {_firsts(q, steps)} x WHERE f{j} < f{i}" for i, j in pairs
    )


@template(
    "repeated",
    ("环节重复", "Repeated step"),
    ("“{a}”最多{at_most}次", "“{a}” happens at most {at_most} time(s)"),
    flow=True,
)
def repeated(q: Question, a: Act, at_most: Count = 1) -> str:
    inner = f"SELECT o, n, row_number() OVER (PARTITION BY o ORDER BY n) AS k FROM {q.log} WHERE {one_of('a', a)}"
    return f"SELECT o, n, 'too_many' AS why FROM ({inner}) x WHERE k > {at_most}"
