"""Selections: for every entry, selected or not, the lane and the chance that it had."""

from guanjian.customs.table import Table, columns
from guanjian.kernel.words import Text

TABLE = Table(
    "selections",
    columns(
        "entry_id",
        "decided_at ts",
        "unit_code",
        "lane @lane",
        "selected bool",
        "propensity float 0..1",
        "score float?",
        "model_version?",
        "reason?",
    ),
    month_of="decided_at",
    title=Text("选查决定", "Selections"),
)
