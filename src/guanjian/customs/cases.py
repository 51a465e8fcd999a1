"""Cases: criminal and administrative, with what the front line can learn from them."""

from guanjian.customs.table import Table, columns
from guanjian.kernel.words import Text

TABLE = Table(
    "cases",
    columns(
        "case_id",
        "kind @case_kind",
        "unit_code",
        "filed_at ts",
        "clue_id?",
        "found_by_unit?",
        "found_by_officer?",
        "found_at_stage?",
        "topic",
        "modus list",
        "channel",
        "entry_ids list",
        "enterprise_ids list",
        "hs_code? ~[0-9]{6,10}",
        "declared_price decimal?",
        "actual_price decimal?",
        "value_cny decimal?",
        "evaded_cny decimal?",
        "status",
        "closed_at ts?",
        "gap_code?",
        "label @label",
    ),
    key=("case_id",),
    month_of="filed_at",
    title=Text("案件", "Cases"),
)
