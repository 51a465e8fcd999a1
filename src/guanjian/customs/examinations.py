"""Examinations: who opened what, how, and what was found. Assessed figures never overwrite declared ones."""

from guanjian.customs.table import Table, columns
from guanjian.kernel.words import Text

TABLE = Table(
    "examinations",
    columns(
        "exam_id",
        "entry_id",
        "instruction_id?",
        "required_mode? @exam_mode",
        "mode @exam_mode",
        "officer1",
        "officer2?",
        "started_at ts",
        "ended_at ts?",
        "place?",
        "finding bool",
        "find_kind? @find_kind",
        "handling @handling",
        "assessed_value_cny decimal?",
        "evaded_cny decimal?",
    ),
    key=("exam_id",),
    month_of="started_at",
    title=Text("查验", "Examinations"),
)
