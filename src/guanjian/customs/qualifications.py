"""Qualifications: courses taken and whether they were passed."""

from guanjian.customs.table import Table, columns
from guanjian.kernel.words import Text

TABLE = Table(
    "qualifications",
    columns(
        "officer_id",
        "course",
        "passed bool",
        "on date",
        "expires date?",
    ),
    month_of="on",
    title=Text("资质", "Qualifications"),
)
