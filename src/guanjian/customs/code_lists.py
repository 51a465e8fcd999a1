"""Codes: the code tables that values come from, as published to the lake."""

from guanjian.customs.table import Table, columns
from guanjian.kernel.words import Text

TABLE = Table(
    "code_lists",
    columns(
        "list",
        "code",
        "name",
        "name_en?",
    ),
    key=("list", "code"),
    title=Text("代码表", "Code tables"),
)
