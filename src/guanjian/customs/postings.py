"""Postings: the history of posts, for former posts, rotation and recusal."""

from guanjian.customs.table import Table, columns
from guanjian.kernel.words import Text

TABLE = Table(
    "postings",
    columns(
        "officer_id",
        "unit_code",
        "post @post",
        "from date",
        "to date?",
    ),
    title=Text("任职经历", "Postings"),
)
