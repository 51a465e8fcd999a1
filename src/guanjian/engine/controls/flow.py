"""Control flow: the DECLARE templates with their standard meaning on finite traces, and skipped or reordered steps."""

from __future__ import annotations

from guanjian.engine.controls.flow_not import not_coexistence
from guanjian.engine.controls.template import Act, Count, Question, one_of, template
from guanjian.kernel.errors import BadInput


def _by_count(q: Question, a: Act, condition: str, why: str) -> str:
    """Objects whose number of `a` meets the condition; the evidence is the last `a`, or the last event without any."""
    return (
        f"SELECT o, coalesce(max(n) FILTER (WHERE {one_of('a', a)}), max(n)) AS n, '{why}' AS why "
        f"FROM {q.log} GROUP BY o HAVING count(*) FILTER (WHERE {one_of('a', a)}) {condition}"
    )


def _turn(q: Question, watched: str, side: str, when: str, wanted: str) -> str:
    """Events `when` whose neighbour (`lead` or `lag`) among the watched events is not one of `wanted`."""
    inner = f"SELECT o, n, a, {side}(a) OVER (PARTITION BY o ORDER BY n) AS beside FROM {q.log} WHERE {watched}"
    return f"SELECT o, n, 'order' AS why FROM ({inner}) x WHERE {when} AND {wanted}"


def _not(column: str, names: Act) -> str:
    return f"({column} IS NULL OR NOT {one_of(column, names)})"


@template(
    "existence",
    ("必须发生", "Existence"),
    ("“{a}”至少发生{times}次", "“{a}” happens at least {times} time(s)"),
    flow=True,
)
def existence(q: Question, a: Act, times: Count = 1) -> str:
    return _by_count(q, a, f"< {times}", "missing")


@template(
    "absence",
    ("不得发生", "Absence"),
    ("“{a}”发生不足{times}次", "“{a}” happens fewer than {times} time(s)"),
    flow=True,
)
def absence(q: Question, a: Act, times: Count = 1) -> str:
    if times < 1:
        raise BadInput("“absence”的次数至少为1。", "The number of times of “absence” is at least 1.")
    inner = f"SELECT o, n, row_number() OVER (PARTITION BY o ORDER BY n) AS k FROM {q.log} WHERE {one_of('a', a)}"
    return f"SELECT o, n, 'too_many' AS why FROM ({inner}) x WHERE k >= {times}"


@template(
    "exactly", ("恰好发生", "Exactly"), ("“{a}”恰好发生{times}次", "“{a}” happens exactly {times} time(s)"), flow=True
)
def exactly(q: Question, a: Act, times: Count = 1) -> str:
    few = _by_count(q, a, f"< {times}", "missing")
    return f"{few} UNION ALL {absence(q, a, times + 1)}"


@template("init", ("首个环节", "Init"), ("办理从“{a}”开始", "The first step is “{a}”"), flow=True)
def init(q: Question, a: Act) -> str:
    first = f"SELECT o, min(n) AS n FROM {q.log} GROUP BY o"
    return f"SELECT l.o, l.n, 'order' AS why FROM {q.log} l JOIN ({first}) f ON f.n = l.n WHERE NOT {one_of('l.a', a)}"


@template("last", ("最后环节", "Last"), ("办理以“{a}”结束", "The last step is “{a}”"), flow=True)
def last(q: Question, a: Act) -> str:
    end = f"SELECT o, max(n) AS n FROM {q.log} GROUP BY o"
    return f"SELECT l.o, l.n, 'order' AS why FROM {q.log} l JOIN ({end}) f ON f.n = l.n WHERE NOT {one_of('l.a', a)}"


@template(
    "responded_existence",
    ("有甲须有乙", "Responded existence"),
    ("有“{a}”就须有“{b}”", "Where “{a}” happens, “{b}” happens too"),
    flow=True,
)
def responded_existence(q: Question, a: Act, b: Act) -> str:
    return (
        f"SELECT x.o, x.n, 'missing' AS why FROM {q.events(a)} x WHERE NOT EXISTS "
        f"(SELECT 1 FROM {q.log} y WHERE y.o = x.o AND {one_of('y.a', b)})"
    )


@template(
    "coexistence",
    ("同有同无", "Co-existence"),
    ("“{a}”与“{b}”同有同无", "“{a}” and “{b}” happen together or not at all"),
    flow=True,
)
def coexistence(q: Question, a: Act, b: Act) -> str:
    return f"{responded_existence(q, a, b)} UNION ALL {responded_existence(q, b, a)}"


@template("choice", ("至少其一", "Choice"), ("“{a}”“{b}”至少有其一", "“{a}” or “{b}” happens"), flow=True)
def choice(q: Question, a: Act, b: Act) -> str:
    return _by_count(q, _both(a, b), "= 0", "missing")


