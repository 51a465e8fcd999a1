"""Rosters: who was on duty, the pool that work could have been given to."""

from guanjian.customs.table import Table, columns
from guanjian.kernel.words import Text

TABLE = Table(
    "rosters",
    columns(
        "unit_code",
        "post @post",
        "starts_at ts",
        "ends_at ts",
        "officer_id",
    ),
    month_of="starts_at",
    title=Text("值班排班", "Rosters"),
)
