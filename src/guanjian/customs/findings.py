"""Findings: leads with their evidence and error control; never a verdict."""

from guanjian.customs.table import Table, columns
from guanjian.kernel.words import Text

TABLE = Table(
    "findings",
    columns(
        "finding_id",
        "code",
        "unit_code?",
        "line_code? @lines",
        "subject_type @subject_type",
        "subject_id",
        "period",
        "score float",
        "p_value float? 0..1",
        "q_value float? 0..1",
        "level @level",
        "explanation",
        "evidence json",
        "run_id",
    ),
    key=("finding_id",),
    title=Text("风险线索", "Findings"),
)