@template(
    "exclusive_choice",
    ("二者择一", "Exclusive choice"),
    ("“{a}”“{b}”有且只有其一", "Either “{a}” or “{b}” happens, not both"),
    flow=True,
)
def exclusive_choice(q: Question, a: Act, b: Act) -> str:
    return f"{choice(q, a, b)} UNION ALL {not_coexistence(q, a, b)}"


def _both(a: Act, b: Act) -> list[str]:
    return [*([a] if isinstance(a, str) else a), *([b] if isinstance(b, str) else b)]


@template(
    "response",
    ("其后必有", "Response"),
    ("每次“{a}”之后须有“{b}”", "Each “{a}” is followed by a later “{b}”"),
    flow=True,
)
def response(q: Question, a: Act, b: Act) -> str:
    ends = f"(SELECT o, max(n) AS n FROM {q.log} WHERE {one_of('a', b)} GROUP BY o)"
    return (
        f"SELECT x.o, x.n, 'missing' AS why FROM {q.events(a)} x LEFT JOIN {ends} y ON y.o = x.o "
        "WHERE y.n IS NULL OR y.n <= x.n"
    )


@template("precedence", ("此前必有", "Precedence"), ("每次“{b}”之前须已有“{a}”", "“{b}” only after “{a}”"), flow=True)
def precedence(q: Question, a: Act, b: Act) -> str:
    starts = f"(SELECT o, min(n) AS n FROM {q.log} WHERE {one_of('a', a)} GROUP BY o)"
    return (
        f"SELECT x.o, x.n, 'order' AS why FROM {q.events(b)} x LEFT JOIN {starts} y ON y.o = x.o "
        "WHERE y.n IS NULL OR y.n >= x.n"
    )


@template(
    "succession",
    ("前后相承", "Succession"),
    ("“{a}”之后须有“{b}”，“{b}”之前须有“{a}”", "“{a}” is followed by “{b}”, and “{b}” comes only after “{a}”"),
    flow=True,
)
def succession(q: Question, a: Act, b: Act) -> str:
    return f"{response(q, a, b)} UNION ALL {precedence(q, a, b)}"


@template(
    "alternate_response",
    ("逐次响应", "Alternate response"),
    ("每次“{a}”之后、再次“{a}”之前须有“{b}”", "Each “{a}” is followed by “{b}” before the next “{a}”"),
    flow=True,
)
def alternate_response(q: Question, a: Act, b: Act) -> str:
    return _turn(q, one_of("a", _both(a, b)), "lead", one_of("a", a), _not("beside", b))


@template(
    "alternate_precedence",
    ("逐次在先", "Alternate precedence"),
    ("每次“{b}”之前、上次“{b}”之后须有“{a}”", "Each “{b}” has its own “{a}” since the last “{b}”"),
    flow=True,
)
def alternate_precedence(q: Question, a: Act, b: Act) -> str:
    return _turn(q, one_of("a", _both(a, b)), "lag", one_of("a", b), _not("beside", a))


@template(
    "alternate_succession",
    ("逐次相承", "Alternate succession"),
    ("“{a}”与“{b}”一来一回，交替进行", "“{a}” and “{b}” alternate, beginning with “{a}”"),
    flow=True,
)
def alternate_succession(q: Question, a: Act, b: Act) -> str:
    return f"{alternate_response(q, a, b)} UNION ALL {alternate_precedence(q, a, b)}"


@template(
    "chain_response",
    ("紧随其后", "Chain response"),
    ("每次“{a}”的下一步须是“{b}”", "Right after each “{a}” comes “{b}”"),
    flow=True,
)
def chain_response(q: Question, a: Act, b: Act) -> str:
    return _turn(q, "TRUE", "lead", one_of("a", a), _not("beside", b))


@template(
    "chain_precedence",
    ("紧接其前", "Chain precedence"),
    ("每次“{b}”的上一步须是“{a}”", "Right before each “{b}” comes “{a}”"),
    flow=True,
)
def chain_precedence(q: Question, a: Act, b: Act) -> str:
    return _turn(q, "TRUE", "lag", one_of("a", b), _not("beside", a))


@template(
    "chain_succession",
    ("紧密相承", "Chain succession"),
    ("“{a}”的下一步须是“{b}”，“{b}”的上一步须是“{a}”", "“{a}” and “{b}” come only as neighbours, in this order"),
    flow=True,
)
def chain_succession(q: Question, a: Act, b: Act) -> str:
    return f"{chain_response(q, a, b)} UNION ALL {chain_precedence(q, a, b)}"
