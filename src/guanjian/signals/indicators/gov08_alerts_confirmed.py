"""I-GOV-08: alerts confirmed."""

from guanjian.engine.clock import week
from guanjian.engine.tables import findings, outcomes
from guanjian.kernel.words import Text
from guanjian.signals.indicator import Means, Source, Worse, indicator
from guanjian.signals.placed import weekly

EXAMPLE = """
findings: finding_id code unit_code line_code subject_type subject_id period
f1 VAL-01 2201 TAX-VALUE entry a1 2026-03
f2 VAL-01 2201 TAX-VALUE entry a2 2026-03
f3 VAL-01 2201 TAX-VALUE entry a3 2026-03
outcomes: outcome_id finding_id subject_type subject_id verdict decided_at
o1 f1 entry a1 confirmed 2026-03-02T09:00
o2 f2 entry a2 refuted 2026-03-02T09:00
o3 f3 entry a3 undetermined 2026-03-02T09:00
=> 2201 TAX-VALUE 2026-03-02 1 2
"""


@indicator(
    "I-GOV-08",
    Text("预警属实率", "Alerts confirmed"),
    line="RSK-ANALYSIS",
    node="verify",
    means=Means.SHARE,
    of=Text("属实 ÷ 有结论的预警", "confirmed ÷ alerts with a verdict"),
    worse=Worse.LOWER,
    source=Source.PROPOSAL,
    reads=("outcomes", "findings"),
)
def alerts_confirmed():
    """有处置结论的预警中属实的占比，按预警所属条线分列：预警本身值不值得看。

    Value: 结论为属实的 ÷ 结论为属实或排除的预警，按作出结论的周，计在预警所属单位。
    Silent when: 该周没有作出结论的预警，或结论不带预警编号。
    Misses: 草率排除的；没有单位或条线的预警。
    """
    where = findings.select("finding_id", "unit_code", "line_code")
    told = outcomes.inner_join(where, "finding_id").mutate(week=week(outcomes.decided_at))
    sure = told.verdict.isin(("confirmed", "refuted"))
    return weekly(told, told.count(where=told.verdict == "confirmed"), told.count(where=sure), "line_code")
