"""Time: limits in their own unit, too soon, outside working hours, recorded after the fact, overlapping.

Hours run from the minute; days, months and years end at 24:00 of their last day, the first day not counted: the same
arithmetic as kernel.workdays.due, written on a table `working_days(day, nth, works)`.
"""

from __future__ import annotations

from guanjian.engine.controls.template import Act, Count, Flag, Question, Word, one_of, template
from guanjian.kernel.errors import BadInput

SECONDS = {"s": 1, "min": 60, "h": 3600}
DAYS = {"cd": "day", "m": "month", "y": "year"}


def due(start: str, amount: int, unit: str) -> str:
    """The SQL of the end of a limit that begins at `start`; working days need the join of `_with_due`."""
    if unit in SECONDS:
        return f"{start} + INTERVAL '{amount * SECONDS[unit]} seconds'"
    return f"CAST(CAST({start} AS date) + INTERVAL '{amount} {DAYS[unit]}' AS timestamp) + INTERVAL '1 day'"


def check_unit(unit: str) -> None:
    """`BadInput` for an unknown unit."""
    if unit not in {*SECONDS, *DAYS, "wd"}:
        raise BadInput(
            f"时限单位“{unit}”不可用，应为 s、min、h、cd（日）、wd（工作日）、m（月）或 y（年）。",
            f"The unit “{unit}” is unknown; use s, min, h, cd (calendar days), wd (working days), m (months) or y.",
        )


def _with_due(waits: str, amount: int, unit: str) -> str:
    """The waits `o, n, t, done_n, done_t` with their `due`."""
    check_unit(unit)
    if unit != "wd":
        return f"(SELECT w.*, {due('w.t', amount, unit)} AS due FROM {waits} w)"
    return (
        f"(SELECT w.*, CAST(e.day AS timestamp) + INTERVAL '1 day' AS due FROM {waits} w "
        f"JOIN working_days s ON s.day = CAST(w.t AS date) JOIN working_days e ON e.nth = s.nth + {amount} AND e.works)"
    )


def _first_waits(q: Question, a: Act, b: Act) -> str:
    firsts = ", ".join(
        f"min({x}) FILTER (WHERE {one_of('a', names)}) AS {name}"
        for names, x, name in ((a, "n", "n"), (a, "t", "t"), (b, "n", "done_n"), (b, "t", "done_t"))
    )
    return (
        f"(SELECT * FROM (SELECT o, {firsts} FROM {q.log} WHERE {one_of('a', a)} OR {one_of('a', b)} GROUP BY o) f "
        "WHERE n IS NOT NULL)"
    )


def _each_wait(q: Question, a: Act, b: Act) -> str:
    order = "PARTITION BY o ORDER BY n ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING"
    ends = f"min(CASE WHEN {one_of('a', b)} THEN n END) OVER ({order}) AS done_n"
    times = f"min(CASE WHEN {one_of('a', b)} THEN t END) OVER ({order}) AS done_t"
    inner = f"SELECT o, n, t, a, {ends}, {times} FROM {q.log} WHERE {one_of('a', a)} OR {one_of('a', b)}"
    return f"(SELECT o, n, t, done_n, done_t FROM ({inner}) e WHERE {one_of('a', a)})"


def _waits(q: Question, a: Act, b: Act, each: bool) -> str:
    return _each_wait(q, a, b) if each else _first_waits(q, a, b)


def _limit_untestable(q: Question, a: Act, b: Act, *, amount: Count, unit: Word, each: Flag = False) -> str:
    """A working-day limit that begins or ends beyond the holiday table."""
    if unit != "wd":
        return ""
    return (
        f"SELECT o, 'holidays' AS field FROM {q.log} l WHERE {one_of('a', a)} AND NOT EXISTS (SELECT 1 FROM working_days s "
        f"JOIN working_days e ON e.nth = s.nth + {amount} AND e.works WHERE s.day = CAST(l.t AS date))"
    )


@template(
    "time_limit",
    ("办理时限", "Time limit"),
    ("“{a}”之后{amount}{unit}内办“{b}”", "“{b}” within {amount} {unit} of “{a}”"),
    untestable=_limit_untestable,
)
def time_limit(q: Question, a: Act, b: Act, *, amount: Count, unit: Word, each: Flag = False) -> str:
    """First `a` to first `b`, or with `each` every `a` to the next `b`; an open wait is judged at the end of the log."""
    if amount < 1:
        raise BadInput("时限至少为1。", "A limit is at least 1.")
    waits = _with_due(_waits(q, a, b, each), amount, unit)
    late = "done_t > due" if unit in SECONDS else "done_t >= due"
    breached = f"SELECT o, n, done_n FROM {waits} w WHERE {late} OR (done_t IS NULL AND due <= {q.as_of})"
    return _ends(breached, "CASE WHEN done_n IS NULL THEN 'overdue' ELSE 'late' END")


