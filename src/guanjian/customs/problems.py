"""Problems that supervision found, and when they were closed."""

from guanjian.customs.table import Table, columns
from guanjian.kernel.words import Text

TABLE = Table(
    "problems",
    columns(
        "problem_id",
        "source @problem_source",
        "unit_code",
        "line_code @lines",
        "node_code?",
        "found_on date",
        "severity @severity",
        "due_on date?",
        "closed_on date?",
        "recurrence_of?",
        "description?",
    ),
    key=("problem_id",),
    month_of="found_on",
    title=Text("问题清单", "Problems"),
)
