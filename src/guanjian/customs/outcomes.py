"""Outcomes: what the office learned about a finding; cases teach detectors."""

from guanjian.customs.table import Table, columns
from guanjian.kernel.words import Text

TABLE = Table(
    "outcomes",
    columns(
        "outcome_id",
        "finding_id?",
        "code?",
        "subject_type @subject_type",
        "subject_id",
        "verdict @verdict",
        "amount_cny decimal?",
        "decided_at ts",
        "source",
    ),
    key=("outcome_id",),
    month_of="decided_at",
    title=Text("处置结论", "Outcomes"),
)
