"""Penalties: what was decided on a case, on which base, by whom."""

from guanjian.customs.table import Table, columns
from guanjian.kernel.words import Text

TABLE = Table(
    "penalties",
    columns(
        "case_id",
        "decided_at ts",
        "tier @tier",
        "base_cny decimal",
        "fine_cny decimal",
        "confiscated_cny decimal?",
        "officers list",
        "legal_review_by?",
        "approved_by?",
    ),
    month_of="decided_at",
    title=Text("行政处罚", "Penalties"),
)
