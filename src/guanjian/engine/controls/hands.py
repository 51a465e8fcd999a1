"""Hands: separation of posts, two persons, authority as of the day, recusal, roster, qualification."""

from __future__ import annotations

from guanjian.engine.controls.template import Act, Count, Question, Steps, Word, listed, one_of, template, text


@template(
    "apart",
    ("不相容岗位分离", "Four eyes"),
    ("“{steps}”由不同的人办理", "Different persons take “{steps}”"),
    columns={"who": ("steps",)},
)
def apart(q: Question, steps: Steps, empty: Word = "unknown") -> str:
    """Every step of every kind counts, not only the last: nobody may appear under two of the kinds in one object."""
    others = [[activity for other in steps if other is not step for activity in listed(other)] for step in steps]
    return " UNION ALL ".join(
        f"SELECT x.o, x.n, 'same_person' AS why FROM {q.log} x WHERE {one_of('x.a', step)} AND x.who IS NOT NULL "
        f"AND EXISTS (SELECT 1 FROM {q.log} y WHERE y.o = x.o AND y.who = x.who AND {one_of('y.a', rest)})"
        for step, rest in zip(steps, others, strict=True)
    )


@template(
    "self_approved",
    ("自办自批", "Own approval"),
    ("“{a}”的批准人不是经办人本人", "Who does “{a}” does not approve it"),
    columns={"who": ("a",), "approver_id": ("a",)},
)
def self_approved(q: Question, a: Act, empty: Word = "unknown") -> str:
    return f"SELECT o, n, 'same_person' AS why FROM {q.log} WHERE {one_of('a', a)} AND approver_id = who"


@template(
    "two_persons",
    ("双人作业", "Two persons"),
    ("“{a}”由不少于{persons}人办理", "“{a}” is done by at least {persons} persons"),
    columns={"who": ()},
)
def two_persons(q: Question, a: Act, persons: Count = 2) -> str:
    """An empty hand counts as nobody: a record of one name is a breach, not a gap."""
    few = f"SELECT o FROM {q.log} WHERE {one_of('a', a)} GROUP BY o HAVING count(DISTINCT who) < {persons}"
    return f"SELECT l.o, l.n, 'too_few' AS why FROM {q.log} l JOIN ({few}) f ON f.o = l.o WHERE {one_of('l.a', a)}"


_IN_FORCE = (
    "(g.from_day IS NULL OR g.from_day <= CAST(l.t AS date)) AND (g.to_day IS NULL OR g.to_day >= CAST(l.t AS date))"
)


@template(
    "authority",
    ("授权限额", "Authority limit"),
    ("“{a}”的金额不超过办理人当日的授权限额", "The amount of “{a}” is within the officer's limit of that day"),
    columns={"who": ("a",), "amount": ("a",)},
    tables=("authorities",),
)
def authority(q: Question, a: Act, empty: Word = "unknown") -> str:
    """A holder is an officer or a post; of several grants in force the widest counts, an empty limit is no limit."""
    acts = f"{one_of('l.a', a)} AND l.who IS NOT NULL AND l.amount IS NOT NULL"
    grants = " UNION ALL ".join(
        f"SELECT l.n, g.limit_cny FROM {q.log} l JOIN side_authorities g ON g.holder = {holder} "
        f"AND (g.activity IS NULL OR g.activity = {_plain('l.a')}) AND {_IN_FORCE} WHERE {acts}"
        for holder in (_plain("l.who"), "l.post")
    )
    held = f"SELECT n, max(limit_cny) AS most, count(*) - count(limit_cny) AS free FROM ({grants}) g GROUP BY n"
    return (
        "SELECT l.o, l.n, CASE WHEN h.n IS NULL THEN 'no_authority' ELSE 'over_limit' END AS why "
        f"FROM {q.log} l LEFT JOIN ({held}) h ON h.n = l.n "
        f"WHERE {acts} AND (h.n IS NULL OR (h.free = 0 AND l.amount > h.most))"
    )


def _plain(column: str) -> str:
    return f"CAST({column} AS varchar)"


@template(
    "recusal",
    ("回避", "Recusal"),
    ("办理“{a}”的人与当事人没有应回避的关系", "Who does “{a}” has no relation with the party"),
    columns={"who": ("a",), "party": ("a",)},
    tables=("relations",),
)
def recusal(q: Question, a: Act, empty: Word = "unknown") -> str:
    """A relation declared by the day, in either direction, with the party of the object."""
    who, party = _plain("l.who"), _plain("l.party")
    return " UNION ".join(
        f"SELECT l.o, l.n, 'recusal' AS why FROM {q.log} l JOIN side_relations r ON r.officer_id = {one} AND r.other_id = {other} "
        f"AND (r.declared_on IS NULL OR r.declared_on <= CAST(l.t AS date)) WHERE {one_of('l.a', a)}"
        for one, other in ((who, party), (party, who))
    )


# Of a shift of many officers, one row says that somebody was on duty.
_SHIFTS = "(SELECT DISTINCT unit_code, day, starts_at, ends_at FROM side_rosters)"
_SHIFT = "r.unit_code = l.unit_code AND r.day = CAST(l.t AS date) AND l.t >= r.starts_at AND l.t < r.ends_at"


def _no_roster(q: Question, a: Act, empty: Word = "unknown") -> str:
    return (
        f"SELECT l.o, 'rosters' AS field FROM {q.log} l WHERE {one_of('l.a', a)} AND l.who IS NOT NULL "
        f"AND NOT EXISTS (SELECT 1 FROM {_SHIFTS} r WHERE {_SHIFT})"
    )


@template(
    "rostered",
    ("在班办理", "On the roster"),
    ("“{a}”由当班人员办理", "Who does “{a}” is on the roster"),
    columns={"who": ("a",), "unit_code": ("a",)},
    tables=("rosters",),
    untestable=_no_roster,
)
def rostered(q: Question, a: Act, empty: Word = "unknown") -> str:
    """Judged only where the unit has a roster for that moment; elsewhere it cannot be tested."""
    return (
        f"SELECT l.o, l.n, 'off_duty' AS why FROM {q.log} l WHERE {one_of('l.a', a)} AND l.who IS NOT NULL "
        f"AND EXISTS (SELECT 1 FROM {_SHIFTS} r WHERE {_SHIFT}) "
        f"AND NOT EXISTS (SELECT 1 FROM side_rosters r WHERE {_SHIFT} AND r.officer_id = {_plain('l.who')})"
    )


@template(
    "qualified",
    ("持证上岗", "Qualified"),
    ("办理“{a}”的人当日已通过“{course}”考核", "Who does “{a}” has passed “{course}” as of the day"),
    columns={"who": ("a",)},
    tables=("qualifications",),
)
def qualified(q: Question, a: Act, course: Word, empty: Word = "unknown") -> str:
    return (
        f"SELECT l.o, l.n, 'unqualified' AS why FROM {q.log} l WHERE {one_of('l.a', a)} AND l.who IS NOT NULL "
        f"AND NOT EXISTS (SELECT 1 FROM side_qualifications k WHERE k.officer_id = {_plain('l.who')} "
        f"AND k.course = {text(course)} AND k.passed AND k.passed_on <= CAST(l.t AS date) "
        "AND (k.expires IS NULL OR k.expires >= CAST(l.t AS date)))"
    )