def _ends(waits: str, why: str) -> str:
    """Both ends of each wait `o, n, done_n` as evidence, the waits themselves asked only once."""
    ends = "(SELECT 1 AS k UNION ALL SELECT 2 AS k)"
    return (
        f"SELECT o, CASE WHEN k = 1 THEN n ELSE done_n END AS n, {why} AS why FROM ({waits}) b CROSS JOIN {ends} e "
        "WHERE k = 1 OR done_n IS NOT NULL"
    )


@template(
    "too_soon",
    ("过快办结", "Too soon"),
    ("“{a}”之后不到{amount}{unit}即“{b}”", "“{b}” not sooner than {amount} {unit} after “{a}”"),
)
def too_soon(q: Question, a: Act, b: Act, amount: Count, unit: Word = "min") -> str:
    check_unit(unit)
    if unit not in SECONDS:
        raise BadInput("“too_soon”的单位应为 s、min 或 h。", "The unit of “too_soon” is s, min or h.")
    waits = _each_wait(q, a, b)
    soon = f"SELECT o, n, done_n FROM {waits} w WHERE done_t < {due('t', amount, unit)}"
    return _ends(soon, "'too_soon'")


@template(
    "too_short",
    ("作业用时过短", "Too short"),
    ("“{a}”用时不少于{minutes}分钟", "“{a}” lasts at least {minutes} minutes"),
    columns={"ended_at": ("a",)},
)
def too_short(q: Question, a: Act, minutes: Count) -> str:
    return (
        f"SELECT o, n, 'too_soon' AS why FROM {q.log} WHERE {one_of('a', a)} "
        f"AND ended_at < t + INTERVAL '{minutes * 60} seconds'"
    )


@template(
    "off_hours",
    ("非工作时间办理", "Outside working hours"),
    ("“{a}”在{start}时至{end}时之间办理", "“{a}” between {start}:00 and {end}:00"),
)
def off_hours(q: Question, a: Act, start: Count = 8, end: Count = 18, working_days: Flag = False) -> str:
    """Work in the hours [start, end) is in order (22 to 6 goes over midnight); `working_days`: only on those."""
    hour = "extract(hour FROM t)"
    away = f"({hour} < {start} {'OR' if start <= end else 'AND'} {hour} >= {end})"
    if working_days:
        away += " OR NOT EXISTS (SELECT 1 FROM working_days d WHERE d.day = CAST(t AS date) AND d.works)"
    return f"SELECT o, n, 'off_hours' AS why FROM {q.log} WHERE {one_of('a', a)} AND ({away})"


@template(
    "back_dated",
    ("事后补录", "Back-dated"),
    (
        "“{a}”的设备时间与服务器接收时间相差不超过{minutes}分钟",
        "“{a}” reaches the server within {minutes} minutes of its device time",
    ),
    columns={"received_at": ("a",)},
)
def back_dated(q: Question, a: Act, minutes: Count = 60, ahead_minutes: Count = 5) -> str:
    """Received long after the time it claims, or claiming a time that is still to come."""
    return (
        f"SELECT o, n, 'back_dated' AS why FROM {q.log} WHERE {one_of('a', a)} "
        f"AND (received_at > t + INTERVAL '{minutes * 60} seconds' OR received_at < t - INTERVAL '{ahead_minutes * 60} seconds')"
    )


@template(
    "overlap",
    ("时间重叠", "Overlap"),
    ("同一人的“{a}”时间上不重叠", "One person's “{a}” do not overlap in time"),
    columns={"who": ("a",), "ended_at": ("a",)},
    across=True,
)
def overlap(q: Question, a: Act, empty: Word = "unknown") -> str:
    """Two pieces of work of one person that ran at the same time, in one object or in two."""
    earlier = "OVER (PARTITION BY who ORDER BY t, n ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)"
    later = "OVER (PARTITION BY who ORDER BY t, n ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING)"
    work = (
        f"SELECT o, n, t, ended_at, max(ended_at) {earlier} AS busy_until, min(t) {later} AS next_at "
        f"FROM {q.log} WHERE {one_of('a', a)} AND who IS NOT NULL AND ended_at > t"
    )
    return f"SELECT o, n, 'overlap' AS why FROM ({work}) w WHERE busy_until > t OR next_at < ended_at"
