"""REC-01: a problem that is back although its rectification was closed out."""

from guanjian.engine.tables import problems
from guanjian.kernel.papers import Level, Subject
from guanjian.kernel.words import Text
from guanjian.signals.detector import Param, detector

EXAMPLE = """
problems: problem_id source unit_code line_code node_code found_on severity closed_on
p1 audit 2201 CLR-EXAM N-1 2026-01-05 medium 2026-01-20
p2 warning 2201 CLR-EXAM N-1 2026-03-05 medium 2026-03-10
p3 audit 2201 CLR-EXAM N-1 2026-05-05 medium -
p4 audit 2202 CLR-EXAM N-1 2026-03-05 medium 2026-03-10
"""


@detector(
    "REC-01",
    Text("整改后问题再犯", "Problem back after rectification"),
    line="supervision",
    node="rectify",
    subject=Subject.UNIT,
    reads=("problems",),
    level=Level.ORANGE,
    says=Text(
        "单位 {subject_id} 的内控节点 {node} 在问题销号之后 {within_days} 天内又发生同类问题 {score:.0f} 次，最短的一次只隔"
        " {shortest_days} 天：整改可能只在纸面上。",
        "At node {node} of unit {subject_id} the same problem came back {score:.0f} time(s) within {within_days} days of"
        " its close-out, once after {shortest_days} days only: the rectification may exist on paper alone.",
    ),
    params={
        "cut": Param(2.0, Text("次", "times"), Text("再犯至少几次", "came back at least so often")),
        "within_days": Param(
            365, Text("天", "days"), Text("销号后多少天内算再犯", "days after the close-out that count")
        ),
    },
)
def repeated_problem(cut, within_days):
    """同一单位、同一内控节点（没有节点时为同一条线）的问题在销号之后又出现：纸面整改的典型迹象。

    重复发生的问题要求高度敏感（双轮驱动、双析双控）；先有销号、后有再犯才计数，同一问题尚未销号的不算。繁忙的节点偶有一次
    再犯并不说明整改是假的（由整改台账提醒），所以默认两次起报。

    Score: 再犯的次数（每个新问题计一次）。
    Silent when: 问题没有销号日期，或隔了 `within_days` 天以上。
    Misses: 换一个节点名称登记的同类问题；只在账外再犯；没有登记的问题。
    """
    known = problems.mutate(node=problems.node_code.fill_null(problems.line_code))
    closed = known.filter(known.closed_on.notnull()).select("unit_code", "node", "closed_on", earlier="problem_id")
    again = known.select("unit_code", "node", "found_on", "problem_id")
    both = again.inner_join(closed, ["unit_code", "node"])
    both = both.mutate(days=both.found_on.delta(both.closed_on, unit="day"))
    back = both.filter(both.days > 0, both.days <= within_days)
    of = back.group_by("unit_code", "node").agg(
        score=back.problem_id.nunique().cast("float64"),
        shortest_days=back.days.min(),
        first=back.closed_on.min(),
        rows=back.problem_id.collect(distinct=True, order_by=back.problem_id),
        closed_out=back.earlier.collect(distinct=True, order_by=back.earlier),
    )
    return of.filter(of.score >= cut).select(
        "unit_code",
        "node",
        "score",
        "rows",
        "closed_out",
        "shortest_days",
        subject_id=of.unit_code,
        period=of["first"].strftime("%Y-%m ") + of.node,
        observed=of.score,
        expected=0.0,
        within_days=within_days,
    )
