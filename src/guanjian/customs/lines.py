"""Business lines: a tree of what customs does."""

from guanjian.customs.table import Table, columns
from guanjian.kernel.words import Text

TABLE = Table(
    "lines",
    columns(
        "line_code",
        "name",
        "name_en",
        "parent_code?",
    ),
    key=("line_code",),
    title=Text("业务条线", "Business lines"),
)
