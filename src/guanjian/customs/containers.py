"""Containers: which containers an entry came in."""

from guanjian.customs.table import Table, columns
from guanjian.kernel.words import Text

TABLE = Table(
    "containers",
    columns(
        "entry_id",
        "container_id",
    ),
    title=Text("集装箱", "Containers"),
)
